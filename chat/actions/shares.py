"""Sending one object of the platform into several conversations."""

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.http import Http404

from accounts import policy
from accounts.errors import Conflict, Refused, Unavailable
from accounts.models import User
from chat import sharing, writer
from chat.actions.direct import start_direct
from chat.actions.groups import create_group
from chat.actions.scheduling import schedule_message
from chat.models import ScheduledMessage
from chat.refusals import invalid, sentence
from chat.timing import moment_ahead
from chat.writing.drafts import Stored, as_uuid, clean_body, draft_message

TARGETS_LIMIT = 5  # R17
GROUP_FROM = 2  # people besides oneself


@dataclass(frozen=True, slots=True)
class Target:
    """What became of a share in one place: `stored`, or `scheduled` for later, or the refusal's
    `code` and `detail`."""

    conversation_id: UUID | None = None
    username: str = ""
    stored: Stored | None = None
    scheduled: ScheduledMessage | None = None
    code: str = ""
    detail: str = ""

    @property
    def is_sent(self) -> bool:
        return self.stored is not None

    @property
    def is_done(self) -> bool:
        """Sent, or kept to be sent."""
        return self.is_sent or self.scheduled is not None

    @property
    def card(self) -> dict[str, object]:
        """What became of it, as JSON values."""
        return {
            "conversation": str(self.conversation_id) if self.conversation_id else None,
            "username": self.username,
            "sent": self.is_sent,
            "seq": self.stored.seq if self.stored else None,
            "scheduled": str(self.scheduled.pk) if self.scheduled else None,
            "code": self.code,
            "detail": str(self.detail),
        }


def share(
    actor: User,
    share: str,
    *,
    conversations: Iterable[UUID] = (),
    users: Iterable[User] = (),
    group: str = "",
    body: str = "",
    client_id: UUID | str,
    send_at: datetime | str | None = None,
) -> list[Target]:
    """Send `share` ("<kind>:<uuid>") to each conversation and person, 1 to 5 in all (R17).

    With `group`, a name, the people make a new group together that gets it, and not each for
    themselves; who cannot be added (R20) has a `Target` that says why. With `send_at` it is kept
    for each until then (`schedule_message`); the group is made at once.

    Answers one `Target` each, in order, so that one refusal loses none of the others. Each target's
    client_id is derived from `client_id`, so that a retry stores nothing twice. Raises
    `ValidationError` (share.unknown, share.nobody, share.too_many, share.group, message.too_long,
    time.malformed, schedule.past, schedule.too_far) and `Refused` (policy.R2) before anything is
    sent. Waits for the writer: not inside `atomic()`.
    """
    policy.permit(policy.may_write(actor.person))
    keys = list(dict.fromkeys(conversations))
    people = {person.pk: person for person in users}
    _permit_count(len(keys) + len(people))
    shared = sharing.resolve(actor, share)
    body = clean_body(body, may_be_empty=True)
    base = as_uuid(client_id, "client_id.malformed")
    moment = moment_ahead(send_at, "schedule") if send_at else None

    def send(conversation_id: UUID) -> Stored | ScheduledMessage:
        own_id = uuid5(base, str(conversation_id))
        if moment:
            return schedule_message(
                actor, conversation_id, send_at=moment, body=body, client_id=own_id, share=share
            )
        draft = draft_message(
            actor.pk, conversation_id, body=body, client_id=own_id, parts=[shared]
        )
        return writer.save(draft)

    if not group:
        return send_to_each(actor, keys, people.values(), send)
    if len(people) < GROUP_FROM:
        raise invalid("share.group")
    targets = send_to_each(actor, keys, (), send)
    return targets + _to_new_group(actor, group, list(people.values()), base, send)


def send_to_each(
    actor: User,
    conversations: Iterable[UUID],
    people: Iterable[User],
    send: Callable[[UUID], Stored | ScheduledMessage],
) -> list[Target]:
    """What became of it in each conversation, then with each person; `send` takes an id."""

    def send_to(person: User) -> Stored | ScheduledMessage:
        return send(start_direct(actor, person).pk)

    targets = [attempt(Target(conversation_id=key), partial(send, key)) for key in conversations]
    return targets + [
        attempt(Target(username=person.username), partial(send_to, person)) for person in people
    ]


def _to_new_group(
    actor: User,
    title: str,
    people: list[User],
    base: UUID,
    send: Callable[[UUID], Stored | ScheduledMessage],
) -> list[Target]:
    """The group is made once, however often a share is tried again."""
    try:
        made = create_group(actor, title=title, members=people, key=uuid5(base, "group"))
    except Refused as refusal:
        return [Target(code=refusal.code, detail=refusal.detail)]
    kept_out = [
        Target(username=each.person.username, code=each.code, detail=each.detail)
        for each in made.not_added
    ]
    return [attempt(Target(conversation_id=made.pk), partial(send, made.pk)), *kept_out]


def _permit_count(count: int) -> None:
    if not count:
        raise invalid("share.nobody")
    if count > TARGETS_LIMIT:
        raise invalid("share.too_many")


def attempt(target: Target, send: Callable[[], Stored | ScheduledMessage]) -> Target:
    """What came of sending there: a refusal is told, and stops nothing else."""
    try:
        done = send()
    except (Refused, Conflict, Unavailable) as error:
        return dataclasses.replace(target, code=error.code, detail=error.detail)
    except ValidationError as error:
        return dataclasses.replace(target, code=error.code or "", detail=error.messages[0])
    except Http404:
        return dataclasses.replace(target, code="not_found", detail=sentence("not_found"))
    target = dataclasses.replace(target, conversation_id=done.conversation_id)
    if isinstance(done, ScheduledMessage):
        return dataclasses.replace(target, scheduled=done)
    return dataclasses.replace(target, stored=done)
