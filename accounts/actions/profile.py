"""What a person changes about themselves: profile, privacy, picture."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts import images, policy, ports
from accounts.families.day import keep_day
from accounts.models import User
from accounts.screening import Brought, screen

PROFILE_FIELDS = frozenset({"display_name", "bio", "region", "language", "time_zone", "theme"})
PRIVACY_FIELDS = frozenset(
    {"is_private", "messages_from", "asks_before_groups", "suggests_account"}
)

SHOWN_ON_CARDS = frozenset({"display_name", "bio"})


def apply_age_defaults(user: User, *, audience: str = "") -> None:
    """Set what a new account starts with at its age (R2, R3, R4, R6); the caller saves.

    `audience` is the answer at sign-up: "public", "private" or "" for none.
    """
    user.messages_from = policy.default_messages_from(user.age)
    user.suggests_account = policy.suggests_by_default(user.age)
    user.is_private = audience == "private" or policy.starts_private(
        user.age, chose_public=audience == "public"
    )


@transaction.atomic
def update_profile(actor: User, **fields: Any) -> User:
    """Change `PROFILE_FIELDS`; raises `ValidationError` by field, and then changes nothing."""
    age, day = actor.age, actor.allowance()
    _store(actor, PROFILE_FIELDS, fields)
    if "time_zone" in fields:
        keep_day(actor, day)
    if actor.age != age:
        # Another time zone can bring a birthday nearer.
        ports.relation_changed(actor.pk)
    if fields.keys() & SHOWN_ON_CARDS:
        ports.card_changed("profile", actor.pk)
    return actor


@transaction.atomic
def update_privacy(actor: User, **fields: Any) -> User:
    """Change `PRIVACY_FIELDS`; raises `Refused` for what age locks (R2, R4)."""
    if "messages_from" in fields:
        policy.permit(policy.set_messages_from(actor.person, fields["messages_from"]))
    if "is_private" in fields:
        policy.permit(policy.set_private(actor.person, fields["is_private"]))
    _store(actor, PRIVACY_FIELDS, fields)
    ports.relation_changed(actor.pk)
    if "is_private" in fields:
        ports.card_changed("profile", actor.pk)
    return actor


def _store(actor: User, allowed: frozenset[str], fields: dict[str, Any]) -> None:
    """Validate and save the given fields of a fresh copy, then of the actor."""
    if unknown := fields.keys() - allowed:
        raise FieldDoesNotExist(", ".join(sorted(unknown)))
    fresh = User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    for name, value in fields.items():
        setattr(fresh, name, value)
    untouched = {field.name for field in User._meta.fields} - fields.keys()
    fresh.clean()
    fresh.clean_fields(exclude=untouched)
    fresh.save(update_fields=list(fields))
    for name in fields:
        setattr(actor, name, getattr(fresh, name))
    actor.forget_person()


def set_avatar(actor: User, file: images.Readable) -> User:
    """Show this picture's middle; raises `ValidationError` (`avatar.type`, `avatar.too_large`,
    `media.held`)."""
    content = images.content_of(file)
    picture = images.square_webp(content)
    screen(Brought("avatar", actor.pk, "user", actor.pk), [content, picture])
    name = default_storage.save(images.random_name("avatars"), ContentFile(picture))
    try:
        _replace_avatar(actor, name)
    except BaseException:
        default_storage.delete(name)
        raise
    return actor


def put_back_avatar(actor: User, picture: bytes) -> User:
    """Show again what was looked at when it was set, and taken off since."""
    _replace_avatar(
        actor, default_storage.save(images.random_name("avatars"), ContentFile(picture))
    )
    return actor


def remove_avatar(actor: User) -> User:
    """Show the initials again."""
    _replace_avatar(actor, "")
    return actor


@transaction.atomic
def _replace_avatar(actor: User, name: str) -> None:
    """The old file goes after the commit: until then its address is still in use."""
    fresh = User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    old, fresh.avatar = fresh.avatar, name
    fresh.save(update_fields=["avatar"])
    actor.avatar = name
    ports.card_changed("profile", actor.pk)
    if old:
        transaction.on_commit(lambda: default_storage.delete(old))
