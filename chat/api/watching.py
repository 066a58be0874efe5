"""The REST door to watching together. The socket is the quick way; this works everywhere."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from chat import actions, pages
from chat.api.base import ChatView
from chat.cards import moment
from chat.serializers import watching as shapes


class WatchView(ChatView):
    """Answers with the player as it stands, its videos' cards and the server's clock."""

    def report(self, pk: UUID) -> Response:
        report = pages.watch_report(self.actor, self.part(pk).conversation)
        cards = pages.watch_cards(self.actor, report)
        return Response({**report, "cards": cards, "now": moment(timezone.now())})


class Watching(WatchView):
    """A conversation's shared player."""

    @extend_schema(responses=shapes.WatchReportSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Where it stands."""
        return self.report(pk)

    @extend_schema(request=shapes.NewWatchingSerializer, responses=shapes.WatchReportSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Begin, as its host; where it is on already, join and put the videos into its queue."""
        wanted = self.read(shapes.NewWatchingSerializer)
        actions.start_watching(self.actor, self.conversation(pk), **wanted)
        return self.report(pk)


class Join(WatchView):
    @extend_schema(request=None, responses=shapes.WatchReportSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Be there; say it again every 10 seconds, or after 40 one is not there any more."""
        actions.join_watching(self.actor, self.conversation(pk))
        return self.report(pk)


class Leave(WatchView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: UUID) -> Response:
        """Watch no more; the next one hosts."""
        actions.leave_watching(self.actor, self.conversation(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class Control(WatchView):
    @extend_schema(request=shapes.ControlSerializer, responses=shapes.WatchReportSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Play, pause, seek, skip, end, or say who controls it."""
        wish: dict[str, Any] = self.read(shapes.ControlSerializer)
        actions.control_watching(self.actor, self.conversation(pk), **wish)
        return self.report(pk)


class Queue(WatchView):
    """What comes next."""

    @extend_schema(request=shapes.QueueVideoSerializer, responses=shapes.WatchReportSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Let a video come last."""
        video = self.read(shapes.QueueVideoSerializer)["video"]
        actions.add_to_queue(self.actor, self.conversation(pk), video=video)
        return self.report(pk)


class QueueEntry(WatchView):
    """One video that waits."""

    @extend_schema(request=shapes.QueuePlaceSerializer, responses=shapes.WatchReportSerializer)
    def patch(self, request: Request, pk: UUID, entry: str) -> Response:
        """Let it stand at another place."""
        place = self.read(shapes.QueuePlaceSerializer)["place"]
        actions.move_in_queue(self.actor, self.conversation(pk), entry=entry, place=place)
        return self.report(pk)

    @extend_schema(responses=shapes.WatchReportSerializer)
    def delete(self, request: Request, pk: UUID, entry: str) -> Response:
        """Take it out."""
        actions.remove_from_queue(self.actor, self.conversation(pk), entry=entry)
        return self.report(pk)
