"""The newest message of many conversations at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from chat.models.conversation import Conversation
    from chat.models.message import Message


class NewestMessage:
    """`conversation.newest_message`: the one at `last_seq`, once `prefetch_related` fetched it.

    It names each message's place. Joined with the conversations on `last_seq`, the database read
    all that was ever said in them: 120 ms instead of 2 for forty conversations.
    """

    name = "newest_message"

    def __get__(self, conversation: "Conversation | None", owner: Any = None) -> Any:
        """The message, or None where there is none or it was not fetched."""
        return self if conversation is None else conversation._state.fields_cache.get(self.name)

    def is_cached(self, conversation: "Conversation") -> bool:
        return self.name in conversation._state.fields_cache

    def get_prefetch_querysets(
        self,
        conversations: "Sequence[Conversation]",
        querysets: "Sequence[QuerySet[Message]] | None" = None,
    ) -> tuple[Any, ...]:
        """As Django's own related descriptors answer it to `prefetch_related`."""
        from chat.models.message import Message

        messages = querysets[0] if querysets else Message.objects.all()
        places = [Q(conversation=each.pk, seq=each.last_seq) for each in conversations]
        return (
            messages.filter(Q(*places, _connector=Q.OR)),
            lambda message: message.conversation_id,
            lambda conversation: conversation.pk,
            True,
            self.name,
            False,
        )
