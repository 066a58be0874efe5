"""What people tell their feed, and what keeps it filled."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.outbox import enqueue
from accounts.text import clean_name
from videos import feed
from videos.feed import slates
from videos.models import Affinity, FeedProfile, Reception, SlateItem, Taste, Video, WatchEvent

MOST_TASTES = 500
MOST_WORDS = 100
LONGEST_WORD = 60
PATIENCE = timedelta(seconds=60)  # after which a slate that was asked for is asked for again

KINDS = (Taste.Kind.VIDEO, Taste.Kind.AUTHOR, Taste.Kind.SOUND, Taste.Kind.TOPIC)


# --- Slates ---------------------------------------------------------------------------------------


def feed_page(viewer: Any, *, tab: str = feed.FOR_YOU, cursor: str = "") -> feed.Page:
    """`feed.page`, with a slate to read from, and more asked for where it runs low."""
    page = feed.page(viewer, tab=tab, cursor=cursor)
    if page.is_low and not page.items and not cursor:
        fill_slate(viewer)
        return feed.page(viewer, tab=tab)
    if page.is_low:
        ask_for_slate(viewer)
    return page


def ask_for_slate(user: User) -> None:
    """Have more prepared, once, however many pages ask for it."""
    now = timezone.now()
    FeedProfile.objects.get_or_create(user=user)
    waiting = Q(asked_at__isnull=True) | Q(asked_at__lt=now - PATIENCE)
    with transaction.atomic():
        if FeedProfile.objects.filter(waiting, user=user).update(asked_at=now):
            enqueue("videos.fill_slate", user_id=str(user.pk))


def fill_slate(user: User) -> int:
    """Prepare what the person's feed shows next; answers how many items, 0 without a profile."""
    if FeedProfile.objects.filter(user=user, is_personal=False).exists():
        return 0
    return slates.fill(user)


# --- Tastes ---------------------------------------------------------------------------------------


@transaction.atomic
def not_interested(
    user: User, video: Video, *, kind: str = Taste.Kind.VIDEO, topic: str = ""
) -> Taste:
    """No more of this video, or of its author, its sound, or one of its topics.

    What of it was prepared is taken off the slate at once. Raises `ValidationError` (taste.kind,
    taste.topic, taste.sound), `Http404` where the person may not see the video.
    """
    if not Video.objects.watchable_by(user).filter(pk=video.pk).exists():
        raise Http404
    taste = _told(user, kind, _key_of(video, kind, topic), Taste.Level.NONE)
    _count_unwanted(video)
    _take_off(user, kind, taste.key)
    return taste


def _key_of(video: Video, kind: str, topic: str) -> str:
    match kind:
        case Taste.Kind.VIDEO:
            return str(video.pk)
        case Taste.Kind.AUTHOR:
            return str(video.author_id)
        case Taste.Kind.SOUND if video.sound_id:
            return str(video.sound_id)
        case Taste.Kind.SOUND:
            raise ValidationError(_("This video has no sound of its own."), code="taste.sound")
        case Taste.Kind.TOPIC if video.hashtags.filter(name=topic.casefold()).exists():
            return topic.casefold()
        case Taste.Kind.TOPIC:
            raise ValidationError(_("This video does not name that topic."), code="taste.topic")
        case _:
            raise ValidationError(_("Choose what you want less of."), code="taste.kind")


def _told(user: User, kind: str, key: str, level: int) -> Taste:
    if Taste.objects.of(user).count() >= MOST_TASTES:
        raise ValidationError(
            _("That is as much as your feed can remember. Take something back first."),
            code="taste.many",
        )
    taste, _is_new = Taste.objects.update_or_create(
        user=user, kind=kind, key=key, defaults={"level": level}
    )
    return taste


def _count_unwanted(video: Video) -> None:
    Reception.objects.get_or_create(video=video)
    Reception.objects.filter(video=video).update(unwanted=F("unwanted") + 1)


TRAITS = {
    Taste.Kind.VIDEO: "video",
    Taste.Kind.AUTHOR: "video__author",
    Taste.Kind.SOUND: "video__sound",
    Taste.Kind.TOPIC: "video__hashtags__name",
}


def _take_off(user: User, kind: str, key: str) -> None:
    gone = SlateItem.objects.filter(user=user, **{TRAITS[Taste.Kind(kind)]: key})
    SlateItem.objects.filter(pk__in=list(gone.values_list("pk", flat=True))).update(
        seen_at=timezone.now()
    )


@transaction.atomic
def set_topic(user: User, topic: str, level: int) -> Taste | None:
    """More, less or none of a topic; 2 is as usual, and forgets what was said of it.

    Raises `ValidationError` (taste.topic, taste.level, taste.many).
    """
    name = topic.strip().lstrip("#").casefold()[:LONGEST_WORD]
    if not name:
        raise ValidationError(_("Name a topic."), code="taste.topic")
    mine = Taste.objects.filter(user=user, kind=Taste.Kind.TOPIC, key=name)
    if level == 2:
        mine.delete()
        return None
    if level not in Taste.Level.values:
        raise ValidationError(_("Choose more, less or none of it."), code="taste.level")
    taste = _told(user, Taste.Kind.TOPIC, name, level)
    _renew(user)
    return taste


@transaction.atomic
def mute_word(user: User, word: str) -> Taste:
    """No video whose caption says this. Raises `ValidationError` (taste.word, taste.many)."""
    said = clean_name(word)[:LONGEST_WORD]
    if not any(character.isalnum() for character in said):
        raise ValidationError(_("Write a word."), code="taste.word")
    if Taste.objects.of(user).filter(kind=Taste.Kind.WORD).count() >= MOST_WORDS:
        raise ValidationError(_("You have muted 100 words; unmute one first."), code="taste.many")
    taste = _told(user, Taste.Kind.WORD, said.casefold(), Taste.Level.NONE)
    _renew(user)
    return taste


@transaction.atomic
def take_back(user: User, taste_id: int) -> None:
    """Forget one thing that was told; nothing happens to what is not the person's own."""
    if Taste.objects.filter(user=user, pk=taste_id).delete()[0]:
        _renew(user)


def _renew(user: User) -> None:
    """What is prepared was picked by other wishes."""
    SlateItem.objects.ahead_of(user).delete()
    ask_for_slate(user)


# --- The whole ------------------------------------------------------------------------------------


@transaction.atomic
def reset_feed(user: User) -> None:
    """Begin anew: forget what was learned from watching and hearts, and what was told.

    What was watched still counts for the videos; it no longer names the person.
    """
    _forget(user)
    Taste.objects.filter(user=user).delete()
    FeedProfile.objects.update_or_create(user=user, defaults={"reset_at": timezone.now()})


@transaction.atomic
def set_personal(user: User, is_personal: bool) -> None:
    """With or without a profile (DSA Art. 38); without one, what was learned is forgotten."""
    FeedProfile.objects.update_or_create(user=user, defaults={"is_personal": is_personal})
    if not is_personal:
        _forget(user)


def _forget(user: User) -> None:
    WatchEvent.objects.filter(user=user).update(user=None)
    Affinity.objects.filter(user=user).delete()
    SlateItem.objects.filter(user=user).delete()


def user_by(user_id: UUID | str) -> User | None:
    """Whose slate a job is to fill; None where they are gone."""
    return User.objects.active().filter(pk=user_id).first()
