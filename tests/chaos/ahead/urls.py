"""Medley's addresses and one that only the next release knows."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import path

from chat.models import Message
from config.urls import *  # noqa: F403
from config.urls import urlpatterns as ours
from tests.chaos.ahead import PLACE


def known(_request: HttpRequest) -> JsonResponse:
    """The tone of some message that has one: what the new column and its index are for."""
    messages: Any = Message.objects  # whose column only the next release has
    toned = messages.exclude(tone=None).values_list("tone", flat=True)
    return JsonResponse({"tone": toned.first()})


urlpatterns = [path(PLACE, known), *ours]
