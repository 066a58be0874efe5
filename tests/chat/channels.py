"""How tests make channels, and followers by the thousand."""

from uuid import UUID

from django.contrib.auth.hashers import make_password

from accounts.models import User
from chat import actions
from chat.models import Channel, Conversation, Membership
from chat.models.membership import READ_ONLY
from tests.factories import years_ago


def make_channel(owner: User, *followers: User, handle: str = "meadow", **options) -> Conversation:
    """A channel by the verbs, with these followers."""
    channel = actions.create_channel(owner, title="Meadow notes", handle=handle, **options)
    for person in followers:
        actions.follow_channel(person, channel)
    return channel


def add_crowd(channel: Conversation, count: int, *, prefix: str = "crowd") -> list[UUID]:
    """So many followers more, as following leaves them, in two statements; answers who they are."""
    password = make_password(None)
    people = User.objects.bulk_create(
        [
            User(
                username=f"{prefix}{number}",
                email=f"{prefix}{number}@example.com",
                password=password,
                birth_date=years_ago(20),
            )
            for number in range(count)
        ],
        batch_size=5000,
    )
    Membership.objects.bulk_create(
        [
            Membership(conversation=channel, user=person, send_refusal=READ_ONLY)
            for person in people
        ],
        batch_size=5000,
    )
    Channel(pk=channel.pk).count(count)
    return [person.pk for person in people]
