"""Pairing codes: one person shows eight digits, the other enters them on their own device."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.families.guesses import count_miss, forget_misses, permit_guess
from accounts.families.linking import ask_link
from accounts.models import GuardianLink, Guesses, PairingCode, User

DIGITS = 8
_SALT = "accounts.families.codes"


@dataclass(frozen=True, slots=True)
class MadeCode:
    """A new code with its `digits`, which nobody can read again."""

    digits: str
    expires_at: datetime

    @property
    def spaced(self) -> str:
        """As people read it aloud: 1234 5678."""
        return f"{self.digits[:4]} {self.digits[4:]}"


@transaction.atomic
def make_code(maker: User) -> MadeCode:
    """Eight digits for a quarter of an hour, good for one link; an earlier code of theirs goes."""
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    expires_at = timezone.now() + PairingCode.LIFETIME
    PairingCode.objects.filter(expires_at__lt=timezone.now()).delete()
    PairingCode.objects.update_or_create(
        maker=maker, defaults={"digest": _digest(digits), "expires_at": expires_at}
    )
    return MadeCode(digits, expires_at)


def enter_code(person: User, digits: str) -> GuardianLink:
    """The link that the code's maker and `person` get, which waits for the teenager's consent.

    Raises `ValidationError` (family.code) for a code that is not or no more there, `Refused`
    (guess.too_many after five of those, policy.R30, policy.unreachable).
    """
    permit_guess(person, Guesses.Purpose.PAIRING)
    digest = _digest("".join(filter(str.isdigit, digits)))
    living = PairingCode.objects.filter(digest=digest, expires_at__gt=timezone.now())
    code = living.select_related("maker").first()
    if code is None or code.maker_id == person.pk:
        count_miss(person, Guesses.Purpose.PAIRING)
        raise ValidationError(
            _("This code is not right, or older than 15 minutes."), code="family.code"
        )
    with transaction.atomic():
        link = ask_link(*_sides(code.maker, person))
        code.delete()
    forget_misses(person, Guesses.Purpose.PAIRING)
    return link


def _sides(one: User, other: User) -> tuple[User, User]:
    """Who of the two is the guardian, who the teenager; rules are asked then."""
    return (one, other) if one.age >= other.age else (other, one)


def _digest(digits: str) -> str:
    """A keyed hash: whoever reads the table cannot try all there are."""
    return salted_hmac(_SALT, digits, algorithm="sha256").hexdigest()
