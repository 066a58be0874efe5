"""Messages for later: kept, changed, sent once when their time comes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.errors import Conflict, Refused, Unavailable
from accounts.ids import uuid7
from accounts.models import User
from chat import parts, regions
from chat.actions.media import keep_uploads
from chat.actions.messages import send_message
from chat.cards.own import scheduled_card, tell_own
from chat.models import Conversation, Membership, ScheduledMessage
from chat.models.scheduled import LIMIT
from chat.refusals import conflict, refused
from chat.timing import moment_ahead
from chat.writing.drafts import Draft, Stored, as_uuid, clean_body, draft_message

TOGETHER = 100  # sent in one run; what is left comes with the next
# What a later try may overcome: it is made when the lease of the last one is over.
PASSING = {"rate.slow"}


def schedule_message(
    author: User,
    conversation: Conversation | UUID,
    *,
    send_at: datetime | str,
    body: str = "",
    client_id: UUID | str | None = None,
    reply_to: int | None = None,
    thread: int | None = None,
    mentions: Iterable[UUID | str] = (),
    **hanging: Any,
) -> ScheduledMessage:
    """Keep a message until `send_at`, at most a year ahead: it is checked now as far as it can be,
    and by every rule again when it is sent. The same `client_id` again answers with the first.

    Raises what `send_message` raises, `ValidationError` (time.malformed, schedule.past,
    schedule.too_far), `Refused` (schedule.too_many: 100 wait in this conversation).
    """
    policy.permit(policy.may_write(author.person))
    key = conversation.pk if isinstance(conversation, Conversation) else conversation
    hanging = {name: value for name, value in hanging.items() if value}
    moment = moment_ahead(send_at, "schedule")
    own_id = as_uuid(client_id or uuid7(), "client_id.malformed")
    draft = draft_message(
        author.pk,
        key,
        body=body,
        client_id=own_id,
        reply_to=reply_to,
        thread=thread,
        mentions=mentions,
        parts=parts.make(author, hanging),
    )
    with transaction.atomic():
        _hold_part(author, key)
        mine = ScheduledMessage.objects.filter(author=author)
        if known := mine.filter(client_id=own_id).first():
            return known
        if mine.filter(conversation=key).count() >= LIMIT:
            raise refused("schedule.too_many")
        scheduled = _wait(author, draft, own_id, hanging, moment)
        _tell(scheduled)
    return scheduled


def _hold_part(author: User, conversation_id: UUID) -> None:
    """Two that come together are counted one after the other: the author's membership is held."""
    mine = Membership.objects.active().select_for_update(no_key=True)
    if mine.filter(user=author, conversation=conversation_id).first() is None:
        raise Http404


def _wait(
    author: User, draft: Draft, own_id: UUID, hanging: dict[str, Any], moment: datetime
) -> ScheduledMessage:
    keep_uploads(author, hanging.get("media", ()), until=moment)
    return ScheduledMessage.objects.create(
        conversation_id=draft.conversation_id,
        author=author,
        client_id=own_id,
        body=draft.body,
        reply_to=draft.reply_to,
        thread=draft.thread,
        mentions=list(draft.mentions),
        hanging=hanging,
        send_at=moment,
    )


def edit_scheduled(
    author: User, scheduled_id: UUID, *, body: str | None = None, send_at: object = None
) -> ScheduledMessage:
    """Other words or another time, or both; one that was refused waits again.

    Raises `Http404`, `Conflict` (schedule.leaving), `ValidationError` (message.*, time.malformed,
    schedule.past, schedule.too_far).
    """
    with transaction.atomic():
        scheduled = _hold(author, scheduled_id)
        if body is not None:
            scheduled.body = clean_body(body, may_be_empty=bool(scheduled.hanging))
        moment = scheduled.send_at if send_at is None else send_at
        scheduled.send_at = moment_ahead(moment, "schedule")
        keep_uploads(author, scheduled.hanging.get("media", ()), until=scheduled.send_at)
        scheduled.refusal, scheduled.taken_at = "", None
        scheduled.save(update_fields=["body", "send_at", "refusal", "taken_at"])
        _tell(scheduled)
    return scheduled


def cancel_scheduled(author: User, scheduled_id: UUID) -> None:
    """It will not be sent. Raises `Http404`, `Conflict` (schedule.leaving)."""
    with transaction.atomic():
        _tell_gone(_hold(author, scheduled_id))


def send_scheduled(author: User, scheduled_id: UUID) -> Stored:
    """Send it now. What is refused is told, and stays as it was.

    Raises what `send_message` raises, `Http404`, `Conflict` (schedule.leaving). Waits for the
    writer: not inside `atomic()`.
    """
    with transaction.atomic():
        scheduled = _hold(author, scheduled_id)
        scheduled.taken_at = timezone.now()
        scheduled.save(update_fields=["taken_at"])
    try:
        stored = _send(scheduled)
    except Exception:
        ScheduledMessage.objects.filter(pk=scheduled.pk).update(taken_at=None)
        raise
    _tell_gone(scheduled, stored)
    if stored is None:
        raise Http404
    return stored


def send_due(now: datetime | None = None) -> int:
    """Send what is due, each once whoever else does the same; answers how many were sent.

    What a rule refuses stays, with the code, and its author is told. What is off where the author
    is waits for its end (R45). What may pass (slow mode, a
    database that does not answer) is tried again after a minute, under the same client_id.
    """
    now = now or timezone.now()
    return sum(_send_due(scheduled) for scheduled in _take(now))


def _take(now: datetime) -> list[ScheduledMessage]:
    due = ScheduledMessage.objects.due(now).exclude(regions.kept_from_saying())
    keys = list(due.values_list("pk", flat=True)[:TOGETHER])
    # Whoever takes one first has it: `now` is nobody else's to the microsecond.
    ScheduledMessage.objects.due(now).filter(pk__in=keys).order_by().update(taken_at=now)
    taken = ScheduledMessage.objects.filter(pk__in=keys, taken_at=now)
    return list(taken.select_related("author", "conversation").order_by("send_at", "pk"))


def _send_due(scheduled: ScheduledMessage) -> bool:
    try:
        stored = _send(scheduled)
    except Unavailable:
        return False
    except (Refused, ValidationError, Http404) as refusal:
        if (code := _code(refusal)) not in PASSING:
            _keep_refused(scheduled, code)
        return False
    _tell_gone(scheduled, stored)
    return True


def _send(scheduled: ScheduledMessage) -> Stored | None:
    """None where it was said before, in other words: it was changed before that was noted."""
    try:
        return send_message(
            scheduled.author,
            scheduled.conversation_id,
            body=scheduled.body,
            client_id=scheduled.client_id,
            reply_to=scheduled.reply_to,
            thread=scheduled.thread,
            mentions=scheduled.mentions,
            **scheduled.hanging,
        )
    except Conflict:
        return None


def _code(refusal: Exception) -> str:
    if isinstance(refusal, ValidationError):
        return refusal.error_list[0].code or "message.unstorable"
    return getattr(refusal, "code", "not_found")


def _keep_refused(scheduled: ScheduledMessage, code: str) -> None:
    scheduled.refusal, scheduled.taken_at = code, None
    scheduled.save(update_fields=["refusal", "taken_at"])
    tell_own(scheduled.author_id, "schedule.refused", scheduled=scheduled_card(scheduled))


def _hold(author: User, scheduled_id: UUID) -> ScheduledMessage:
    """The author's own, held until the transaction ends; nothing that is on its way."""
    policy.permit(policy.may_use_messages(author.person))
    own = ScheduledMessage.objects.of(author).select_related(None)
    scheduled = own.select_for_update().filter(pk=scheduled_id).first()
    if scheduled is None:
        raise Http404
    if scheduled.is_being_sent(timezone.now()):
        raise conflict("schedule.leaving")
    scheduled.author = author
    return scheduled


def _tell(scheduled: ScheduledMessage) -> None:
    tell_own(scheduled.author_id, "schedule.changed", scheduled=scheduled_card(scheduled))


def _tell_gone(scheduled: ScheduledMessage, stored: Stored | None = None) -> None:
    """It is no longer waiting: it was sent (`seq`), or will never be."""
    tell_own(
        scheduled.author_id,
        "schedule.gone",
        id=str(scheduled.pk),
        conversation=str(scheduled.conversation_id),
        seq=stored.seq if stored else None,
    )
    scheduled.delete()
