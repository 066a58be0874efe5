"""The entrances of chat (SCREENED): what is sent, stickers, pictures of groups and channels."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import ports
from accounts.models import User
from accounts.moderation import cases
from accounts.ports import Screened
from accounts.screening import Brought, Held, screen
from accounts.screening.holding import KEPT_FOR
from accounts.stored import local_file
from chat.line import changing
from chat.models import Conversation
from chat.models.media import KeptSticker, Media, Sticker


def of_media(media: Media) -> Brought:
    """Nobody but its owner has it before it is sent: moderators decide about them."""
    return Brought("media", media.owner_id, "user", media.owner_id or media.pk)


def of_sticker(maker_id: UUID | None, key: UUID) -> Brought:
    return Brought("sticker", maker_id, "user", maker_id or key)


def of_group(person_id: UUID | None, conversation_id: UUID) -> Brought:
    return Brought("group_picture", person_id, "conversation", conversation_id)


def flag_revealing(sender_id: UUID, conversation_id: str, media: list[str]) -> None:
    """A case about a grown-up who tried to send nakedness where somebody under 18 is: the files
    stay for whoever decides. Each try adds to it; who left meanwhile is not looked for."""
    if not User.objects.filter(pk=sender_id).exists():
        return
    rows = Media.objects.filter(pk__in=media)
    rows.filter(message=None).update(ends_at=timezone.now() + KEPT_FOR)
    names = [row.file for row in rows if row.file]
    facts = {"conversation": conversation_id, "media": media, "files": names}
    cases.flag("user", sender_id, origin="nudity", reason="sexual", severity=9, facts=facts)


def _is_known(brought: Brought, file: str) -> bool:
    """Whether a stored file is on a list; what is gone is on none."""
    try:
        with local_file(file) as path:
            screen(brought, [path])
    except FileNotFoundError:
        return False
    except Held:
        return True
    return False


def _keys(rows: Any, after: UUID | None, most: int) -> Iterable[UUID]:
    rows = rows.filter(pk__gt=after) if after else rows
    return rows.order_by("pk").values_list("pk", flat=True)[:most]


class MediaFiles(Screened):
    """Photos, films, voice messages and files, sent or not; copies name the same files."""

    KINDS = (Media.Kind.PHOTO, Media.Kind.VIDEO, Media.Kind.VOICE, Media.Kind.FILE)

    def batch(self, after: UUID | None, most: int) -> Iterable[UUID]:
        ready = Media.objects.filter(state=Media.State.READY, kind__in=self.KINDS)
        return _keys(ready.filter(copied_from=None), after, most)

    def look_again(self, key: UUID) -> None:
        media = Media.objects.filter(pk=key, state=Media.State.READY).first()
        if media and media.file and _is_known(of_media(media), media.file):
            _take_away(Media.objects.filter(Q(pk=key) | Q(copied_from=key)), media.files)


class Stickers(Screened):
    """Stickers, kept or sent."""

    def batch(self, after: UUID | None, most: int) -> Iterable[UUID]:
        return _keys(Sticker.objects.exclude(file=""), after, most)

    def look_again(self, key: UUID) -> None:
        sticker = Sticker.objects.exclude(file="").filter(pk=key).first()
        if sticker and _is_known(of_sticker(sticker.maker_id, key), sticker.file):
            KeptSticker.objects.filter(sticker=sticker).delete()
            Sticker.objects.filter(pk=key).update(published_at=None)
            _take_away(Media.objects.filter(sticker=sticker), (sticker.file,))


class GroupPictures(Screened):
    """Pictures of groups and channels."""

    def batch(self, after: UUID | None, most: int) -> Iterable[UUID]:
        return _keys(Conversation.objects.exclude(picture=""), after, most)

    def look_again(self, key: UUID) -> None:
        picture = Conversation.objects.filter(pk=key).values_list("picture", flat=True).first()
        if picture and _is_known(of_group(None, key), picture):
            with changing(key) as line:
                if line.conversation.picture == picture:
                    line.change_conversation(picture="")
            default_storage.delete(picture)


@transaction.atomic
def _take_away(rows: Any, files: Iterable[str]) -> None:
    """The messages that show it are taken down as a moderator does it, and its files go."""
    messages = list(rows.exclude(message=None).values_list("message", flat=True))
    rows.filter(sticker=None).update(state=Media.State.REFUSED, refusal="media.held")
    for message_id in messages:
        ports.moderated()["message"].take_down(message_id)
    for name in files:
        transaction.on_commit(partial(default_storage.delete, name))
