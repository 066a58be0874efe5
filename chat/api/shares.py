"""The REST door to sending one thing to several places."""

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
        return Response({"results": [target.card for target in targets]})
