"""The stored films of clips: copies of a draft share them, and they go with the last clip that
needs them."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from accounts.actions import release_uploads
from accounts.models import User
from videos.models import Clip


@transaction.atomic
def let_clips_go(clips: Iterable[Clip]) -> set[str]:
    """These clips, of one author, go or need their files no more: answers the names of the files
    that nobody needs then. Their uploads no longer count, unless a copy needs the film: then they
    count for that. Call it in the transaction in which they go."""
    going = list(clips)
    if not going:
        return set()
    author = going[0].video.author_id
    User.objects.select_for_update().get(pk=author)  # no copy begins meanwhile
    names = {name for clip in going for name in clip.files}
    others = Clip.objects.filter(video__author=author).exclude(pk__in=[clip.pk for clip in going])
    sharing = list(others.filter(Q(source__in=names) | Q(preview__in=names)))
    _hand_over(going, sharing)
    return names - {name for clip in sharing for name in clip.files}


def _hand_over(going: list[Clip], sharing: list[Clip]) -> None:
    heirs = {clip.source: clip for clip in sharing if clip.upload is None}
    left = []
    for clip in going:
        heir = heirs.get(clip.source) if clip.source and clip.upload else None
        if heir is None:
            left.append(clip.upload)
            continue
        upload = clip.upload
        Clip.objects.filter(pk=clip.pk).update(upload=None)  # unique: one has it at a time
        Clip.objects.filter(pk=heir.pk).update(upload=upload)
    release_uploads(upload for upload in left if upload)
