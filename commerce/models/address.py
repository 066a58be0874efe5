"""Where parcels go."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7


class Address(models.Model):
    """One of somebody's addresses. Orders keep a copy: it may change or go."""

    MOST = 20

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="addresses")
    name = models.CharField(_("name"), max_length=80)
    street = models.CharField(_("street and number"), max_length=120)
    more = models.CharField(_("flat, floor, company"), max_length=120, blank=True)
    city = models.CharField(_("town"), max_length=80)
    state = models.CharField(_("state"), max_length=40, blank=True)
    postcode = models.CharField(_("postcode"), max_length=16, blank=True)
    country = models.CharField(_("country"), max_length=2)
    phone = models.CharField(_("phone"), max_length=24, blank=True)
    is_default = models.BooleanField(_("the usual one"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(is_default=True), name="address_default_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.city}"
