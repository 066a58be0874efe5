"""What a video takes from others, asked again when it goes out, and told to those it is from."""

from django.db import transaction

from accounts import live
from accounts.models import User
from accounts.outbox import enqueue
from accounts.policy import Refusal
from videos import rights
from videos.models import Sound, Video
from videos.notifications.telling import tell_of_published
from videos.refusals import refused

SOUND_GONE, PARENT_GONE = "video.sound_gone", "video.parent_gone"


def check_borrowed(draft: Video) -> None:
    """Raise `Refused` (video.sound_gone, video.parent_gone) where the draft's author may not use
    its sound or the video it is made with any more."""
    if code := borrowed_refusal(draft):
        raise refused(code)


def borrowed_refusal(video: Video) -> str:
    """The code of what stands against putting the video out, or nothing: the same question for
    whoever posts it and for the job that puts it out weeks later. What is out keeps what it has."""
    if video.published_at:
        return ""
    recipe = video.recipe or {}
    if recipe.get("music") and not _may_use_sound(video):
        return SOUND_GONE
    if video.is_made_of_parent and not _may_use_parent(video):
        return PARENT_GONE
    return ""


def _may_use_sound(video: Video) -> bool:
    sounds = Sound.objects.visible_to(video.author).select_related("contains")
    sound = sounds.filter(videos=video).first()
    return sound is not None and rights.may_reuse_sound(video.author, sound)


def _may_use_parent(video: Video) -> bool:
    parent = Video.objects.visible_to(video.author).published().filter(remixes=video).first()
    return parent is not None and _remix_refusal(video.author, parent, video.parent_kind) is None


def _remix_refusal(author: User, parent: Video, kind: str) -> Refusal | None:
    ask = rights.duet_refusal if kind == Video.ParentKind.DUET else rights.stitch_refusal
    return ask(author, parent)


@transaction.atomic
def note_published(video: Video) -> None:
    """The video is out for the first time: count the use of its sound, lift its own, tell whose
    video it was made with. Call it in the transaction that publishes."""
    if video.sound is not None:
        video.sound.count_use(1)
    enqueue("videos.lift_sound", video_id=str(video.pk))
    tell_of_published(video)
    _tell_parents_author(video)


def note_removed(video: Video) -> None:
    """The video goes: one use less of its sound, and its own is taken out of other people's videos.
    Call it in the transaction that deletes, before the row goes."""
    if video.is_published and video.sound is not None:
        video.sound.count_use(-1)
    own = Sound.objects.filter(video=video).first()
    if own is not None:
        Sound.objects.filter(pk=own.pk).update(is_open=False)
        enqueue("videos.withdraw_sound", sound_id=str(own.pk))


def _tell_parents_author(video: Video) -> None:
    """Somebody made something with one's video; one's devices hear of it where one may see it."""
    parent = video.parent
    if parent is None or parent.author_id == video.author_id:
        return
    if not Video.objects.watchable_by(parent.author).filter(pk=video.pk).exists():
        return
    event = {
        "type": "video.remixed",
        "video": str(parent.pk),
        "kind": video.parent_kind,
        "remix": str(video.pk),
        "author": video.author.card(),
    }
    live.tell_user(parent.author_id, event)
