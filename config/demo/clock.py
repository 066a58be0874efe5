"""What goes by the clock in the demo world: a scheduled message, a reminder, a streak, a draft, and
a conversation whose messages disappear."""

from datetime import UTC, timedelta

from django.utils import timezone

from accounts.models import User
from chat import actions as chat
from chat.models import Conversation, direct_key

WEEK = 7 * 24 * 60 * 60


def wind(people: dict[str, User]) -> None:
    """Let Ana have one of each; her conversations are there."""
    ana, ben, mei = people["ana"], people["ben"], people["mei"]
    with_ben, with_mei = _direct(ana, ben), _direct(ana, mei)
    now = timezone.now()
    tomorrow = (now + timedelta(days=1)).replace(hour=7, minute=30, second=0, microsecond=0)
    chat.schedule_message(
        ana, with_ben, body="Good morning! Cable, amplifier, you. In that order.", send_at=tomorrow
    )
    cable = with_ben.messages.get(body__startswith="it is already in my bag")
    chat.remind(ana, with_ben, seq=cable.seq, remind_at=now + timedelta(hours=3))
    chat.keep_words(ana, with_mei, body="dawn is at 5:12 on Saturday, so", edited_at=now)
    chat.set_timer(mei, with_mei, seconds=WEEK)
    yesterday = now.astimezone(UTC).date() - timedelta(days=1)
    Conversation.objects.filter(pk=with_ben.pk).update(streak_days=12, streak_on=yesterday)


def _direct(one: User, other: User) -> Conversation:
    return Conversation.objects.get(direct_key=direct_key(one.pk, other.pk))
