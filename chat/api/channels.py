"""The REST door to channels: found, followed, run."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as drf
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Follow, User
from chat import actions
from chat import serializers as shapes
from chat.api.base import WHOLE_NUMBER, ChatView, person
from chat.cards import channels as channel_cards
from chat.models import Channel
from chat.refusals import refused
from config.api import CursorPagination

PAGES = [OpenApiParameter("cursor"), OpenApiParameter("limit", WHOLE_NUMBER)]


class ChannelPagination(CursorPagination):
    """The most followed first."""

    ordering = ("-follower_count", "pk")  # type: ignore[assignment]


class ChannelView(ChatView):
    """What the views of channels share."""

    def channel(self, handle: str) -> Channel:
        """One that the person may find; 404 for all others."""
        return get_object_or_404(self.found().named(handle))

    def found(self) -> Any:
        channels = Channel.objects.visible_to(self.actor)
        return channels.select_related("conversation__own_charter")

    def card(self, channel: Channel) -> dict[str, Any]:
        fresh = self.found().get(pk=channel.pk)
        return channel_cards.channel_cards([fresh], self.actor)[0]


class ChannelList(ChannelView):
    """Channels, a page at a time."""

    def page(self, request: Request, channels: Any) -> Response:
        pages = ChannelPagination()
        page: Any = pages.paginate_queryset(channels, request, view=self)
        return pages.get_paginated_response(channel_cards.channel_cards(page, self.actor))


class Channels(ChannelList):
    @extend_schema(
        operation_id="channels_list",
        parameters=[OpenApiParameter("asked", bool, description="Those below instead"), *PAGES],
        responses=shapes.ChannelPageSerializer,
    )
    def get(self, request: Request) -> Response:
        """Channels of the people one follows, the most followed first; with `asked` those that ask
        the person to host them."""
        if drf.BooleanField(default=False).run_validation(request.query_params.get("asked") or 0):
            return self.page(request, self.found().asking(self.actor))
        followed = Follow.objects.accepted().filter(follower=self.actor).values("followed")
        return self.page(request, self.found().hosted_by(followed))


class ChannelsOf(ChannelList):
    @extend_schema(
        operation_id="people_channels", parameters=PAGES, responses=shapes.ChannelPageSerializer
    )
    def get(self, request: Request, username: str) -> Response:
        """Channels that one person hosts."""
        visible = User.objects.visible_to(self.actor)
        creator = get_object_or_404(visible, username__iexact=username)
        return self.page(request, self.found().hosted_by([creator]))


class ChannelDoor(ChannelView):
    @extend_schema(responses=shapes.ChannelSerializer)
    def get(self, request: Request, handle: str) -> Response:
        """What everybody may know of a channel."""
        return Response(self.card(self.channel(handle)))


class Following(ChannelView):
    @extend_schema(request=None, responses={201: shapes.ChannelSerializer})
    def post(self, request: Request, handle: str) -> Response:
        """Follow it; twice is once."""
        channel = self.channel(handle)
        actions.follow_channel(self.actor, channel.conversation)
        return Response(self.card(channel), status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, handle: str) -> Response:
        """Follow it no longer."""
        actions.leave_channel(self.actor, self.channel(handle).conversation)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Hosting(ChannelView):
    @extend_schema(request=None, responses=shapes.ChannelSerializer)
    def post(self, request: Request, handle: str) -> Response:
        """Say yes to hosting it."""
        channel = self.channel(handle)
        actions.accept_hosting(self.actor, channel.conversation)
        return Response(self.card(channel))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, handle: str) -> Response:
        """Say no to hosting it."""
        actions.decline_hosting(self.actor, self.channel(handle).conversation)
        return Response(status=status.HTTP_204_NO_CONTENT)


# --- Running one ----------------------------------------------------------------------------------


class ChannelSettings(ChatView):
    @extend_schema(request=shapes.ChannelChangeSerializer, responses=shapes.ChannelSerializer)
    def patch(self, request: Request, pk: UUID) -> Response:
        """Change its handle, open replies or close them."""
        wanted = self.read(shapes.ChannelChangeSerializer)
        changed = actions.change_channel(self.actor, self.conversation(pk), **wanted)
        return Response(channel_cards.channel_cards([changed.channel], self.actor)[0])


class HostView(ChatView):
    """What is said of a channel's hosts."""

    def hosts(self, pk: UUID) -> Any:
        """Those who run it; who is asked to is for those who run it."""
        membership = self.part(pk)
        if not membership.conversation.is_channel:
            raise refused("channel.only")
        hosts = membership.conversation.channel.hosts.filter(ended_at=None).select_related("user")
        hosts = hosts.order_by("accepted_at", "pk")
        return hosts if membership.runs_group() else hosts.exclude(accepted_at=None)


class Hosts(HostView):
    @extend_schema(responses=shapes.HostSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        """Who runs the channel: a plain list."""
        return Response([channel_cards.host_card(host) for host in self.hosts(pk)])

    @extend_schema(request=shapes.UsernameSerializer, responses={201: shapes.HostSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        """Ask a friend to host it too."""
        friend = person(self.read(shapes.UsernameSerializer)["username"])
        host = actions.invite_host(self.actor, self.conversation(pk), friend)
        return Response(channel_cards.host_card(host), status.HTTP_201_CREATED)


class HostDoor(HostView):
    @extend_schema(
        operation_id="conversations_hosts_hand_over",
        request=None,
        responses=shapes.HostSerializer(many=True),
    )
    def post(self, request: Request, pk: UUID, username: str) -> Response:
        """Hand the channel over to a co-host."""
        actions.hand_over_channel(self.actor, self.conversation(pk), person(username))
        return Response([channel_cards.host_card(host) for host in self.hosts(pk)])

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID, username: str) -> Response:
        """Take a co-host's role, or an invitation, back."""
        actions.end_hosting(self.actor, self.conversation(pk), person(username))
        return Response(status=status.HTTP_204_NO_CONTENT)


class FollowerDoor(ChatView):
    @extend_schema(
        parameters=[OpenApiParameter("ban", bool, description="They cannot follow again.")],
        responses={204: None},
    )
    def delete(self, request: Request, pk: UUID, username: str) -> Response:
        """Remove a follower: nothing more reaches them."""
        bans = request.query_params.get("ban", "") in {"1", "true"}
        follower = person(username)
        actions.remove_follower(self.actor, self.conversation(pk), follower, bans=bans)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: UUID, username: str) -> Response:
        """Let somebody follow again who was banned."""
        actions.readmit(self.actor, self.conversation(pk), person(username))
        return Response(status=status.HTTP_204_NO_CONTENT)
