"""What a rule answers: None for "yes", a `Refusal` for "no"; only `permit` raises."""

import logging
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.errors import Refused
from accounts.metrics import REFUSALS

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A "no": the rule that says it, the code others may see and the sentence for a person."""

    rule: str
    code: str
    sentence: str | Promise

    def error(self) -> Refused:
        """The exception that doors translate; counts and logs the true rule."""
        REFUSALS.labels(self.rule).inc()
        logger.info("refused by %s", self.rule)
        return Refused(self.code, self.sentence)


def openly(rule: str, sentence: str | Promise) -> Refusal:
    """A "no" that names its rule: the sentence tells on nobody."""
    return Refusal(rule, f"policy.{rule}", sentence)


def hidden(rule: str) -> Refusal:
    """A "no" that could tell on somebody: one code and one sentence, whichever rule it was."""
    return Refusal(rule, "policy.unreachable", _("This person cannot be reached."))


def permit(refusal: Refusal | None) -> None:
    """Raise `Refused` where a rule said no."""
    if refusal is not None:
        raise refusal.error()
