"""Drafts: begun, changed on any device, posted now or at a time, taken back before it comes."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts import live
from accounts.models import User
from accounts.notifications import withdraw
from accounts.outbox import enqueue
from accounts.policy import permit, use
from videos import recipes
from videos.actions.borrowing import check_borrowed
from videos.actions.captions import apply_caption
from videos.actions.defaults import video_settings_of
from videos.actions.describing import check_chosen, choose, describe
from videos.models import Clip, Sound, Video
from videos.recipes import Recipe
from videos.refusals import conflict, invalid, refused
from videos.rights import may_reuse_sound

LIMIT = 100  # drafts of one person
FARTHEST = timedelta(days=366)  # "a year ahead" holds in leap years too


@transaction.atomic
def begin_draft(
    author: User, *, recipe: Any = None, chosen: Iterable[User] | None = None, **said: Any
) -> Video:
    """A new draft, with what is said of it (`describe`) where that is given; the rest is as the
    author decided once for all.

    Raises what `change_draft` raises, `Refused` (draft.too_many).
    """
    User.objects.select_for_update().get(pk=author.pk)  # two that come together are counted
    if Video.objects.drafts_of(author).count() >= LIMIT:
        raise refused("draft.too_many")
    permissions = video_settings_of(author).permissions
    draft = Video(author=author, state=Video.State.DRAFT, **permissions)
    describe(draft, said)
    if recipe is not None:
        _take_recipe(draft, recipe)
    draft.save(force_insert=True)
    choose(draft, chosen)
    return draft


@transaction.atomic
def change_draft(
    author: User,
    draft: Video | UUID,
    *,
    recipe: Any = None,
    version: int | None = None,
    chosen: Iterable[User] | None = None,
    **said: Any,
) -> Video:
    """Change a draft; `recipe` as recipes.parse takes it, segments may be missing, `said` as
    `describe` does.

    With `version`, the `recipe_version` that was seen, another device's change is not overwritten:
    `Conflict` (draft.changed). Raises also `Http404`, `Conflict` (draft.posted; draft.scheduled
    where the recipe changes), `ValidationError` (recipe.*, draft.clip_unknown, draft.out_of_clip,
    draft.layout, draft.sound_gone, and of the model), and what `describe` and `choose` raise.
    """
    held = _hold(author, draft)
    if version is not None and version != held.recipe_version:
        raise conflict("draft.changed")
    describe(held, said)
    choose(held, chosen)
    if recipe is not None:
        if held.state != Video.State.DRAFT:
            raise conflict("draft.scheduled")
        _take_recipe(held, recipe)
    held.edited_at = timezone.now()
    held.save()
    _tell(held)
    return held


@transaction.atomic
def post_draft(author: User, draft: Video | UUID, *, publish_at: datetime | None = None) -> Video:
    """Have the video prepared and put out: at once, or at `publish_at`, at most a year ahead.

    What waits already gets another time; without one it goes out now. Raises `Http404`,
    `Conflict` (draft.posted), `ValidationError` (schedule.past, schedule.too_far, draft.empty,
    draft.clip_unready, draft.clip_refused, recipe.too_long, chosen.nobody), `Refused`
    (video.sound_gone, video.parent_gone, policy.R43).
    """
    permit(use(author.person, "post"))
    held = _hold(author, draft)
    held.publish_at = _ahead(publish_at)
    if held.state == Video.State.DRAFT:
        _prepare(held)
    elif held.state == Video.State.SCHEDULED and publish_at is None:
        # Prepared already: the job that puts out what is due does the rest.
        held.publish_at = timezone.now()
        enqueue("videos.publish_due")
    held.save()
    _tell(held)
    return held


@transaction.atomic
def take_back_draft(author: User, draft: Video | UUID) -> Video:
    """What waits for its time, or could not be prepared, is a draft again.

    Raises `Http404`, `Conflict` (draft.posted).
    """
    held = _hold(author, draft, or_failed=True)
    held.state, held.publish_at, held.failure_code = Video.State.DRAFT, None, ""
    held.save()
    _tell(held)
    return held


def _hold(author: User, draft: Video | UUID, *, or_failed: bool = False) -> Video:
    """The author's own, held until the transaction ends; one that was put out is none any more."""
    key = draft.pk if isinstance(draft, Video) else draft
    held = Video.objects.select_for_update().filter(pk=key, author=author).first()
    if held is None:
        raise Http404
    has_failed = held.state == Video.State.FAILED and held.published_at is None
    if not held.is_draft and not (or_failed and has_failed):
        raise conflict("draft.posted")
    held.author = author
    return held


def _take_recipe(draft: Video, value: Any) -> None:
    """Keep the recipe, checked against what the draft has; a changed one is a new version."""
    recipe = recipes.parse(value, may_be_empty=True)
    _check_clips(draft, recipe)
    _check_layout(draft, recipe)
    _check_sound(draft, recipe)
    if (stored := recipe.as_json()) == draft.recipe:
        return
    draft.recipe = stored
    draft.recipe_version += 1
    draft.sound_id = UUID(recipe.music.sound) if recipe.music else None
    draft.sound_start_ms = recipe.music.start_ms if recipe.music else 0


def _check_clips(draft: Video, recipe: Recipe) -> None:
    clips = {str(clip.pk): clip for clip in Clip.objects.filter(video=draft)}
    for place, segment in enumerate(recipe.segments):
        clip = clips.get(segment.clip)
        if clip is None:
            raise invalid("draft.clip_unknown", f"recipe.segments.{place}.clip")
        if clip.duration_ms and segment.in_ms >= clip.duration_ms:
            raise invalid("draft.out_of_clip", f"recipe.segments.{place}.in_ms")


def _check_layout(draft: Video, recipe: Recipe) -> None:
    """With whom a video is made is decided, and permitted, before its draft begins; without the
    other's picture it is no duet or stitch any more."""
    if recipe.layout is None:
        if draft.is_made_of_parent:
            draft.parent, draft.parent_kind = None, Video.ParentKind.NONE
    elif (recipe.layout.kind, recipe.layout.video) != (draft.parent_kind, str(draft.parent_id)):
        raise invalid("draft.layout", "recipe.layout.video")


def _check_sound(draft: Video, recipe: Recipe) -> None:
    """Asked when a sound is chosen; it is asked again when the video is put out."""
    if recipe.music is None or recipe.music.sound == str(draft.sound_id):
        return
    sound = Sound.objects.usable_by(draft.author).filter(pk=recipe.music.sound).first()
    if sound is None or not may_reuse_sound(draft.author, sound):
        raise invalid("draft.sound_gone", "recipe.music.sound")


def _prepare(draft: Video) -> None:
    _check_whole(draft)
    check_chosen(draft)
    check_borrowed(draft)
    if draft.state == Video.State.FAILED:
        withdraw("videos.failed", draft.author_id, about=draft.pk)
    draft.state, draft.failure_code = Video.State.PROCESSING, ""
    apply_caption(draft)
    enqueue("videos.process_video", video_id=str(draft.pk))


def _check_whole(draft: Video) -> None:
    """Nothing may be missing; where no cuts are named, all clips are taken as they are."""
    clips = list(Clip.objects.filter(video=draft))
    named = {segment["clip"] for segment in draft.recipe.get("segments", ())}
    used = [clip for clip in clips if str(clip.pk) in named] if named else clips
    states = {clip.state for clip in used}
    if not used:
        raise invalid("draft.empty")
    if Clip.State.REFUSED in states:
        raise invalid("draft.clip_refused")
    if states != {Clip.State.READY}:
        raise invalid("draft.clip_unready")
    if not named:
        recipes.parse(recipes.of_clips((clip.pk, clip.duration_ms) for clip in used).as_json())


def _ahead(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    if moment <= timezone.now():
        raise invalid("schedule.past", "publish_at")
    if moment > timezone.now() + FARTHEST:
        raise invalid("schedule.too_far", "publish_at")
    return moment


def _tell(draft: Video) -> None:
    """The author's other devices show it as it is now."""
    event = {
        "type": "video.draft_changed",
        "draft": str(draft.pk),
        "version": draft.recipe_version,
        "state": draft.state,
        "publish_at": draft.publish_at.isoformat() if draft.publish_at else None,
    }
    live.tell_user(draft.author_id, event)
