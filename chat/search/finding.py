"""What a search answers: messages that the person may see now, with where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from accounts.linking.finding import addresses
from accounts.models import User
from chat.models import Membership, Message
from chat.pages.faces import Card, blocked_ids, card_of, deleted_card
from chat.refusals import invalid
from chat.search.engines import engine
from chat.search.excerpts import Excerpt, excerpt_of, holds
from chat.search.indexing import text_of
from chat.search.kinds import kinds_of
from chat.search.looked import Hit, Looked, Place
from chat.search.question import Question
from chat.search.words import INSIDE
from chat.sharing import kinds as shared_kinds

PAGE = 20
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Found:
    """One message that was found."""

    message: Message
    conversation: Card
    author: Card
    excerpt: Excerpt
    kinds: list[str]

    @property
    def links(self) -> list[str]:
        """The web addresses in it, as its bubble shows them."""
        return [address.href for address in addresses(self.message.body)]

    @property
    def address(self) -> str:
        """The conversation's page at this message."""
        address = self.message.conversation.get_absolute_url()
        return f"{address}?around={self.message.seq}#message-{self.message.seq}"


@dataclass(frozen=True, slots=True)
class Page:
    """`next` is what `find` takes as `after` for the page that follows, or nothing."""

    found: list[Found]
    next: str


def find(user: User, question: Question, *, after: str = "", limit: int = PAGE) -> Page:
    """The newest messages that answer the question, in conversations where the person takes part.

    Words are found by their beginning; where that does not fill a page, also those that hold them
    in their middle, among what was said lately. What a block folds away is not brought up (R15).
    Ten queries at most, however many messages. Raises `ValidationError` (search.empty,
    search.bad_cursor).
    """
    if question.is_empty:
        raise invalid("search.empty")
    before = _hit_of(after) if after else None
    author = _author(question)
    if question.author and author is None:
        return Page([], "")
    hidden = blocked_ids(user)
    looked = Looked(
        user=user,
        words=question.words,
        marks=question.marks(author),
        hidden=hidden,
        since=question.from_moment,
        until=question.to_moment,
        before=before,
        limit=limit + 1,
    )
    hits = _hits(looked, _places(user, question.conversation))
    following = _cursor(hits[limit - 1]) if len(hits) > limit else ""
    return Page(_found(user, question, hits[:limit]), following)


def _hits(looked: Looked, places: Sequence[Place]) -> list[Hit]:
    find_hits = engine()
    hits = find_hits(looked, places)
    if len(hits) >= looked.limit or not any(len(word) >= INSIDE for word in looked.words):
        return hits
    inside = find_hits(replace(looked, is_inside=True), places)
    return sorted({*hits, *inside}, key=lambda hit: (hit.said_at, hit.id), reverse=True)[
        : looked.limit
    ]


def find_in(
    user: User, conversation_id: UUID, kind: str, *, after: str = "", limit: int = PAGE
) -> Page:
    """Everything of one kind in a conversation, newest first: its library."""
    question = Question.typed("", kind=kind, conversation=conversation_id)
    return find(user, question, after=after, limit=limit)


def _places(user: User, conversation_id: UUID | None) -> list[Place]:
    """Where the person takes part, the liveliest first."""
    mine = Membership.objects.active().filter(user=user).exclude(send_refusal="policy.R2")
    if conversation_id is not None:
        mine = mine.filter(conversation=conversation_id)
    rows = mine.order_by("-conversation__active_at").values_list(
        "conversation_id", "from_seq", "conversation__active_at"
    )
    return [Place(*row) for row in rows]


def _author(question: Question) -> UUID | None:
    if not question.author:
        return None
    people = User.objects.filter(username__iexact=question.author)
    return people.values_list("pk", flat=True).first()


def _found(user: User, question: Question, hits: Sequence[Hit]) -> list[Found]:
    """What was found as it stands now: the index is a few seconds behind."""
    messages = _messages(user, [hit.message_id for hit in hits])
    present = [messages[hit.message_id] for hit in hits if hit.message_id in messages]
    wanted = question.words
    present = [message for message in present if holds(text_of(message), wanted)]
    others, shared = _others(user, present), shared_kinds(present)
    return [
        Found(
            message=message,
            conversation=card_of(message.conversation, others.get(message.conversation_id)),
            author=message.author.card() if message.author else deleted_card(),
            excerpt=excerpt_of(text_of(message), wanted),
            kinds=kinds_of(message, shared[message.pk]),
        )
        for message in present
    ]


def _messages(user: User, ids: Sequence[UUID]) -> dict[UUID, Message]:
    visible = Message.objects.visible_to(user).filter(pk__in=ids, unsent_at__isnull=True)
    rows = visible.select_related("author", "conversation", "poll")
    return {message.pk: message for message in rows.prefetch_related("attachments")}


def _others(user: User, messages: Sequence[Message]) -> dict[UUID, User]:
    """The other person of each direct conversation."""
    direct = {m.conversation_id for m in messages if m.conversation.is_direct}
    if not direct:
        return {}
    sides = Membership.objects.filter(conversation__in=direct).exclude(user=user)
    return {side.conversation_id: side.user for side in sides.select_related("user")}


def _cursor(hit: Hit) -> str:
    return f"{(hit.said_at - EPOCH) // timedelta(microseconds=1)}-{hit.id}"


def _hit_of(cursor: str) -> Hit:
    moment, _dash, number = cursor.partition("-")
    if not (moment.isdecimal() and number.isdecimal() and len(cursor) < 40):
        raise invalid("search.bad_cursor")
    return Hit(EPOCH + timedelta(microseconds=int(moment)), int(number), UUID(int=0))
