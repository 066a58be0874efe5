"""The numbers of conversations that clients are told: see `ports.limits_of_apps`."""

from accounts import policy
from chat.actions.channels import CHANNELS_LIMIT
from chat.actions.forwards import MESSAGES_LIMIT
from chat.actions.groups import TITLE_LIMIT
from chat.actions.pins import PINS_LIMIT
from chat.media.limits import ALBUM, LARGEST, LONGEST_VOICE
from chat.models.collection import COLLECTION_LIMIT
from chat.models.media import STICKERS_LIMIT
from chat.models.message import BODY_LIMIT, EDIT_WINDOW
from chat.models.poll import MOST_OPTIONS, OPTION_LIMIT, QUESTION_LIMIT
from chat.models.reminder import LIMIT as REMINDERS_LIMIT
from chat.models.scheduled import LIMIT as SCHEDULED_LIMIT


def limits() -> dict[str, int]:
    """Characters, seconds, bytes, people, things."""
    return {
        "message_length": BODY_LIMIT,
        "edit_seconds": int(EDIT_WINDOW.total_seconds()),
        "forwarded_messages": MESSAGES_LIMIT,
        "forward_targets": policy.FORWARD_TARGETS,
        "forward_hops": policy.FORWARD_HOPS,
        "album": ALBUM,
        "voice_seconds": LONGEST_VOICE,
        **{f"{kind}_bytes": size for kind, size in LARGEST.items()},
        "poll_options": MOST_OPTIONS,
        "poll_option_length": OPTION_LIMIT,
        "poll_question_length": QUESTION_LIMIT,
        "group_members": policy.group_capacity(has_minor=False),
        "group_members_with_minor": policy.group_capacity(has_minor=True),
        "group_title_length": TITLE_LIMIT,
        "channels": CHANNELS_LIMIT,
        "pins": PINS_LIMIT,
        "stickers": STICKERS_LIMIT,
        "collection": COLLECTION_LIMIT,
        "reminders": REMINDERS_LIMIT,
        "scheduled": SCHEDULED_LIMIT,
    }
