"""How long the film of a draft will be: nothing is made of it yet."""

from videos import recipes
from videos.models import Video


def milliseconds(draft: Video) -> int:
    """As its edit says, else all its clips as they are; what is made already was measured."""
    if draft.duration_ms and draft.state != Video.State.DRAFT:
        return draft.duration_ms
    edit = recipes.parse(draft.recipe, may_be_empty=True)
    if not edit.segments:
        edit = recipes.of_clips((clip.pk, clip.duration_ms) for clip in draft.clips.all())
    return edit.milliseconds
