"""What was made of a film becomes what plays: files first, rows last, old files later.

Names hold hashes, so that whatever is done twice is done once. Rows are changed by callers who hold
the video's.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import OutboxJob
from accounts.outbox import enqueue
from videos.models import Rendition, Video
from videos.transcoding import Extras, Rendered, RenditionFile

# Whoever has begun to play a file that was replaced may end it.
OLD_FILES_KEPT = timedelta(hours=1)


def store_all(video: Video, folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Move what was made into the storage; answers storage names by file name."""
    return {name: _store(folder / name, f"{video.folder}/{name}") for name in names}


def _store(file: Path, wanted: str) -> str:
    """A hash in the name says that what is there is the same, unless a dead worker left half."""
    if default_storage.exists(wanted):
        if default_storage.size(wanted) == file.stat().st_size:
            return wanted
        default_storage.delete(wanted)
    with file.open("rb") as content:
        return default_storage.save(wanted, File(content))


def keep_film(held: Video, rendered: Rendered, kept: Mapping[str, str], *, picture: str) -> None:
    """The held video plays this from now on, in place of what it played; its extras follow."""
    before = held.files
    held.renditions.exclude(kind__in=[file.kind for file in rendered.files]).delete()
    for file in rendered.files:
        _keep_rendition(held, file, kept, picture)
    held.duration_ms = round(rendered.seconds * 1000)
    held.width, held.height = rendered.width, rendered.height
    held.cover, held.cover_small = kept[rendered.cover], kept[rendered.cover_small]
    held.strip, held.peaks = "", rendered.peaks
    # Only what a job made: the caption may have been edited meanwhile.
    sizes = ("duration_ms", "width", "height", "peaks")
    held.save(update_fields=[*sizes, "cover", "cover_small", "strip"])
    delete_later(before - files_of(held))
    enqueue("videos.make_extras", video_id=str(held.pk))


def keep_extras(held: Video, extras: Extras, kept: Mapping[str, str]) -> None:
    """The held video has these besides."""
    before, picture = held.files, held.renditions.get(kind="720").picture
    for file in extras.files:
        _keep_rendition(held, file, kept, picture)
    held.strip = kept[extras.strip]
    held.save(update_fields=["strip"])
    delete_later(before - files_of(held))


def _keep_rendition(
    video: Video, file: RenditionFile, kept: Mapping[str, str], picture: str
) -> None:
    Rendition.objects.update_or_create(
        video=video,
        kind=file.kind,
        defaults={
            "file": kept[file.name],
            "parts": [kept[part] for part in file.parts],
            "width": file.width,
            "height": file.height,
            "size": file.size,
            "picture": picture,
            "recipe_version": video.recipe_version,
        },
    )


def files_of(video: Video) -> set[str]:
    """As the database has it now."""
    found = Video.objects.with_parts().filter(pk=video.pk).first()
    return found.files if found else set()


def discard(video: Video, names: Iterable[str]) -> None:
    """Nobody needs what was made: the video is gone, was changed or taken back meanwhile. Where
    another worker was quicker, its files have the same names, and stay."""
    unused = set(names) - files_of(video)
    if unused:
        enqueue("videos.delete_files", names=sorted(unused))


def delete_later(names: Iterable[str]) -> None:
    """Files that nothing names any more, once nobody plays them."""
    if chosen := sorted(names):
        OutboxJob.objects.create(
            task="videos.delete_files",
            arguments={"names": chosen},
            due_at=timezone.now() + OLD_FILES_KEPT,
        )
