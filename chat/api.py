"""The REST door of chat: shapes in, one verb, cards out."""

from typing import Any, cast
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as drf
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from accounts import policy
from accounts.models import User
from chat import actions, cards, changes
from chat import serializers as shapes
from chat.models import Conversation, Membership, Message
from config.api import CursorPagination

WHOLE_NUMBER = OpenApiTypes.INT


class InboxPagination(CursorPagination):
    """Liveliest first."""

    ordering = ("-active_at", "-pk")  # type: ignore[assignment]


class ChatView(APIView):
    """What the views of chat share: reading the input, finding what the person may know of."""

    @property
    def actor(self) -> User:
        """Whoever signed the request; the API has no anonymous callers."""
        return cast(User, self.request.user)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        policy.permit(policy.may_use_messages(self.actor.person))

    def read(self, shape: type[drf.Serializer]) -> dict[str, Any]:
        """The request's body in this shape; 400 with the shape's errors."""
        serializer = shape(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def number(self, name: str, default: int | None, largest: int = 2**62) -> int | None:
        """A whole number of the query; 400 where it is none."""
        text = self.request.query_params.get(name, "")
        if not text:
            return default
        field = drf.IntegerField(min_value=0, max_value=2**62)
        return min(field.run_validation(text), largest)

    def conversation(self, pk: UUID) -> Conversation:
        """One that the person takes part in or is asked into; 404 for all others."""
        return get_object_or_404(Conversation.objects.visible_to(self.actor), pk=pk)

    def row(self, pk: UUID) -> Membership:
        """The person's part in it, as a row of the inbox."""
        mine = Membership.objects.current().filter(user=self.actor, conversation=pk)
        rows = mine.select_related("conversation", "invited_by", "user")
        return get_object_or_404(rows.with_row_parts(self.actor))

    def detail(self, pk: UUID, **more: Any) -> dict[str, Any]:
        """The conversation with its people; an invitation does not tell them (R20)."""
        row = self.row(pk)
        if row.state == Membership.State.INVITED:
            return {**cards.conversation_card(row), "members": [], "authors": [], **more}
        return {**cards.detail_card(row), **more}

    def message(self, message: Message) -> dict[str, Any]:
        return cards.message_cards([message])[0]


def person(username: str) -> User:
    """An active person; blocks and settings are the verb's to tell."""
    return get_object_or_404(User.objects.active(), username__iexact=username)


class Conversations(ChatView):
    """The inbox."""

    rows = staticmethod(Membership.objects.inbox)

    @extend_schema(
        operation_id="conversations_inbox",
        parameters=[
            OpenApiParameter("search", description="Words of a name in it"),
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", WHOLE_NUMBER),
        ],
        responses=shapes.ConversationPageSerializer,
    )
    def get(self, request: Request) -> Response:
        """Conversations the person takes part in, liveliest first: `{next, previous, results}`."""
        rows: Any = self.rows(self.actor)
        if words := request.query_params.get("search", "").strip():
            rows = rows.search(words)
        pages = InboxPagination()
        page: list[Membership] | None = pages.paginate_queryset(rows, request, view=self)
        return pages.get_paginated_response([cards.conversation_card(row) for row in page or ()])

    @extend_schema(
        request=shapes.NewConversationSerializer,
        responses={201: shapes.ConversationDetailSerializer},
    )
    def post(self, request: Request) -> Response:
        """Start a direct conversation (the one there is, if there is one) or make a group."""
        wanted = self.read(shapes.NewConversationSerializer)
        members = [person(username) for username in wanted["members"]]
        if wanted["kind"] == "direct":
            made, kept_out = actions.start_direct(self.actor, members[0]), []
        else:
            made = actions.create_group(self.actor, title=wanted["title"], members=members)
            kept_out = [_not_added(each) for each in made.not_added]
        return Response(self.detail(made.pk, not_added=kept_out), status.HTTP_201_CREATED)


def _not_added(kept_out: actions.NotAdded) -> dict[str, str]:
    return {
        "username": kept_out.person.username,
        "code": kept_out.code,
        "detail": str(kept_out.detail),
    }


class Requests(Conversations):
    """What waits for the person's yes."""

    rows = staticmethod(Membership.objects.requests)
    http_method_names = ["get", "head", "options"]

    @extend_schema(
        operation_id="conversations_requests",
        parameters=[OpenApiParameter("cursor"), OpenApiParameter("limit", WHOLE_NUMBER)],
        responses=shapes.ConversationPageSerializer,
    )
    def get(self, request: Request) -> Response:
        """Message requests and invitations, newest first: `{next, previous, results}`."""
        return super().get(request)


class ConversationDoor(ChatView):
    """One conversation."""

    @extend_schema(responses=shapes.ConversationDetailSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """With its members, and authors who left."""
        return Response(self.detail(pk))

    @extend_schema(request=shapes.TitleSerializer, responses=shapes.ConversationDetailSerializer)
    def patch(self, request: Request, pk: UUID) -> Response:
        """Rename a group."""
        title = self.read(shapes.TitleSerializer)["title"]
        actions.rename(self.actor, self.conversation(pk), title=title)
        return Response(self.detail(pk))


class Messages(ChatView):
    """What was said."""

    @extend_schema(
        parameters=[
            OpenApiParameter("before", WHOLE_NUMBER, description="Only places below this seq"),
            OpenApiParameter("limit", WHOLE_NUMBER, description="Up to 100; 50 by itself"),
        ],
        responses=shapes.HistorySerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """History, newest first."""
        conversation = self.conversation(pk)
        limit = max(1, self.number("limit", 50, largest=100) or 1)
        messages = Message.objects.visible_to(self.actor).filter(conversation=conversation)
        page = list(messages.with_parts().before(self.number("before", None))[: limit + 1])
        results, more = page[:limit], page[limit:]
        following = more and replace_query_param(
            request.build_absolute_uri(), "before", results[-1].seq
        )
        return Response({"results": cards.message_cards(results), "next": following or None})

    @extend_schema(
        request=shapes.NewMessageSerializer,
        responses={201: shapes.MessageSerializer, 200: shapes.MessageSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Say something: 201, or 200 where the same client_id was stored already."""
        said = self.read(shapes.NewMessageSerializer)
        said.pop("media", None)
        stored = actions.send_message(self.actor, pk, **said)
        code = status.HTTP_200_OK if stored.replayed else status.HTTP_201_CREATED
        return Response(self.message(stored.message), code)


class MessageDoor(ChatView):
    """One message."""

    @extend_schema(request=shapes.BodySerializer, responses=shapes.MessageSerializer)
    def patch(self, request: Request, pk: UUID, seq: int) -> Response:
        """Edit one's own words within 15 minutes."""
        body = self.read(shapes.BodySerializer)["body"]
        edited = actions.edit_message(self.actor, self.conversation(pk), seq=seq, body=body)
        return Response(self.message(edited))

    @extend_schema(responses=shapes.MessageSerializer)
    def delete(self, request: Request, pk: UUID, seq: int) -> Response:
        """Unsend one's own message for everyone: 200 with what is left of it."""
        unsent = actions.unsend_message(self.actor, self.conversation(pk), seq=seq)
        return Response(self.message(unsent))


class Reactions(ChatView):
    """Reactions to one message."""

    @extend_schema(request=shapes.EmojiSerializer, responses=shapes.MessageSerializer)
    def post(self, request: Request, pk: UUID, seq: int) -> Response:
        """React with an emoji; twice is once."""
        emoji = self.read(shapes.EmojiSerializer)["emoji"]
        reacted = actions.add_reaction(self.actor, pk, seq=seq, emoji=emoji)
        return Response(self.message(reacted))

    @extend_schema(
        parameters=[OpenApiParameter("emoji", required=True)], responses=shapes.MessageSerializer
    )
    def delete(self, request: Request, pk: UUID, seq: int) -> Response:
        """Take one's own reaction back."""
        emoji = request.query_params.get("emoji", "")
        left = actions.remove_reaction(self.actor, pk, seq=seq, emoji=emoji)
        return Response(self.message(left))


class Changes(ChatView):
    """What a client missed."""

    @extend_schema(
        parameters=[
            OpenApiParameter("after", WHOLE_NUMBER, description="The revision one has come to"),
            OpenApiParameter("limit", WHOLE_NUMBER, description="Up to 200"),
        ],
        responses=shapes.ChangesSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Each thing changed since, once, in its present state, by revision; gaps are normal."""
        row = self.row(pk)
        if row.state == Membership.State.INVITED:
            raise Http404
        limit = max(1, self.number("limit", changes.PAGE, largest=changes.PAGE) or 1)
        found = changes.changes_after(
            pk, self.number("after", 0) or 0, from_seq=row.from_seq, limit=limit
        )
        following = found.more and replace_query_param(
            request.build_absolute_uri(), "after", found.reached
        )
        return Response({"results": found.events, "head": found.head, "next": following or None})


class Read(ChatView):
    @extend_schema(request=shapes.PlaceSerializer, responses=shapes.ReadSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Say up to where one has read."""
        seq = self.read(shapes.PlaceSerializer)["seq"]
        return Response({"read_seq": actions.mark_read(self.actor, self.conversation(pk), seq=seq)})


class Typing(ChatView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: UUID) -> Response:
        """Say that one is typing."""
        actions.note_typing(self.actor, self.conversation(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class Members(ChatView):
    """Who takes part."""

    @extend_schema(responses=shapes.MemberSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        """Everybody who takes part, longest-standing first: a plain list."""
        return Response(self.detail(pk)["members"])

    @extend_schema(request=shapes.UsernameSerializer, responses={201: shapes.MemberSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        """Add a friend; `state` says whether they joined or were invited."""
        added = person(self.read(shapes.UsernameSerializer)["username"])
        membership = actions.add_member(self.actor, self.conversation(pk), added)
        return Response(cards.member_card(membership), status.HTTP_201_CREATED)


class MemberDoor(ChatView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID, username: str) -> Response:
        """Remove somebody: nothing more reaches them."""
        actions.remove_member(self.actor, self.conversation(pk), person(username))
        return Response(status=status.HTTP_204_NO_CONTENT)


class Leave(ChatView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: UUID) -> Response:
        """Leave a group quietly."""
        actions.leave(self.actor, self.conversation(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class Accept(ChatView):
    @extend_schema(request=None, responses=shapes.ConversationDetailSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Say yes to a request or an invitation."""
        actions.accept(self.actor, self.conversation(pk))
        return Response(self.detail(pk))


class Decline(ChatView):
    @extend_schema(request=shapes.DeclineSerializer, responses={204: None})
    def post(self, request: Request, pk: UUID) -> Response:
        """Say no; with `block` also never again."""
        block = self.read(shapes.DeclineSerializer)["block"]
        actions.decline(self.actor, self.conversation(pk), block=block)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Shares(ChatView):
    """Sending one thing to several places."""

    @extend_schema(request=shapes.NewShareSerializer, responses=shapes.SharesSerializer)
    def post(self, request: Request) -> Response:
        """One result for each conversation, then for each person; a refusal loses no other."""
        wanted = self.read(shapes.NewShareSerializer)
        wanted["users"] = [person(username) for username in wanted["users"]]
        targets = actions.share(self.actor, wanted.pop("share"), **wanted)
        return Response({"results": [_target(target) for target in targets]})


def _target(target: actions.Target) -> dict[str, Any]:
    return {
        "conversation": target.conversation_id,
        "username": target.username,
        "sent": target.is_sent,
        "seq": target.stored.seq if target.stored else None,
        "code": target.code,
        "detail": str(target.detail),
    }
