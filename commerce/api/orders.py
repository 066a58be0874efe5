"""A buyer's orders by REST."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import SignedInApiRequest
from commerce import invoicing
from commerce.actions import orders as verbs
from commerce.actions import reordering, returns
from commerce.models import Order, ReturnRequest
from commerce.serializers.orders import (
    AgainSerializer,
    AskReturnSerializer,
    CancelSerializer,
    DisputeSerializer,
    OrderRowSerializer,
    OrderSerializer,
    ReturnSerializer,
    TrackingSerializer,
)
from config.api import CursorPagination


class ByPlacing(CursorPagination):
    """The newest order first."""

    ordering = "-placed_at"


class Orders(generics.ListAPIView):
    """What one bought."""

    serializer_class = OrderRowSerializer
    pagination_class = ByPlacing
    queryset = Order.objects.none()

    def get_queryset(self) -> Any:
        buyer: Any = self.request.user
        return Order.objects.bought_by(buyer).with_lines()


class OneOrder(APIView):
    """One's own order."""

    @extend_schema(responses=OrderSerializer)
    def get(self, request: SignedInApiRequest, order_id: UUID) -> Response:
        """With all that happened to it."""
        return _shown(request, order_id)


class CancelOrder(APIView):
    """Not any more."""

    @extend_schema(request=CancelSerializer, responses=OrderSerializer)
    def post(self, request: SignedInApiRequest, order_id: UUID) -> Response:
        """Until it is packed; what was paid goes back."""
        sent = parsed(CancelSerializer, request)
        verbs.cancel(request.user, own(request, order_id), **sent)
        return _shown(request, order_id)


class DeliverOrder(APIView):
    """It is here."""

    @extend_schema(request=None, responses=OrderSerializer)
    def post(self, request: SignedInApiRequest, order_id: UUID) -> Response:
        """The buyer has it."""
        verbs.deliver(request.user, own(request, order_id))
        return _shown(request, order_id)


class OrderAgain(APIView):
    """The same once more."""

    @extend_schema(request=None, responses=AgainSerializer)
    def post(self, request: SignedInApiRequest, order_id: UUID) -> Response:
        """Into one's cart, as it is sold now."""
        missing = reordering.order_again(request.user, own(request, order_id))
        return Response({"missing": missing})


class OrderInvoice(APIView):
    """The invoice as PDF."""

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: SignedInApiRequest, order_id: UUID) -> HttpResponse:
        """For its buyer and for the shop's people, once it is paid."""
        order = invoicing.order_for(request.user, order_id)
        return HttpResponse(invoicing.invoice(order), content_type="application/pdf")


class OrderReturns(APIView):
    """Sending something back."""

    @extend_schema(request=AskReturnSerializer, responses={201: ReturnSerializer})
    def post(self, request: SignedInApiRequest, order_id: UUID) -> Response:
        """Ask the shop: it has one working day to answer, then it is approved."""
        order = own(request, order_id)
        sent = parsed(AskReturnSerializer, request)
        pieces = {each["line"]: each["quantity"] for each in sent.pop("lines")}
        asked = returns.ask(request.user, order, pieces, **sent)
        return Response(ReturnSerializer(asked).data, status.HTTP_201_CREATED)


class SendReturn(APIView):
    """The parcel is on its way back."""

    @extend_schema(request=TrackingSerializer, responses=ReturnSerializer)
    def post(self, request: SignedInApiRequest, return_id: UUID) -> Response:
        """With the carrier's number, if there is one."""
        sent = parsed(TrackingSerializer, request)
        found = returns.send(request.user, own_return(request, return_id), **sent)
        return Response(ReturnSerializer(found).data)


class WithdrawReturn(APIView):
    """One keeps it after all."""

    @extend_schema(request=None, responses=ReturnSerializer)
    def post(self, request: SignedInApiRequest, return_id: UUID) -> Response:
        """Before it is sent."""
        found = returns.withdraw(request.user, own_return(request, return_id))
        return Response(ReturnSerializer(found).data)


class DisputeReturn(APIView):
    """The shop refused."""

    @extend_schema(request=DisputeSerializer, responses=ReturnSerializer)
    def post(self, request: SignedInApiRequest, return_id: UUID) -> Response:
        """Let the moderators decide."""
        sent = parsed(DisputeSerializer, request)
        found = returns.dispute(request.user, own_return(request, return_id), **sent)
        return Response(ReturnSerializer(found).data)


def parsed(shape: Any, request: SignedInApiRequest) -> dict[str, Any]:
    """What was sent, in that shape."""
    sent = shape(data=request.data)
    sent.is_valid(raise_exception=True)
    return dict(sent.validated_data)


def own(request: SignedInApiRequest, order_id: UUID) -> Order:
    """One that the asking person placed."""
    return get_object_or_404(Order, pk=order_id, buyer=request.user)


def own_return(request: SignedInApiRequest, return_id: UUID) -> ReturnRequest:
    """One that the asking person made."""
    asked = ReturnRequest.objects.filter(order__buyer=request.user).select_related("order")
    return get_object_or_404(asked, pk=return_id)


def _shown(request: SignedInApiRequest, order_id: UUID) -> Response:
    mine = Order.objects.filter(buyer=request.user).in_full()
    return Response(OrderSerializer(get_object_or_404(mine, pk=order_id)).data)
