"""Pushes that wait for their job: one for each conversation and device, which later words join."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import Device
from accounts.outbox import enqueue_all
from chat.models import Membership, Message, WaitingPush

# Where more than these are told of the same, their pushes have a queue of their own: what one
# person writes to another never waits for them.
FEW = 50
TO_FEW, TO_MANY = "chat.push_waiting", "chat.push_to_many"

Told = tuple[Membership, list[Message]]
Key = tuple[int, UUID]  # membership, device


def write(told: Sequence[Told], *, is_to_many: bool = False) -> None:
    """Have the devices of these members told of these messages: rows and jobs, in the caller's
    transaction, which holds the conversations' cursors. Five queries at most, however many."""
    if not told:
        return
    wanted = {(row.membership_id, row.device_id): row for row in _rows(told)}
    joined = _join(wanted)
    new = [row for key, row in wanted.items() if key not in joined]
    _begin(new)
    sizes = Counter(row.membership.conversation_id for row in new)
    enqueue_all(
        (_task(is_to_many or sizes[row.membership.conversation_id] > FEW), {"waiting": row.pk})
        for row in new
    )


def _rows(told: Sequence[Told]) -> Iterable[WaitingPush]:
    """As they would be, were each the only one."""
    devices = Device.objects.by_person(member.user_id for member, _messages in told)
    for member, messages in told:
        for device in devices.get(member.user_id, ()):
            places = {"after_seq": messages[0].seq - 1, "last_seq": messages[-1].seq}
            yield WaitingPush(membership=member, device_id=device, **places)


def _join(wanted: dict[Key, WaitingPush]) -> set[Key]:
    """Let those that wait already take in what is new; answers whose they are. Their jobs, which
    read and delete them, wait for this transaction."""
    rows: Any = WaitingPush.objects.under_way(timezone.now())
    rows = rows.filter(membership__in={member for member, _device in wanted})
    waiting = list(rows.select_for_update(of=("self",)).order_by("pk"))
    waiting = [row for row in waiting if (row.membership_id, row.device_id) in wanted]
    for row in waiting:
        row.last_seq = wanted[row.membership_id, row.device_id].last_seq
    WaitingPush.objects.bulk_update(waiting, ["last_seq"])
    return {(row.membership_id, row.device_id) for row in waiting}


def _begin(rows: Sequence[WaitingPush]) -> None:
    """One whose job is gone begins anew."""
    WaitingPush.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["membership", "device"],
        update_fields=["after_seq", "last_seq", "since"],
    )


def _task(is_to_many: bool) -> str:
    return TO_MANY if is_to_many else TO_FEW
