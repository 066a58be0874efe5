"""What a push says of messages, in its receiver's language."""

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.push import Push
from chat.models import Membership, Message
from chat.pages.preview import preview_of


def push_of(membership: Membership, messages: Sequence[Message]) -> Push:
    """One push for all that waits, from `with_parts()`: who said what, or how many there are. The
    next one of the conversation takes its place."""
    with translation.override(membership.user.language or translation.get_language()):
        return Push(
            title=_title(membership, messages),
            body=_body(membership, messages),
            url=membership.conversation.get_absolute_url(),
            tag=f"conversation:{membership.conversation_id}",
        )


def _title(membership: Membership, messages: Sequence[Message]) -> str:
    conversation = membership.conversation
    if conversation.is_channel:
        return conversation.title
    name = _name(membership, messages[-1])
    if conversation.is_direct:
        return name
    if len(messages) > 1:
        return conversation.title
    return _("%(name)s in %(group)s") % {"name": name, "group": conversation.title}


def _name(membership: Membership, message: Message) -> str:
    """Under the nickname that the receiver gave, if they gave one."""
    assert message.author is not None
    own = membership.nicknames or {}
    return own.get(str(message.author_id)) or message.author.name


def _body(membership: Membership, messages: Sequence[Message]) -> str:
    count = len(messages)
    if count > 1:
        words = ngettext("%(count)s new message", "%(count)s new messages", count)
        return words % {"count": count}
    if messages[0].expires_at is not None:
        # The device would show the words for longer than the conversation does.
        return _("New message")
    return preview_of(messages[0], membership.user, frozenset())
