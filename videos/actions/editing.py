"""Changing what is said of a video after it was posted."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import ports
from accounts.models import User
from videos import announcing
from videos.actions.captions import apply_caption
from videos.actions.describing import CLEANERS, check_chosen, choose, describe
from videos.models import Sound, Video
from videos.notifications.telling import tell_of_changed_mentions

KEPT = (*CLEANERS, "sensitivity")
# Who has seen it before is told that these are others now. Who may watch it, nobody needs to know.
SHOWN = {"caption", "alt_text", "is_ai_made", "is_paid_partnership"}
# Those who may watch are fewer then, or others.
CLOSING = {"audience", "sensitivity"}


@transaction.atomic
def edit_video(
    actor: User, video: Video, *, chosen: Iterable[User] | None = None, **said: Any
) -> Video:
    """Change what the author says (CLEANERS, `is_sensitive`), and whom they chose to watch.

    Answers the video as it is then. Raises `PermissionDenied` where it is another's, and what
    `describe`, `choose` and `check_chosen` raise.
    """
    held = _hold_own(actor, video)
    before = {name: getattr(held, name) for name in KEPT}
    describe(held, said)
    choose(held, chosen)
    check_chosen(held)
    changed = {name for name in KEPT if getattr(held, name) != before[name]}
    if changed & SHOWN and held.published_at:
        held.revised_at = timezone.now()
    held.save(update_fields=[*changed, "revised_at"])
    _follow_up(held, changed)
    return held


def _hold_own(actor: User, video: Video) -> Video:
    """The row as it is now, held: a form and another device may save at once."""
    rows = Video.objects.select_for_update(of=("self",)).select_related("author")
    held = rows.get(pk=video.pk)
    if held.author_id != actor.pk:
        raise PermissionDenied
    return held


def _follow_up(video: Video, changed: set[str]) -> None:
    if "lends_sound" in changed:
        Sound.objects.filter(video=video).update(is_open=video.lends_sound)
    if "caption" in changed:
        _apply_caption(video)
    if changed & CLOSING:
        announcing.retract(video.pk)
    ports.card_changed("video", video.pk)


def _apply_caption(video: Video) -> None:
    """Whom it names anew hears of it, where it is out: else once it is."""
    before = set(video.mentions.values_list("pk", flat=True))
    apply_caption(video)
    if video.published_at:
        tell_of_changed_mentions(video, before)
