"""The REST door to what a group decides: picture, rights, who writes when, joining."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from chat import actions
from chat import serializers as shapes
from chat.api.base import ChatView
from chat.models import HeldMessage, WordFilter

DETAIL = shapes.ConversationDetailSerializer


class Picture(ChatView):
    """The group's picture."""

    parser_classes = [MultiPartParser]

    @extend_schema(request=shapes.PictureSerializer, responses=DETAIL)
    def put(self, request: Request, pk: UUID) -> Response:
        """Show this picture's middle."""
        file = self.read(shapes.PictureSerializer)["file"]
        actions.set_picture(self.actor, self.conversation(pk), file)
        return Response(self.detail(pk))

    @extend_schema(responses=DETAIL)
    def delete(self, request: Request, pk: UUID) -> Response:
        """Show the initials of its name again."""
        actions.remove_picture(self.actor, self.conversation(pk))
        return Response(self.detail(pk))


class Rights(ChatView):
    """Which roles have which rights."""

    @extend_schema(request=shapes.RightsSerializer, responses=DETAIL)
    def patch(self, request: Request, pk: UUID) -> Response:
        """Decide some of them; the others stay."""
        lowest = self.read(shapes.RightsSerializer)["rights"]
        actions.set_rights(self.actor, self.conversation(pk), lowest=lowest)
        return Response(self.detail(pk))


class SlowMode(ChatView):
    """How long members wait between messages."""

    @extend_schema(request=shapes.SlowModeSerializer, responses=DETAIL)
    def put(self, request: Request, pk: UUID) -> Response:
        """10 seconds to an hour; 0 ends it."""
        seconds = self.read(shapes.SlowModeSerializer)["seconds"]
        actions.set_slow_mode(self.actor, self.conversation(pk), seconds=seconds)
        return Response(self.detail(pk))


class Freeze(ChatView):
    """Whether only owner and admins write."""

    @extend_schema(request=shapes.FreezeSerializer, responses=DETAIL)
    def put(self, request: Request, pk: UUID) -> Response:
        """Freeze or thaw the group."""
        frozen = self.read(shapes.FreezeSerializer)["frozen"]
        actions.freeze(self.actor, self.conversation(pk), frozen=frozen)
        return Response(self.detail(pk))


class QuietHours(ChatView):
    """When only owner and admins write, every day."""

    @extend_schema(request=shapes.QuietHoursSerializer, responses=DETAIL)
    def put(self, request: Request, pk: UUID) -> Response:
        """In the group's time zone; nulls end them."""
        wanted = self.read(shapes.QuietHoursSerializer)
        hours = (wanted["start"], wanted["end"]) if wanted["start"] is not None else None
        group = self.conversation(pk)
        actions.set_quiet_hours(self.actor, group, hours=hours, time_zone=wanted["time_zone"])
        return Response(self.detail(pk))


class Joining(ChatView):
    """How people come in."""

    @extend_schema(request=shapes.JoiningSerializer, responses=DETAIL)
    def patch(self, request: Request, pk: UUID) -> Response:
        """Approval, history for new members, up to three questions."""
        wanted = self.read(shapes.JoiningSerializer)
        approves = wanted.pop("approves_joins", None)
        actions.set_joining(self.actor, self.conversation(pk), approves=approves, **wanted)
        return Response(self.detail(pk))


class Words(ChatView):
    """Words that members of the group cannot say."""

    @extend_schema(responses=shapes.WordListSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """The list, for owner and admins."""
        return Response(shapes.WordListSerializer(WordFilter.objects.of(self.run(pk))).data)

    @extend_schema(request=shapes.WordListSerializer, responses=shapes.WordListSerializer)
    def patch(self, request: Request, pk: UUID) -> Response:
        """Change some of it; `words` replaces them all, 200 of 60 characters at most."""
        wanted = self.read(shapes.WordListSerializer)
        kept = actions.set_words(self.actor, self.conversation(pk), **wanted)
        return Response(shapes.WordListSerializer(kept).data)


class Held(ChatView):
    """Messages that wait until a moderator of the group has read them."""

    @extend_schema(responses=shapes.HeldMessagesSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """The oldest first; an empty list for those who do not moderate."""
        held = HeldMessage.objects.for_moderator(self.part(pk))
        return Response(shapes.HeldMessagesSerializer({"results": held}).data)


class HeldDoor(ChatView):
    """One of them."""

    @extend_schema(request=shapes.AnswerSerializer, responses={204: None})
    def post(self, request: Request, pk: UUID, held_id: UUID) -> Response:
        """Let it be said now, or turn it away; its author is told nothing."""
        approve = self.read(shapes.AnswerSerializer)["approve"]
        actions.answer_held(self.actor, self.conversation(pk), held_id, approve=approve)
        return Response(status=204)
