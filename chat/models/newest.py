"""The newest message of many conversations at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

if TYPE_CHECKING:
    from chat.models.conversation import Conversation
    from chat.models.message import Message


class NewestMessage:
    """`conversation.newest_message`: the one at `last_seq`, once `prefetch_related` fetched it.

    `MessageQuerySet.newest_of` finds them.
    """

    name = "newest_message"

    def __get__(self, conversation: "Conversation | None", owner: Any = None) -> Any:
        """The message, or None where there is none or it was not fetched."""
        return self if conversation is None else conversation._state.fields_cache.get(self.name)

    def __set__(self, conversation: "Conversation", message: "Message | None") -> None:
        """Whoever fetched it otherwise."""
        conversation._state.fields_cache[self.name] = message

    def is_cached(self, conversation: "Conversation") -> bool:
        return self.name in conversation._state.fields_cache

    def get_prefetch_querysets(
        self,
        conversations: "Sequence[Conversation]",
        querysets: "Sequence[QuerySet[Message]] | None" = None,
    ) -> tuple[Any, ...]:
        """As Django's own related descriptors answer it to `prefetch_related`."""
        from chat.models.message import Message

        messages: Any = querysets[0] if querysets else Message.objects.all()
        return (
            messages.newest_of([each.pk for each in conversations]),
            lambda message: message.conversation_id,
            lambda conversation: conversation.pk,
            True,
            self.name,
            False,
        )
