"""The four digits that let a day go on: one's own, or with a guardian the guardian's."""

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.errors import Refused
from accounts.families.day import grant_quarter
from accounts.families.guarding import check_shape
from accounts.families.guesses import count_miss, forget_misses, permit_guess
from accounts.models import GuardianLink, Guesses, Passcode, User

GUESSED = Guesses.Purpose.PASSCODE


def set_passcode(user: User, passcode: str, *, password: str = "") -> None:
    """Choose one's own passcode; another one in place of an old takes the account's password.

    Raises `ValidationError` (passcode.shape, passcode.password), `Refused` (guess.too_many,
    policy.R30 where a guardian's holds).
    """
    check_shape(passcode)
    if user.guarded is not None:
        raise Refused("policy.R30", _("Your guardian's passcode is the one that counts."))
    if Passcode.objects.filter(user=user).exists():
        _permit_password(user, password)
    hashed = make_password(passcode)
    Passcode.objects.update_or_create(user=user, defaults={"hashed": hashed})


def _permit_password(user: User, password: str) -> None:
    permit_guess(user, GUESSED)
    if not user.check_password(password):
        count_miss(user, GUESSED)
        raise ValidationError(
            {"password": ValidationError(_("That is not your password."), code="passcode.password")}
        )


def unlock(user: User, passcode: str) -> None:
    """A quarter of an hour more for whoever enters the passcode.

    Raises `ValidationError` (passcode.wrong), `Refused` (guess.too_many, passcode.missing where
    there is none to enter).
    """
    known = _hashed(user)
    if not known:
        raise Refused("passcode.missing", _("There is no passcode yet."))
    permit_guess(user, GUESSED)
    if not any(check_password(passcode, hashed) for hashed in known):
        count_miss(user, GUESSED)
        raise ValidationError(_("That is not the passcode."), code="passcode.wrong")
    forget_misses(user, GUESSED)
    grant_quarter(user)


def _hashed(user: User) -> list[str]:
    """Those that open this person's day."""
    if user.guarded is None:
        return list(Passcode.objects.filter(user=user).values_list("hashed", flat=True))
    links = GuardianLink.objects.in_force().filter(teen=user).exclude(passcode="")
    return list(links.values_list("passcode", flat=True))


def has_passcode(user: User) -> bool:
    """Whether there is one to enter: their own, or a guardian's."""
    return bool(_hashed(user))
