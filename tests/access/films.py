"""The people and things of videos, and what their doors ask (film_routes.py)."""

from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.access.people import WHO, everybody
from tests.access.world import World
from tests.videos.factories import make_video, with_files
from tests.videos.sounds import make_original
from videos.models import CaptionTrack, Clip, Collection, Comment, Taste, Video

__all__ = ["WHO", "Films"]

LANGUAGE = "en"


class Films(World):
    """The owner's video, with a comment by a friend, and what the owner has beside it.

    `audience` says who may watch it.
    """

    who = WHO

    def __init__(self, audience: str = "public") -> None:
        super().__init__()
        self.people = everybody()
        owner = self.people["owner"]
        video = with_files(make_video(owner, audience=audience, subtitle_languages=[LANGUAGE]))
        draft = make_video(owner, state=Video.State.DRAFT)
        self.values = self._of_video(video) | self._of_owner(draft)
        self.admit(WHO)

    def _of_video(self, video: Video) -> dict[str, Any]:
        CaptionTrack.objects.create(video=video, language=LANGUAGE)
        comment = Comment.objects.create(video=video, author=self.people["friend"], body="nice")
        return {
            "video": video.pk,
            "comment": comment.pk,
            "sound": make_original(video).pk,
            "language": LANGUAGE,
            "table": "days",
            "username": "owner",
        }

    def _of_owner(self, draft: Video) -> dict[str, Any]:
        owner = draft.author
        return {
            "draft": draft.pk,
            "clip": _clip(draft).pk,
            "collection": Collection.objects.create(owner=owner, name="Walks").pk,
            "taste": Taste.objects.create(user=owner, kind="word", key="rain").pk,
            "name": "720.mp4",
            "verb": "like",
        }

    def special(self, path: str) -> dict[str, Any]:
        """A sound's file has a name of its own."""
        return {"name": "sound.m4a"} if path.startswith("media/sounds/") else {}

    def given(self, path: str) -> dict[str, Any]:
        """Something for everything that some verb asks."""
        return {
            "body": "nice",
            "caption": "a walk",
            "username": "friend",
            "name": "Walks",
            "video": str(self.values["video"]),
            "kind": "video" if path.endswith("/not-interested/") else "word",
            "key": "rain",
            "level": 0,
            "on": True,
            "client_id": str(uuid4()),
        }


def _clip(draft: Video) -> Clip:
    name = default_storage.save(f"videos/{draft.pk}/clip.mp4", ContentFile(b"film"))
    return Clip.objects.create(video=draft, state=Clip.State.READY, source=name, preview=name)
