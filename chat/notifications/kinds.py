"""The kinds of things that happen in conversations. `about` is the conversation, unless a kind says
otherwise.

What is said there is pushed as messages are (`chat.message`): those who are mentioned or answered
in them are not told twice.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.notifications import Channel, Kind, Section, Variants
from chat.notifications import places, standing

IN_APP = frozenset({Channel.IN_APP})

REQUEST = Kind(
    "chat.request",
    Section.CONVERSATIONS,
    title=_("Message requests"),
    alone=_("%(actor)s wants to send you messages"),
    targets=places.to_tray,
    stands=standing.asks_to_write,
    is_grouped=False,
    channels=IN_APP,
    never=frozenset({Channel.PUSH, Channel.MAIL}),  # R12: it waits among the requests
)
INVITATION = Kind(
    "chat.invitation",
    Section.CONVERSATIONS,
    title=_("Invitations to groups"),
    alone=_("%(actor)s invites you to a group"),
    targets=places.to_tray,
    stands=standing.invites,
    is_grouped=False,
    acts="chat/_activity_invitation.html",
)
ROLE = Kind(
    "chat.role",
    Section.CONVERSATIONS,
    title=_("Your role in groups and channels"),
    alone=Variants(
        "role",
        {
            "owner": _("%(actor)s made you the owner"),
            "admin": _("%(actor)s made you an admin"),
            "moderator": _("%(actor)s made you a moderator"),
            "member": _("%(actor)s made you a member like the others"),
            "heir": _("You are the owner now"),
        },
    ),
    targets=places.to_conversation,
    stands=standing.has_role,
    is_grouped=False,
)
JOIN_REQUEST = Kind(
    "chat.join_request",
    Section.CONVERSATIONS,
    title=_("Requests to join your groups"),
    alone=_("%(actor)s asks to join your group"),
    together=ngettext_lazy(
        "%(actor)s and %(number)s other ask to join your group",
        "%(actor)s and %(number)s others ask to join your group",
        "number",
    ),
    targets=places.to_queue,
    stands=standing.asks_to_join,
    acts="chat/_activity_join.html",
)
ADMITTED = Kind(
    "chat.admitted",
    Section.CONVERSATIONS,
    title=_("Answers to your requests to join"),
    alone=_("%(actor)s let you into a group"),
    targets=places.to_conversation,
    stands=standing.takes_part,
    is_grouped=False,
)
HOST_INVITE = Kind(
    "chat.host_invite",
    Section.CONVERSATIONS,
    title=_("Invitations to run a channel"),
    alone=_("%(actor)s asks you to run a channel together"),
    targets=places.to_hosting,
    stands=standing.asks_to_host,
    is_grouped=False,
)
MENTION = Kind(  # detail: the message
    "chat.mention",
    Section.CONVERSATIONS,
    title=_("Messages that mention you"),
    alone=_("%(actor)s mentioned you in a group"),
    together=ngettext_lazy(
        "%(actor)s and %(number)s other mentioned you in a group",
        "%(actor)s and %(number)s others mentioned you in a group",
        "number",
    ),
    targets=places.to_message,
    stands=standing.mentions,
    channels=IN_APP,
    never=frozenset({Channel.PUSH}),
)
REPLY = Kind(  # detail: the message that answers
    "chat.reply",
    Section.CONVERSATIONS,
    title=_("Replies to your messages"),
    alone=_("%(actor)s replied to you in a group"),
    together=ngettext_lazy(
        "%(actor)s and %(number)s other replied to you in a group",
        "%(actor)s and %(number)s others replied to you in a group",
        "number",
    ),
    targets=places.to_message,
    stands=standing.replies,
    channels=IN_APP,
    never=frozenset({Channel.PUSH}),
)
REACTION = Kind(  # about: the receiver's message
    "chat.reaction",
    Section.CONVERSATIONS,
    title=_("Reactions to your messages"),
    alone=_("%(actor)s reacted %(emoji)s to your message"),
    together=ngettext_lazy(
        "%(actor)s and %(number)s other reacted %(emoji)s to your message",
        "%(actor)s and %(number)s others reacted %(emoji)s to your message",
        "number",
    ),
    targets=places.to_own_message,
    stands=standing.reacts,
    channels=IN_APP,
)
POLL_CLOSED = Kind(  # about: the poll's message
    "chat.poll_closed",
    Section.CONVERSATIONS,
    title=_("Polls that have ended"),
    alone=_("A poll that you took part in has ended"),
    targets=places.to_poll,
    stands=standing.is_closed,
    is_grouped=False,
)

# Without a line: the inbox counts what is unread (chat/pushing/).
MESSAGE = Kind(
    "chat.message",
    Section.CONVERSATIONS,
    title=_("New messages"),
    alone=_("%(actor)s sent a message"),
    channels=frozenset({Channel.PUSH}),
)

KINDS = (
    REQUEST,
    INVITATION,
    ROLE,
    JOIN_REQUEST,
    ADMITTED,
    HOST_INVITE,
    MENTION,
    REPLY,
    REACTION,
    POLL_CLOSED,
    MESSAGE,
)
