"""What residents made of other people's work: a duet, and a video to a track of the library."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import User
from videos import actions as videos
from videos.actions import drafts, remixing, sounds
from videos.models import Clip, Sound, Video

# Encoded while somebody waits for the first start: short.
DUET_MS = 2500

People = dict[str, User]
Films = dict[str, Video]


def make_all(people: People, films: Films, library: list[Sound]) -> Films:
    """Each by the verbs that people use; answers them by key."""
    made = {
        "duet": _duet(people["ben"], films["balloon"], films["rabbit"]),
        "tune": _with_music(people["lucia"], library[0], films["print"]),
    }
    for key, hours in (("duet", 40), ("tune", 60)):
        _move_back(made[key], hours)
    videos.repost(people["ben"], films["chase"])
    videos.repost(people["mei"], films["chase"])
    return made


def _duet(author: User, parent: Video, own: Video) -> Video:
    draft = remixing.begin_duet(author, parent)
    clip = _clip_from(draft, own)
    return _post(
        draft,
        recipe={"segments": [_piece(clip, DUET_MS)], "layout": draft.recipe["layout"]},
        caption="duet with four seconds of echo. i am the fifth #echo #duet @ana",
        alt_text="On the left a rabbit, on the right the film that Ana recorded.",
    )


def _with_music(author: User, sound: Sound, own: Video) -> Video:
    draft = sounds.begin_with_sound(author, sound)
    clip = _clip_from(draft, own)
    music = {"sound": str(sound.pk), "start_ms": 0, "volume": 1.0, "fade_out_ms": 500}
    return _post(
        draft,
        recipe={"segments": [_piece(clip, clip.duration_ms)], "music": music, "volume": 0.0},
        caption="Los mismos errores, con música. #risografía",
        alt_text=own.alt_text,
    )


def _clip_from(draft: Video, film: Video) -> Clip:
    """The film of a posted video once more, as if it had been sent again."""
    with default_storage.open(film.playable_files["720"], "rb") as file:
        source = default_storage.save(f"{draft.folder}/source", ContentFile(file.read()))
    size = {"duration_ms": film.duration_ms, "width": film.width, "height": film.height}
    return Clip.objects.create(video=draft, source=source, state=Clip.State.READY, **size)


def _piece(clip: Clip, milliseconds: int) -> dict[str, Any]:
    return {"clip": str(clip.pk), "in_ms": 0, "out_ms": milliseconds, "speed": 1}


def _post(draft: Video, **said: Any) -> Video:
    drafts.change_draft(draft.author, draft, **said)
    drafts.post_draft(draft.author, draft)
    videos.process_video(draft.pk)
    return Video.objects.get(pk=draft.pk)


def _move_back(video: Video, hours: int) -> None:
    posted = timezone.now() - timedelta(hours=hours)
    Video.objects.filter(pk=video.pk).update(created_at=posted, published_at=posted)
