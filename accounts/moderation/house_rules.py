"""The house rules that a decision names (DSA Art. 17(3)(e)), in the words that people read."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models.report import Report

Words = str | Promise


@dataclass(frozen=True, slots=True)
class HouseRule:
    """One of them: its code, its name, and what it asks. `is_law`: where a law says it."""

    code: str
    name: Words
    words: Words
    is_law: bool = False


_RULES = (
    HouseRule(
        "people",
        _("Be kind to people"),
        _("No bullying, no threats in jest, no piling on, nobody's private things."),
    ),
    HouseRule(
        "hate",
        _("Nobody is less"),
        _("No hate for where people come from, what they believe, whom they love or how they are."),
    ),
    HouseRule(
        "violence",
        _("No violence"),
        _("No threats, no calls to hurt anybody, no pictures of it for their own sake."),
    ),
    HouseRule(
        "sexual",
        _("No nudity or sex"),
        _("Medley is there from 13 on: nothing sexual is, and nobody is asked for it."),
    ),
    HouseRule(
        "minors",
        _("Young people are safe here"),
        _("Whatever endangers somebody under 18 goes at once, and we tell who has to know."),
    ),
    HouseRule(
        "life",
        _("Life matters"),
        _("No praise of suicide, self-harm or starving, and nothing that shows how."),
    ),
    HouseRule(
        "honest",
        _("Be honest"),
        _("No scams, no pretending to be somebody else, no hidden advertising."),
    ),
    HouseRule(
        "spam",
        _("No spam"),
        _("Not the same to many, no bought likes, nothing sent by machine to strangers."),
    ),
    HouseRule(
        "law",
        _("The law holds here too"),
        _("What the law forbids is not on Medley; the decision names the law."),
        is_law=True,
    ),
    HouseRule(
        "other",
        _("Use Medley as it is meant"),
        _("Nothing that harms people or Medley in a way that we did not think of here."),
    ),
)
HOUSE_RULES: dict[str, HouseRule] = {rule.code: rule for rule in _RULES}

# Which rule a reason points to at first; whoever decides may name another.
USUAL: dict[str, str] = {
    Report.Reason.SPAM: "spam",
    Report.Reason.HARASSMENT: "people",
    Report.Reason.HATE: "hate",
    Report.Reason.VIOLENCE: "violence",
    Report.Reason.SEXUAL: "sexual",
    Report.Reason.MINOR: "minors",
    Report.Reason.SELF_HARM: "life",
    Report.Reason.FRAUD: "honest",
    Report.Reason.IMPERSONATION: "honest",
    Report.Reason.ILLEGAL: "law",
    Report.Reason.OTHER: "other",
}


def rule_of(code: str) -> HouseRule:
    """The rule of this code; one that was given up since reads as the last."""
    return HOUSE_RULES.get(code, HOUSE_RULES["other"])
