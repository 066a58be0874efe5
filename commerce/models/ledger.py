"""The ledger: whose money it is, in double entry."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.ids import uuid7
from commerce.models import fields
from commerce.models.order import Order, OrderLine
from commerce.models.payment import attempt
from commerce.models.returns import ReturnRequest
from commerce.models.shop import Shop

# Returns whose money nobody knows yet.
UNSETTLED = (
    ReturnRequest.State.ASKED,
    ReturnRequest.State.APPROVED,
    ReturnRequest.State.SENT,
    ReturnRequest.State.DISPUTED,
)


class LedgerTransaction(models.Model):
    """One event of money. `key` names the event: posting it again does nothing. The entries of one
    transaction sum to zero."""

    class Kind(models.TextChoices):
        SALE = "sale", pgettext_lazy("ledger", "Sale")
        REFUND = "refund", pgettext_lazy("ledger", "Refund")
        PAYOUT = "payout", pgettext_lazy("ledger", "Payout")
        CORRECTION = "correction", pgettext_lazy("ledger", "Correction")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=100, unique=True, help_text="Such as sale:<order>.")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    currency = fields.currency()
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="transactions"
    )
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key


class LedgerEntryQuerySet(models.QuerySet):
    """Entries by whose they are and what may be done with them."""

    def of(self, owner: models.Model) -> Self:
        """What is owed to a shop, or to a person as a creator."""
        if isinstance(owner, Shop):
            return self.filter(account=LedgerEntry.Account.SELLER, shop=owner)
        return self.filter(account=LedgerEntry.Account.CREATOR, person=owner)

    def owed(self) -> Self:
        """To anybody at all, and in no payout yet."""
        accounts = (LedgerEntry.Account.SELLER, LedgerEntry.Account.CREATOR)
        return self.filter(account__in=accounts, payout=None)

    def is_free(self, now: datetime) -> Q:
        """The condition that an entry may be paid out: the time for returns is over, and none is
        under way."""
        returning = ReturnRequest.objects.filter(
            order=OuterRef("transaction__order"), state__in=UNSETTLED
        )
        return Q(available_at__lte=now) & ~Q(Exists(returning))


class LedgerEntry(models.Model):
    """What one account gets (above zero: we owe it) or gives in a transaction."""

    class Account(models.TextChoices):
        BUYER = "buyer", pgettext_lazy("ledger", "Buyer")
        SELLER = "seller", pgettext_lazy("ledger", "Seller")
        PLATFORM = "platform", pgettext_lazy("ledger", "Medley")
        FEE = "fee", pgettext_lazy("ledger", "Medley's fee")
        CREATOR = "creator", pgettext_lazy("ledger", "Creator")
        TAX = "tax", pgettext_lazy("ledger", "Tax")
        BANK = "bank", pgettext_lazy("ledger", "Paid out")

    transaction = models.ForeignKey(LedgerTransaction, models.PROTECT, related_name="entries")
    account = models.CharField(max_length=8, choices=Account.choices)
    shop = models.ForeignKey(Shop, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    line = models.ForeignKey(OrderLine, models.PROTECT, null=True, blank=True, related_name="+")
    currency = fields.currency()
    amount = fields.amount()
    available_at = models.DateTimeField(
        default=timezone.now, help_text="From when it may be paid out: returns are over."
    )
    payout = models.ForeignKey(
        "commerce.Payout", models.PROTECT, null=True, blank=True, related_name="entries"
    )

    objects = LedgerEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="ledger_entry_not_zero"),
        ]
        indexes = [
            models.Index(
                fields=["shop", "available_at"],
                name="ledger_of_shop",
                condition=Q(shop__isnull=False),
            ),
            models.Index(
                fields=["person", "available_at"],
                name="ledger_of_person",
                condition=Q(person__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.amount} {self.currency}"


class Payout(models.Model):
    """What one payout run sends to one shop or creator, with the entries it pays for."""

    class State(models.TextChoices):
        PREPARED = "prepared", pgettext_lazy("payout", "Prepared")
        SENT = "sent", pgettext_lazy("payout", "Sent")
        PAID = "paid", pgettext_lazy("payout", "Paid out")
        FAILED = "failed", pgettext_lazy("payout", "Failed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shop = models.ForeignKey(Shop, models.PROTECT, null=True, blank=True, related_name="payouts")
    creator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="payouts"
    )
    currency = fields.currency()
    amount = fields.amount()
    reversed = fields.amount(
        default=0, db_default=0, help_text="Fetched back, as refunds came after it."
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.PREPARED)
    reference = models.CharField(max_length=100, blank=True)
    failure = models.CharField(max_length=200, blank=True)
    attempt = attempt()
    period_end = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payout_positive"),
            models.CheckConstraint(
                condition=Q(reversed__gte=0, reversed__lte=F("amount")), name="payout_reversed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}: {self.state}"


class PayoutAccount(models.Model):
    """The bank account to which a creator is paid. A shop's stands in its application."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="payout_account"
    )
    holder = models.CharField(_("name of its holder"), max_length=120)
    iban = models.CharField(_("bank account (IBAN)"), max_length=34)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"the account of {self.person_id}"

    @property
    def shown_iban(self) -> str:
        """Enough to recognise it by."""
        return f"{self.iban[:4]} … {self.iban[-4:]}"


class ConnectedAccount(models.Model):
    """Where a shop or a creator is paid by a provider that knows them itself: they told it who they
    are on its own pages. `reference` is its name for them."""

    shop = models.OneToOneField(
        Shop, models.CASCADE, null=True, blank=True, related_name="connected_account"
    )
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="connected_account",
    )
    reference = models.CharField(max_length=100, unique=True)
    is_ready = models.BooleanField(default=False, help_text="Money can be sent there.")
    told_at = models.DateTimeField(
        default=timezone.now, help_text="When they last went to tell who they are."
    )
    looked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shop=None) ^ Q(person=None), name="connected_account_of_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} of {self.shop_id or self.person_id}"
