"""Everything somebody said, and what was said to them (R46): a page and a file for each
conversation, its pictures and voices beside; then what they keep for themselves."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.ports import Exporter, ExportPart, Row, StoredFile
from accounts.rights.tables import Table
from chat import notices
from chat.models import Conversation, Media, Membership, Message

TOGETHER = 500  # messages fetched at once
State = Membership.State

MESSAGE_FIELDS = {
    "seq": "its place in the conversation",
    "at": "when it was said",
    "author": "by whom: {username, name}; nothing of whoever deleted their account",
    "is_own": "whether you said it",
    "body": "the words",
    "edited_at": "when they were changed",
    "unsent_at": "when it was taken back: its words are gone",
    "reply_to": "the place of what it answers",
    "thread": "the place of the message whose thread it stands in",
    "notice": "what happened, where it is no message of anybody's",
    "files": "what was sent with it, beside this file: [{path, kind, name, alt}]",
    "shares": "what of Medley it shows: [{kind, id}]",
    "poll": "what it asks: {question, options: [{text, votes}]}",
    "reactions": "what was given to it: [{emoji, by}]",
}

_WHERE = "conversation=conversation__title conversation_id"

TABLES = (
    Table(
        "chat.Membership",
        "conversations/memberships",
        gettext_lazy("Your conversations, as you keep them"),
        f"{_WHERE} kind=conversation__kind role state joined_at ended_at read_seq muted_until"
        " pinned_at notify shows_reading shows_typing colour wallpaper nicknames",
    ),
    Table(
        "chat.Folder",
        "conversations/folders",
        gettext_lazy("Your folders"),
        "name position",
        of="owner",
    ),
    Table(
        "chat.ScheduledMessage",
        "conversations/scheduled",
        gettext_lazy("What you will have said"),
        f"{_WHERE} body send_at refusal created_at",
        of="author",
    ),
    Table(
        "chat.HeldMessage",
        "conversations/held",
        gettext_lazy("What a group's moderators read first"),
        f"{_WHERE} body held_at",
        of="author",
    ),
    Table(
        "chat.Reminder",
        "conversations/reminders",
        gettext_lazy("Your reminders"),
        "conversation_id=message__conversation_id seq=message__seq remind_at reminded_at",
    ),
    Table(
        "chat.Reaction",
        "conversations/reactions",
        gettext_lazy("Your reactions"),
        "conversation_id=message__conversation_id seq=message__seq emoji created_at",
    ),
    Table(
        "chat.PollVote",
        "conversations/votes",
        gettext_lazy("Your votes"),
        "question=poll__question answer=option__text voted_at",
    ),
    Table(
        "chat.PollOption",
        "conversations/answers",
        gettext_lazy("Answers you added to polls"),
        "question=poll__question text",
        of="added_by",
    ),
    Table(
        "chat.Reply",
        "conversations/replies",
        gettext_lazy("What you answered in channels"),
        "channel=post__conversation__title body created_at removed_at",
        of="author",
    ),
    Table(
        "chat.Conversation",
        "conversations/made",
        gettext_lazy("Groups and channels you made"),
        "id kind title created_at",
        of="creator",
    ),
    Table(
        "chat.Host",
        "conversations/hosting",
        gettext_lazy("Channels you run or ran"),
        "channel=channel__handle invited_at accepted_at ended_at",
    ),
    Table(
        "chat.Invite",
        "conversations/links",
        gettext_lazy("Links you made to groups"),
        f"{_WHERE} label used use_limit created_at expires_at revoked_at",
        of="creator",
    ),
    Table(
        "chat.JoinRequest",
        "conversations/asked-to-join",
        gettext_lazy("Groups you asked to join"),
        f"{_WHERE} answers state asked_at answered_at",
    ),
    Table(
        "chat.Sticker",
        "conversations/stickers",
        gettext_lazy("Stickers you made"),
        "id alt created_at published_at",
        of="maker",
    ),
    Table(
        "chat.CollectedVideo",
        "conversations/collected",
        gettext_lazy("Videos you saved for conversations"),
        f"{_WHERE} video_id saved_at",
        of="saved_by",
    ),
    Table(
        "chat.Media",
        "conversations/files",
        gettext_lazy("Files you uploaded to conversations"),
        "id kind name size alt created_at",
        of="owner",
    ),
)


def parts(person: User) -> Iterator[ExportPart]:
    """A part for each conversation of which the person may have read anything, then the tables."""
    mine = Membership.objects.filter(user=person).exclude(state=State.INVITED)
    rows = mine.select_related("conversation").with_others(person).order_by("pk")
    for membership in rows:
        if membership.conversation.last_seq > membership.from_seq:
            yield _conversation(membership)
    yield from (table.part(person) for table in TABLES)


def _conversation(membership: Membership) -> ExportPart:
    path = f"conversations/{membership.conversation_id}"
    return ExportPart(
        f"{path}/messages",
        _title(membership),
        _("Messages: yours, and those you received."),
        MESSAGE_FIELDS,
        partial(_messages, membership),
        files=partial(_files, membership, path),
        template="chat/export/_message.html",
    )


def _title(membership: Membership) -> str:
    kinds = {
        Conversation.Kind.DIRECT: _("With %(name)s"),
        Conversation.Kind.GROUP: _("Group: %(name)s"),
        Conversation.Kind.CHANNEL: _("Channel: %(name)s"),
    }
    return kinds[Conversation.Kind(membership.conversation.kind)] % {"name": membership.title}


def _readable(membership: Membership) -> Any:
    """What reached them: after their first place, and before they left."""
    said = Message.objects.unexpired().filter(
        conversation=membership.conversation_id, seq__gt=membership.from_seq
    )
    if membership.state == State.ENDED and membership.ended_at:
        said = said.filter(created_at__lte=membership.ended_at)
    return said.order_by("seq")


def _messages(membership: Membership) -> Iterator[Row]:
    after = 0
    while page := list(_readable(membership).with_parts().filter(seq__gt=after)[:TOGETHER]):
        yield from _rows(page, membership.user_id)
        after = page[-1].seq


def _rows(page: list[Message], reader: UUID) -> Iterator[Row]:
    files = _by_message(page)
    names = _names(page)
    for message in page:
        yield {
            "seq": message.seq,
            "at": message.created_at,
            "author": _who(message),
            "is_own": message.author_id == reader,
            "body": message.body,
            "edited_at": message.edited_at,
            "unsent_at": message.unsent_at,
            "reply_to": message.reply_to,
            "thread": message.thread,
            "notice": notices.sentence(message.notice, reader) if message.notice else None,
            "files": files.get(message.pk, []),
            "shares": [
                {"kind": each.content_type.model, "id": each.object_id} for each in message.attached
            ],
            "poll": _poll(message),
            "reactions": [
                {"emoji": each.emoji, "by": names.get(each.user_id)} for each in message.given
            ],
        }


def _who(message: Message) -> dict[str, str] | None:
    author = message.author
    return {"username": author.username, "name": author.name} if author else None


def _names(page: list[Message]) -> dict[UUID, str]:
    gave = {each.user_id for message in page for each in message.given}
    people = User.objects.filter(pk__in=gave) if gave else User.objects.none()
    return dict(people.values_list("pk", "username"))


def _poll(message: Message) -> dict[str, Any] | None:
    poll = getattr(message, "poll", None)
    if poll is None:
        return None
    shown = poll.shows_results
    options = [
        {"text": option.text, "votes": option.vote_count if shown else None}
        for option in poll.options.all()
    ]
    return {"question": poll.question, "options": options}


def _by_message(page: list[Message]) -> dict[UUID, list[dict[str, str]]]:
    """What hangs on these messages, by path; one query, or none."""
    keys = [message.pk for message in page if message.media and not message.is_unsent]
    found: dict[UUID, list[dict[str, str]]] = {}
    for media in _media(Q(message__in=keys)) if keys else ():
        if media.message_id:
            card = {"path": _file_name(media), "kind": media.kind}
            said = {"name": media.name, "alt": media.alt}
            found.setdefault(media.message_id, []).append(card | said)
    return found


def _media(which: Q) -> Any:
    shown = Media.objects.filter(which, state=Media.State.READY).select_related("sticker")
    return shown.order_by("pk")


def _stored_name(media: Media) -> str:
    return media.sticker.file if media.sticker else media.file


def _file_name(media: Media) -> str:
    ending = _stored_name(media).rpartition(".")[2]
    return f"files/{media.pk}.{ending}"


def _files(membership: Membership, path: str) -> Iterator[StoredFile]:
    readable = _readable(membership).filter(media__isnull=False, unsent_at__isnull=True)
    for media in _media(Q(message__in=readable.order_by())).iterator(chunk_size=TOGETHER):
        yield StoredFile(f"{path}/{_file_name(media)}", _stored_name(media))


EXPORTER = Exporter(
    parts,
    frozenset({"chat.Message", *(table.model for table in TABLES)}),
    {
        "chat.Ban": "who banned whom is the group's",
        "chat.Heard": "which voice messages were listened to: a mark of the player's",
        "chat.KeptSticker": "a choice among others' stickers",
        "chat.Viewer": "who is at a player now",
        "chat.Watching": "a player's state",
    },
)
