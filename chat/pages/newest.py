"""What conversations show in a list beside themselves: the other person, and what was said last."""

from collections.abc import Sequence

from accounts.models import User
from accounts.reading import NOBODY, ByKey
from chat.models import Membership, Message

ROOM = 40  # as many rows as an inbox opens with

_other_sides = ByKey(
    lambda viewer, keys: (
        Membership.objects.filter(conversation__in=keys).exclude(user=viewer).select_related("user")
    ),
    ROOM,
    in_turns=False,
)
_newest = ByKey(
    lambda _viewer, keys: (
        Message.objects.newest_of(keys).select_related("author", "poll").order_by()
    ),
    ROOM,
    in_turns=False,
)
_newest_whole = ByKey(
    lambda _viewer, keys: Message.objects.newest_of(keys).with_parts().order_by(),
    ROOM,
    in_turns=False,
)


def attach_previews(user: User, memberships: Sequence[Membership], *, whole: bool = False) -> None:
    """Fetch what `membership.other` and `last_message` read: two queries, however many rows.

    Of the message no more than one line of it needs; all that hangs on it, if `whole`.
    """
    conversations = {each.conversation_id: each.conversation for each in memberships}
    if not conversations:
        return
    for conversation in conversations.values():
        conversation.other_sides, conversation.newest_message = [], None
    # Of a group the database would look through all thousand members.
    direct = [key for key, conversation in conversations.items() if conversation.is_direct]
    for side in _other_sides(user, direct):
        conversations[side.conversation_id].other_sides.append(side)
    newest = _newest_whole if whole else _newest
    for message in newest(NOBODY, list(conversations)):
        if not message.is_expired:
            conversations[message.conversation_id].newest_message = message
