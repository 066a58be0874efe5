"""What a message can hold beside words, as search and the library name it."""

from collections.abc import Iterable
from functools import cache

from django.conf import settings

from accounts.linking.finding import addresses
from chat.models import Message

MEDIA = ("photo", "video", "voice", "file", "sticker")


@cache
def all_kinds() -> tuple[str, ...]:
    """Every kind that can be asked for, by name."""
    kinds = (*MEDIA, "media", "link", "poll", "share", *settings.SHAREABLE_MODELS)
    return tuple(dict.fromkeys(kinds))


def kinds_of(message: Message, shared: Iterable[str] = ()) -> list[str]:
    """The kinds that a message holds, `poll` at hand; `shared` are the kinds of what it shares."""
    kinds = [media["kind"] for media in message.media or ()]
    if {"photo", "video"} & set(kinds):
        kinds.append("media")
    if shared:
        kinds += ["share", *shared]
    if addresses(message.body):
        kinds.append("link")
    if getattr(message, "poll", None) is not None:
        kinds.append("poll")
    return [kind for kind in dict.fromkeys(kinds) if kind in all_kinds()]
