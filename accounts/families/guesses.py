"""Few tries for short codes, counted in the database: no restart and no lost cache gives more."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.errors import Refused
from accounts.models import Guesses, User

MISSES_AT_MOST = 5
FORGOTTEN_AFTER = timedelta(minutes=15)


def permit_guess(user: User, purpose: Guesses.Purpose) -> None:
    """Raise `Refused` (guess.too_many) where somebody was wrong too often of late."""
    recent = timezone.now() - FORGOTTEN_AFTER
    wrong = Guesses.objects.filter(user=user, purpose=purpose, since__gt=recent)
    if wrong.filter(misses__gte=MISSES_AT_MOST).exists():
        raise Refused("guess.too_many", _("That was wrong too often. Try again in 15 minutes."))


@transaction.atomic
def count_miss(user: User, purpose: Guesses.Purpose) -> None:
    """One more wrong one; call it outside of a transaction that its refusal undoes."""
    now = timezone.now()
    row, _is_new = Guesses.objects.select_for_update().get_or_create(user=user, purpose=purpose)
    if row.since <= now - FORGOTTEN_AFTER:
        row.misses = 0
    row.misses, row.since = row.misses + 1, now
    row.save(update_fields=["misses", "since"])


def forget_misses(user: User, purpose: Guesses.Purpose) -> None:
    """It was right."""
    Guesses.objects.filter(user=user, purpose=purpose).delete()
