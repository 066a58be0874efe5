"""Messages, replies and conversations as things that moderators decide on (MODERATED)."""

from uuid import UUID

from accounts.ports import Moderated
from chat import models
from chat.actions import taking_down


class Message(Moderated):
    """Read by who takes part where it was said."""

    def owner_id(self, object_id: UUID) -> UUID | None:
        return models.Message.objects.filter(pk=object_id).values_list("author", flat=True).first()

    def title(self, object_id: UUID) -> str:
        message = models.Message.objects.select_related("author").filter(pk=object_id).first()
        return f"@{message.author.username}" if message and message.author else ""

    def reach(self, object_id: UUID) -> int:
        """The members."""
        place = self.conversation_id(object_id)
        return Conversation().reach(place) if place else 1

    def take_down(self, object_id: UUID) -> None:
        taking_down.take_down_message(object_id)

    def put_back(self, object_id: UUID) -> None:
        taking_down.put_back_message(object_id)

    def mark_sensitive(self, object_id: UUID, on: bool) -> None:
        """Messages have no cover."""

    def conversation_id(self, object_id: UUID) -> UUID | None:
        messages = models.Message.objects.filter(pk=object_id)
        return messages.values_list("conversation", flat=True).first()


class Reply(Moderated):
    """Read by who follows the channel."""

    def owner_id(self, object_id: UUID) -> UUID | None:
        return models.Reply.objects.filter(pk=object_id).values_list("author", flat=True).first()

    def title(self, object_id: UUID) -> str:
        reply = models.Reply.objects.select_related("author").filter(pk=object_id).first()
        return f"@{reply.author.username}" if reply and reply.author else ""

    def reach(self, object_id: UUID) -> int:
        """The followers."""
        place = self.conversation_id(object_id)
        return Conversation().reach(place) if place else 1

    def take_down(self, object_id: UUID) -> None:
        taking_down.take_down_reply(object_id)

    def put_back(self, object_id: UUID) -> None:
        taking_down.put_back_reply(object_id)

    def mark_sensitive(self, object_id: UUID, on: bool) -> None:
        """Replies have no cover."""

    def conversation_id(self, object_id: UUID) -> UUID | None:
        replies = models.Reply.objects.filter(pk=object_id)
        return replies.values_list("post__conversation", flat=True).first()


class Conversation(Moderated):
    """To take one down is to close it."""

    def owner_id(self, object_id: UUID) -> UUID | None:
        found = models.Conversation.objects.filter(pk=object_id)
        return found.values_list("creator", flat=True).first()

    def title(self, object_id: UUID) -> str:
        found = models.Conversation.objects.filter(pk=object_id).values_list("title", flat=True)
        return found.first() or ""

    def reach(self, object_id: UUID) -> int:
        """The members."""
        members = models.Membership.objects.active().filter(conversation=object_id)
        return max(members.count(), 1)

    def take_down(self, object_id: UUID) -> None:
        taking_down.close_conversation(object_id)

    def put_back(self, object_id: UUID) -> None:
        taking_down.open_conversation(object_id)

    def mark_sensitive(self, object_id: UUID, on: bool) -> None:
        """Conversations have no cover."""

    def conversation_id(self, object_id: UUID) -> UUID | None:
        return object_id
