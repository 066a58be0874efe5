"""What the moderators' pages say of cases."""

from datetime import timedelta
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.models import Case, Report, User
from accounts.moderation.acts import ACTS, PARTS
from accounts.moderation.exhibits import base_name
from accounts.moderation.house_rules import rule_of

register = template.Library()

KINDS = {
    "user": pgettext_lazy("reported", "Profile"),
    "video": pgettext_lazy("reported", "Video"),
    "comment": pgettext_lazy("reported", "Comment"),
    "sound": pgettext_lazy("reported", "Sound"),
    "shop": pgettext_lazy("reported", "Shop"),
    "message": pgettext_lazy("reported", "Message"),
    "reply": pgettext_lazy("reported", "Reply in a channel"),
    "product": pgettext_lazy("reported", "Product"),
    "review": pgettext_lazy("reported", "Review"),
    "question": pgettext_lazy("reported", "Question about a product"),
    "conversation": pgettext_lazy("reported", "Conversation"),
}
VERBS = {
    "case.claimed": _("claimed it"),
    "case.released": _("gave it back"),
    "case.looked": _("looked at the evidence"),
    "case.file_looked": _("looked at a file"),
    "case.noted": _("left a note"),
    "case.flagged": _("was brought up by a check"),
    "case.decided": _("decided"),
}


@register.filter
def kind_name(kind: str) -> Any:
    """What a kind of thing is called."""
    return KINDS.get(kind, kind)


@register.filter
def reason_name(reason: str) -> Any:
    """As `get_reason_display`, which hashes all the choices for each row."""
    return Report.Reason(reason).label


@register.filter
def origin_name(origin: str) -> Any:
    """The same of where a case came from."""
    return Case.Origin(origin).label


@register.filter
def verb_name(verb: str) -> Any:
    """What an entry of the audit log says that somebody did."""
    return VERBS.get(verb, verb)


@register.filter
def graveness(severity: int) -> str:
    """The colour of a severity, 1 to 10."""
    if severity >= 9:
        return "grave"
    if severity >= 7:
        return "high"
    return "middle" if severity >= 5 else "low"


@register.filter
def age_band(person: User) -> str:
    """13-15, 16-17 or 18+: nobody needs to know more."""
    if person.age >= policy.ADULT_AGE:
        return "18+"
    return "16-17" if person.age >= policy.MESSAGES_AGE else "13-15"


@register.filter
def act_name(name: str) -> Any:
    """What an act is called."""
    return ACTS[name].words if name in ACTS else name


@register.filter
def part_name(part: str) -> Any:
    """What a part of a profile is called."""
    return PARTS.get(part, part)


@register.filter
def rule_name(code: str) -> Any:
    """What a house rule is called."""
    return rule_of(code).name


@register.simple_tag
def exhibit_url(case: Case, storage_name: str) -> str:
    """Where a file of the evidence is served to whoever holds the case."""
    if not storage_name:
        return ""
    return reverse("admin:accounts_case_file", args=[case.pk, base_name(storage_name)])


@register.filter
def in_words(length: timedelta | None) -> str:
    """About how long: "3 hours"; empty for None."""
    if length is None:
        return ""
    now = timezone.now()
    return timesince(now - length, now)


@register.filter
def seconds_in_words(seconds: int) -> str:
    """The same of seconds."""
    return in_words(timedelta(seconds=seconds))


@register.filter
def half_year(period: str) -> str:
    """ "2026-2" in words."""
    year, _sign, half = period.partition("-")
    words = (
        gettext("January to June %(year)s") if half == "1" else gettext("July to December %(year)s")
    )
    return words % {"year": year}
