"""A draft as its author's devices know it: one shape for REST and for the page of the editor."""

from typing import Any

from videos import rights
from videos.models import Video


def draft_card(draft: Video) -> dict[str, Any]:
    """Its recipe, its words and its clips; `version` is that of the recipe."""
    return {
        "id": str(draft.pk),
        "state": draft.state,
        "version": draft.recipe_version,
        "recipe": draft.recipe,
        "clips": [clip.card() for clip in draft.clips.all()],
        "caption": draft.caption,
        "alt_text": draft.alt_text,
        "audience": draft.audience,
        "chosen": [person.username for person in draft.chosen.all()],
        "lends_sound": draft.lends_sound,
        **draft.permissions,
        "is_ai_made": draft.is_ai_made,
        "is_paid_partnership": draft.is_paid_partnership,
        "is_sensitive": draft.is_sensitive,
        "locks": rights.locks(draft.author, draft),
        "made_with": draft.made_with,
        "publish_at": draft.publish_at.isoformat() if draft.publish_at else None,
        "edited_at": draft.edited_at.isoformat(),
        "url": draft.editor_url,
    }
