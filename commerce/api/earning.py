"""What creators earn, by REST: earnings, payouts, programmes, the showcase."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import policy
from accounts.requests import SignedInApiRequest
from commerce import affiliation
from commerce.actions import programmes, showcase
from commerce.actions.payout_accounts import begin_onboarding, set_payout_account
from commerce.earnings.creators import earnings_of
from commerce.earnings.periods import LENGTHS, days_of
from commerce.earnings.sheets import earnings_sheet, statement_sheet
from commerce.earnings.statements import payout_for, payouts_of
from commerce.models import Payout, PayoutAccount, Programme, Shop
from commerce.serializers.earning import (
    EarningsSerializer,
    NewPayoutAccountSerializer,
    OnboardingSerializer,
    PayoutAccountSerializer,
    PayoutSerializer,
    ProgrammeSerializer,
    ShowcaseItemSerializer,
    ShowcaseOrderSerializer,
    ShownProductSerializer,
)
from config.api import CursorPagination

DAYS = OpenApiParameter("days", int, enum=LENGTHS, description="Up to now; 28.")
CURRENCY = OpenApiParameter("currency", str, description="ISO 4217; where most is to come.")
SHEET = {(200, "text/csv"): OpenApiTypes.STR}
NO_CONTENT = {204: None}


class _Earning(APIView):
    """For adults alone (R7)."""

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        policy.permit(policy.earn(request.user.person))


class Earnings(_Earning):
    """What one earned by showing what shops sell."""

    @extend_schema(parameters=[DAYS, CURRENCY], responses=EarningsSerializer)
    def get(self, request: SignedInApiRequest) -> Response:
        """By day, source, video, conversation and product; never by buyer."""
        asked = request.query_params
        found = earnings_of(
            request.user, currency=asked.get("currency", ""), days=asked.get("days", "")
        )
        return Response(EarningsSerializer(found).data)


class EarningsSheet(_Earning):
    """All of it for a spreadsheet."""

    @extend_schema(parameters=[DAYS], responses=SHEET)
    def get(self, request: SignedInApiRequest) -> StreamingHttpResponse:
        """CSV in UTF-8, a row of each commission and each reversal."""
        return earnings_sheet(request.user, days_of(request.query_params.get("days", "")))


class PayoutPages(CursorPagination):
    """Newest first."""

    ordering: Any = ("-created_at", "-id")


class Payouts(_Earning, generics.ListAPIView):
    """What went to one's bank account as a creator."""

    serializer_class = PayoutSerializer
    pagination_class = PayoutPages

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return Payout.objects.none()
        return payouts_of(self.request.user)


class PayoutStatement(APIView):
    """What a payout pays for, for its creator or the shop's people."""

    @extend_schema(responses=SHEET)
    def get(self, request: SignedInApiRequest, payout_id: UUID) -> StreamingHttpResponse:
        """CSV in UTF-8."""
        return statement_sheet(payout_for(request.user, payout_id))


class PayoutPaper(APIView):
    """The same to be printed."""

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: SignedInApiRequest, payout_id: UUID) -> HttpResponse:
        """A PDF."""
        from commerce.earnings.papers import statement  # its fonts take a moment to load

        found = payout_for(request.user, payout_id)
        return HttpResponse(statement(found), content_type="application/pdf")


class Account(_Earning):
    """Where one's money goes."""

    @extend_schema(responses=PayoutAccountSerializer)
    def get(self, request: SignedInApiRequest) -> Response:
        """404 until it was said."""
        account = get_object_or_404(PayoutAccount, person=request.user)
        return Response(PayoutAccountSerializer(account).data)

    @extend_schema(request=NewPayoutAccountSerializer, responses=PayoutAccountSerializer)
    def put(self, request: SignedInApiRequest) -> Response:
        """From the next payout on."""
        asked = NewPayoutAccountSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        account = set_payout_account(request.user, **asked.validated_data)
        return Response(PayoutAccountSerializer(account).data)


class Onboarding(_Earning):
    """Telling whoever carries payouts who one is."""

    @extend_schema(request=None, responses=OnboardingSerializer)
    def post(self, request: SignedInApiRequest) -> Response:
        """The address to open in a browser. 409 where an IBAN is enough."""
        return onboarding_of(request, None, "commerce:earnings")


def onboarding_of(request: SignedInApiRequest, shop: Shop | None, page: str) -> Response:
    """Of oneself, or of a shop; from there one comes back to `page`."""
    back = request.build_absolute_uri(reverse(page))
    address = begin_onboarding(request.user, shop, back=back)
    return Response(OnboardingSerializer({"url": address}).data)


# --- Programmes -----------------------------------------------------------------------------------


class Programmes(_Earning):
    """What shops offer to creators."""

    @extend_schema(responses=ProgrammeSerializer(many=True))
    def get(self, request: SignedInApiRequest) -> Response:
        """What one may join or is in, invitations first; at most a hundred."""
        found = affiliation.offered_to(request.user)[:100]
        return Response(ProgrammeSerializer(found, many=True).data)


class ProgrammePart(_Earning):
    """Taking part in a programme."""

    @extend_schema(request=None, responses=ProgrammeSerializer)
    def post(self, request: SignedInApiRequest, programme_id: UUID) -> Response:
        """Join, or accept an invitation."""
        programmes.join(request.user, _programme(programme_id))
        shown = affiliation.offered_to(request.user).get(pk=programme_id)
        return Response(ProgrammeSerializer(shown).data)

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, programme_id: UUID) -> Response:
        """Leave, or decline; what was sold before still counts."""
        programmes.leave(request.user, _programme(programme_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _programme(programme_id: UUID) -> Programme:
    return get_object_or_404(Programme.objects.select_related("shop"), pk=programme_id)


# --- The showcase ---------------------------------------------------------------------------------


class Showcase(_Earning):
    """The products on one's profile."""

    @extend_schema(responses=ShowcaseItemSerializer(many=True))
    def get(self, request: SignedInApiRequest) -> Response:
        """In their order."""
        return Response(_shown(request))

    @extend_schema(
        request=ShownProductSerializer, responses={201: ShowcaseItemSerializer(many=True)}
    )
    def post(self, request: SignedInApiRequest) -> Response:
        """Put one in, as the first."""
        asked = ShownProductSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        product = affiliation.product_for(request.user, asked.validated_data["product"])
        showcase.add(request.user, product)
        return Response(_shown(request), status.HTTP_201_CREATED)

    @extend_schema(request=ShowcaseOrderSerializer, responses=ShowcaseItemSerializer(many=True))
    def put(self, request: SignedInApiRequest) -> Response:
        """Show these first; the others come after them as they were."""
        asked = ShowcaseOrderSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        showcase.reorder(request.user, asked.validated_data["products"])
        return Response(_shown(request))


class ShowcaseProduct(_Earning):
    """One product of it."""

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, product_id: UUID) -> Response:
        """Take it out."""
        showcase.remove(request.user, product_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _shown(request: SignedInApiRequest) -> Any:
    return ShowcaseItemSerializer(affiliation.showcase_of(request.user), many=True).data
