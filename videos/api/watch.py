"""What players tell, by REST and by the browser's beacon."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from videos import actions
from videos.actions.watching import SENTENCES, TOGETHER
from videos.serializers.watching import WatchAnswerSerializer, WatchesSerializer, WatchSerializer


class Watch(APIView):
    """What was watched."""

    permission_classes = [AllowAny]

    @extend_schema(request=WatchesSerializer, responses=WatchAnswerSerializer)
    def post(self, request: Request) -> Response:
        """Tell what was watched, up to 100 at a time; signed out too.

        One that cannot be is refused by itself. A browser that leaves a page sends `events` as a
        form field that holds JSON, beside `csrfmiddlewaretoken`.
        """
        events = _events(request)
        watches, refused = _parsed(events)
        codes = actions.note_watches(request.user, list(watches.values()))
        for place, index in enumerate(watches):
            if code := codes.get(place):
                refused[index] = {"index": index, "code": code, "detail": str(SENTENCES[code])}
        answer = {
            "accepted": len(events) - len(refused),
            "refused": [refused[index] for index in sorted(refused)],
        }
        return Response(WatchAnswerSerializer(answer).data)


def _events(request: Request) -> list[Any]:
    events = request.data.get("events") if hasattr(request.data, "get") else None
    if isinstance(events, str):
        try:
            events = json.loads(events)
        except ValueError:
            events = None
    if not isinstance(events, list):
        raise ValidationError(_("Send a list of events."), code="watch.events")
    if len(events) > TOGETHER:
        raise ValidationError(_("Send at most 100 events at a time."), code="watch.many")
    return events


def _parsed(events: list[Any]) -> tuple[dict[int, actions.Watch], dict[int, dict[str, Any]]]:
    """By its place: what reads well, and what does not."""
    watches, refused = {}, {}
    for index, event in enumerate(events):
        parsed = WatchSerializer(data=event)
        if parsed.is_valid():
            watches[index] = parsed.save()
        else:
            field, problems = next(iter(parsed.errors.items()))
            refused[index] = {
                "index": index,
                "code": "watch.shape",
                "detail": f"{field}: {problems[0]}",
            }
    return watches, refused
