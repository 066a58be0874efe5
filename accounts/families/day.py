"""A person's day with Medley: counted by beats, bounded, at times a quarter of an hour longer."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone

from accounts import live, policy
from accounts.models import ScreenDay, User


def minute_now() -> int:
    """Which minute it is since 1970; tests have shorter ones (`SCREEN_MINUTE_SECONDS`)."""
    return int(timezone.now().timestamp()) // settings.SCREEN_MINUTE_SECONDS


def beat(user: User) -> policy.Allowance:
    """Somebody uses Medley right now: this minute counts, once, on however many devices they beat.

    Nothing is counted for whom a day has no end. Answers how today stands, on the row at hand too.
    """
    if user.allowance().limit is None or user.allowance().is_over:
        return user.allowance()
    minute, day = minute_now(), user.day_at(timezone.now())
    with transaction.atomic():
        if _count(user, minute, day):
            _look_back(user, day)
            user.refresh_from_db(fields=COUNTED)
            tell_day(user)
    return user.allowance()


COUNTED = ["screen_day", "screen_minutes", "screen_extra", "screen_beat"]


def _count(user: User, minute: int, day: date) -> bool:
    """Whether the minute was not counted yet; the first one of a day begins it."""
    is_today = When(screen_day=day, then=F("screen_minutes") + 1)
    extra = When(screen_day=day, then=F("screen_extra"))
    uncounted = User.objects.filter(pk=user.pk, screen_beat__lt=minute)
    counted: dict[str, Any] = {
        "screen_beat": minute,
        "screen_day": day,
        "screen_minutes": Case(is_today, default=Value(1)),
        "screen_extra": Case(extra, default=Value(0)),
    }
    return bool(uncounted.update(**counted))


def _look_back(user: User, day: date) -> None:
    if not ScreenDay.objects.filter(user=user, day=day).update(minutes=F("minutes") + 1):
        ScreenDay.objects.create(user=user, day=day, minutes=1)


def tell_day(user: User) -> None:
    """After the commit, let all of the person's devices know how today stands."""
    live.tell_user(user.pk, {"type": "screen_time", **standing(user)})


def standing(user: User) -> dict[str, Any]:
    """`{limit, used, extra, left, is_over}`, in minutes; `limit` and `left` null without an end."""
    day = user.allowance()
    return {
        "limit": day.limit,
        "used": day.used,
        "extra": day.extra,
        "left": day.left,
        "is_over": day.is_over,
    }


@transaction.atomic
def grant_quarter(user: User) -> None:
    """A quarter of an hour more, from here on, today."""
    fresh = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    today = fresh.day_at(timezone.now())
    longer = fresh.allowance().with_a_quarter
    used = fresh.allowance().used
    values = {"screen_day": today, "screen_minutes": used, "screen_extra": longer}
    User.objects.filter(pk=user.pk).update(**values)
    user.refresh_from_db(fields=COUNTED)
    tell_day(user)


@transaction.atomic
def set_own_limit(user: User, minutes: int | None) -> None:
    """The person's own day, in minutes (None: no limit): shorter at once, longer from tomorrow.

    Raises `Refused` (policy.R9, policy.R30).
    """
    fresh = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    policy.permit(policy.choose_limit(fresh.person, minutes))
    today = fresh.day_at(timezone.now())
    now = fresh.chosen_limit(today)
    is_shorter = minutes is not None and (now is None or minutes <= now)
    if is_shorter:
        values = {"screen_limit": minutes, "screen_limit_next": None, "screen_limit_from": None}
    else:
        tomorrow = today + timedelta(days=1)
        values = {
            "screen_limit": now,
            "screen_limit_next": minutes,
            "screen_limit_from": tomorrow,
        }
    User.objects.filter(pk=user.pk).update(**values)
    user.refresh_from_db(fields=list(values))
    tell_day(user)


def keep_day(user: User, before: policy.Allowance) -> None:
    """The person moved to another time zone, where it may be another day: what they used of today
    (`before`) goes with them, so that no day is gained by it."""
    if before.limit is None or not (before.used or before.extra):
        return
    today = user.day_at(timezone.now())
    values = {
        "screen_day": today,
        "screen_minutes": before.used,
        "screen_extra": before.extra,
    }
    User.objects.filter(pk=user.pk).update(**values)
    user.refresh_from_db(fields=COUNTED)
