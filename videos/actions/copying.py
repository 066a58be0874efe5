"""Drafts begun from drafts: the copy is cut from the same films (videos/actions/films.py)."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404

from accounts.models import User
from accounts.outbox import enqueue
from accounts.ports import draft_copied
from videos.actions.describing import CLEANERS
from videos.actions.drafts import begin_draft
from videos.models import Clip, Video
from videos.refusals import invalid

BORROWED = ("sound", "sound_start_ms", "parent", "parent_kind", "reply_to_comment")
OF_CLIP = ("position", "source", "preview", "duration_ms", "width", "height", "has_audio", "peaks")


@transaction.atomic
def copy_draft(author: User, draft: Video | UUID) -> Video:
    """Another draft with the same clips, edit, words and whatever else hangs on it (products);
    when it goes out is not copied.

    Raises `Http404` for what is no draft of theirs, `Refused` (draft.too_many), `ValidationError`
    (draft.clip_unready).
    """
    copy = begin_draft(author)
    key = draft.pk if isinstance(draft, Video) else draft
    original = Video.objects.drafts_of(author).filter(pk=key).first()
    if original is None:
        raise Http404
    clips = _copy_clips(original, copy)
    for name in (*CLEANERS, *BORROWED, "sensitivity"):
        setattr(copy, name, getattr(original, name))
    copy.recipe = _recut(original.recipe, clips)
    copy.save()
    copy.chosen.set(original.chosen.all())
    draft_copied(original.pk, copy.pk)
    return copy


def _copy_clips(original: Video, copy: Video) -> dict[str, str]:
    """Answers the key of each new clip by that of the old one."""
    clips = [clip for clip in original.clips.all() if clip.state != Clip.State.REFUSED]
    if not all(clip.is_ready for clip in clips):
        raise invalid("draft.clip_unready")
    keys = {}
    for clip in clips:
        made = Clip(video=copy, state=clip.state, **{name: getattr(clip, name) for name in OF_CLIP})
        made.save(force_insert=True)
        keys[str(clip.pk)] = str(made.pk)
        if not made.preview:
            enqueue("videos.preview_clip", clip_id=str(made.pk))
    return keys


def _recut(recipe: dict[str, Any], clips: dict[str, str]) -> dict[str, Any]:
    """The same edit of the new clips; what was cut from a clip that was refused is left out."""
    if "segments" not in recipe:
        return recipe
    segments = [
        segment | {"clip": clips[segment["clip"]]}
        for segment in recipe["segments"]
        if segment["clip"] in clips
    ]
    return recipe | {"segments": segments}
