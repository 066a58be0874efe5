"""Sending what was said on to other conversations (R17)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.http import Http404

from accounts import policy
from accounts.models import User
from chat import forwarding, parts, writer
from chat.actions.shares import Target, send_to_each
from chat.models import Conversation, Message
from chat.parts import Part
from chat.refusals import invalid, refused
from chat.writing.drafts import Stored, as_uuid, draft_message

MESSAGES_LIMIT = 30


@dataclass(frozen=True, slots=True)
class _Copy:
    """One message as it goes on: its words, and what hangs on it as far as the actor may see it."""

    seq: int
    body: str
    parts: list[Part]


def forward(
    actor: User,
    conversation: Conversation,
    *,
    seqs: Iterable[int],
    conversations: Iterable[UUID] = (),
    users: Iterable[User] = (),
    client_id: UUID | str,
) -> list[Target]:
    """Copy messages, in their order, to each conversation and person: at most 5 (R17).

    Answers one `Target` each, as `share` does, with the last copy; saying it again under the same
    `client_id` stores nothing twice. What was said and is shared goes with it; polls stay. Raises
    `Refused` (policy.R2, policy.R17, message.unsent, forward.disappearing), `ValidationError`
    (forward.nothing, forward.too_many, share.nobody, share.unknown) and `Http404` before anything
    is sent. Waits for the writer: not inside `atomic()`.
    """
    policy.permit(policy.may_write(actor.person))
    keys = list(dict.fromkeys(conversations))
    people = {person.pk: person for person in users}
    messages = chosen(actor, conversation, seqs)
    _permit_count(messages, len(keys) + len(people))
    copies = [_copy(actor, message) for message in messages]
    base = as_uuid(client_id, "client_id.malformed")

    def send(conversation_id: UUID) -> Stored:
        drafts = [
            draft_message(
                actor.pk,
                conversation_id,
                body=copy.body,
                client_id=uuid5(base, f"{conversation_id}:{copy.seq}"),
                parts=copy.parts,
            )
            for copy in copies
        ]
        return [writer.save(draft) for draft in drafts][-1]

    return send_to_each(actor, keys, people.values(), send)


def chosen(actor: User, conversation: Conversation, seqs: Iterable[int]) -> list[Message]:
    """The messages at these places, in order; raises as `forward` where one cannot go on."""
    places = set(seqs)
    if not places:
        raise invalid("forward.nothing")
    if len(places) > MESSAGES_LIMIT:
        raise invalid("forward.too_many")
    seen = Message.objects.visible_to(actor).filter(conversation=conversation, seq__in=places)
    messages = list(seen.filter(notice__isnull=True).with_parts().order_by("seq"))
    if len(messages) < len(places):
        raise Http404
    if any(message.is_unsent for message in messages):
        raise refused("message.unsent")
    if any(message.expires_at for message in messages):
        raise refused("forward.disappearing")  # elsewhere it would outlive its time
    return messages


def _permit_count(messages: list[Message], targets: int) -> None:
    if not targets:
        raise invalid("share.nobody")
    hops = max(message.hops or 0 for message in messages)
    policy.permit(policy.forward(hops=hops, targets=targets))


def _copy(actor: User, message: Message) -> _Copy:
    carried = parts.carry(actor, message)
    if not message.body and not carried:
        raise invalid("forward.nothing")
    return _Copy(message.seq, message.body, [forwarding.mark_of(message), *carried])
