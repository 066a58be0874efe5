"""How tests make people and what they own; only what a test says differs from the plain case."""

import datetime
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import Block, Follow, User

PASSWORD = "medley-demo"


def years_ago(years: int) -> datetime.date:
    """A birth date that makes somebody `years` old, with half a year to spare."""
    return timezone.now().date() - datetime.timedelta(days=years * 365.25 + 180)


def make_user(username: str | None = None, *, age: int = 25, **fields: Any) -> User:
    """A person who signs in with `PASSWORD`; everything else as a new adult account."""
    username = username or f"user{uuid4().hex[:8]}"
    fields.setdefault("email", f"{username}@example.com")
    fields.setdefault("display_name", username.capitalize())
    return User.objects.create_user(
        username=username, password=PASSWORD, birth_date=years_ago(age), **fields
    )


def follow(follower: User, followed: User) -> None:
    """An accepted follow, without asking any rule."""
    Follow.objects.get_or_create(
        follower=follower, followed=followed, defaults={"accepted_at": timezone.now()}
    )


def befriend(one: User, other: User) -> None:
    """Both follow each other."""
    follow(one, other)
    follow(other, one)


def block(blocker: User, blocked: User) -> None:
    """A block, without asking any rule."""
    Block.objects.create(blocker=blocker, blocked=blocked)
