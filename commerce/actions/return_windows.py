"""How long goods can be sent back where the law or Medley says more than their shops: staff's."""

from django.db import IntegrityError, transaction

from accounts import audit
from accounts.models import User
from accounts.regions.zones import countries
from commerce.models import ReturnWindow
from commerce.refusals import invalid

DAYS = range(1, 731)


def check(window: ReturnWindow) -> None:
    """Raise `ValidationError` by field (window.days, shop.country, window.twice)."""
    window.country = window.country.strip().upper()
    if window.days not in DAYS:
        raise invalid("window.days", "days", count=DAYS[-1])
    if window.country and window.country not in countries():
        raise invalid("shop.country", "country")
    same = ReturnWindow.objects.filter(country=window.country, category=window.category)
    if same.exclude(pk=window.pk).exists():
        raise invalid("window.twice", "country")


def save(actor: User, window: ReturnWindow) -> None:
    """For all that was bought, from now on; who entered it is in the audit log. Raises as `check`
    does."""
    check(window)
    try:
        with transaction.atomic():
            window.save()
            _note(actor, "saved", window)
    except IntegrityError as error:
        raise invalid("window.twice", "country") from error


@transaction.atomic
def remove(actor: User, window: ReturnWindow) -> None:
    """The shops' own days count again."""
    _note(actor, "removed", window)
    window.delete()


def _note(actor: User, verb: str, window: ReturnWindow) -> None:
    audit.record(
        actor,
        f"return_window.{verb}",
        kind="return_window",
        country=window.country,
        category=window.category.slug if window.category else "",
        days=window.days,
    )
