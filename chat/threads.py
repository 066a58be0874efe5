"""Threads of replies in groups: messages of the number line that stand under another one, its root.

What everybody sees of a thread without opening it (how many, the last place, who) is kept with the
root, so that showing a page of messages asks nothing more.
"""

from typing import Any
from uuid import UUID

from chat import events
from chat.line import Line
from chat.models import Message

FACES = 3  # of those who spoke last

Replies = dict[str, Any]


def grown(replies: Replies | None, author_id: UUID | None, seq: int) -> Replies:
    """With one message more, the newest."""
    before = replies or {"count": 0, "people": []}
    others = [person for person in before["people"] if person != str(author_id)]
    people = [str(author_id), *others] if author_id else others
    return {"count": before["count"] + 1, "last": seq, "people": people[:FACES]}


def recount(line: Line, root_seq: int) -> None:
    """Count a thread anew, with a number of its own: something in it went."""
    root = Message.objects.filter(conversation=line.conversation, seq=root_seq).first()
    if root is None:
        return
    root.replies = _counted(line, root_seq)
    root.revision = line.number()
    root.save(update_fields=["replies", "revision"])
    line.tell(events.thread_event(root))


def _counted(line: Line, root_seq: int) -> Replies | None:
    inside = Message.objects.unexpired().filter(conversation=line.conversation, thread=root_seq)
    present = inside.filter(unsent_at__isnull=True).order_by("seq")
    replies = None
    for author_id, seq in present.values_list("author_id", "seq").iterator():
        replies = grown(replies, author_id, seq)
    return replies
