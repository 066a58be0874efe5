"""What the test provider knows: as another company would, in a table of its own."""

from django.db import models
from django.utils import timezone

from accounts.ids import uuid7
from commerce.models import fields


class TestCharge(models.Model):
    """One charge at the test provider; no money moves. `take` says whether paying takes the amount
    or only holds it. Until `down_until` the provider answers nothing about it."""

    __test__ = False  # for pytest: no test

    class State(models.TextChoices):
        OPEN = "open"
        CONFIRMING = "confirming"  # the bank asks the buyer again
        SLOW = "slow"
        HELD = "held"
        TAKEN = "taken"
        REFUSED = "refused"
        GONE = "gone"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    payment = models.UUIDField(unique=True)
    currency = fields.currency()
    amount = fields.amount()
    refunded = fields.amount(default=0)
    refunds = models.JSONField(
        default=dict, db_default={}, help_text="{idempotency key: name here}."
    )
    take = models.BooleanField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    return_url = models.URLField(max_length=300)
    down_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}: {self.state}"

    @property
    def is_down(self) -> bool:
        return self.down_until is not None and self.down_until > timezone.now()
