"""What search knows of a message: its words as they are looked up (chat/search/words.py)."""

from django.db import models

from chat.models.conversation import Conversation
from chat.models.message import Message


class Searchable(models.Model):
    """One row a message, written a few seconds behind it, so that the writer pays nothing.

    Each word carries the key of its conversation, so that looking for a common word in somebody's
    conversations reads nobody else's. The index over `words` (GIN, or FTS5 on SQLite) is made by
    the migration.
    """

    # Without constraints: whoever deletes messages in bulk leaves rows that find nothing any more.
    message = models.OneToOneField(
        Message, models.CASCADE, related_name="searchable", db_constraint=False
    )
    conversation = models.ForeignKey(
        Conversation, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    author_id = models.UUIDField(null=True)
    seq = models.PositiveBigIntegerField()
    said_at = models.DateTimeField()
    words = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["conversation", "said_at", "id"], name="searchable_walk")]

    def __str__(self) -> str:
        return f"words of {self.message_id}"
