"""The REST door to sending one thing to several places."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from chat import actions
from chat import serializers as shapes
from chat.api.base import ChatView, person


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
