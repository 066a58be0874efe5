"""The digest: once a day or a week, in the morning, one mail of what somebody has not seen."""

import zoneinfo
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts import outbox
from accounts.models import Notification, NotificationPreferences, User
from accounts.notifications import mails
from accounts.notifications.choices import choices_of
from accounts.notifications.kinds import Channel, kinds
from accounts.notifications.shown import Shown, shown
from accounts.regions import asking

Digest = NotificationPreferences.Digest

# By the person's own clock. Who could not be written to at eight is until noon, no later.
MORNING = range(8, 12)
MONDAY = 0
# Mornings of one person are further apart, whatever their clocks do in between.
APART = timedelta(hours=12)
# How far back a digest looks that has none before it: a week, with an hour for the clocks and some
# for a late worker.
BACK = timedelta(days=8)
BATCH = 500
MOST = 100  # lines that one mail counts


def send_due(now: datetime) -> int:
    """Have everybody written to whose morning it is and who has something to read; how many.

    That somebody's is under way is marked in one transaction with the outbox job that mails it:
    whenever this stops and however often it runs, each morning has one job.
    """
    return sum(_claim(people, now) for people in _batches(_due(now)))


def mail(user_id: UUID, since: datetime, until: datetime) -> None:
    """Mail somebody what happened after `since`, until `until`, and they have not seen; nothing
    where no such thing is left.

    The mail server is told before the job is done: where a worker dies in between, it is told
    again. Both mails have one Message-ID, by which mailboxes know them for one.
    """
    people = User.objects.active().select_related("notification_preferences")
    user = people.filter(pk=user_id).first()
    if user is None or NotificationPreferences.of(user).digest == Digest.NEVER:
        return
    with mails.written_for(user):
        if found := missed(user, since, until):
            mails.send_digest(user, found, until)


def missed(user: User, since: datetime, until: datetime) -> list[Shown]:
    """What the person has not seen of kinds that they want by mail, as they may see it now, newest
    first."""
    chosen = choices_of(user)
    wanted = [
        name
        for name in _gathered()
        if Channel.MAIL in chosen.get(name, ())
        and not asking.is_off_for(user, kinds()[name].feature)
    ]
    lines = _unseen(wanted).filter(user=user, happened_at__gt=since, happened_at__lte=until)
    return shown(user, lines.order_by("-happened_at", "-pk")[:MOST])


def _unseen(wanted: Iterable[str]) -> QuerySet[Notification]:
    """Lines of these kinds that nobody opened, nor saw in the list: what the badge counts."""
    seen = F("user__notification_line__seen_revision")
    return Notification.objects.open().filter(kind__in=wanted, news_revision__gt=seen)


def _gathered() -> list[str]:
    """What a digest may be of: what is urgent was mailed at once."""
    some = (kind for kind in kinds().values() if not kind.is_urgent)
    return [kind.name for kind in some if Channel.MAIL in kind.ways]


# --- Whose turn it is -----------------------------------------------------------------------------


def _due(now: datetime) -> QuerySet[User]:
    mornings = _zones(now)
    mondays = [zone for zone in mornings if _there(now, zone).weekday() == MONDAY]
    own = "notification_preferences__digest"
    daily = Q(time_zone__in=mornings, **{own: Digest.DAILY})
    weekly = Q(time_zone__in=mondays) & (Q(**{own: Digest.WEEKLY}) | Q(**{own: None}))
    verified = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True, primary=True)
    sent = F("notification_preferences__digest_sent_at")
    people = User.objects.active().filter(daily | weekly).filter(Exists(verified))
    people = people.alias(sent=sent).filter(Q(sent=None) | Q(sent__lte=now - APART))
    return people.filter(Exists(_news(now))).select_related("notification_preferences")


def _zones(now: datetime) -> list[str]:
    """Where on earth it is morning."""
    return [zone for zone in zoneinfo.available_timezones() if _there(now, zone).hour in MORNING]


def _there(now: datetime, zone: str) -> datetime:
    return now.astimezone(zoneinfo.ZoneInfo(zone))


def _news(now: datetime) -> QuerySet[Notification]:
    """Whether there may be anything for `OuterRef` to be written of; kinds are asked later."""
    sent = OuterRef("notification_preferences__digest_sent_at")
    since = Coalesce(sent, now - BACK, output_field=DateTimeField())
    lines = _unseen(_gathered()).filter(user=OuterRef("pk"), happened_at__gt=now - BACK)
    return lines.filter(happened_at__gt=since)


def _batches(people: QuerySet[User]) -> Iterator[list[User]]:
    batch = list(people.order_by("pk")[:BATCH])
    while batch:
        yield batch
        batch = list(people.order_by("pk").filter(pk__gt=batch[-1].pk)[:BATCH])


@transaction.atomic
def _claim(people: Iterable[User], now: datetime) -> int:
    """Whoever comes second waits for the rows, and finds them marked."""
    wanting = [own for own in map(NotificationPreferences.of, people) if own.digest != Digest.NEVER]
    NotificationPreferences.objects.bulk_create(
        [own for own in wanting if own._state.adding], ignore_conflicts=True
    )
    held = NotificationPreferences.objects.select_for_update(no_key=True).order_by("pk")
    rows = [
        own
        for own in held.filter(user__in=[own.user_id for own in wanting])
        if own.digest_sent_at is None or own.digest_sent_at <= now - APART
    ]
    outbox.enqueue_all(("accounts.mail_digest", _job(own, now)) for own in rows)
    keys = [own.user_id for own in rows]
    NotificationPreferences.objects.filter(user__in=keys).update(digest_sent_at=now)
    return len(rows)


def _job(own: NotificationPreferences, now: datetime) -> dict[str, str]:
    since = max(own.digest_sent_at or now - BACK, now - BACK)
    return {
        "user_id": str(own.user_id),
        "since": since.isoformat(),
        "until": now.isoformat(),
    }
