"""Pages of ours to which messages link: what an address names, and its card for one viewer."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.urls import Resolver404, resolve

from accounts.linking.finding import own_path
from chat import sharing

Card = dict[str, Any]

# (keys, the viewer or None for "anybody at all") -> the cards that they may see, by key.
Reader = Callable[[set[str], Any], Mapping[str, Card]]


@dataclass(frozen=True, slots=True)
class Named:
    """One thing of ours: `key` is its id, or what else tells it from others of its kind."""

    kind: str
    key: str


def named_by(href: str) -> Named | None:
    """What an address of ours leads to, by the URL resolver; None where that has no card."""
    path = own_path(href)
    if not path:
        return None
    try:
        found = resolve(unquote(path))
    except Resolver404:
        return None
    values = [str(value) for value in found.kwargs.values()]
    kind = settings.SHAREABLE_PAGES.get(found.view_name)
    if kind is not None:
        return _shareable(kind, values[0])
    if found.view_name == "chat:message":
        return Named("message", "/".join(values))
    if found.view_name == "chat:join":
        from chat.linking.invitations import key_of

        return Named("invitation", key_of(values[0]))
    return None


def _shareable(kind: str, value: str) -> Named | None:
    """`value` is an id, or the name under which such things have their pages."""
    try:
        return Named(kind, str(UUID(value)))
    except ValueError:
        model: Any = apps.get_model(settings.SHAREABLE_MODELS[kind])
        key = model.objects.named(value).values_list("pk", flat=True).first()
        return Named(kind, str(key)) if key else None


def cards(wanted: Iterable[Named], viewer: Any) -> dict[Named, Card]:
    """The cards of those that `viewer` (None: anybody at all) may see. A query a kind, but for
    invitations (chat/linking/invitations.py)."""
    keys = defaultdict(set)
    for named in wanted:
        keys[named.kind].add(named.key)
    return {
        Named(kind, key): card
        for kind, some in keys.items()
        if kind in readers()
        for key, card in readers()[kind](some, viewer).items()
    }


@cache
def readers() -> dict[str, Reader]:
    """By kind: what makes cards of keys."""
    from chat.linking import invitations, quoted

    shareable = {kind: partial(_shared, kind) for kind in settings.SHAREABLE_MODELS}
    return {**shareable, "invitation": invitations.cards, "message": quoted.cards}


def _shared(kind: str, keys: set[str], viewer: Any) -> dict[str, Card]:
    found = sharing.cards_of(kind, {UUID(key) for key in keys}, viewer)
    return {str(key): card for key, card in found.items()}
