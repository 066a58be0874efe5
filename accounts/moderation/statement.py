"""A decision as a statement of reasons (DSA Art. 17), in words for whom it concerns."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import policy
from accounts.models import Appeal, Case, Decision
from accounts.moderation.acts import ACTS, LIMIT, PARTS, SUSPEND
from accounts.moderation.house_rules import HouseRule, rule_of

KINDS: dict[str, str | Promise] = {
    "user": gettext_lazy("Your account"),
    "video": gettext_lazy("A video of yours"),
    "comment": gettext_lazy("A comment of yours"),
    "sound": gettext_lazy("A sound of yours"),
    "shop": gettext_lazy("Your shop"),
    "message": gettext_lazy("A message of yours"),
    "reply": gettext_lazy("A reply of yours"),
    "product": gettext_lazy("A product of yours"),
    "review": gettext_lazy("A review of yours"),
    "question": gettext_lazy("A question of yours"),
    "conversation": gettext_lazy("A group or conversation of yours"),
}


@dataclass(frozen=True)
class Measure:
    """One act as the person reads it. `features`: what is limited; `parts`: what of the profile was
    taken off; `until`: when it ends by itself."""

    name: str
    words: str
    features: list[str]
    parts: list[str]
    until: datetime | None


@dataclass(frozen=True)
class Statement:
    """What, why, under which rule, how it came to it, for how long, and what can be done."""

    decision: Decision

    @property
    def what(self) -> str:
        """What it is about."""
        return str(KINDS.get(self.decision.case.kind, _("Something of yours")))

    @property
    def title(self) -> str:
        """Which one: a caption, the words of a comment."""
        is_plain = self.decision.case.kind in ("user", "message", "reply")
        return "" if is_plain else self.decision.case.title

    @cached_property
    def measures(self) -> list[Measure]:
        return [self._measure(name) for name in self.decision.act_names if name in ACTS]

    def _measure(self, name: str) -> Measure:
        options = self.decision.options_of(name)
        features = [str(policy.FEATURES[each]) for each in options.get("features", ())]
        parts = [str(PARTS[each]) for each in options.get("parts", ())]
        until = None
        if name in (LIMIT, SUSPEND):
            until = self.decision.began_at + timedelta(days=options["days"])
        return Measure(name, str(ACTS[name].told), features, parts, until)

    @property
    def rule(self) -> HouseRule:
        return rule_of(self.decision.rule)

    @property
    def how(self) -> str:
        """How it came up, and who decided: a person always did."""
        found = {
            Case.Origin.HASH: _("A program recognised it. A person decided."),
            Case.Origin.SPAM: _("A program found it. A person decided."),
            Case.Origin.NUDITY: _("A program found it. A person decided."),
            Case.Origin.WORDS: _("A filter found it. A person decided."),
            Case.Origin.STAFF: _("We found it ourselves. A person decided."),
            Case.Origin.AGE: _("It is about your birth date. A person decided."),
        }
        return found.get(
            Case.Origin(self.decision.case.origin), _("Somebody reported it. A person decided.")
        )

    @property
    def territory(self) -> str:
        return self.decision.territory or _("everywhere")

    @cached_property
    def appeal(self) -> Appeal | None:
        """The person's own; at hand after `prefetch_related("appeals")`."""
        mine = [a for a in self.decision.appeals.all() if a.person_id == self.decision.person_id]
        return mine[0] if mine else None

    @property
    def is_answered(self) -> bool:
        """Whether somebody looked at the appeal."""
        return self.appeal is not None and self.appeal.state != Appeal.State.OPEN

    @property
    def is_undone(self) -> bool:
        return self.decision.state == Decision.State.UNDONE

    @property
    def may_appeal(self) -> bool:
        """Once, within six months, while it is in force."""
        is_open = self.decision.is_in_force and timezone.now() <= self.decision.appeal_until
        return is_open and self.appeal is None
