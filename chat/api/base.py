"""What the views of chat share: reading the input, finding what the person may know of."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django.db.models.functions import Lower
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers as drf
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts import policy
from accounts.models import User
from chat import actions, cards
from chat.models import Conversation, Membership, Message
from chat.refusals import refused

WHOLE_NUMBER = OpenApiTypes.INT


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

    def part(self, pk: UUID) -> Membership:
        """The person's active part in it; 404 for all others."""
        mine = Membership.objects.active().filter(user=self.actor, conversation=pk)
        return get_object_or_404(mine.select_related("conversation"))

    def run(self, pk: UUID) -> Conversation:
        """A group that the person runs; 403 for its other members."""
        membership = self.part(pk)
        if not membership.runs_group():
            raise refused("role.missing")
        return membership.conversation

    def detail(self, pk: UUID, **more: Any) -> dict[str, Any]:
        """The conversation with its people; an invitation does not tell them (R20)."""
        row = self.row(pk)
        if row.state == Membership.State.INVITED:
            return {**cards.conversation_card(row), "members": [], "authors": [], **more}
        return {**cards.detail_card(row), **more}

    def message(self, message: Message) -> dict[str, Any]:
        return cards.message_cards([message], self.actor)[0]


def people(usernames: Sequence[str]) -> list[User]:
    """Active people, in this order: one query. `Http404` where one of them is not there."""
    found = User.objects.active().alias(lower=Lower("username"))
    found = found.filter(lower__in=[username.lower() for username in usernames])
    by_name = {each.username.lower(): each for each in found}
    try:
        return [by_name[username.lower()] for username in usernames]
    except KeyError:
        raise Http404 from None


def not_added_card(kept_out: actions.NotAdded) -> dict[str, str]:
    """Who could not be added to a group, and why."""
    return {
        "username": kept_out.person.username,
        "code": kept_out.code,
        "detail": str(kept_out.detail),
    }


def person(username: str) -> User:
    """An active person; blocks and settings are the verb's to tell."""
    return get_object_or_404(User.objects.active(), username__iexact=username)
