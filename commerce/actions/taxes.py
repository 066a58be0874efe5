"""What countries take, as staff enter it."""

from django.db import transaction

from accounts import audit
from accounts.models import User
from commerce.models import TaxRate


@transaction.atomic
def save(actor: User, rate: TaxRate) -> None:
    """From the rate's first day on; who entered it is in the audit log."""
    rate.country = rate.country.upper()
    rate.save()
    audit.record(
        actor,
        "tax_rate.saved",
        kind="tax_rate",
        country=rate.country,
        state=rate.state,
        tax_class=rate.tax_class,
        percent=rate.percent,
        since=rate.since,
    )
