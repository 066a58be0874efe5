"""Writing the audit log."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.audit.hashing import hash_of, plain
from accounts.models.audit import AuditEntry, AuditHead

if TYPE_CHECKING:
    from accounts.models import Case, User


@transaction.atomic
def record(
    actor: "User | None",
    verb: str,
    *,
    kind: str = "",
    object_id: UUID | str | None = None,
    case: "Case | None" = None,
    **facts: Any,
) -> AuditEntry:
    """Write that `actor` (None: Medley itself) did `verb`, in past tense like "case.decided".

    Call it inside the transaction of what it tells, as its last statement: from here on nobody else
    can write the log until that transaction ends. `facts` are codes, numbers and ids.
    """
    head = _held_head()
    entry = AuditEntry(
        number=head.number + 1,
        at=timezone.now(),
        actor_id=actor.pk if actor else None,
        verb=verb,
        kind=kind,
        object_id=UUID(str(object_id)) if object_id else None,
        case_id=case.pk if case else None,
        facts=plain(facts),
        previous=head.hash,
    )
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    head.number, head.hash = entry.number, entry.hash
    head.save(update_fields=["number", "hash"])
    return entry


def _held_head() -> AuditHead:
    """The head row, locked; made where there is none yet."""
    return AuditHead.objects.select_for_update().get_or_create(pk=1)[0]
