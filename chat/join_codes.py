"""A code that its creator tells: the condition for joining a fan group that chat itself knows.

What people choose as a code is short, so it is kept as a digest under the site's key, and tries are
counted (chat/actions/fans.py).
"""

from collections.abc import Mapping
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from chat.refusals import invalid

SHORTEST, LONGEST = 8, 64

Options = Mapping[str, Any]


class Code:
    """Knows the code; upper and lower case are the same."""

    asks_for = gettext_lazy("Code")

    def clean(self, options: Options) -> dict[str, Any]:
        if isinstance(options.get("digest"), str) and "code" not in options:
            return {"digest": options["digest"]}  # one that is kept as it was
        code = options.get("code")
        code = code.strip() if isinstance(code, str) else ""
        if not SHORTEST <= len(code) <= LONGEST:
            raise invalid("code.shape")
        return {"digest": _digest(code)}

    def words(self, options: Options, creator: User) -> str:
        return _("Know the code from %(name)s") % {"name": creator.name}

    def missing(self, person: User, creator: User, options: Options, given: str) -> str | None:
        if not given:
            return _("Enter the code from %(name)s") % {"name": creator.name}
        if constant_time_compare(_digest(given), options["digest"]):
            return None
        return _("This is not the code")


def _digest(code: str) -> str:
    return salted_hmac("chat.join_codes", code.strip().casefold(), algorithm="sha256").hexdigest()
