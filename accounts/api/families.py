"""Families and a person's day by REST (R30, R9)."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import families
from accounts.api.secrets import secret
from accounts.families.day import standing
from accounts.models import GuardianLink, User
from accounts.requests import SignedInApiRequest
from accounts.serializers import families as shapes


def _read(shape: type[serializers.Serializer], request: SignedInApiRequest) -> dict[str, Any]:
    given = shape(data=request.data)
    given.is_valid(raise_exception=True)
    return given.validated_data


def _done() -> Response:
    return Response(status=status.HTTP_204_NO_CONTENT)


def _day(user: User) -> Response:
    return Response(shapes.ScreenTimeSerializer(standing(user)).data)


# --- The day --------------------------------------------------------------------------------------


class ScreenTime(APIView):
    """How long the asking person's day is, and how much of it is used."""

    @extend_schema(responses=shapes.ScreenTimeSerializer)
    def get(self, request: SignedInApiRequest) -> Response:
        """Today."""
        return _day(request.user)

    @extend_schema(request=None, responses=shapes.ScreenTimeSerializer)
    def post(self, request: SignedInApiRequest) -> Response:
        """A beat: the app is being used. Say it once a minute; more, or from another device too,
        counts the minute once."""
        families.beat(request.user)
        return _day(request.user)

    @extend_schema(request=shapes.ScreenLimitSerializer, responses=shapes.ScreenTimeSerializer)
    def patch(self, request: SignedInApiRequest) -> Response:
        """Choose one's own limit: shorter at once, longer from tomorrow (R9)."""
        families.set_own_limit(request.user, _read(shapes.ScreenLimitSerializer, request)["limit"])
        return _day(request.user)


class MyPasscode(APIView):
    """The digits that let one's day go on."""

    @extend_schema(request=shapes.PasscodeSerializer, responses={204: None})
    def put(self, request: SignedInApiRequest) -> Response:
        """Choose them."""
        said = _read(shapes.PasscodeSerializer, request)
        families.set_passcode(request.user, said["passcode"], password=said["password"])
        return _done()


class Unlock(APIView):
    """More of today, by a passcode."""

    @extend_schema(request=shapes.EnterPasscodeSerializer, responses=shapes.ScreenTimeSerializer)
    def post(self, request: SignedInApiRequest) -> Response:
        """15 more minutes: by one's own passcode, with a guardian by theirs."""
        families.unlock(request.user, _read(shapes.EnterPasscodeSerializer, request)["passcode"])
        return _day(request.user)


class AskForMore(APIView):
    """More of today, by a question."""

    @extend_schema(request=None, responses={201: shapes.TimeRequestSerializer})
    def post(self, request: SignedInApiRequest) -> Response:
        """Ask one's guardians for 15 more minutes; `screen_time` on the socket tells of a yes."""
        asked = families.ask_for_more(request.user)
        return Response(shapes.TimeRequestSerializer(asked).data, status=status.HTTP_201_CREATED)


class AnswerTime(APIView):
    """A teenager's question for more time."""

    @extend_schema(request=shapes.MoreTimeAnswerSerializer, responses=shapes.TimeRequestSerializer)
    def post(self, request: SignedInApiRequest, request_id: UUID) -> Response:
        """A guardian's yes, or not now."""
        grants = _read(shapes.MoreTimeAnswerSerializer, request)["grants"]
        answered = families.answer_request(request.user, request_id, grants=grants)
        return Response(shapes.TimeRequestSerializer(answered).data)


# --- Links ----------------------------------------------------------------------------------------


def _link(request: SignedInApiRequest, link: GuardianLink) -> dict[str, Any]:
    return shapes.FamilyLinkSerializer(link, context={"person": request.user}).data


class Family(APIView):
    """The asking person's links, as guardian or as teenager."""

    @extend_schema(responses=shapes.FamilyLinkSerializer(many=True))
    def get(self, request: SignedInApiRequest) -> Response:
        """All that stand, the newest first."""
        links = GuardianLink.objects.standing().of(request.user)
        return Response([_link(request, link) for link in links])

    @extend_schema(
        request=shapes.EnterPairingCodeSerializer, responses={201: shapes.FamilyLinkSerializer}
    )
    def post(self, request: SignedInApiRequest) -> Response:
        """Enter the code that the other side shows. The link waits for the teenager's consent."""
        link = families.enter_code(
            request.user, _read(shapes.EnterPairingCodeSerializer, request)["code"]
        )
        return Response(_link(request, link), status=status.HTTP_201_CREATED)


class FamilyCodes(APIView):
    """Pairing codes."""

    @extend_schema(request=None, responses={201: shapes.PairingCodeSerializer})
    def post(self, request: SignedInApiRequest) -> Response:
        """Eight digits for the other side to enter within 15 minutes; an earlier code ends."""
        made = families.make_code(request.user)
        return secret(shapes.PairingCodeSerializer(made).data)


class FamilyLink(APIView):
    """One of the asking person's links."""

    @extend_schema(responses=shapes.FamilyLinkSerializer)
    def get(self, request: SignedInApiRequest, link_id: UUID) -> Response:
        """Its state and what is narrowed."""
        return Response(_link(request, families.find_link(request.user, link_id)))

    @extend_schema(request=shapes.FamilyLinkSerializer, responses=shapes.FamilyLinkSerializer)
    def patch(self, request: SignedInApiRequest, link_id: UUID) -> Response:
        """The guardian narrows; what is not named stays, null and false take it back."""
        link = families.find_link(request.user, link_id)
        context = {"person": request.user}
        given = shapes.FamilyLinkSerializer(link, request.data, partial=True, context=context)
        given.is_valid(raise_exception=True)
        return Response(
            _link(request, families.tighten(request.user, link, **given.validated_data))
        )

    @extend_schema(responses={204: None})
    def delete(self, request: SignedInApiRequest, link_id: UUID) -> Response:
        """Decline it, or end it; the other side is told."""
        families.end_link(request.user, families.find_link(request.user, link_id))
        return _done()


class Consent(APIView):
    """The teenager's yes."""

    @extend_schema(request=None, responses=shapes.FamilyLinkSerializer)
    def post(self, request: SignedInApiRequest, link_id: UUID) -> Response:
        """Consent, on the teenager's own device, after they read what it means."""
        link = families.consent(request.user, families.find_link(request.user, link_id))
        return Response(_link(request, link))


class SeenOfTeen(APIView):
    """What a guardian sees."""

    @extend_schema(responses=shapes.SightSerializer)
    def get(self, request: SignedInApiRequest, link_id: UUID) -> Response:
        """The same for both; that a guardian looked is kept, and shown to the teenager."""
        link = families.find_link(request.user, link_id)
        seen = families.see(request.user, link)
        context = {"waiting": families.waiting_request(link.teen)}
        return Response(shapes.SightSerializer(seen, context=context).data)


class GuardianPasscode(APIView):
    """The guardian's digits for more time."""

    @extend_schema(request=shapes.EnterPasscodeSerializer, responses={204: None})
    def put(self, request: SignedInApiRequest, link_id: UUID) -> Response:
        """Choose them; entered on the teenager's device they open 15 more minutes."""
        link = families.find_link(request.user, link_id)
        passcode = _read(shapes.EnterPasscodeSerializer, request)["passcode"]
        families.set_guardian_passcode(request.user, link, passcode)
        return _done()
