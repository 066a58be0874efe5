"""Every code with which the shop says no, and the sentence a person reads."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.errors import Conflict, Refused, Unavailable

SENTENCES: dict[str, str | Promise] = {
    "payout.holder": _("Say who the account belongs to."),
    "payout.iban": _("This is not an IBAN. It begins with two letters, such as DE89 3704 …"),
    "programme.nobody": _("There is nobody of that name."),
    "programme.own": _("This is your own shop."),
    "programme.percent": _("Between 0.01 and 80 percent."),
    "programme.removed": _("This shop took you out of its programme."),
    "programme.unreachable": _("This person cannot be invited."),
    "shop.closed": _("This shop takes no orders at the moment."),
    "shop.not_yours": _("Your part in this shop does not include that. Ask its owner."),
    "showcase.full": _("Your showcase is full. Take something out first."),
    "showcase.no_programme": _("Join this shop's programme first."),
}


def invalid(code: str, field: str | None = None, **values: Any) -> ValidationError:
    """A `ValidationError` with one of the codes; of one field where it is named. `values` fill the
    sentence."""
    error = ValidationError(SENTENCES[code], code=code, params=values or None)
    return error if field is None else ValidationError({field: error})


def refused(code: str) -> Refused:
    """A `Refused` with one of the codes."""
    return Refused(code, SENTENCES[code])


def conflict(code: str) -> Conflict:
    """A `Conflict` with one of the codes."""
    return Conflict(code, SENTENCES[code])


def unavailable(code: str) -> Unavailable:
    """An `Unavailable` with one of the codes: nothing was changed, and it may be tried again."""
    return Unavailable(code, SENTENCES[code])
