"""Sending one object of the platform into several conversations."""

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.http import Http404

from accounts import policy
from accounts.errors import Conflict, Refused, Unavailable
from accounts.models import User
from chat import sharing, writer
from chat.actions.direct import start_direct
from chat.drafts import Stored, as_uuid, clean_body, draft_message
from chat.refusals import invalid, sentence

TARGETS_LIMIT = 5  # R17


@dataclass(frozen=True, slots=True)
class Target:
    """What became of a share in one place: `stored`, or the refusal's `code` and `detail`."""

    conversation_id: UUID | None = None
    username: str = ""
    stored: Stored | None = None
    code: str = ""
    detail: str = ""

    @property
    def is_sent(self) -> bool:
        return self.stored is not None

    @property
    def card(self) -> dict[str, object]:
        """What became of it, as JSON values."""
        return {
            "conversation": str(self.conversation_id) if self.conversation_id else None,
            "username": self.username,
            "sent": self.is_sent,
            "seq": self.stored.seq if self.stored else None,
            "code": self.code,
            "detail": str(self.detail),
        }


def share(
    actor: User,
    share: str,
    *,
    conversations: Iterable[UUID] = (),
    users: Iterable[User] = (),
    body: str = "",
    client_id: UUID | str,
) -> list[Target]:
    """Send `share` ("<kind>:<uuid>") to each conversation and person, 1 to 5 in all (R17).

    Answers one `Target` each, in order, so that one refusal loses none of the others. Each target's
    client_id is derived from `client_id`, so that a retry stores nothing twice. Raises
    `ValidationError` (share.unknown, share.nobody, share.too_many, message.too_long) and `Refused`
    (policy.R2) before anything is sent. Waits for the writer: not inside `atomic()`.
    """
    policy.permit(policy.may_use_messages(actor.person))
    keys = list(dict.fromkeys(conversations))
    people = {person.pk: person for person in users}
    _permit_count(len(keys) + len(people))
    shared = sharing.resolve(actor, share)
    body = clean_body(body, may_be_empty=True)
    base = as_uuid(client_id, "client_id.malformed")

    def send(conversation_id: UUID) -> Stored:
        own_id = uuid5(base, str(conversation_id))
        draft = draft_message(
            actor.pk, conversation_id, body=body, client_id=own_id, parts=[shared]
        )
        return writer.save(draft)

    def send_to(person: User) -> Stored:
        return send(start_direct(actor, person).pk)

    targets = [attempt(Target(conversation_id=key), partial(send, key)) for key in keys]
    return targets + [
        attempt(Target(username=person.username), partial(send_to, person))
        for person in people.values()
    ]


def _permit_count(count: int) -> None:
    if not count:
        raise invalid("share.nobody")
    if count > TARGETS_LIMIT:
        raise invalid("share.too_many")


def attempt(target: Target, send: Callable[[], Stored]) -> Target:
    """What came of sending there: a refusal is told, and stops nothing else."""
    try:
        stored = send()
    except (Refused, Conflict, Unavailable) as error:
        return dataclasses.replace(target, code=error.code, detail=error.detail)
    except ValidationError as error:
        return dataclasses.replace(target, code=error.code or "", detail=error.messages[0])
    except Http404:
        return dataclasses.replace(target, code="not_found", detail=sentence("not_found"))
    return dataclasses.replace(target, stored=stored, conversation_id=stored.conversation_id)
