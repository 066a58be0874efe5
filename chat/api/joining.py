"""The REST door to the ways into a group: links, and those who wait for a yes."""

from uuid import UUID

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from chat import actions, entrances
from chat import serializers as shapes
from chat.api.base import ChatView, person
from chat.cards import groups as group_cards
from chat.refusals import refused


class Invites(ChatView):
    """Links into the group."""

    @extend_schema(responses=shapes.InvitesSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """All links, the latest first, and who came by which; for those who run the group."""
        found = entrances.invites_of(self.run(pk))
        return Response(
            {"results": [group_cards.invite_card(invite, came) for invite, came in found]}
        )

    @extend_schema(request=shapes.NewInviteSerializer, responses={201: shapes.MadeInviteSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        """Make a link. Its address is told this once: only a digest of it is kept."""
        wanted = self.read(shapes.NewInviteSerializer)
        made = actions.make_invite(self.actor, self.conversation(pk), **wanted)
        url = request.build_absolute_uri(reverse("chat:join", args=[made.token]))
        card = group_cards.invite_card(made.invite, []) | {"url": url}
        return Response(card, status.HTTP_201_CREATED)


class InviteDoor(ChatView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID, invite_id: UUID) -> Response:
        """Withdraw a link: nobody more comes by it."""
        actions.revoke_invite(self.actor, self.conversation(pk), invite_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class JoinRequests(ChatView):
    """Those who ask to join."""

    @extend_schema(responses=shapes.JoinRequestsSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Those who wait, the longest-waiting first; for those who approve."""
        membership = self.part(pk)
        if not membership.may_approve():
            raise refused("role.missing")
        waiting = entrances.waiting_in(membership.conversation)
        return Response({"results": [group_cards.request_card(each) for each in waiting]})


class JoinRequestDoor(ChatView):
    @extend_schema(request=shapes.AnswerSerializer, responses=shapes.JoinRequestSerializer)
    def post(self, request: Request, pk: UUID, username: str) -> Response:
        """Let somebody in, or turn them away; who is turned away is told nothing."""
        is_yes = self.read(shapes.AnswerSerializer)["approve"]
        answer = actions.approve if is_yes else actions.turn_away
        answered = answer(self.actor, self.conversation(pk), person(username))
        return Response(group_cards.request_card(answered))


class Opening(ChatView):
    """A link that somebody was given."""

    @extend_schema(responses=shapes.OpeningSerializer)
    def get(self, request: Request, token: str) -> Response:
        """The group behind it, its rules and questions."""
        opening = entrances.opening(self.actor, actions.open_invite(self.actor, token))
        picture = opening.has_picture and reverse("chat:join_picture", args=[token])
        return Response({**opening.card, "picture": picture or "", "state": opening.state})

    @extend_schema(request=shapes.EnterSerializer, responses={200: shapes.JoinedSerializer})
    def post(self, request: Request, token: str) -> Response:
        """Join, or ask to; `accepted` must be true, and every question answered."""
        wanted = self.read(shapes.EnterSerializer)
        joined = actions.join(self.actor, token, **wanted)
        return Response({"conversation": joined.conversation_id, "state": joined.state})

    @extend_schema(responses={204: None})
    def delete(self, request: Request, token: str) -> Response:
        """Ask no longer."""
        actions.withdraw(self.actor, token)
        return Response(status=status.HTTP_204_NO_CONTENT)
