"""Who stands behind a shop: what a trader has to say before the first sale (DSA, Article 30)."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.regions.zones import countries
from commerce.models.shop import Shop


class SellerApplication(models.Model):
    """What the seller declared, and what a moderator found. Everybody sees the trader's name,
    address, mail, phone and register entry on the shop's page; the document and the bank account
    are for reviewers."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("application", "Waits for review")
        ACCEPTED = "accepted", pgettext_lazy("application", "Accepted")
        REFUSED = "refused", pgettext_lazy("application", "Not accepted")

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="applications")
    legal_name = models.CharField(_("legal name"), max_length=120)
    street = models.CharField(_("street and number"), max_length=120)
    city = models.CharField(_("town"), max_length=80)
    postcode = models.CharField(_("postcode"), max_length=16, blank=True)
    country = models.CharField(_("country"), max_length=2)
    email = models.EmailField(_("mail for buyers"))
    phone = models.CharField(_("phone"), max_length=24)
    register = models.CharField(_("trade register and number"), max_length=120, blank=True)
    tax_number = models.CharField(_("tax number"), max_length=32, blank=True)
    iban = models.CharField(_("bank account (IBAN)"), max_length=34)
    document = models.FileField(_("identity document"), upload_to="shops/documents/")
    declares_law = models.BooleanField(_("I only sell what the law of the buyers' country allows"))
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    sent_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(_("why not"), max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop"], condition=models.Q(state="waiting"), name="application_waits_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.legal_name}: {self.state}"

    @property
    def country_name(self) -> str:
        """The country in words."""
        return countries().get(self.country, self.country)
