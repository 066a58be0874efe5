"""Posts of channels: their followers, however many, in batches that follow each other."""

from uuid import UUID

from django.db import transaction

from accounts.outbox import enqueue
from chat.pushing import hearing, waiting

BATCH = 500  # followers with a device


@transaction.atomic
def push_post(channel_id: UUID, after_seq: int, last_seq: int, after: UUID | None = None) -> None:
    """Write the pushes for the next followers, and the job for those behind them."""
    said = list(
        hearing.people_said().filter(conversation=channel_id, seq__gt=after_seq, seq__lte=last_seq)
    )
    if not said:
        return
    members = hearing.listeners().filter(conversation=channel_id)
    if after is not None:
        members = members.filter(user__gt=after)
    batch = list(members.order_by("user")[:BATCH])
    blocked = hearing.apart(said, {member.user_id for member in batch})
    told = ((member, hearing.worth_a_push(member, said, blocked)) for member in batch)
    waiting.write([(member, posts) for member, posts in told if posts], is_to_many=True)
    if len(batch) == BATCH:
        enqueue(
            "chat.push_post",
            channel=str(channel_id),
            after_seq=after_seq,
            last_seq=last_seq,
            after=str(batch[-1].user_id),
        )
