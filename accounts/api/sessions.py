"""Where one is signed in, by REST, and what happened to the account's safety."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import actions, sign_ins
from accounts.models import SecurityEvent, SignIn
from accounts.requests import SignedInApiRequest
from accounts.serializers.sessions import (
    SecurityEventSerializer,
    SignInListSerializer,
    SignInSerializer,
)
from config.api import CursorPagination


class Sessions(APIView):
    """The browsers and apps in which the person is signed in."""

    @extend_schema(operation_id="me_sessions_list", responses=SignInListSerializer)
    def get(self, request: SignedInApiRequest) -> Response:
        """All of them, the one seen last first."""
        context = {"session_key": _session(request).session_key}
        found = sign_ins.of(request.user)
        return Response({"results": SignInSerializer(found, many=True, context=context).data})

    @extend_schema(operation_id="me_sessions_end_others", responses={204: None})
    def delete(self, request: SignedInApiRequest) -> Response:
        """Sign out everywhere else; sockets there close within two seconds."""
        actions.end_sessions(request.user, keep=_session(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class OneSession(APIView):
    """One of them."""

    @extend_schema(responses={204: None})
    def delete(self, request: SignedInApiRequest, sign_in_id: UUID) -> Response:
        """Sign out there: its token, its cookie and its sockets are good no more."""
        sign_in = get_object_or_404(SignIn, user=request.user, pk=sign_in_id)
        actions.end_session(request.user, sign_in)
        return Response(status=status.HTTP_204_NO_CONTENT)


class LatestEventFirst(CursorPagination):
    """Events, newest first."""

    ordering = "-id"


class SecurityEvents(generics.ListAPIView):
    """What happened to how the account is entered, for 90 days."""

    request: SignedInApiRequest
    serializer_class = SecurityEventSerializer
    pagination_class = LatestEventFirst
    queryset = SecurityEvent.objects.none()

    def get_queryset(self) -> Any:
        return SecurityEvent.objects.filter(user=self.request.user)


def _session(request: SignedInApiRequest) -> Any:
    """An app's session came with its token, a browser's with the cookie."""
    return request.auth or request.session
