"""The audit log: what staff did and looked at, append-only, each entry chained to the one before.

No foreign key is a constraint here: who or what an entry names may be deleted (R46), and the entry
must not change with it. `accounts/audit/guards.py` has what makes the database refuse changes.
"""

from datetime import UTC
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

GENESIS = "0" * 64  # what the first entry has for the hash of the one before


class AuditEntry(models.Model):
    """One deed or look. `facts` are codes, numbers and ids, never anybody's name or words."""

    number = models.PositiveBigIntegerField(primary_key=True, help_text=_("1, 2, 3: no gaps."))
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        help_text=_("Empty for what Medley does by itself."),
    )
    verb = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, blank=True)
    object_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True, help_text=_("Under which case."))
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        indexes = [
            models.Index(fields=["actor", "-number"], name="audit_by_actor"),
            models.Index(fields=["case_id", "-number"], name="audit_of_case"),
            models.Index(fields=["object_id", "-number"], name="audit_of_object"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"

    def content(self) -> dict[str, Any]:
        """All that its hash speaks for, as JSON values."""
        return {
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": _text(self.actor_id),
            "verb": self.verb,
            "kind": self.kind,
            "object": _text(self.object_id),
            "case": _text(self.case_id),
            "facts": self.facts,
            "previous": self.previous,
        }


def _text(key: Any) -> str:
    return str(key) if key else ""


class AuditHead(models.Model):
    """The one row that knows the last entry; whoever writes the next holds it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_one_head")]

    def __str__(self) -> str:
        return f"{self.number} {self.hash}"
