"""The entrance of videos (SCREENED): their films and covers."""

from collections.abc import Iterable
from contextlib import ExitStack
from uuid import UUID

from django.db import transaction

from accounts import ports
from accounts.ports import Screened
from accounts.screening import Brought, Held, screen
from videos.models import Video
from videos.sources import local_file


def brought(video: Video) -> Brought:
    """As whose it comes in, for whatever is made of it."""
    return Brought("video", video.author_id, "video", video.pk)


class Films(Screened):
    """What is out, or waits for its time."""

    def batch(self, after: UUID | None, most: int) -> Iterable[UUID]:
        made = Video.objects.filter(state__in=[Video.State.PUBLISHED, Video.State.SCHEDULED])
        made = made.filter(pk__gt=after) if after else made
        return made.order_by("pk").values_list("pk", flat=True)[:most]

    def look_again(self, key: UUID) -> None:
        video = Video.objects.with_parts().filter(pk=key).first()
        if video is None:
            return
        names = [name for name in (video.playable_files.get("720"), video.cover) if name]
        try:
            with ExitStack() as opened:
                paths = [opened.enter_context(local_file(name)) for name in names]
                screen(brought(video), paths)
        except FileNotFoundError:
            return
        except Held:
            with transaction.atomic():
                ports.moderated()["video"].take_down(key)
