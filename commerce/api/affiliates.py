"""A shop's programmes and money, by REST. `?shop=` names it where somebody works for several."""

from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import policy
from accounts.models import User
from accounts.requests import SignedInApiRequest
from commerce.actions import programmes
from commerce.api.earning import DAYS, NO_CONTENT, SHEET, PayoutPages, onboarding_of
from commerce.earnings.periods import days_of
from commerce.earnings.sheets import turnover_sheet
from commerce.earnings.shops import money_of
from commerce.earnings.statements import payouts_of
from commerce.models import Payout, Programme, ProgrammeMember, Shop
from commerce.people import MONEY, demand, shop_of
from commerce.refusals import invalid
from commerce.serializers.earning import (
    InviteSerializer,
    OfferSerializer,
    OnboardingSerializer,
    PayoutSerializer,
    ProgrammeMemberSerializer,
    ProgrammeSerializer,
    RateSerializer,
    ShopMoneySerializer,
)

SHOP = OpenApiParameter("shop", str, description="Its address; one's own.")


class _OfShop(APIView):
    """For those who look after the shop's money (R7)."""

    shop: Shop

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        policy.permit(policy.sell(request.user.person))
        self.shop = shop_of(request.user, request.query_params.get("shop", ""))
        demand(request.user, self.shop, MONEY)


class ShopMoney(_OfShop):
    """What came in, and where it went."""

    @extend_schema(parameters=[SHOP, DAYS], responses=ShopMoneySerializer)
    def get(self, request: SignedInApiRequest) -> Response:
        """By where buyers met the products, and by who showed them."""
        found = money_of(self.shop, days=request.query_params.get("days", ""))
        return Response(ShopMoneySerializer(found).data)


class ShopMoneySheet(_OfShop):
    """All of it for a spreadsheet."""

    @extend_schema(parameters=[SHOP, DAYS], responses=SHEET)
    def get(self, request: SignedInApiRequest) -> StreamingHttpResponse:
        """CSV in UTF-8, a row of each entry of the ledger."""
        return turnover_sheet(self.shop, days_of(request.query_params.get("days", "")))


class ShopOnboarding(_OfShop):
    """Telling whoever carries payouts who one is."""

    @extend_schema(parameters=[SHOP], request=None, responses=OnboardingSerializer)
    def post(self, request: SignedInApiRequest) -> Response:
        """The address to open in a browser. 409 where an IBAN is enough."""
        return onboarding_of(request, self.shop, "commerce:sell-money")


class ShopPayouts(_OfShop, generics.ListAPIView):
    """What went to the shop's bank account."""

    serializer_class = PayoutSerializer
    pagination_class = PayoutPages

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return Payout.objects.none()
        return payouts_of(self.shop)


class ShopProgrammes(_OfShop):
    """What the shop pays creators."""

    @extend_schema(parameters=[SHOP], responses=ProgrammeSerializer(many=True))
    def get(self, request: SignedInApiRequest) -> Response:
        """Those that run."""
        found = self.shop.programmes.filter(is_active=True).select_related("shop", "product")
        return Response(ProgrammeSerializer(found.order_by("pk"), many=True).data)

    @extend_schema(parameters=[SHOP], request=OfferSerializer, responses=ProgrammeSerializer)
    def post(self, request: SignedInApiRequest) -> Response:
        """Offer one, or offer it otherwise; orders keep the rate they were placed at."""
        asked = OfferSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = dict(asked.validated_data)
        product_id = given.pop("product")
        product = get_object_or_404(self.shop.products, pk=product_id) if product_id else None
        made = programmes.offer(request.user, self.shop, product=product, **given)
        return Response(ProgrammeSerializer(made).data)


class ShopProgramme(_OfShop):
    """One of them."""

    @extend_schema(parameters=[SHOP], responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, programme_id: UUID) -> Response:
        """Offer it no longer."""
        programmes.end(request.user, _programme(self.shop, programme_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ShopCreators(_OfShop):
    """Who takes part in a programme, or is asked."""

    @extend_schema(parameters=[SHOP], responses=ProgrammeMemberSerializer(many=True))
    def get(self, request: SignedInApiRequest, programme_id: UUID) -> Response:
        """All of them, those who left too."""
        members = _programme(self.shop, programme_id).members.select_related("creator")
        return Response(ProgrammeMemberSerializer(members.order_by("pk"), many=True).data)

    @extend_schema(parameters=[SHOP], request=InviteSerializer, responses=ProgrammeMemberSerializer)
    def post(self, request: SignedInApiRequest, programme_id: UUID) -> Response:
        """Ask a creator."""
        asked = InviteSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        creator = _creator(request.user, asked.validated_data["username"])
        programme = _programme(self.shop, programme_id)
        percent = asked.validated_data["percent"]
        member = programmes.invite(request.user, programme, creator, percent=percent)
        return Response(ProgrammeMemberSerializer(member).data)


class ShopCreator(_OfShop):
    """One of them."""

    @extend_schema(parameters=[SHOP], request=RateSerializer, responses=ProgrammeMemberSerializer)
    def patch(self, request: SignedInApiRequest, member_id: int) -> Response:
        """Give them a rate of their own."""
        asked = RateSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        member = _member(self.shop, member_id)
        programmes.set_rate(request.user, member, asked.validated_data["percent"])
        return Response(ProgrammeMemberSerializer(member).data)

    @extend_schema(parameters=[SHOP], responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, member_id: int) -> Response:
        """Let them take part no longer."""
        programmes.remove(request.user, _member(self.shop, member_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _programme(shop: Shop, programme_id: UUID) -> Programme:
    programmes = shop.programmes.filter(is_active=True).select_related("shop", "product")
    return get_object_or_404(programmes, pk=programme_id)


def _member(shop: Shop, member_id: int) -> ProgrammeMember:
    members = ProgrammeMember.objects.filter(programme__shop=shop)
    return get_object_or_404(members.select_related("programme__shop", "creator"), pk=member_id)


def _creator(actor: User, username: str) -> User:
    found = User.objects.visible_to(actor).named(username.removeprefix("@")).first()
    if found is None:
        raise invalid("programme.nobody", "username")
    return found
