"""What moderators decided about somebody, by REST; also for whom is kept out by it."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from accounts.models import Decision
from accounts.models.decision import DecisionQuerySet
from accounts.moderation import appeals
from accounts.requests import SignedInApiRequest
from accounts.serializers.decisions import (
    AppealSerializer,
    NewAppealSerializer,
    StatementSerializer,
)
from accounts.standing import StandingAuthentication
from config.api import CursorPagination

# Whoever is suspended or banned signs in to these with `X-Standing-Token`.
OPEN_TO_THE_BARRED: Any = [*api_settings.DEFAULT_AUTHENTICATION_CLASSES, StandingAuthentication]


class NewestFirst(CursorPagination):
    """Decisions, newest first."""

    ordering = "-id"


def _told_to(request: SignedInApiRequest) -> DecisionQuerySet:
    return Decision.objects.told_to(request.user).prefetch_related("appeals")


class MyDecisions(generics.ListAPIView):
    """Statements of reasons: what was decided about oneself, and why."""

    authentication_classes = OPEN_TO_THE_BARRED
    serializer_class = StatementSerializer
    pagination_class = NewestFirst
    queryset = Decision.objects.none()
    request: SignedInApiRequest

    def get_queryset(self) -> DecisionQuerySet:
        return _told_to(self.request)


class MyDecision(APIView):
    """One of them."""

    authentication_classes = OPEN_TO_THE_BARRED

    @extend_schema(responses=StatementSerializer)
    def get(self, request: SignedInApiRequest, decision_id: UUID) -> Response:
        """What, why, under which rule, for how long, and what became of an appeal."""
        found = get_object_or_404(_told_to(request), pk=decision_id)
        return Response(StatementSerializer(found).data)


class MyAppeal(APIView):
    """The appeal against one of them."""

    authentication_classes = OPEN_TO_THE_BARRED

    @extend_schema(request=NewAppealSerializer, responses={201: AppealSerializer})
    def post(self, request: SignedInApiRequest, decision_id: UUID) -> Response:
        """Once, within six months; somebody who had no part in it looks again."""
        found = get_object_or_404(_told_to(request), pk=decision_id)
        parsed = NewAppealSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        made = appeals.appeal(request.user, found, parsed.validated_data["words"])
        return Response(AppealSerializer(made).data, status.HTTP_201_CREATED)
