"""Asking for another birth date by REST (R10)."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.moderation import ages
from accounts.requests import SignedInApiRequest


class AgeRequestSerializer(serializers.Serializer):
    """Which date it should be, and how the other one came about."""

    birth_date = serializers.DateField()
    words = serializers.CharField(max_length=ages.ASKED_LIMIT)


class BirthDateSerializer(serializers.Serializer):
    """The date that we have. `waiting`: somebody was asked to correct it. `decisions`: the answers,
    newest first, by the ids of `/me/decisions/`."""

    birth_date = serializers.DateField()
    waiting = serializers.BooleanField()
    decisions = serializers.ListField(child=serializers.UUIDField())


class AgeCorrection(APIView):
    """One's own birth date."""

    @extend_schema(operation_id="me_birth_date", responses=BirthDateSerializer)
    def get(self, request: SignedInApiRequest) -> Response:
        """It, and what was asked and answered."""
        return Response(_standing(request))

    @extend_schema(
        operation_id="me_birth_date_correct",
        request=AgeRequestSerializer,
        responses={202: BirthDateSerializer},
    )
    def post(self, request: SignedInApiRequest) -> Response:
        """Ask staff to correct it. `birth_date.implausible`, `birth_date.same`, `age.words` (400),
        `age.asked` (409)."""
        parsed = AgeRequestSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        ages.ask_for_correction(request.user, **parsed.validated_data)
        return Response(_standing(request), status.HTTP_202_ACCEPTED)


def _standing(request: SignedInApiRequest) -> dict[str, Any]:
    person = request.user
    return {
        "birth_date": person.birth_date,
        "waiting": ages.waiting_request(person) is not None,
        "decisions": [each.pk for each in ages.answers(person)],
    }
