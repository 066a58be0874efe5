"""A shop's orders by REST, for the people who work for it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import SignedInApiRequest
from commerce.actions import orders as verbs
from commerce.actions import returns
from commerce.api.orders import ByPlacing, parsed
from commerce.models import Order, ReturnRequest
from commerce.people import READS_ORDERS, demand, rights, shop_of
from commerce.serializers.orders import (
    CancelSerializer,
    GiveBackSerializer,
    OrderRowSerializer,
    OrderSerializer,
    RefundSerializer,
    ReturnAnswerSerializer,
    ReturnSerializer,
    ShipSerializer,
)

SHOP = OpenApiParameter("shop", str, description="Its address; without it one's own.")
STATE = OpenApiParameter("state", str, enum=Order.State.values)
WORDS = OpenApiParameter("q", str, description="A number, a buyer or a product.")


@extend_schema(parameters=[SHOP, STATE, WORDS])
class Sales(generics.ListAPIView):
    """What the shop has to send, and had."""

    serializer_class = OrderRowSerializer
    pagination_class = ByPlacing
    queryset = Order.objects.none()

    def get_queryset(self) -> Any:
        asked: Any = self.request.query_params
        shop = shop_of(self.request.user, asked.get("shop", ""))
        demand(self.request.user, shop, READS_ORDERS)
        found = Order.objects.sold_by(shop).matching(asked.get("q", "")).with_lines()
        return found.filter(state=asked["state"]) if asked.get("state") else found


class OneSale(APIView):
    """One order of a shop."""

    @extend_schema(responses=OrderSerializer)
    def get(self, request: SignedInApiRequest, order_id: UUID) -> Response:
        """With all that happened to it."""
        return _shown(request, order_id)


class PackSale(APIView):
    """It lies in its parcel."""

    @extend_schema(request=None, responses=OrderSerializer)
    def post(self, request: SignedInApiRequest, order_id: UUID) -> Response:
        """From paid to packed."""
        verbs.pack(request.user, _bare(order_id))
        return _shown(request, order_id)


class ShipSale(APIView):
    """It is on its way."""

    @extend_schema(request=ShipSerializer, responses=OrderSerializer)
    def post(self, request: SignedInApiRequest, order_id: UUID) -> Response:
        """With the carrier's number, if there is one."""
        verbs.ship(request.user, _bare(order_id), **parsed(ShipSerializer, request))
        return _shown(request, order_id)


class CancelSale(APIView):
    """The shop cannot send it."""

    @extend_schema(request=CancelSerializer, responses=OrderSerializer)
    def post(self, request: SignedInApiRequest, order_id: UUID) -> Response:
        """All that was paid goes back."""
        sent = parsed(CancelSerializer, request)
        _shown(request, order_id)
        verbs.cancel(request.user, _bare(order_id), **sent)
        return _shown(request, order_id)


class SaleRefunds(APIView):
    """Money that goes back."""

    @extend_schema(request=GiveBackSerializer, responses={201: RefundSerializer})
    def post(self, request: SignedInApiRequest, order_id: UUID) -> Response:
        """By line, and of the shipping; never more than was paid."""
        sent = parsed(GiveBackSerializer, request)
        lines = {each["line"]: (each["quantity"], each["amount"]) for each in sent.pop("lines", [])}
        made = verbs.refund(request.user, _bare(order_id), lines, **sent)
        return Response(RefundSerializer(made).data, status.HTTP_201_CREATED)


@extend_schema(parameters=[SHOP])
class SaleReturns(generics.ListAPIView):
    """What buyers send back, the newest first."""

    class Pages(ByPlacing):
        ordering = "-asked_at"

    serializer_class = ReturnSerializer
    pagination_class = Pages
    queryset = ReturnRequest.objects.none()

    def get_queryset(self) -> Any:
        asked: Any = self.request.query_params
        shop = shop_of(self.request.user, asked.get("shop", ""))
        demand(self.request.user, shop, READS_ORDERS)
        return ReturnRequest.objects.filter(order__shop=shop).prefetch_related("lines")


class ApproveReturn(APIView):
    """The buyer may send it back."""

    @extend_schema(request=ReturnAnswerSerializer, responses=ReturnSerializer)
    def post(self, request: SignedInApiRequest, return_id: UUID) -> Response:
        """With an answer, if there is something to say."""
        return _answered(
            request, return_id, returns.approve, parsed(ReturnAnswerSerializer, request)
        )


class RefuseReturn(APIView):
    """The shop does not take it back."""

    @extend_schema(request=ReturnAnswerSerializer, responses=ReturnSerializer)
    def post(self, request: SignedInApiRequest, return_id: UUID) -> Response:
        """And says why."""
        return _answered(
            request, return_id, returns.refuse, parsed(ReturnAnswerSerializer, request)
        )


class ReceiveReturn(APIView):
    """It came back."""

    @extend_schema(request=None, responses=ReturnSerializer)
    def post(self, request: SignedInApiRequest, return_id: UUID) -> Response:
        """Its pieces are paid back."""
        return _answered(request, return_id, returns.receive, {})


def _answered(
    request: SignedInApiRequest,
    return_id: UUID,
    verb: Callable[..., ReturnRequest],
    sent: dict[str, Any],
) -> Response:
    found = get_object_or_404(ReturnRequest.objects.select_related("order"), pk=return_id)
    return Response(ReturnSerializer(verb(request.user, found, **sent)).data)


def _bare(order_id: UUID) -> Order:
    """The order by its id: the verb asks whose it is."""
    return get_object_or_404(Order, pk=order_id)


def _shown(request: SignedInApiRequest, order_id: UUID) -> Response:
    order = get_object_or_404(Order.objects.filter(number__isnull=False).in_full(), pk=order_id)
    if READS_ORDERS not in rights(request.user, order.shop):
        raise Http404
    return Response(OrderSerializer(order).data)
