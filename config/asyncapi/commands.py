"""What a client may say (chat/commands/), and with which ack it is answered."""

from collections.abc import Mapping
from typing import NamedTuple

from chat.commands.messages import NAMES_LIMIT
from chat.commands.notifications import IDS_LIMIT
from chat.live.frames import CURSORS_LIMIT, ID_LIMIT
from config.asyncapi.shapes import (
    ID,
    MOMENT,
    NUMBER,
    NUMBERS_BY_ID,
    TEXT,
    YES_OR_NO,
    Members,
    card,
    list_of,
    one_of,
    or_null,
    record,
    said,
)

SHORT = {"type": "string", "maxLength": ID_LIMIT}
NAMED: Members = {
    "id?": said("Repeated by the answer.", SHORT),
    "client_id?": said("Of messages: said again under the same one, nothing is stored twice.", ID),
}
ECHO: Members = {"id?": SHORT, "client_id?": SHORT}


class Command(NamedTuple):
    """`members` beside `type` and NAMED; `ack` what its answer has beside ECHO, None where none
    comes."""

    about: str
    members: Members
    ack: Members | None


PLACE: Members = {"conversation": ID, "seq": NUMBER}
CHANGED: Members = {**PLACE, "revision": NUMBER}
STORED: Members = {**CHANGED, "created_at": MOMENT}
MENTIONS = said('Ids of users, or "all".', list_of(TEXT))
WORDS: Members = {
    "conversation": ID,
    "body?": TEXT,
    "reply_to?": or_null(NUMBER),
    "thread?": or_null(NUMBER),
    "mentions?": or_null(MENTIONS),
    "share?": or_null(said("<kind>:<id>", TEXT)),
    "media?": or_null(said('Own uploads that are ready, or "sticker:<id>".', list_of(TEXT))),
    "poll?": or_null(card("_NewPollShapeRequest")),
}
FORWARDED = record(
    {
        "conversation": or_null(ID),
        "username": TEXT,
        "sent": YES_OR_NO,
        "seq": or_null(NUMBER),
        "scheduled": or_null(ID),
        "code": TEXT,
        "detail": TEXT,
    }
)
STANDING: Members = {"unread": NUMBER, "revision": NUMBER}
SCHEDULED: Members = {"scheduled": card("Scheduled")}
REMINDER: Members = {"reminder": card("Reminder")}
WATCHED: Members = {
    "conversation": ID,
    "version?": NUMBER,
    "watch?": or_null(card("Watch")),
    "now": MOMENT,
}

COMMANDS: Mapping[str, Command] = {
    "hello": Command(
        "The first frame, within 10 s; more may follow. Answered by `welcome`, then by news.",
        {
            "ticket?": said("Of POST /api/v1/socket-tickets/, where no cookie signs in.", TEXT),
            "cursors?": {**NUMBERS_BY_ID, "maxProperties": CURSORS_LIMIT},
        },
        None,
    ),
    "pong": Command("To every heartbeat.", {}, None),
    "clock": Command("What time the server has.", {}, {"now": MOMENT}),
    "typing": Command("Said again every 2 s at most.", {"conversation": ID}, None),
    "read": Command("Everything up to `seq`.", PLACE, None),
    "message.send": Command("Say something.", WORDS, STORED),
    "message.edit": Command(
        "Other words.", {**PLACE, "body": TEXT, "mentions?": or_null(MENTIONS)}, CHANGED
    ),
    "message.unsend": Command("Take it back.", PLACE, CHANGED),
    "message.forward": Command(
        "Have the server copy messages; `results` tell what became of each place.",
        {
            "conversation": ID,
            "seqs": list_of(NUMBER, NAMES_LIMIT),
            "conversations?": list_of(ID, NAMES_LIMIT),
            "users?": said("Usernames.", list_of(TEXT, NAMES_LIMIT)),
        },
        {"conversation": ID, "results": list_of(FORWARDED)},
    ),
    "reaction.add": Command("React.", {**PLACE, "emoji": TEXT}, CHANGED),
    "reaction.remove": Command("Take it back.", {**PLACE, "emoji": TEXT}, CHANGED),
    "pin.add": Command("Pin a message.", PLACE, CHANGED),
    "pin.remove": Command("Unpin it.", PLACE, CHANGED),
    "links.remove": Command("No cards under one's own message.", PLACE, CHANGED),
    "voice.hear": Command("One has listened to a voice message.", PLACE, CHANGED),
    "poll.vote": Command(
        "All of one's own answers; none takes them back.",
        {**PLACE, "options": list_of(NUMBER)},
        CHANGED,
    ),
    "poll.add_option": Command("One more answer.", {**PLACE, "text": TEXT}, CHANGED),
    "poll.close": Command("No more votes.", PLACE, CHANGED),
    "collection.add": Command(
        "Save a video.", {"conversation": ID, "video": ID}, {"conversation": ID, "video": ID}
    ),
    "collection.remove": Command(
        "Take it out.", {"conversation": ID, "video": ID}, {"conversation": ID, "video": ID}
    ),
    "timer.set": Command(
        "How long new messages stay, 0 for ever.",
        {"conversation": ID, "seconds": NUMBER},
        {"timer": NUMBER},
    ),
    "streaks.set": Command(
        "Take part in the streak, or not.",
        {"conversation": ID, "on": YES_OR_NO},
        {"on": YES_OR_NO},
    ),
    "schedule.add": Command("As message.send, later.", {**WORDS, "send_at": MOMENT}, SCHEDULED),
    "schedule.edit": Command(
        "Other words, or another time.",
        {"scheduled": ID, "body?": or_null(TEXT), "send_at?": or_null(MOMENT)},
        SCHEDULED,
    ),
    "schedule.cancel": Command("Do not send it.", {"scheduled": ID}, {}),
    "schedule.send": Command("Send it now.", {"scheduled": ID}, STORED),
    "reminder.set": Command("Of a message.", {**PLACE, "remind_at": MOMENT}, REMINDER),
    "reminder.move": Command("Another time.", {"reminder": ID, "remind_at": MOMENT}, REMINDER),
    "reminder.finish": Command("It is done.", {"reminder": ID}, {}),
    "draft.set": Command(
        "What is not sent yet; the newest by the device's clock wins.",
        {
            "conversation": ID,
            "body": TEXT,
            "reply_to?": or_null(NUMBER),
            "mentions?": or_null(MENTIONS),
            "edited_at": MOMENT,
        },
        {"draft": card("Words")},
    ),
    "notifications.seen": Command(
        "The list was looked at, up to this revision.", {"up_to": NUMBER}, STANDING
    ),
    "notifications.read": Command(
        "These, or all `up_to` a revision.",
        {"ids?": or_null(list_of(ID, IDS_LIMIT)), "up_to?": or_null(NUMBER)},
        STANDING,
    ),
    "watch.start": Command(
        "Open the conversation's player.",
        {"conversation": ID, "video": ID, "queue?": list_of(ID)},
        WATCHED,
    ),
    "watch.join": Command("Said again every 10 s.", {"conversation": ID}, WATCHED),
    "watch.control": Command(
        "Play, pause, seek, go on or end.",
        {
            "conversation": ID,
            "action": one_of("play", "pause", "seek", "next", "ended", "host_only", "host", "end"),
            "position_ms?": or_null(NUMBER),
            "version?": or_null(NUMBER),
            "on?": or_null(YES_OR_NO),
            "to?": or_null(ID),
        },
        WATCHED,
    ),
    "watch.queue": Command(
        "What comes next: add a `video`, remove an `entry`, or move it to a `place`.",
        {
            "conversation": ID,
            "action": one_of("add", "remove", "move"),
            "video?": ID,
            "entry?": TEXT,
            "place?": NUMBER,
        },
        WATCHED,
    ),
    "watch.leave": Command("Be there no more.", {"conversation": ID}, WATCHED),
}
