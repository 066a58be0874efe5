"""Saying something, and changing what one said."""

from collections.abc import Iterable
from uuid import UUID

from accounts.models import User
from chat.models import Conversation, Message


def draft_message(*args, **kwargs):
    """What the writer takes."""
    raise NotImplementedError


def send_message(
    author: User,
    conversation: Conversation | UUID,
    *,
    body: str = "",
    client_id: UUID | str,
    reply_to: int | None = None,
    share: str | None = None,
    mentions: Iterable[UUID | str] = (),
):
    """Store one message and answer with a `writer.Stored` once it is committed.

    `stored.id, .conversation_id, .seq, .revision, .created_at, .replayed`; `stored.message` fetches the
    Message with its parts. The same `client_id` again answers with the first row (`replayed` True); with
    other content it raises `Conflict` (client_id.conflict). `share` is "<kind>:<uuid>". The body is
    trimmed and has 1 to 10,000 code points; it may be empty beside a share.

    Raises `ValidationError` (message.empty, message.too_long, client_id.malformed, reply.unknown,
    share.unknown), `Refused` (policy.*), `Http404` where the author takes no part, `Unavailable`.
    """
    raise NotImplementedError


def edit_message(actor: User, conversation: Conversation, *, seq: int, body: str) -> Message:
    """Replace one's own words within 15 minutes (R18); the earlier ones are kept for moderators."""
    raise NotImplementedError


def unsend_message(actor: User, conversation: Conversation, *, seq: int) -> Message:
    """Take one's own message back for everyone, at any time (R18); a trace stays. Twice is fine."""
    raise NotImplementedError
