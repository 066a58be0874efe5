"""The retention table: everything that has its time, how long that is and why (R46).

docs/retention.md is made of it (`manage.py write_retention`). Apps name their own part in
RETENTION; the hourly `accounts.keep_retention` does what no other job does.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from allauth.account.models import EmailConfirmation
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.actions import notifications
from accounts.linking import forgetting
from accounts.models import age_refusal, data_request, idempotency, ticket, upload
from accounts.models.guardian_link import GuardianLook, PairingCode
from accounts.models.screen_time import ScreenDay
from accounts.models.sign_in import SecurityEvent
from accounts.moderation import profiles
from accounts.outbox import tending
from accounts.rights import exporting, tombstones
from accounts.rights.keeping import Retention, delete_in_batches
from accounts.screening import holding

KEEPING = "accounts.keep_retention"
# Appeals stay open for six months (R41), a court may ask after that.
FILES_KEPT = timedelta(days=365)


def _over(label: str, field: str) -> int:
    """Those whose moment, in that field, is past."""
    return delete_in_batches(label, Q(**{f"{field}__lte": timezone.now()}))


def _sessions() -> int:
    return delete_in_batches(
        "sessions.Session", Q(expire_date__lt=timezone.now()), by="expire_date"
    )


def _answers() -> int:
    before = timezone.now() - idempotency.LIFETIME
    return delete_in_batches("accounts.KeptAnswer", Q(claimed_at__lte=before))


def _confirmations() -> int:
    expired = [each.pk for each in EmailConfirmation.objects.all() if each.key_expired()]
    return EmailConfirmation.objects.filter(pk__in=expired).delete()[0]


def _reports() -> int:
    """Closed ones; one whose case is open waits for that."""
    closed = Q(closed_at__lt=timezone.now() - FILES_KEPT)
    return delete_in_batches("accounts.Report", closed)


def _cases() -> int:
    """With what was decided, its appeals and strikes; not while a ban or a report stands on it.
    What decisions took off profiles goes before that."""
    profiles.let_go(timezone.now())
    old = Q(decided_at__lt=timezone.now() - FILES_KEPT, reports__isnull=True)
    return delete_in_batches("accounts.Case", old & ~Q(decisions__person__is_banned=True))


def _evidence() -> int:
    return holding.let_go(timezone.now())


def _sign_ins() -> int:
    """Those whose session is over by itself."""
    before = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return delete_in_batches("accounts.SignIn", Q(seen_at__lt=before))


def _security_events() -> int:
    before = timezone.now() - SecurityEvent.KEPT
    return delete_in_batches("accounts.SecurityEvent", Q(at__lt=before))


RULES = (
    Retention(
        ("sessions.Session",),
        timedelta(seconds=settings.SESSION_COOKIE_AGE),
        "the last sign-in with it",
        "somebody stays signed in that long",
        KEEPING,
        _sessions,
    ),
    Retention(
        ("accounts.SocketTicket",),
        ticket.LIFETIME,
        "it was given",
        "it opens one socket",
        KEEPING,
        partial(_over, "accounts.SocketTicket", "expires_at"),
    ),
    Retention(
        ("accounts.KeptAnswer",),
        idempotency.LIFETIME,
        "the request",
        "an app that did not hear the answer asks again under the same key",
        KEEPING,
        _answers,
    ),
    Retention(
        ("accounts.AgeRefusal",),
        age_refusal.LIFETIME,
        "the refusal",
        "whoever was too young cannot try another date (R1)",
        KEEPING,
        partial(_over, "accounts.AgeRefusal", "expires_at"),
    ),
    Retention(
        ("account.EmailConfirmation",),
        timedelta(days=3),
        "it was mailed",
        "a link that confirms an address",
        KEEPING,
        _confirmations,
    ),
    Retention(
        ("accounts.OutboxJob",),
        tending.KEPT,
        "it was done",
        "to see what went wrong",
        "accounts.forget_jobs",
    ),
    Retention(
        ("accounts.Upload",),
        upload.LIFETIME,
        "the last bytes of an unfinished one",
        "a broken line comes back",
        "accounts.sweep_uploads",
    ),
    Retention(
        ("accounts.Notification", "accounts.NotificationActor"),
        notifications.KEPT,
        "what last happened to it",
        "the list of activity shows it",
        "accounts.forget_notifications",
    ),
    Retention(
        ("accounts.LinkCard",),
        forgetting.KEPT,
        "it was last fetched, where no message shows it",
        "what others' pages show beside an address",
        KEEPING,
        forgetting.forget_cards,
    ),
    Retention(
        ("accounts.LinkHost",),
        forgetting.KEPT,
        "the last visit",
        "politeness towards others' servers",
        KEEPING,
        forgetting.forget_hosts,
    ),
    Retention(
        ("accounts.Export",),
        data_request.FETCHABLE,
        "it was made (that it was asked for: 30 days)",
        "time to fetch the copy",
        KEEPING,
        exporting.sweep,
    ),
    Retention(
        ("accounts.Report",),
        FILES_KEPT,
        "it was closed",
        "evidence outlives what it shows (R40); appeals stay open six months (R41)",
        KEEPING,
        _reports,
    ),
    Retention(
        (
            "accounts.Case",
            "accounts.CaseNote",
            "accounts.Decision",
            "accounts.Appeal",
            "accounts.Strike",
        ),
        FILES_KEPT,
        "the decision, while it bans nobody",
        "appeals stay open six months (R41); strikes lapse after 90 days (R43)",
        KEEPING,
        _cases,
    ),
    Retention(
        ("accounts.ScreeningHit",),
        holding.KEPT_FOR,
        "the decision, unless legal keeps it for an authority (its files; the record stays)",
        "evidence of what was found by hash lists (R44)",
        KEEPING,
        _evidence,
    ),
    Retention(
        ("accounts.SignIn",),
        timedelta(seconds=settings.SESSION_COOKIE_AGE),
        "it was last seen",
        "the list of where one is signed in",
        KEEPING,
        _sign_ins,
    ),
    Retention(
        ("accounts.SecurityEvent",),
        SecurityEvent.KEPT,
        "it happened",
        "to see who was in the account",
        KEEPING,
        _security_events,
    ),
    Retention(
        ("accounts.PairingCode",),
        PairingCode.LIFETIME,
        "it was made",
        "it pairs a guardian and a teenager once",
        "accounts.tend_families",
    ),
    Retention(
        ("accounts.ScreenDay", "accounts.TimeRequest"),
        ScreenDay.KEPT,
        "that day",
        "what guardians and teenagers look back at (R30)",
        "accounts.tend_families",
    ),
    Retention(
        ("accounts.GuardianLook", "accounts.Guesses"),
        GuardianLook.KEPT,
        "it happened",
        "teenagers see when their guardian looked (R30)",
        "accounts.tend_families",
    ),
    Retention(
        ("accounts.Tombstone",),
        tombstones.KEPT,
        "the account was deleted",
        "longer than any backup, so that what is restored is deleted again",
        KEEPING,
        tombstones.sweep,
    ),
    Retention(
        ("accounts.AuditEntry",),
        None,
        "",
        "the log of what staff did is append-only (R42); it names people by their ids",
        "",
    ),
)


def table() -> Iterator[Retention]:
    """All of it, of every app."""
    for path in settings.RETENTION:
        yield from import_string(path)


def keep() -> int:
    """Delete what was kept long enough and no other job deletes; answers how many rows."""
    return sum(rule.sweep() for rule in table() if rule.sweep)


def as_markdown() -> str:
    """docs/retention.md."""
    lines = [
        "# How long what is kept",
        "",
        "Made from the code (`accounts/rights/retention.py`) by `manage.py write_retention`.",
        "All else stays as long as the account it belongs to, and goes with it"
        " (`accounts/rights/erasing.py`).",
        "",
        "| what | kept | from | why | deleted by |",
        "|---|---|---|---|---|",
    ]
    for rule in table():
        what = ", ".join(rule.models)
        job = f"`{rule.job}`" if rule.job else "nobody"
        lines.append(f"| {what} | {rule.words} | {rule.since} | {rule.why} | {job} |")
    return "\n".join(lines) + "\n"
