"""Pictures, films, voice and files of somebody who is gone, taken out of messages."""

from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef
from django.utils import timezone

from chat import events, search
from chat.line import Line
from chat.models import Media, Message


def take_out(line: Line, message: Message, gone: list[Media]) -> None:
    """A message shows these no more, by a number of its own; one that was nothing else counts as
    unsent."""
    keys = {str(media.pk) for media in gone}
    left = [card for card in message.media or [] if card["id"] not in keys]
    message.media = left or None
    if not left and not message.body and not message.attachments.exists():
        message.unsent_at = message.unsent_at or timezone.now()
    message.revision = line.number()
    message.save(update_fields=["media", "unsent_at", "revision"])
    fresh = Message.objects.with_parts().get(pk=message.pk)
    search.renew(fresh)
    line.tell(events.message_events([fresh])[0])


def let_go(rows: list[Media]) -> None:
    """Delete them, files and all. What others forwarded is theirs too: its file stays until the
    last of them lets it go (`sweep_media`), and is nobody's meanwhile."""
    copies = Media.objects.filter(copied_from=OuterRef("pk"))
    wanted = Media.objects.filter(Exists(copies), pk__in=[media.pk for media in rows])
    shared = set(wanted.values_list("pk", flat=True))
    Media.objects.filter(pk__in=shared).update(
        owner=None, message=None, ends_at=timezone.now(), name="", alt=""
    )
    own = [media for media in rows if media.pk not in shared]
    Media.objects.filter(pk__in=[media.pk for media in own]).delete()
    for media in own:
        if media.copied_from_id is None:
            delete_files(media)


def delete_files(media: Media) -> None:
    """What came in, and what was made of it."""
    for name in {media.source, media.file, media.thumb} - {""}:
        default_storage.delete(name)


def drop(messages: Any) -> None:
    """These messages go altogether, with whatever hung on them."""
    let_go(list(Media.objects.filter(message__in=messages)))
