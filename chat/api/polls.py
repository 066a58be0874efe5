"""The REST door to polls. One is begun by sending a message that has `poll`."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from chat import actions, cards, pages
from chat import serializers as shapes
from chat.api.base import WHOLE_NUMBER, ChatView
from chat.cards import polls
from chat.models import PollVote
from config.api import CursorPagination


class Polls(ChatView):
    """The polls of a conversation."""

    @extend_schema(
        parameters=[
            OpenApiParameter("before", WHOLE_NUMBER, description="Only places below this seq"),
            OpenApiParameter("limit", WHOLE_NUMBER, description="Up to 100; 50 by itself"),
        ],
        responses=shapes.HistorySerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Messages with a poll, newest first, as in history."""
        limit = max(1, self.number("limit", 50, largest=100) or 1)
        found, more = pages.polls_of(
            self.actor, self.conversation(pk), before=self.number("before", None), limit=limit
        )
        following = more and replace_query_param(
            request.build_absolute_uri(), "before", found[-1].seq
        )
        results = cards.message_cards(found, self.actor)
        return Response({"results": results, "next": following or None})


class Votes(ChatView):
    """Votes in one poll."""

    @extend_schema(
        parameters=[
            OpenApiParameter("option", WHOLE_NUMBER, description="Only for this answer"),
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", WHOLE_NUMBER),
        ],
        responses=shapes.VotePageSerializer,
    )
    def get(self, request: Request, pk: UUID, seq: int) -> Response:
        """Who voted for what, the newest first; refused where nobody may know."""
        votes = polls.votes_of(polls.visible_poll(self.actor, self.conversation(pk), seq))
        if (option := self.number("option", None)) is not None:
            votes = votes.filter(option__position=option)
        paging = VotePagination()
        page: list[PollVote] | None = paging.paginate_queryset(votes, request, view=self)
        return paging.get_paginated_response([_vote(vote) for vote in page or ()])

    @extend_schema(request=shapes.VotesSerializer, responses=shapes.MessageSerializer)
    def post(self, request: Request, pk: UUID, seq: int) -> Response:
        """Say which answers are one's own: all of them, or none to take the vote back."""
        options = self.read(shapes.VotesSerializer)["options"]
        voted = actions.vote(self.actor, self.conversation(pk), seq=seq, options=options)
        return Response(self.message(voted))


class VotePagination(CursorPagination):
    """The newest first."""

    ordering = ("-voted_at", "-pk")  # type: ignore[assignment]


def _vote(vote: PollVote) -> cards.Card:
    return {
        "option": vote.option.position,
        "user": vote.user.card(),
        "voted_at": cards.moment(vote.voted_at),
    }


class PollOptions(ChatView):
    @extend_schema(request=shapes.OptionTextSerializer, responses=shapes.MessageSerializer)
    def post(self, request: Request, pk: UUID, seq: int) -> Response:
        """Add an answer, where the poll lets others do so."""
        text = self.read(shapes.OptionTextSerializer)["text"]
        asked = actions.add_poll_option(self.actor, self.conversation(pk), seq=seq, text=text)
        return Response(self.message(asked))


class PollClosing(ChatView):
    @extend_schema(request=None, responses=shapes.MessageSerializer)
    def post(self, request: Request, pk: UUID, seq: int) -> Response:
        """Close it before its time."""
        closed = actions.close_poll(self.actor, self.conversation(pk), seq=seq)
        return Response(self.message(closed))
