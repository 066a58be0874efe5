"""What people are told of reports, decisions and appeals: as notifications, which mails follow."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.models import Appeal, Decision, User
from accounts.moderation.acts import NONE
from accounts.notifications import Channel, Kind, Section, Target, Variants, notify
from accounts.outbox import enqueue


def _to_decision(_viewer: User, lines: Collection[Any]) -> Mapping[UUID, Target]:
    return {
        line.pk: Target(
            reverse("accounts:decision", args=[line.words["decision"]]),
            str(line.words.get("title", "")),
        )
        for line in lines
    }


def _to_reports(_viewer: User, lines: Collection[Any]) -> Mapping[UUID, Target]:
    return {line.pk: Target(_report_at(line.words.get("report"))) for line in lines}


def _report_at(key: str | None) -> str:
    """Its page; lines of before know none."""
    return reverse("accounts:report_made", args=[key]) if key else reverse("accounts:reports")


DECISION = Kind(
    "accounts.decision",
    Section.ACCOUNT,
    title=_("Decisions about you"),
    alone=Variants(
        "what",
        {
            "made": _("Our moderators decided something about you: read what, and what you can do"),
            "undone": _("A decision about you was taken back"),
        },
    ),
    targets=_to_decision,
    channels=frozenset(Channel),
    is_grouped=False,
    is_urgent=True,
)
APPEAL_ANSWERED = Kind(
    "accounts.appeal_answered",
    Section.ACCOUNT,
    title=_("Answers to your appeals"),
    alone=_("Your appeal was answered"),
    targets=_to_decision,
    channels=frozenset(Channel),
    is_grouped=False,
    is_urgent=True,
)
REPORT_ANSWERED = Kind(
    "accounts.report_answered",
    Section.ACCOUNT,
    title=_("What came of your reports"),
    alone=_("We looked at what you reported"),
    targets=_to_reports,
    channels=frozenset({Channel.IN_APP, Channel.PUSH}),
    is_grouped=False,
)
KINDS = (DECISION, APPEAL_ANSWERED, REPORT_ANSWERED)


def tell_of_decision(decision: Decision) -> None:
    """To whom it concerns. Who decided and who reported is not in it."""
    _tell(DECISION, decision, what="made")


def tell_of_undoing(decision: Decision) -> None:
    """It was taken back."""
    _tell(DECISION, decision, what="undone")


def tell_of_answer(appeal: Appeal) -> None:
    """Whether the decision stays, to whom it concerns; to a reporter what came of asking again."""
    if appeal.decision.has(NONE):
        _tell_reporter(appeal.person_id, appeal.report_id, detail=appeal.pk)
    else:
        _tell(APPEAL_ANSWERED, appeal.decision)


def _tell(kind: Kind, decision: Decision, **words: str) -> None:
    """Whoever is kept out reads no list: they get a mail."""
    if decision.person_id is None:
        return
    if User.objects.filter(pk=decision.person_id, is_active=False).exists():
        enqueue("accounts.mail_decision", decision_id=str(decision.pk))
        return
    said: dict[str, Any] = {"decision": str(decision.pk), "title": decision.case.title, **words}
    notify(kind.name, decision.person_id, detail=uuid7(), **said)


def tell_reporters(reports: Iterable[tuple[UUID, UUID | None]]) -> None:
    """Each (report, its reporter): that there is an answer."""
    for report, reporter in reports:
        if reporter is not None:
            _tell_reporter(reporter, report, detail=report)


def _tell_reporter(reporter: UUID, report: UUID | None, *, detail: UUID) -> None:
    words: dict[str, Any] = {"report": str(report)} if report else {}
    notify(REPORT_ANSWERED.name, reporter, detail=detail, **words)
