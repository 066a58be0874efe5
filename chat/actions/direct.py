"""Direct conversations: one per pair, begun as a request where the other does not follow the actor."""

from accounts.models import User
from chat.models import Conversation


def start_direct(actor: User, other: User) -> Conversation:
    """The one direct conversation of these two, made if need be; the same for two who start at once.

    Raises `Refused` (policy.R2, policy.unreachable) where policy says no. Where `other` does not follow
    `actor` it is a request (R12): `other` is REQUESTED and `accepted_at` stays empty. Starting it from
    the other side accepts it.
    """
    raise NotImplementedError


def accept(actor: User, conversation: Conversation) -> Conversation:
    """Say yes to a message request (R12) or to a group's invitation (R20, R21: may be full by now).

    Accepting twice is fine. Raises `Http404` where nothing waits for the actor.
    """
    raise NotImplementedError


def decline(actor: User, conversation: Conversation, *, block: bool = False) -> None:
    """Say no to a request or an invitation; whoever asked is told nothing. `block` blocks them too."""
    raise NotImplementedError
