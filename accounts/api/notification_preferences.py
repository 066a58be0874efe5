"""How the asking person is told, by REST."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import actions
from accounts.models import NotificationPreferences, User
from accounts.requests import SignedInApiRequest
from accounts.serializers import (
    NotificationPreferencesChangeSerializer,
    NotificationPreferencesSerializer,
)


class MyNotificationPreferences(APIView):
    """How, when and of what one is told."""

    @extend_schema(
        operation_id="me_notifications_retrieve", responses=NotificationPreferencesSerializer
    )
    def get(self, request: SignedInApiRequest) -> Response:
        """Everything one can choose, the kinds in the order of their sections."""
        return _answer(request.user)

    @extend_schema(
        operation_id="me_notifications_partial_update",
        request=NotificationPreferencesChangeSerializer,
        responses=NotificationPreferencesSerializer,
    )
    def patch(self, request: SignedInApiRequest) -> Response:
        """Change what is named. `kind.unknown` or `channel.unknown` (400) where there is none such,
        `notifications.urgent` (403) where something would be turned off that is always on."""
        parsed = NotificationPreferencesChangeSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        actions.choose_notifications(request.user, **parsed.validated_data)
        return _answer(request.user)


def _answer(user: User) -> Response:
    own = NotificationPreferences.of(user)
    return Response(NotificationPreferencesSerializer(own, context={"user": user}).data)
