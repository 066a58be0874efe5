"""The REST door to fan groups: found, joined by their rules."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from chat import actions
from chat import serializers as shapes
from chat.api.base import ChatView
from chat.cards import channels as channel_cards
from chat.models import Conversation, Membership


class FanGroupView(ChatView):
    """What the views of fan groups share."""

    def card(self, pk: UUID) -> dict[str, Any]:
        """A fan group that the person may find, with what is missing; 404 for all others."""
        group = actions.fan_group(self.actor, pk)
        (card,) = channel_cards.fan_group_cards([group], self.actor)
        return card | channel_cards.entry_card(actions.join_conditions(self.actor, group))


class FanGroups(FanGroupView):
    @extend_schema(request=shapes.NewFanGroupSerializer, responses={201: shapes.FanGroupSerializer})
    def post(self, request: Request) -> Response:
        """Make a group that whoever meets its rules may join."""
        made = actions.create_fan_group(self.actor, **self.read(shapes.NewFanGroupSerializer))
        return Response(self.card(made.pk), status.HTTP_201_CREATED)


class FanGroupsOf(FanGroupView):
    @extend_schema(responses=shapes.FanGroupRowSerializer(many=True))
    def get(self, request: Request, username: str) -> Response:
        """Fan groups of one person, up to 20: a plain list."""
        visible = User.objects.visible_to(self.actor)
        creator = get_object_or_404(visible, username__iexact=username)
        groups = Conversation.objects.fan_groups_for(self.actor).filter(creator=creator)
        return Response(channel_cards.fan_group_cards(groups[:20], self.actor))


class FanGroupDoor(FanGroupView):
    @extend_schema(responses=shapes.FanGroupSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """A fan group, with what is still missing before one can join."""
        return Response(self.card(pk))

    @extend_schema(
        operation_id="fan_groups_join",
        request=shapes.GivenSerializer,
        responses={201: shapes.EntrySerializer, 202: shapes.EntrySerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Join it: 201, or 202 where whoever joins waits for approval."""
        given = self.read(shapes.GivenSerializer)["given"]
        entry = actions.join_fan_group(self.actor, Conversation(pk=pk), given=given)
        joined = isinstance(entry, Membership)
        code = status.HTTP_201_CREATED if joined else status.HTTP_202_ACCEPTED
        return Response({"state": entry.state}, code)


class JoinRules(ChatView):
    @extend_schema(request=shapes.JoinRulesSerializer, responses={204: None})
    def put(self, request: Request, pk: UUID) -> Response:
        """Replace the rules by which people join a group by themselves; none ends it."""
        rules = self.read(shapes.JoinRulesSerializer)["rules"]
        actions.set_join_rules(self.actor, self.conversation(pk), rules=rules)
        return Response(status=status.HTTP_204_NO_CONTENT)
