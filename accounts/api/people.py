"""People by REST: profiles, follows, blocks, one's own account, tickets."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import actions, policy
from accounts.api.secrets import secret
from accounts.models import (
    Follow,
    SocketTicket,
    User,
    relations_of,
    standing_between,
)
from accounts.requests import SignedInApiRequest
from accounts.serializers import (
    AvatarSerializer,
    CardSerializer,
    MeSerializer,
    PersonSerializer,
    ProfileSerializer,
    RelationSerializer,
    TicketSerializer,
)
from config.api import CursorPagination
from config.preconditions import GuardedView

NO_CONTENT = {204: None}


class ByUsername(CursorPagination):
    """People in the order of their usernames."""

    ordering = "username"


def _anybody(username: str) -> User:
    """Who has this username, whatever lies between; actions decide."""
    return get_object_or_404(User.objects.active().named(username))


def _visible(viewer: User, username: str) -> User:
    """Whose profile the viewer may open; otherwise nobody of that name exists."""
    return get_object_or_404(User.objects.visible_to(viewer).with_counts().named(username))


def _done() -> Response:
    return Response(status=status.HTTP_204_NO_CONTENT)


# --- People --------------------------------


class PeopleList(generics.ListAPIView):
    """People in a list, each with how the asking person stands to them."""

    request: SignedInApiRequest
    serializer_class = PersonSerializer

    def people_of(self, page: list[Any]) -> list[User]:
        """The people on this page."""
        return page

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.get_queryset())
        people = self.people_of(page or [])
        relations = relations_of(self.request.user, [person.pk for person in people])
        shown = PersonSerializer(people, many=True, context={"relations": relations})
        return self.get_paginated_response(shown.data)


@extend_schema(
    parameters=[OpenApiParameter("search", str, description="Part of a username or a name.")]
)
class People(PeopleList):
    """Search people by username or name."""

    pagination_class = ByUsername
    queryset = User.objects.none()

    def get_queryset(self) -> Any:
        words = self.request.query_params.get("search", "").strip().lstrip("@")
        policy.permit(policy.search(self.request.user.person))
        if not words:
            return User.objects.none()
        return User.objects.visible_to(self.request.user).matching(words[:50])


class Profile(generics.RetrieveAPIView):
    """One person's profile."""

    request: SignedInApiRequest
    serializer_class = ProfileSerializer

    def get_object(self) -> User:
        return _visible(self.request.user, self.kwargs["username"])

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        person = self.get_object()
        standing = standing_between(self.request.user, person)
        return Response(ProfileSerializer(person, context={"standing": standing}).data)


class FollowList(PeopleList):
    """Follows of one person, newest first; those of a private account are for its followers."""

    queryset = Follow.objects.none()
    end: str

    def get_queryset(self) -> Any:
        person = _visible(self.request.user, self.kwargs["username"])
        if not standing_between(self.request.user, person).sees_posts:
            raise Http404
        other_end = "followed" if self.end == "follower" else "follower"
        shown = User.objects.visible_to(self.request.user)
        follows = Follow.objects.accepted().filter(**{other_end: person, f"{self.end}__in": shown})
        return follows.select_related(self.end)

    def people_of(self, page: list[Follow]) -> list[User]:
        return [getattr(follow, self.end) for follow in page]


class Followers(FollowList):
    """Who follows this person."""

    end = "follower"


class Following(FollowList):
    """Whom this person follows."""

    end = "followed"


class FollowDoor(APIView):
    """Follow somebody, or ask to; and stop."""

    @extend_schema(request=None, responses=RelationSerializer)
    def post(self, request: SignedInApiRequest, username: str) -> Response:
        """Follow; a private account is asked first (`requested`)."""
        person = _anybody(username)
        actions.follow(request.user, person)
        return Response(RelationSerializer(standing_between(request.user, person)).data)

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, username: str) -> Response:
        """Follow no longer, or withdraw the request."""
        actions.unfollow(request.user, _anybody(username))
        return _done()


class BellDoor(APIView):
    """Being told of each new video of somebody whom one follows."""

    @extend_schema(request=None, responses=RelationSerializer)
    def post(self, request: SignedInApiRequest, username: str) -> Response:
        """Be told; 404 where the asking person does not follow."""
        return self._set(request, username, on=True)

    @extend_schema(responses=RelationSerializer)
    def delete(self, request: SignedInApiRequest, username: str) -> Response:
        """Be told of none, not even as a friend."""
        return self._set(request, username, on=False)

    def _set(self, request: SignedInApiRequest, username: str, *, on: bool) -> Response:
        person = _anybody(username)
        actions.set_bell(request.user, person, on=on)
        return Response(RelationSerializer(standing_between(request.user, person)).data)


class BlockDoor(APIView):
    """Block somebody, and take it back."""

    @extend_schema(request=None, responses=NO_CONTENT)
    def post(self, request: SignedInApiRequest, username: str) -> Response:
        """End everything between the two, both ways and at once."""
        actions.block(request.user, _anybody(username))
        return _done()

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, username: str) -> Response:
        """Take one's own block back; follows do not return."""
        actions.unblock(request.user, _anybody(username))
        return _done()


class FollowerDoor(APIView):
    """One of the asking person's own followers."""

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, username: str) -> Response:
        """They follow no longer and are not told."""
        actions.remove_follower(request.user, _anybody(username))
        return _done()


# --- Me --------------------------------


class Me(GuardedView, generics.GenericAPIView):
    """The asking person's own account."""

    serializer_class = MeSerializer
    edited = (*sorted(actions.PRIVACY_FIELDS), *sorted(actions.PROFILE_FIELDS))

    def held(self) -> QuerySet[User]:
        return User.objects.filter(pk=self.request.user.pk)

    def get_object(self) -> User:
        return User.objects.with_counts().get(pk=self.request.user.pk)

    def get(self, request: SignedInApiRequest) -> Response:
        """Profile, settings and what the account's age allows."""
        return Response(MeSerializer(self.get_object()).data)

    def patch(self, request: SignedInApiRequest) -> Response:
        """Change profile and privacy; what age locks is refused (`policy.R2`, `policy.R4`)."""
        me = self.get_object()
        parsed = MeSerializer(me, data=request.data, partial=True)
        parsed.is_valid(raise_exception=True)
        wanted = parsed.validated_data
        privacy = {key: wanted[key] for key in wanted.keys() & actions.PRIVACY_FIELDS}
        profile = {key: wanted[key] for key in wanted.keys() & actions.PROFILE_FIELDS}
        with transaction.atomic():
            if privacy:
                actions.update_privacy(me, **privacy)
            if profile:
                actions.update_profile(me, **profile)
        return Response(MeSerializer(me).data)


class MyAvatar(APIView):
    """The asking person's picture."""

    parser_classes = [MultiPartParser]

    @extend_schema(request=AvatarSerializer, responses=CardSerializer)
    def put(self, request: SignedInApiRequest) -> Response:
        """Show this picture's middle; `avatar.type` or `avatar.too_large` where it cannot be."""
        parsed = AvatarSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        me = actions.set_avatar(request.user, parsed.validated_data["file"])
        return Response(CardSerializer(me).data)

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest) -> Response:
        """Show the initials again."""
        actions.remove_avatar(request.user)
        return _done()


class FollowRequests(PeopleList):
    """Who asks to follow, newest first."""

    queryset = Follow.objects.none()

    def get_queryset(self) -> Any:
        return Follow.objects.for_answer(self.request.user).select_related("follower")

    def people_of(self, page: list[Follow]) -> list[User]:
        return [follow.follower for follow in page]


class AcceptFollow(APIView):
    """A request to follow."""

    @extend_schema(request=None, responses=NO_CONTENT)
    def post(self, request: SignedInApiRequest, username: str) -> Response:
        """Let them follow; 404 where nothing waits."""
        actions.accept_follow(request.user, _anybody(username))
        return _done()


class DeclineFollow(APIView):
    """A request to follow."""

    @extend_schema(request=None, responses=NO_CONTENT)
    def post(self, request: SignedInApiRequest, username: str) -> Response:
        """Drop the request; they are not told. 404 where nothing waits."""
        actions.decline_follow(request.user, _anybody(username))
        return _done()


class MyBlocks(generics.ListAPIView):
    """Whom the asking person blocks."""

    serializer_class = CardSerializer
    pagination_class = ByUsername
    queryset = User.objects.none()

    def get_queryset(self) -> Any:
        return User.objects.active().filter(blocks_received__blocker=self.request.user)


class SocketTickets(APIView):
    """Tickets for apps, which have no cookie to open a socket with."""

    @extend_schema(request=None, responses={201: TicketSerializer})
    def post(self, request: SignedInApiRequest) -> Response:
        """A ticket for one socket of this session, valid once and for 30 s."""
        session: Any = request.auth or request.session
        ticket = SocketTicket.objects.issue(request.user, session.session_key or "")
        return secret(TicketSerializer({"ticket": ticket}).data)
