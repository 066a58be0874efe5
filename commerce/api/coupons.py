"""What a shop gives, by REST: codes and flash sales, for its people."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import SignedInApiRequest
from commerce.actions import coupons
from commerce.api.selling import NO_CONTENT, SHOP, find_shop
from commerce.models import Coupon, FlashSale, Shop
from commerce.people import PRODUCTS
from commerce.serializers.coupons import (
    CouponChangeSerializer,
    CouponSerializer,
    FlashSaleChangeSerializer,
    FlashSaleSerializer,
    FlashSaleStartSerializer,
)
from config.api import CursorPagination


class ByStart(CursorPagination):
    """What begins last first."""

    ordering: Any = ("-starts_at", "-id")


def _said(shape: Any, request: Request, *, partial: bool = False) -> dict[str, Any]:
    sent = shape(data=request.data, partial=partial)
    sent.is_valid(raise_exception=True)
    return dict(sent.validated_data)


class Coupons(generics.ListAPIView):
    """A shop's codes."""

    serializer_class = CouponSerializer
    pagination_class = ByStart
    queryset = Coupon.objects.none()

    def get_queryset(self) -> Any:
        return find_shop(self.request, PRODUCTS).coupons.with_taken_off()

    @extend_schema(parameters=[SHOP])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """All, those that are over too."""
        return super().get(request, *args, **kwargs)

    @extend_schema(parameters=[SHOP], request=CouponSerializer, responses={201: CouponSerializer})
    def post(self, request: SignedInApiRequest) -> Response:
        """A new one."""
        shop = find_shop(request, PRODUCTS)
        made = coupons.give(request.user, shop, **_said(CouponSerializer, request))
        return _coupon(shop, made.pk, status.HTTP_201_CREATED)


def _coupon(shop: Shop, coupon_id: UUID, code: int = status.HTTP_200_OK) -> Response:
    coupon = get_object_or_404(shop.coupons.with_taken_off(), pk=coupon_id)
    return Response(CouponSerializer(coupon).data, code)


class OneCoupon(APIView):
    """One code."""

    @extend_schema(parameters=[SHOP], responses=CouponSerializer)
    def get(self, request: SignedInApiRequest, coupon_id: UUID) -> Response:
        """With how often it was used, and what it took off."""
        return _coupon(find_shop(request, PRODUCTS), coupon_id)

    @extend_schema(parameters=[SHOP], request=CouponChangeSerializer, responses=CouponSerializer)
    def patch(self, request: SignedInApiRequest, coupon_id: UUID) -> Response:
        """Other bounds; null takes one away. 409 once it is over."""
        shop = find_shop(request, PRODUCTS)
        said = _said(CouponChangeSerializer, request, partial=True)
        coupons.change(request.user, shop, coupon_id, **said)
        return _coupon(shop, coupon_id)

    @extend_schema(parameters=[SHOP], responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, coupon_id: UUID) -> Response:
        """Nobody uses it from now on; it stays in the list."""
        coupons.end(request.user, find_shop(request, PRODUCTS), coupon_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class FlashSales(generics.ListAPIView):
    """A shop's flash sales."""

    serializer_class = FlashSaleSerializer
    pagination_class = ByStart
    queryset = FlashSale.objects.none()

    def get_queryset(self) -> Any:
        return FlashSale.objects.of_shop(find_shop(self.request, PRODUCTS))

    @extend_schema(parameters=[SHOP])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """All, those that are over too."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        parameters=[SHOP], request=FlashSaleStartSerializer, responses={201: FlashSaleSerializer}
    )
    def post(self, request: SignedInApiRequest) -> Response:
        """A new one; two of the same variant cannot overlap."""
        shop = find_shop(request, PRODUCTS)
        said = _said(FlashSaleStartSerializer, request)
        return _sale(
            shop, coupons.start_sale(request.user, shop, **said).pk, status.HTTP_201_CREATED
        )


def _sale(shop: Shop, sale_id: UUID, code: int = status.HTTP_200_OK) -> Response:
    sale = get_object_or_404(FlashSale.objects.of_shop(shop), pk=sale_id)
    return Response(FlashSaleSerializer(sale).data, code)


class OneFlashSale(APIView):
    """One flash sale."""

    @extend_schema(parameters=[SHOP], responses=FlashSaleSerializer)
    def get(self, request: SignedInApiRequest, sale_id: UUID) -> Response:
        """With what is sold of it."""
        return _sale(find_shop(request, PRODUCTS), sale_id)

    @extend_schema(
        parameters=[SHOP], request=FlashSaleChangeSerializer, responses=FlashSaleSerializer
    )
    def patch(self, request: SignedInApiRequest, sale_id: UUID) -> Response:
        """Other times, another price, more pieces. 409 once it is over."""
        shop = find_shop(request, PRODUCTS)
        said = _said(FlashSaleChangeSerializer, request, partial=True)
        coupons.change_sale(request.user, shop, sale_id, **said)
        return _sale(shop, sale_id)

    @extend_schema(parameters=[SHOP], responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, sale_id: UUID) -> Response:
        """It is over; one that has not begun is no more."""
        coupons.end_sale(request.user, find_shop(request, PRODUCTS), sale_id)
        return Response(status=status.HTTP_204_NO_CONTENT)
