"""Mails about notifications: written in their receiver's language, hours by their clock."""

import smtplib
import zoneinfo
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import ngettext

from accounts.models import Notification, NotificationPreferences, User
from accounts.notifications import not_me
from accounts.notifications.shown import Shown, shown
from accounts.notifications.unsubscribing import address_for
from accounts.outbox import NotNow, enqueue

NAMED = 10  # lines that a digest spells out
WORDS = 100  # characters of what a line is about

_AWAY = (
    smtplib.SMTPConnectError,
    smtplib.SMTPServerDisconnected,
    ConnectionError,
    TimeoutError,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a mail: its sentence, as text and as HTML, what it is about and where."""

    text: str
    marked: SafeString
    words: str
    address: str


@contextmanager
def written_for(user: User) -> Iterator[None]:
    """In the language and time zone of this person."""
    zone = zoneinfo.ZoneInfo(user.time_zone)
    with (
        translation.override(user.language or settings.LANGUAGE_CODE),
        timezone.override(zone),
    ):
        yield


def send_digest(user: User, lines: Sequence[Shown], until: datetime) -> None:
    """What is unread, in one mail; without a name and a word of it where the person hides them."""
    number = len(lines)
    subject = ngettext(
        "%(number)d thing you missed on Medley", "%(number)d things you missed on Medley", number
    )
    own = NotificationPreferences.of(user)
    stop = absolute(address_for(user))
    context = {
        "number": number,
        "entries": [] if own.hides_content else [_entry(line) for line in lines[:NAMED]],
        "more": max(number - NAMED, 0),
        "is_daily": own.digest == NotificationPreferences.Digest.DAILY,
        "choices": absolute(reverse("accounts:notification_settings")),
        "stop": stop,
    }
    unsubscribing = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    name = f"digest.{user.pk.hex}.{until:%Y%m%d%H}"
    send(user, subject % {"number": number}, "digest", context, name, unsubscribing)


def mail_soon(line: Notification) -> None:
    """Have this line mailed by itself; call it in the transaction in which it was written."""
    enqueue("accounts.mail_line", notification_id=str(line.pk), revision=line.revision)


def send_line(notification_id: UUID, revision: int) -> None:
    """One line by itself and at once: what is urgent. It says what happened, whatever is hidden:
    that is what it is for, and it tells of nobody else."""
    lines = Notification.objects.filter(pk=notification_id, withdrawn_at=None)
    line = lines.filter(user__is_active=True).select_related("user").first()
    if line is None:
        return
    with written_for(line.user):
        for one in shown(line.user, [line]):
            context = {
                "entry": _entry(one),
                "at": line.happened_at,
                "not_me": absolute(not_me.address_for(line.user)) if one.kind.asks_who else "",
            }
            send(line.user, one.text, "urgent", context, f"line.{line.pk.hex}.{revision}")


def _entry(one: Shown) -> Entry:
    words = Truncator(" ".join(one.target.words.split())).chars(WORDS)
    # It leads to where the line does when it is pressed, as a push does.
    where = reverse("accounts:follow_activity", args=[one.line.pk])
    return Entry(one.text, one.marked, words, absolute(where))


def absolute(path: str) -> str:
    """With the site's own name before it: there is no request to take that from."""
    return f"{settings.SITE_ORIGINS[0]}{path}"


def send(
    user: User,
    subject: str,
    template: str,
    context: dict[str, Any],
    name: str,
    headers: dict[str, str] | None = None,
) -> None:
    """To the person's address, if it is theirs for certain: another's owner must not read this.
    `name` makes the Message-ID: the same for the same mail, however often it is sent."""
    verified = EmailAddress.objects.filter(user=user, verified=True, primary=True).first()
    if verified is None:
        return
    context |= {"user": user, "activity": absolute(reverse("accounts:activity"))}
    mail = EmailMultiAlternatives(
        " ".join(subject.split()),
        render_to_string(f"accounts/mail/{template}.txt", context),
        to=[verified.email],
        headers={
            "Message-ID": f"<{name}@{urlsplit(settings.SITE_ORIGINS[0]).hostname}>",
            "Auto-Submitted": "auto-generated",
            **(headers or {}),
        },
    )
    mail.attach_alternative(
        render_to_string(f"accounts/mail/{template}.html", context), "text/html"
    )
    _hand_over(mail)


def _hand_over(mail: EmailMultiAlternatives) -> None:
    """Raises `NotNow` where the mail server is away: then the job's tries are far apart, so that a
    short while without it loses no mail."""
    try:
        mail.send()
    except _AWAY as error:
        raise NotNow(timedelta(minutes=15)) from error
