"""Notifications by REST: the list, what changed in it, seen and read."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as drf
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import actions
from accounts.models import Notification, NotificationLine, User
from accounts.notifications import Section, kinds_in
from accounts.notifications.badge import badge_of
from accounts.notifications.shown import card, shown
from accounts.requests import SignedInApiRequest
from accounts.serializers import (
    NotificationChangesSerializer,
    NotificationPageSerializer,
    ReadNotificationsSerializer,
    SeenNotificationsSerializer,
    StandingOfNotificationsSerializer,
)
from config.api import CursorPagination

CHANGES = 200  # of one answer


class Newest(CursorPagination):
    """What happened last first."""

    ordering = ("-happened_at", "-pk")  # type: ignore[assignment]


class Notifications(APIView):
    """What the person is told of."""

    request: SignedInApiRequest

    @extend_schema(
        operation_id="notifications_list",
        parameters=[
            OpenApiParameter("section", enum=Section.values, description="Without it: all"),
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", OpenApiTypes.INT),
        ],
        responses=NotificationPageSerializer,
    )
    def get(self, request: Request) -> Response:
        """Lines, newest first: `{next, previous, results, unread, revision}`."""
        user = self.request.user
        now = badge_of(user)  # before the lines: what changes meanwhile comes after `revision`
        lines = Notification.objects.present().filter(user=user)
        if section := request.query_params.get("section"):
            lines = lines.filter(kind__in=kinds_in(_section(section)))
        pages = Newest()
        page = pages.paginate_queryset(lines, request, view=self)
        answer = pages.get_paginated_response([card(one) for one in shown(user, page or [])])
        answer.data |= now
        return answer


def _section(text: str) -> Section:
    return Section(drf.ChoiceField(choices=Section.choices).run_validation(text))


class Changes(APIView):
    """What a device has missed."""

    request: SignedInApiRequest

    @extend_schema(
        operation_id="notifications_changes",
        parameters=[OpenApiParameter("after", OpenApiTypes.INT, required=True)],
        responses=NotificationChangesSerializer,
    )
    def get(self, request: Request) -> Response:
        """Lines that changed after a revision, in that order, and the ids of those that went; with
        `reset` there were too many: read the list anew."""
        after = drf.IntegerField(min_value=0, max_value=2**62).run_validation(
            request.query_params.get("after")
        )
        return Response(_changes(self.request.user, after))


def _changes(user: User, after: int) -> dict[str, Any]:
    """`{results, gone, reset, unread, revision}`"""
    now = badge_of(user)
    changed = list(Notification.objects.filter(user=user).changed_after(after)[: CHANGES + 1])
    if len(changed) > CHANGES or after < _forgotten(user):
        return {"results": [], "gone": [], "reset": True, **now}
    found = shown(user, [line for line in changed if line.is_present])
    gone = {line.pk for line in changed} - {one.line.pk for one in found}
    return {
        "results": [card(one) for one in found],
        "gone": [str(line.pk) for line in changed if line.pk in gone],
        "reset": False,
        **now,
    }


def _forgotten(user: User) -> int:
    line = NotificationLine.objects.filter(user=user)
    return line.values_list("forgotten_revision", flat=True).first() or 0


class Seen(APIView):
    """The list was looked at."""

    request: SignedInApiRequest

    @extend_schema(
        operation_id="notifications_seen",
        request=SeenNotificationsSerializer,
        responses=StandingOfNotificationsSerializer,
    )
    def post(self, request: Request) -> Response:
        """The badge counts what came after `up_to`, on all devices."""
        actions.see_notifications(
            self.request.user, _read(SeenNotificationsSerializer, request)["up_to"]
        )
        return Response(badge_of(self.request.user))


class Read(APIView):
    """Lines were opened."""

    request: SignedInApiRequest

    @extend_schema(
        operation_id="notifications_read",
        request=ReadNotificationsSerializer,
        responses=StandingOfNotificationsSerializer,
    )
    def post(self, request: Request) -> Response:
        """These lines (`ids`), or all up to a revision (`up_to`), are read on all devices."""
        wanted = _read(ReadNotificationsSerializer, request)
        user = self.request.user
        if "up_to" in wanted:
            actions.read_all_notifications(user, wanted["up_to"])
        actions.read_notifications(user, wanted.get("ids", []))
        return Response(badge_of(user), status.HTTP_200_OK)


def _read(shape: type[drf.Serializer], request: Request) -> dict[str, Any]:
    serializer = shape(data=request.data)
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data
