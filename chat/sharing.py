"""What can be shared into a conversation, and how chat finds it without knowing whose model it
is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, Protocol, cast
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Exists, OuterRef

from accounts.ports import Reach, Sending
from chat.models import Attachment, Conversation, Membership, Message, MessageLink
from chat.parts import Job
from chat.refusals import invalid


class Shareable(Protocol):
    """A model named in SHAREABLE_MODELS. Its key is a UUID, and it has one more promise:

    `Model.objects.visible_to(user)` (also for AnonymousUser) is what that person may see, with
    whatever `share_card()` reads at hand.
    """

    pk: UUID

    @property
    def is_public(self) -> bool:
        """Anybody may see it, signed in or not: its card may travel with the message."""

    def share_card(self) -> dict[str, Any]:
        """What a card shows, as JSON values; its link checks access again. What is sold names
        `seller`, the id of whose it is."""

    def note_share(self, user: Any, conversation_count: int) -> None:
        """`user` has sent it into that many conversations."""


WITH_A_REQUEST = frozenset({"video"})


@dataclass(frozen=True, slots=True)
class Shared:
    """One thing that is being shared, a `chat.parts.Part`; `card` only where anybody may see it."""

    name: ClassVar[str] = "share"
    right: ClassVar[str | None] = None
    revealing: ClassVar[tuple[UUID, ...]] = ()

    kind: str
    content_type_id: int
    thing: Any
    card: dict[str, Any] | None

    @property
    def digest(self) -> str:
        return f"{self.kind}:{self.thing.pk}"

    def is_plain_to(self, person_id: str) -> bool:
        """R13: only what anybody may see comes with a first request: a video, or what the person
        sells."""
        if self.card is None:
            return False
        return self.kind in WITH_A_REQUEST or self.card.get("seller") == person_id

    @property
    def told(self) -> dict[str, Any]:
        """How a message tells of it: `{kind, id, card}`."""
        return {"kind": self.kind, "id": str(self.thing.pk), "card": self.card}

    def jobs(self, author_id: UUID) -> tuple[Job, ...]:
        """The job that lets the thing know of it."""
        thing = {"kind": self.kind, "thing_id": str(self.thing.pk)}
        return (("chat.note_share", {"user_id": str(author_id), **thing}),)

    def place(self, message: Message) -> Iterable[models.Model]:
        row = Attachment(
            message=message, content_type_id=self.content_type_id, object_id=self.thing.pk
        )
        return [row]


def _model(kind: str) -> type[models.Model]:
    return apps.get_model(settings.SHAREABLE_MODELS[kind])


@cache
def _kind_of(content_type_id: int) -> str:
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return next(kind for kind in settings.SHAREABLE_MODELS if _model(kind) is model)


def is_shareable(kind: str) -> bool:
    """Whether things of this kind can be shared."""
    return kind in settings.SHAREABLE_MODELS


def content_type_of(kind: str) -> ContentType:
    """What attachments of this kind point at."""
    return ContentType.objects.get_for_model(_model(kind))


def resolve(user: Any, share: str) -> Shared:
    """What "<kind>:<uuid>" names, if `user` may see it; `ValidationError` (share.unknown) if
    not."""
    kind, _colon, key = str(share).partition(":")
    if kind not in settings.SHAREABLE_MODELS:
        raise invalid("share.unknown")
    try:
        identity = UUID(key)
    except ValueError:
        raise invalid("share.unknown") from None
    model: Any = _model(kind)
    thing = model.objects.visible_to(user).filter(pk=identity).first()
    if thing is None:
        raise invalid("share.unknown")
    return Shared(
        kind, content_type_of(kind).pk, thing, thing.share_card() if thing.is_public else None
    )


def carried(actor: Any, message: Message) -> Shared | None:
    """What a message shares, for whoever forwards it: `ValidationError` (share.unknown) where they
    may not see it (any more)."""
    for attachment in message.attachments.all():
        return resolve(actor, f"{_kind_of(attachment.content_type_id)}:{attachment.object_id}")
    return None


def note_share(user: Any, kind: str, thing_id: UUID | str) -> None:
    """Let the thing, where it is still there, know that `user` sent it into one conversation."""
    thing = _model(kind)._default_manager.filter(pk=thing_id).first()
    if thing is not None:
        cast(Shareable, thing).note_share(user, 1)


def conversations_sharing(
    kind: str, object_id: UUID, since: datetime, until: datetime
) -> Iterable[UUID]:
    """An `accounts.ports.ConversationsSharing`: it was shared, or linked to in words. What was
    unsent since is in none of them."""
    said = Message.objects.filter(created_at__gte=since, created_at__lt=until).order_by()
    shared = said.filter(
        attachments__content_type=content_type_of(kind), attachments__object_id=object_id
    )
    linked = said.filter(links__kind=kind, links__key=str(object_id))
    places = [each.values_list("conversation_id", flat=True) for each in (shared, linked)]
    return places[0].union(places[1])


def reach_of(kind: str, object_id: UUID) -> Reach:
    """An `accounts.ports.ShareReach`: shared, or linked to in words, and not unsent since."""
    shared = Attachment.objects.filter(content_type=content_type_of(kind), object_id=object_id)
    linked = MessageLink.objects.naming(kind, str(object_id))
    ways = shared.values("message").union(linked.values("message"))
    counted = Message.objects.filter(pk__in=ways, unsent_at=None).aggregate(
        conversations=Count("conversation", distinct=True), people=Count("author", distinct=True)
    )
    return Reach(**counted)


def last_sending(reader: Any, kind: str, object_id: UUID, conversation_id: UUID) -> Sending | None:
    """An `accounts.ports.LastSending`: shared, or linked to in words; one query."""
    reads = Membership.objects.active().filter(user=reader, conversation=OuterRef("conversation"))
    shared = Attachment.objects.filter(
        message=OuterRef("pk"), content_type=content_type_of(kind), object_id=object_id
    )
    linked = MessageLink.objects.shown().filter(
        message=OuterRef("pk"), kind=kind, key=str(object_id)
    )
    sent = (
        Message.objects.filter(Exists(shared) | Exists(linked), Exists(reads))
        .filter(conversation=conversation_id, unsent_at=None)
        .exclude(author=reader)
        .order_by("-seq")
        .values_list("author_id", "conversation__kind")
        .first()
    )
    return sent and Sending(sent[0], sent[1] == Conversation.Kind.CHANNEL)


def references(messages: Iterable[Message], viewer: Any = None) -> dict[UUID, dict[str, Any]]:
    """By message id: `{kind, id, card}` of what hangs on it; needs `with_parts()`.

    `card` is None where `viewer` (None: anybody at all) may not see the thing, or it is gone. One
    query a kind, however many messages.
    """
    attached = {
        message.pk: (_kind_of(attachment.content_type_id), attachment.object_id)
        for message in messages
        for attachment in message.attached
    }
    wanted: dict[str, set[UUID]] = {}
    for kind, key in attached.values():
        wanted.setdefault(kind, set()).add(key)
    cards = {kind: cards_of(kind, keys, viewer) for kind, keys in wanted.items()}
    return {
        message_id: {"kind": kind, "id": str(key), "card": cards[kind].get(key)}
        for message_id, (kind, key) in attached.items()
    }


def cards_of(kind: str, keys: set[UUID], viewer: Any) -> dict[UUID, dict[str, Any]]:
    """The cards of those things that `viewer` (None: anybody at all) may see; one query."""
    model: Any = _model(kind)
    things = model.objects.visible_to(viewer or AnonymousUser()).filter(pk__in=keys)
    return {thing.pk: thing.share_card() for thing in things if viewer or thing.is_public}


def kinds(messages: Iterable[Message]) -> dict[UUID, list[str]]:
    """By message id: the kinds of what hangs on it; needs `attachments` at hand."""
    return {
        message.pk: [_kind_of(attached.content_type_id) for attached in message.attached]
        for message in messages
    }
