"""The REST door to what was said: search, and the library of a conversation."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from chat import search
from chat.api.base import ChatView
from chat.moments import moment
from chat.serializers import own as shapes


class SearchView(ChatView):
    """What both have in common: the question, and how its answer is written."""

    def found(self, request: Request, **given: Any) -> Response:
        shape = shapes.QuestionSerializer(data={**request.query_params.dict(), **given})
        shape.is_valid(raise_exception=True)
        wanted = dict(shape.validated_data)
        after, text = wanted.pop("cursor"), wanted.pop("q")
        question = search.Question.typed(text, **wanted)
        page = search.find(self.actor, question, after=after)
        address = request.build_absolute_uri()
        following = page.next and replace_query_param(address, "cursor", page.next)
        return Response(
            {"results": [_found(each) for each in page.found], "next": following or None}
        )


class MessageSearch(SearchView):
    """Search in everything the person may read now."""

    @extend_schema(parameters=[shapes.QuestionSerializer], responses=shapes.FoundPageSerializer)
    def get(self, request: Request) -> Response:
        """Messages that hold the words, newest first, a few seconds after they were said."""
        return self.found(request)


class Library(SearchView):
    """What was gathered in one conversation."""

    @extend_schema(parameters=[shapes.QuestionSerializer], responses=shapes.FoundPageSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Of one `kind` (media, photo, voice, file, link, poll, share, ...), newest first."""
        self.conversation(pk)
        return self.found(request, conversation=str(pk))


def _found(found: search.Found) -> dict[str, Any]:
    message, place = found.message, found.message.conversation
    return {
        "id": str(message.pk),
        "seq": message.seq,
        "conversation": {
            "id": str(place.pk),
            "kind": place.kind,
            "title": found.conversation["name"],
            "picture": found.conversation["avatar"],
        },
        "author": message.author.card() if message.author else None,
        "created_at": moment(message.created_at),
        "kinds": found.kinds,
        "excerpt": found.excerpt.text,
        "hits": [list(hit) for hit in found.excerpt.hits],
    }
