"""Videos go on without a sound that moderators took down, and get it back when it is put back.

Nothing of what their authors made is changed: the recipe keeps its music, and what is prepared
leaves it out (videos/sourcing.py), the picture copied.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.notifications import notify, withdraw
from accounts.outbox import enqueue
from videos.models import Sound, Video

KIND = "videos.silenced"


def resound(sound_id: UUID | str) -> None:
    """The job behind both: let every video that is out and plays it, under the film, as its own or
    recognised in either, follow what moderators decided. Safe to run twice."""
    own = Q(own_sound=sound_id) | Q(own_sound__contains=sound_id)
    music = Q(sound=sound_id) | Q(sound__contains=sound_id)
    _follow(own | music)


def pass_on(video: Video) -> None:
    """What was made of a video that is prepared anew follows it: duets and stitches play its sound.

    Call it in the transaction that keeps the new film."""
    _follow(
        Q(parent=video, parent_kind__in=Video.MADE_OF_PARENT) & ~Q(is_silenced=video.is_silenced)
    )


def _follow(which: Q) -> None:
    out = Video.objects.filter(which, published_at__isnull=False)
    for key in list(out.order_by("pk").values_list("pk", flat=True)):
        _follow_one(key)


@transaction.atomic
def _follow_one(key: UUID) -> None:
    held = Video.objects.select_for_update(of=("self",)).select_related("parent").get(pk=key)
    is_silenced = _plays_removed(held)
    if held.is_silenced == is_silenced:
        return
    held.is_silenced = is_silenced
    held.recipe_version += 1
    held.save(update_fields=["is_silenced", "recipe_version"])
    if held.is_published:
        enqueue("videos.process_video", video_id=str(held.pk))
    tell = notify if is_silenced else withdraw
    tell(KIND, held.author_id, about=held.pk)


def _plays_removed(video: Video) -> bool:
    if video.is_made_of_parent and video.parent and video.parent.is_silenced:
        return True
    return Sound.objects.removed().filter(Q(videos=video) | Q(video=video)).exists()
