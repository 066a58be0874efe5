"""What a decision can do: each act with its options, for which kinds of things it is there, and
whether it counts as a strike (R43)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import policy, ports
from accounts.models import Case, User

NONE, WARN, REMOVE, SENSITIVE = "none", "warn", "remove", "mark_sensitive"
LIMIT, SUSPEND, BAN, CLOSE = "limit", "suspend", "ban", "close_conversation"
CORRECT_AGE, KEEP_AGE = "correct_age", "keep_age"  # moderation/ages.py
RESET = "reset_profile"
REFUND = "refund"  # to the buyer of an order that the seller did not take back
LONGEST_LIMIT, LONGEST_SUSPENSION = 90, 180  # days

Options = dict[str, Any]

# Fields of `User`, empty for what everybody starts with.
PARTS: dict[str, str | Promise] = {
    "avatar": gettext_lazy("Picture"),
    "display_name": gettext_lazy("Name"),
    "bio": gettext_lazy("Words about oneself"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """`words` is what moderators choose, `told` what the person reads of it, with the options.
    `clean` gives the options as they are stored, or raises `ValidationError`."""

    name: str
    words: str | Promise
    told: str | Promise
    clean: Callable[[Case, Options], Options] = lambda case, options: {}
    kinds: frozenset[str] | None = None  # None: all
    but: frozenset[str] = frozenset()
    needs_owner: bool = False
    is_strike: bool = False

    def is_for(self, case: Case) -> bool:
        """Whether it can be done about this case's thing."""
        if self.needs_owner and case.owner_id is None:
            return False
        return case.kind not in self.but and (self.kinds is None or case.kind in self.kinds)


def _days(longest: int) -> Callable[[Case, Options], Options]:
    def clean(_case: Case, options: Options) -> Options:
        try:
            days = int(options.get("days") or 0)
        except (TypeError, ValueError):
            days = 0
        if not 1 <= days <= longest:
            sentence = _("Choose 1 to %(count)d days.") % {"count": longest}
            raise ValidationError(sentence, code="decision.days")
        return {"days": days}

    return clean


def _limit(case: Case, options: Options) -> Options:
    features = sorted(set(options.get("features") or ()) & set(policy.FEATURES))
    if not features:
        raise ValidationError(_("Choose what is limited."), code="decision.features")
    return {"features": features, **_days(LONGEST_LIMIT)(case, options)}


def _parts(case: Case, options: Options) -> Options:
    """With what stands there now, to be put back (moderation/profiles.py)."""
    chosen = set(options.get("parts") or ()) & set(PARTS)
    now = User.objects.filter(pk=case.object_id).values(*PARTS).first() or {}
    before = {part: now[part] for part in PARTS if part in chosen and now.get(part)}
    if not before:
        sentence = _("Choose what of the profile is taken off, of what is there.")
        raise ValidationError(sentence, code="decision.parts")
    return {"parts": list(before), "before": before}


def _conversation(case: Case, _options: Options) -> Options:
    found = _conversation_of(case)
    if found is None:
        raise ValidationError(_("There is no conversation to close."), code="decision.acts")
    return {"conversation": str(found)}


def _conversation_of(case: Case) -> UUID | None:
    thing = ports.moderated().get(case.kind)
    return thing.conversation_id(case.object_id) if thing else None


ACTS: dict[str, Act] = {
    act.name: act
    for act in (
        Act(
            NONE,
            gettext_lazy("Nothing against the rules"),
            gettext_lazy("We found nothing against our rules."),
        ),
        Act(
            WARN,
            gettext_lazy("Warn"),
            gettext_lazy("This is a warning."),
            needs_owner=True,
            is_strike=True,
        ),
        Act(
            REMOVE,
            gettext_lazy("Remove it"),
            gettext_lazy("It was removed: nobody sees it any more."),
            but=frozenset({"user", "conversation", "order"}),
            is_strike=True,
        ),
        Act(
            RESET,
            gettext_lazy("Take off parts of the profile"),
            gettext_lazy("Parts of your profile were taken off. You can fill them in anew."),
            clean=_parts,
            kinds=frozenset({"user"}),
            needs_owner=True,
            is_strike=True,
        ),
        Act(
            REFUND,
            gettext_lazy("Pay the buyer back"),
            gettext_lazy("The buyer of an order that you did not take back is paid back."),
            kinds=frozenset({"order"}),
        ),
        Act(
            SENSITIVE,
            gettext_lazy("Mark as sensitive"),
            gettext_lazy("It was marked as sensitive: it is covered, and for adults only."),
            kinds=frozenset({"video"}),
        ),
        Act(
            LIMIT,
            gettext_lazy("Limit what the person can do"),
            gettext_lazy("For a time you cannot do everything on Medley."),
            clean=_limit,
            needs_owner=True,
            is_strike=True,
        ),
        Act(
            SUSPEND,
            gettext_lazy("Suspend the account"),
            gettext_lazy("Your account is suspended."),
            clean=_days(LONGEST_SUSPENSION),
            needs_owner=True,
            is_strike=True,
        ),
        Act(
            BAN,
            gettext_lazy("Ban for good (a second senior confirms)"),
            gettext_lazy("Your account is banned for good."),
            needs_owner=True,
            is_strike=True,
        ),
        Act(
            CLOSE,
            gettext_lazy("Close the conversation"),
            gettext_lazy("The conversation was closed: nobody can write in it."),
            clean=_conversation,
            kinds=frozenset({"conversation", "message", "reply"}),
        ),
        # Not to be chosen here: they have a page of their own.
        Act(
            CORRECT_AGE,
            gettext_lazy("Correct the birth date"),
            gettext_lazy("Your birth date was corrected. What your age decides is as it says now."),
            kinds=frozenset(),
        ),
        Act(
            KEEP_AGE,
            gettext_lazy("Leave the birth date as it is"),
            gettext_lazy("Your birth date stays as it is."),
            kinds=frozenset(),
        ),
    )
}


def offered(case: Case) -> list[Act]:
    """What can be done about this case."""
    return [act for act in ACTS.values() if act.is_for(case)]


def clean(case: Case, chosen: Iterable[tuple[str, Options]]) -> list[Options]:
    """The acts as a decision stores them. Raises `ValidationError` (decision.acts, decision.days,
    decision.features, decision.parts)."""
    acts = [_cleaned(case, name, options) for name, options in chosen]
    names = [act["act"] for act in acts]
    if not names or len(names) != len(set(names)) or (NONE in names and len(names) > 1):
        raise ValidationError(_("Choose what is to be done."), code="decision.acts")
    return acts


def _cleaned(case: Case, name: str, options: Options | None) -> Options:
    act = ACTS.get(name)
    if act is None or not act.is_for(case):
        raise ValidationError(_("That cannot be done here."), code="decision.acts")
    return {"act": name, **act.clean(case, options or {})}
