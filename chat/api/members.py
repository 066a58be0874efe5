"""The REST door to who takes part."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from chat import actions, cards, picking
from chat import serializers as shapes
from chat.api.base import WHOLE_NUMBER, ChatView, not_added_card, people, person
from chat.cards import groups as group_cards
from chat.models import Conversation, Membership
from chat.refusals import refused
from config.api import CursorPagination


class MemberPagination(CursorPagination):
    """Longest-standing first."""

    ordering = ("joined_at", "pk")  # type: ignore[assignment]


class FollowerPagination(CursorPagination):
    """As they stand in the index of a channel's people: a page of a hundred thousand is a page."""

    ordering = ("user_id",)  # type: ignore[assignment]


class Members(ChatView):
    """Who takes part."""

    @extend_schema(
        parameters=[
            OpenApiParameter("search", description="Words of a name"),
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", WHOLE_NUMBER, description="Up to 100"),
        ],
        responses=shapes.MemberPageSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Everybody who takes part, longest-standing first: `{next, previous, results}`. Of a
        channel only for its hosts, in the order in which people signed up."""
        viewer = self.part(pk)
        is_channel = viewer.conversation.is_channel
        if is_channel and not viewer.runs_group():
            raise refused("channel.members_hidden")
        members = viewer.conversation.memberships.active().shown_to(viewer).select_related("user")
        words = request.query_params.get("search", "").strip()[:80]
        pages = FollowerPagination() if is_channel else MemberPagination()
        page: Any = pages.paginate_queryset(members.named(words), request, view=self)
        return pages.get_paginated_response([cards.member_card_for(viewer, each) for each in page])

    @extend_schema(
        request=shapes.UsernameSerializer,
        responses={201: shapes.MemberSerializer, 202: shapes.JoinRequestSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Add a friend; `state` says whether they joined or were invited. 202: they wait for
        approval."""
        added = person(self.read(shapes.UsernameSerializer)["username"])
        entry = actions.add_member(self.actor, self.conversation(pk), added)
        if isinstance(entry, Membership):
            return Response(cards.member_card(entry), status.HTTP_201_CREATED)
        return Response(group_cards.request_card(entry), status.HTTP_202_ACCEPTED)


class Additions(ChatView):
    """Several people at once."""

    @extend_schema(request=shapes.UsernamesSerializer, responses=shapes.AdditionsSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Add up to 32 friends: who joined or was invited (`state`), who waits for approval, and
        who could not be added. Who is in or invited already is among the first."""
        added = people(self.read(shapes.UsernamesSerializer)["usernames"])
        done = actions.add_members(self.actor, self.conversation(pk), added)
        parts = [each for each in done.entries if isinstance(each, Membership)]
        waiting = [each for each in done.entries if not isinstance(each, Membership)]
        answer = {
            "added": [cards.member_card(each) for each in parts],
            "waiting": [group_cards.request_card(each) for each in waiting],
            "not_added": [not_added_card(each) for each in done.not_added],
        }
        return Response(answer)


class Mentionable(ChatView):
    """Whom "@" offers."""

    @extend_schema(
        parameters=[OpenApiParameter("search", description="Words of a name")],
        responses=shapes.MentionableSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Up to 8 members of a group to name: friends first, then who spoke last, then by name."""
        viewer = self.part(pk)
        if viewer.conversation.kind != Conversation.Kind.GROUP:
            raise refused("group.only")
        words = request.query_params.get("search", "").strip()[:80]
        results = [
            {**cards.member_card_for(viewer, member), "is_friend": is_friend}
            for member, is_friend in picking.mentionable(viewer, words)
        ]
        return Response({"results": results})


class MemberDoor(ChatView):
    """One member."""

    @extend_schema(request=shapes.MemberChangeSerializer, responses=shapes.MemberSerializer)
    def patch(self, request: Request, pk: UUID, username: str) -> Response:
        """Give another role, or silence for a time."""
        wanted, member = self.read(shapes.MemberChangeSerializer), person(username)
        group = self.conversation(pk)
        if "role" in wanted:
            changed = actions.give_role(self.actor, group, member, role=wanted["role"])
        else:
            changed = actions.silence(self.actor, group, member, seconds=wanted["silenced_for"])
        return Response(cards.member_card(changed))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID, username: str) -> Response:
        """Remove somebody: nothing more reaches them."""
        actions.remove_member(self.actor, self.conversation(pk), person(username))
        return Response(status=status.HTTP_204_NO_CONTENT)


class Owner(ChatView):
    """Who owns the group."""

    @extend_schema(request=shapes.UsernameSerializer, responses=shapes.MemberSerializer)
    def put(self, request: Request, pk: UUID) -> Response:
        """Hand the group over; the owner stays as an admin."""
        heir = person(self.read(shapes.UsernameSerializer)["username"])
        return Response(
            cards.member_card(actions.hand_over(self.actor, self.conversation(pk), heir))
        )


class Bans(ChatView):
    """Who is banned."""

    @extend_schema(responses=shapes.BansSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Everybody who is banned, the latest first; for those who run the group."""
        bans = self.run(pk).bans.select_related("user", "banned_by")
        return Response({"results": [group_cards.ban_card(ban) for ban in bans]})

    @extend_schema(request=shapes.UsernameSerializer, responses={204: None})
    def post(self, request: Request, pk: UUID) -> Response:
        """Ban somebody: their part ends now, and no link brings them back."""
        banned = person(self.read(shapes.UsernameSerializer)["username"])
        actions.ban(self.actor, self.conversation(pk), banned)
        return Response(status=status.HTTP_204_NO_CONTENT)


class BanDoor(ChatView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID, username: str) -> Response:
        """Lift a ban."""
        actions.lift_ban(self.actor, self.conversation(pk), person(username))
        return Response(status=status.HTTP_204_NO_CONTENT)
