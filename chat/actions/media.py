"""Uploading what is to be sent, and letting go of what is not shown any more."""

import secrets
import shutil
import tempfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from accounts import live, policy
from accounts.models import User
from accounts.outbox import enqueue
from accounts.screening import Held, screen
from accounts.screening.nudity import is_revealing
from accounts.stored import local_file
from accounts.text import clean_name
from chat.media import limits
from chat.media.album import STICKER
from chat.media.prepared import Prepared
from chat.media.preparing import prepare
from chat.models import Message
from chat.models.media import ALT_LIMIT, UNSENT_FOR, Media, Sticker
from chat.refusals import SENTENCES, invalid, refused
from chat.screening import of_media

TOGETHER = 500  # rows swept in one go


def upload_media(owner: User, file: Any, *, kind: str, alt: str = "") -> Media:
    """Keep a file to be sent within 24 hours; a plain file is ready, all else `processing`.

    Raises `ValidationError` (media.unreadable, media.too_large, media.dangerous, media.held),
    `Refused` (policy.R2, media.quota).
    """
    policy.permit(policy.may_use_messages(owner.person))
    limits.check(kind, file.name or "", file.size)
    _permit_more(owner, file.size)
    media = Media(
        owner=owner,
        kind=kind,
        name=limits.clean_file_name(file.name or ""),
        size=file.size,
        alt=clean_alt(alt),
        ends_at=timezone.now() + UNSENT_FOR,
    )
    kept = default_storage.save(_storage_name(media, ".bin"), File(file))
    try:
        if media.kind == Media.Kind.FILE:  # nothing is made of it that could be looked at later
            with local_file(kept) as path:
                screen(of_media(media), [path])
                media.is_revealing = is_revealing([path])
        _begin(media, kept)
    except BaseException:
        default_storage.delete(kept)
        raise
    return media


def upload_together(owner: User, files: list[Any]) -> list[str]:
    """For a door that cannot wait: the ids of these files, ready to be sent with one message.

    Pictures alone are prepared at once, in this thread; anything else goes as a file. Raises as
    `upload_media` and `chat.media.album.resolve` do.
    """
    if len(files) > limits.ALBUM:
        raise invalid("media.too_many")
    are_pictures = all(str(file.content_type).startswith("image/") for file in files)
    kind = Media.Kind.PHOTO if are_pictures else Media.Kind.FILE
    uploads = [upload_media(owner, file, kind=kind) for file in files]
    for media in uploads:
        prepare_media(media.pk)
    return [str(media.pk) for media in uploads]


def _permit_more(owner: User, size: int) -> None:
    recent = Media.objects.filter(owner=owner, created_at__gt=timezone.now() - timedelta(days=1))
    used = recent.aggregate(
        bytes=Sum("size", default=0), waiting=Count("pk", filter=Q(message__isnull=True))
    )
    if used["waiting"] >= limits.WAITING or used["bytes"] + size > limits.DAILY_BYTES:
        raise refused("media.quota")


def clean_alt(text: str) -> str:
    """What is in the picture, for whoever cannot see it: one line."""
    return clean_name(text)[:ALT_LIMIT]


def _storage_name(media: Media, suffix: str) -> str:
    """A name that nobody guesses and that is never used again."""
    return f"chat/{media.pk}/{secrets.token_hex(16)}{suffix}"


@transaction.atomic
def _begin(media: Media, kept: str) -> None:
    if media.kind == Media.Kind.FILE:
        media.state, media.file = Media.State.READY, kept
        media.save()
        return
    media.state, media.source = Media.State.PROCESSING, kept
    media.save()
    is_film = media.kind == Media.Kind.VIDEO
    enqueue("chat.prepare_film" if is_film else "chat.prepare_media", media_id=str(media.pk))


def prepare_media(media_id: UUID | str) -> None:
    """Make what is shown of an upload; safe to run twice, and after a death at any stage.

    What is wrong with the file is noted on it (`refused`, with its code); what is wrong with the
    machine is raised, so that the job is tried again.
    """
    media = Media.objects.filter(pk=media_id, state=Media.State.PROCESSING).first()
    if media is None:
        return
    with tempfile.TemporaryDirectory(prefix="medley-media-") as folder:
        source, made = Path(folder) / "source", Path(folder) / "made"
        with default_storage.open(media.source) as stored, source.open("wb") as copy:
            shutil.copyfileobj(stored, copy)
        try:
            prepared = prepare(media.kind, source, made)
            screen(of_media(media), [made / prepared.file], originals=[source])
            found = is_revealing(shown_of(made, prepared))
        except limits.BadMedia as bad:
            _refuse(media, bad.code)
        except Held:
            _refuse(media, "media.held")
        else:
            _finish(media, made, prepared, is_revealing=found)


def shown_of(made: Path, prepared: Prepared) -> list[Path]:
    """What people will look at; a voice message has no picture."""
    return [made / prepared.file] if prepared.width else []


def give_up_media(media_id: UUID | str) -> None:
    """The machine failed every time it was asked to prepare this: say so to its owner."""
    media = Media.objects.filter(pk=media_id, state=Media.State.PROCESSING).first()
    if media is not None:
        _refuse(media, "media.unreadable")


def _finish(media: Media, made: Path, prepared: Prepared, *, is_revealing: bool) -> None:
    kept = {name: _keep(media, made / name) for name in {prepared.file, prepared.thumb} - {""}}
    values = {
        "state": Media.State.READY,
        "source": "",
        "file": kept[prepared.file],
        "thumb": kept.get(prepared.thumb, ""),
        "blur": prepared.blur,
        "width": prepared.width,
        "height": prepared.height,
        "is_revealing": is_revealing,
        "seconds": prepared.seconds,
        "waveform": prepared.waveform,
        "size": (made / prepared.file).stat().st_size,
    }
    if not _settle(media, **values):
        _delete_files(kept.values())  # withdrawn meanwhile, or somebody else was quicker


def _keep(media: Media, made: Path) -> str:
    with made.open("rb") as content:
        return default_storage.save(_storage_name(media, made.suffix), File(content))


def _refuse(media: Media, code: str) -> None:
    _settle(media, state=Media.State.REFUSED, refusal=code, source="")


def _settle(media: Media, **values: Any) -> bool:
    """Whether it was still there to be prepared; what came in is not needed any more."""
    source = media.source
    waiting = Media.objects.filter(pk=media.pk, state=Media.State.PROCESSING)
    if not waiting.update(**values):
        return False
    default_storage.delete(source)
    media.refresh_from_db()
    if media.owner_id:
        live.tell_user(media.owner_id, {"type": "upload.changed", "upload": upload_card(media)})
    return True


def upload_card(media: Media) -> dict[str, Any]:
    """How an upload stands: `{id, kind, state, code, detail, media}`; `media` once it is ready."""
    sentence = SENTENCES.get(media.refusal, "") if media.refusal else ""
    return {
        "id": str(media.pk),
        "kind": media.kind,
        "state": media.state,
        "code": media.refusal,
        "detail": str(sentence),
        "media": media.card() if media.is_ready else None,
    }


def describe_media(owner: User, media: Media, *, alt: str) -> Media:
    """Say what is in one's own upload before it is sent. Raises `Refused` (media.not_yours)."""
    _own(owner, media)
    media.alt = clean_alt(alt)
    media.save(update_fields=["alt"])
    return media


def keep_uploads(owner: User, media: Iterable[str], *, until: datetime) -> None:
    """What waits to be sent at a time of its own stays for a day longer than that."""
    keys = [each for each in media if not each.startswith(STICKER)]
    mine = Media.objects.unsent().filter(owner=owner, pk__in=keys)
    mine.update(ends_at=until + UNSENT_FOR)


def withdraw_media(owner: User, media: Media) -> None:
    """Take back an upload that was not sent, files and all. Raises `Refused` (media.not_yours)."""
    _own(owner, media)
    _remove([media])


def _own(owner: User, media: Media) -> None:
    if media.owner_id != owner.pk or media.message_id is not None:
        raise refused("media.not_yours")


def sweep_media() -> int:
    """Delete the files of what was never sent, was unsent a while ago, or lost its message; and
    stickers that nobody has. Answers how many."""
    gone = list(Media.objects.let_go(timezone.now())[:TOGETHER])
    Message.objects.filter(media_rows__in=gone).update(media=None)
    _remove(gone)
    forgotten = list(Sticker.objects.forgotten()[:TOGETHER])
    Sticker.objects.filter(pk__in=[sticker.pk for sticker in forgotten]).delete()
    _delete_files(sticker.file for sticker in forgotten)
    return len(gone) + len(forgotten)


def _remove(rows: Iterable[Media]) -> None:
    """Rows at once, so that nobody can open them; then the files, of copies none."""
    rows = list(rows)
    Media.objects.filter(pk__in=[row.pk for row in rows]).delete()
    owned = [row for row in rows if row.copied_from_id is None]
    names = [name for row in owned for name in (row.source, row.file, row.thumb) if name]
    transaction.on_commit(lambda: _delete_files(names))


def _delete_files(names: Iterable[str]) -> None:
    for name in set(names):
        default_storage.delete(name)
