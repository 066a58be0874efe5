"""Thin Celery wrappers around what accounts must do in the background."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from accounts import actions, families, outbox, transparency
from accounts.linking import keeping
from accounts.linking.failures import Failure
from accounts.moderation import cases, consequences
from accounts.moderation import mails as moderation_mails
from accounts.notifications import digest, lines, mails
from accounts.notifications.causes import restored
from accounts.notifications.kinds import kinds
from accounts.outbox import NotNow, outbox_job
from accounts.push import Refusal
from accounts.push import lines as push_lines
from accounts.rights import erasing, exporting, retention
from accounts.rights import mails as rights_mails
from accounts.screening import stock


@shared_task(name="accounts.sweep_outbox")
def sweep_outbox() -> None:
    """Send the outbox rows that a crash or a lost broker left behind."""
    outbox.sweep()


@shared_task(name="accounts.forget_jobs")
def forget_jobs() -> None:
    """Delete the rows of jobs that were done long ago."""
    outbox.forget_done()


@shared_task(name="accounts.keep_birthdays")
def keep_birthdays() -> None:
    """Let the rules of age see those whose birthday is today somewhere on earth."""
    actions.keep_birthdays()


@shared_task(name="accounts.mail_decision", throws=(NotNow,))
@outbox_job
def mail_decision(decision_id: str) -> None:
    """Write to somebody who is kept out why."""
    moderation_mails.send_decision(UUID(decision_id))


@shared_task(name="accounts.end_limits")
def end_limits() -> None:
    """Lift limits and suspensions whose time is over."""
    consequences.end_due()


@shared_task(name="accounts.tend_families")
def tend_families() -> None:
    """End the guardian links of those who are 18 by now, and forget what is old."""
    families.end_grown_up_links()
    families.forget_old()


@shared_task(name="accounts.sweep_uploads")
def sweep_uploads() -> None:
    """Hand over uploads that are whole, delete those that nobody went on with."""
    actions.sweep_uploads()


@shared_task(name="accounts.note")
@partial(outbox_job, is_one_transaction=True)
def note(kind: str, to: list[str], at: str, **cause: Any) -> None:
    """Let people know of what somebody did."""
    if kind in kinds():
        lines.note(kinds()[kind], map(UUID, to), restored(**cause), datetime.fromisoformat(at))


@shared_task(name="accounts.unnote")
@partial(outbox_job, is_one_transaction=True)
def unnote(kind: str, to: list[str], **cause: Any) -> None:
    """Take that back."""
    if kind in kinds():
        lines.withdraw(kinds()[kind], map(UUID, to), restored(**cause))


@shared_task(name="accounts.forget_about")
@partial(outbox_job, is_one_transaction=True)
def forget_about(to: list[str], about: list[str]) -> None:
    """Take whatever was told of something that is gone back."""
    lines.forget(map(UUID, to), [UUID(key) for key in about])


@shared_task(name="accounts.recheck_lines")
@partial(outbox_job, is_one_transaction=True)
def recheck_lines(user_id: str, ids: list[str]) -> None:
    """Take what somebody may not see any more off their badge and list."""
    lines.recheck(UUID(user_id), [UUID(key) for key in ids])


@shared_task(name="accounts.part")
@partial(outbox_job, is_one_transaction=True)
def part(one: str, other: str) -> None:
    """Take two people out of what each was told of the other."""
    lines.part(UUID(one), UUID(other))


@shared_task(name="accounts.forget_notifications")
def forget_notifications() -> None:
    """Delete what is too old to be shown."""
    actions.forget_notifications()


@shared_task(name="accounts.send_digests")
def send_digests() -> None:
    """Write to those whose morning it is."""
    digest.send_due(timezone.now())


@shared_task(name="accounts.mail_digest", throws=(NotNow,))
@outbox_job
def mail_digest(user_id: str, since: str, until: str) -> None:
    """Mail somebody what they have not read."""
    digest.mail(UUID(user_id), datetime.fromisoformat(since), datetime.fromisoformat(until))


@shared_task(name="accounts.mail_line", throws=(NotNow,))
@outbox_job
def mail_line(notification_id: str, revision: int) -> None:
    """Mail what is urgent."""
    mails.send_line(UUID(notification_id), revision)


@shared_task(name="accounts.push_line", throws=(NotNow, Refusal))
@outbox_job
def push_line(device: str, line: str) -> None:
    """Tell one device of a line, if that is still news."""
    push_lines.push_line(UUID(device), UUID(line))


@shared_task(name="accounts.push_line_to_many", throws=(NotNow, Refusal))
@outbox_job
def push_line_to_many(device: str, line: str) -> None:
    """The same of a line that thousands got: what concerns one alone never waits for these."""
    push_lines.push_line(UUID(device), UUID(line))


def _no_card(card_id: str) -> None:
    """Whatever its page did to our workers, nobody waits for it any longer."""
    keeping.give_up(UUID(card_id), Failure("broken"))


@shared_task(name="accounts.fetch_link")
@partial(outbox_job, given_up=_no_card)
def fetch_link(card_id: str) -> None:
    """See what an address shows."""
    keeping.fetch(UUID(card_id))


@shared_task(name="accounts.fetch_link_picture")
@outbox_job
def fetch_link_picture(card_id: str, url: str) -> None:
    """Give a card the picture that had to wait."""
    keeping.fetch_picture(UUID(card_id), url)


@shared_task(name="accounts.apply_link_blocks")
@outbox_job
def apply_link_blocks(after: str = "") -> None:
    """Take away the cards of blocked hosts."""
    actions.apply_link_blocks(after)


@shared_task(name="accounts.flag_spam")
@partial(outbox_job, is_one_transaction=True)
def flag_spam(person_id: str, surface: str, points: int) -> None:
    """Bring somebody whose acts look like spam before moderators."""
    facts = {"surface": surface, "points": points}
    cases.flag("user", UUID(person_id), origin="spam", reason="spam", severity=3, facts=facts)


@shared_task(name="accounts.screen_stock")
@outbox_job
def screen_stock(entrance: str, after: str) -> None:
    """Compare what people uploaded before with the lists of today."""
    stock.look_on(entrance, after)


def _no_copy(export_id: str) -> None:
    """Whoever waits for it can ask again."""
    exporting.give_up(export_id)


@shared_task(name="accounts.make_export")
@partial(outbox_job, given_up=_no_copy)
def make_export(export_id: str) -> None:
    """Go on with a copy of somebody's data."""
    exporting.make(export_id)


@shared_task(name="accounts.mail_leaving", throws=(NotNow,))
@outbox_job
def mail_leaving(person_id: str) -> None:
    """Write to somebody who is leaving how to come back."""
    rights_mails.send_leaving(UUID(person_id))


@shared_task(name="accounts.purge_due")
def purge_due() -> None:
    """Begin to delete the accounts whose time has come."""
    erasing.purge_due()


@shared_task(name="accounts.purge")
@outbox_job
def purge(person_id: str) -> None:
    """Go on deleting an account."""
    erasing.purge(person_id)


@shared_task(name="accounts.keep_retention")
def keep_retention() -> None:
    """Delete what was kept long enough."""
    retention.keep()


@shared_task(name="accounts.count_transparency")
def count_transparency() -> None:
    """Count what the public is told of moderation."""
    transparency.count_current()
