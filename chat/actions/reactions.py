"""Reactions: one person's one emoji on one message."""

import unicodedata

from accounts.models import User
from chat import events
from chat.actions.messages import speaking
from chat.line import Line
from chat.models import Conversation, Message, Reaction
from chat.refusals import invalid, refused

# What the picker offers first; any single emoji is accepted.
EMOJI = ("❤️", "😂", "😮", "😢", "🔥", "👏", "👍", "👎")

EMOJI_LIMIT = 16  # code points: a family with skin tones has 11
# Pictures, and what binds them into one: joiner, variation selector, skin tones, flags' letters.
_JOINER, _VARIATION, _KEYCAP = "\u200d", "\ufe0f", "\u20e3"


def add_reaction(actor: User, conversation: Conversation, *, seq: int, emoji: str) -> Message:
    """React to a message; the same emoji twice is once.

    Raises `ValidationError` (emoji.unknown), `Refused` (message.unsent, policy.*), `Http404`.
    """
    emoji = clean_emoji(emoji)
    with speaking(actor, conversation, seq) as (line, membership, message):
        if message.is_unsent:
            raise refused("message.unsent")
        if membership.send_refusal:
            raise refused(membership.send_refusal)
        _row, is_new = Reaction.objects.get_or_create(message=message, user=actor, emoji=emoji)
        return _changed(line, message) if is_new else message


def remove_reaction(actor: User, conversation: Conversation, *, seq: int, emoji: str) -> Message:
    """Take a reaction back; one that is not there is fine. Raises as `add_reaction`."""
    emoji = clean_emoji(emoji)
    with speaking(actor, conversation, seq) as (line, _membership, message):
        gone, _rows = message.reactions.filter(user=actor, emoji=emoji).delete()
        return _changed(line, message) if gone else message


def clean_emoji(text: object) -> str:
    """One emoji; `ValidationError` (emoji.unknown) for letters, words or several emoji."""
    if not isinstance(text, str) or not 1 <= len(text) <= EMOJI_LIMIT:
        raise invalid("emoji.unknown")
    if _is_keycap(text) or _is_flag(text):
        return text
    pictures = [part.rstrip(_VARIATION) for part in text.split(_JOINER)]
    if not all(_is_picture(part) for part in pictures):
        raise invalid("emoji.unknown")
    return text


def _is_picture(part: str) -> bool:
    """One symbol, perhaps with a skin tone or (for flags of regions) tags."""
    if not part or (unicodedata.category(part[0]) != "So" and part[0] not in "‼⁉〰〽↔↕▪▫◻◼◽◾⤴⤵"):
        return False
    rest = part[1:].replace(_VARIATION, "")
    return all(0x1F3FB <= ord(c) <= 0x1F3FF or 0xE0020 <= ord(c) <= 0xE007F for c in rest)


def _is_keycap(text: str) -> bool:
    return text[0] in "0123456789#*" and text[1:] in {_KEYCAP, _VARIATION + _KEYCAP}


def _is_flag(text: str) -> bool:
    return len(text) == 2 and all(0x1F1E6 <= ord(letter) <= 0x1F1FF for letter in text)


def _changed(line: Line, message: Message) -> Message:
    message.revision = line.number()
    message.save(update_fields=["revision"])
    fresh = Message.objects.with_parts().get(pk=message.pk)
    line.tell(events.reaction_event(fresh))
    return fresh
