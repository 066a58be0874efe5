"""What the server says, acks aside: hints, what is a person's own, and how the line stands."""

from collections.abc import Mapping

from config.asyncapi.commands import ECHO, STANDING
from config.asyncapi.shapes import (
    ID,
    MOMENT,
    NUMBER,
    NUMBERS_BY_ID,
    PERCENT,
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

OFF = said("Features that are off in the client's region (R45).", list_of(TEXT))
FAILURE = or_null(card("Refusal"))
CREDIT: Members = {"video": ID, "title": TEXT, "person": card("Card")}
EXPORT = record(
    {
        "id": ID,
        "state": card("ExportState"),
        "percent": PERCENT,
        "size": NUMBER,
        "expires_at": or_null(MOMENT),
    }
)

FRAMES: Mapping[str, Members] = {
    # --- The line -------------------------------------------------------------------------------
    "welcome": {"user": ID, "heartbeat": {"type": "number"}, "heads": NUMBERS_BY_ID, "off": OFF},
    "heartbeat": {"heads": said("Those that rose since the last.", NUMBERS_BY_ID)},
    "resync": {"conversation": ID},
    "region": {"region": TEXT, "off": OFF},
    "refused": {**ECHO, "code": TEXT, "detail": TEXT},
    "error": {**ECHO, "code": TEXT, "detail?": TEXT},
    # --- Hints: without a number, may be lost ---------------------------------------------------
    "read": {"conversation": ID, "user": ID, "seq": NUMBER},
    "typing": {"conversation": ID, "user": ID},
    "presence": {"conversation": ID, "here?": list_of(ID), "count?": NUMBER},
    "replies": {"conversation": ID, "counts": said("By seq.", NUMBERS_BY_ID)},
    "watch": {
        "conversation": ID,
        "version": NUMBER,
        "watch": or_null(card("Watch")),
        "did": or_null(record({"user": ID, "action": TEXT})),
    },
    "hosts.blocked": {"hosts": list_of(TEXT)},
    # --- One's own, to one's own devices --------------------------------------------------------
    "inbox.changed": {"conversation": or_null(ID)},
    "poll.voted": {"conversation": ID, "seq": NUMBER, "mine": list_of(NUMBER)},
    "voice.heard": {"conversation": ID, "seq": NUMBER},
    "upload.changed": {"upload": card("Upload")},
    "schedule.changed": {"scheduled": card("Scheduled")},
    "schedule.refused": {"scheduled": card("Scheduled")},
    "schedule.gone": {"id": ID, "conversation": ID, "seq": or_null(NUMBER)},
    "reminder.changed": {"reminder": card("Reminder")},
    "reminder.due": {"reminder": card("Reminder")},
    "reminder.gone": {"id": ID},
    "draft.changed": {"draft": card("Words")},
    "notification": {"notification": card("Notification"), "is_news": YES_OR_NO, **STANDING},
    "notification.withdrawn": {"id": ID, **STANDING},
    "notifications.read": {"ids": or_null(list_of(ID)), **STANDING},
    "screen_time": {
        "limit": or_null(NUMBER),
        "used": NUMBER,
        "extra": NUMBER,
        "left": or_null(NUMBER),
        "is_over": YES_OR_NO,
    },
    "screen_time.answered": {"is_granted": YES_OR_NO},
    "family": {"link": ID},
    "export.changed": {"export": EXPORT},
    # --- One's own videos -----------------------------------------------------------------------
    "clip.changed": {"clip": card("Clip")},
    "video.progress": {
        "video": ID,
        "state": card("VideoState"),
        "percent": PERCENT,
        "failure": FAILURE,
    },
    "video.replacing": {
        "video": ID,
        "version": NUMBER,
        "state": card("VideoVersionState"),
        "percent": PERCENT,
        "failure": FAILURE,
    },
    "video.draft_changed": {
        "draft": ID,
        "version": NUMBER,
        "state": card("VideoState"),
        "publish_at": or_null(MOMENT),
    },
    "video.remixed": {
        "video": ID,
        "kind": one_of("duet", "stitch", "reply"),
        "remix": ID,
        "author": card("Card"),
    },
    "video.silenced": {"video": ID, "sound": TEXT},
    "video.credit_invited": CREDIT,
    "video.credit_accepted": CREDIT,
    "video.credit_ended": CREDIT,
}
