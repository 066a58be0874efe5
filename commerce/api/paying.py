"""Payments by REST."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import SignedInApiRequest
from commerce.models import Payment, Purchase
from commerce.paying_for import payment_of
from commerce.serializers.paying import PaymentSerializer


class OnePayment(APIView):
    """A payment of one's own."""

    @extend_schema(responses=PaymentSerializer)
    def get(self, request: SignedInApiRequest, payment_id: UUID) -> Response:
        """How it stands."""
        own = Payment.objects.select_related("purchase")
        return _shown(request, get_object_or_404(own, pk=payment_id, purchase__buyer=request.user))


class PurchasePayments(APIView):
    """Paying a purchase of one's own."""

    @extend_schema(request=None, responses={201: PaymentSerializer})
    def post(self, request: SignedInApiRequest, purchase_id: UUID) -> Response:
        """The payment that lives, asked again where its provider could not be reached; a new one
        where the last was refused."""
        purchase = get_object_or_404(Purchase, pk=purchase_id, buyer=request.user)
        return _shown(request, payment_of(purchase, request), status.HTTP_201_CREATED)


def _shown(request: Request, payment: Payment, code: int = status.HTTP_200_OK) -> Response:
    return Response(PaymentSerializer(payment, context={"request": request}).data, code)
