"""The cart, addresses and the checkout by REST."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.requests import SignedInApiRequest
from commerce.actions import addresses, carts
from commerce.actions import checkout as actions
from commerce.actions.checkout import Asked, Draft
from commerce.basket import basket_of
from commerce.guests import HEADER, cart_for, own_cart
from commerce.models import Address, Cart
from commerce.paying_for import start_payment
from commerce.refusals import conflict
from commerce.serializers.checkout import (
    AddressSerializer,
    AskedSerializer,
    CartChangeSerializer,
    CartSerializer,
    NewCartLineSerializer,
    PlacingSerializer,
    PurchaseSerializer,
    QuoteSerializer,
)
from config.preconditions import GuardedView

X_CART = OpenApiParameter(HEADER, str, OpenApiParameter.HEADER, description="A guest's secret.")
KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, required=True, description="Up to 64 signs."
)


def _parsed(kind: Any, request: Request) -> dict[str, Any]:
    sent = kind(data=request.data)
    sent.is_valid(raise_exception=True)
    return sent.validated_data


class OwnCart(APIView):
    """What somebody is about to buy."""

    permission_classes = [AllowAny]

    @extend_schema(parameters=[X_CART], responses=CartSerializer)
    def get(self, request: Request) -> Response:
        """As it would be ordered now."""
        return _shown(request, cart_for(request))


class CartLines(APIView):
    """Its lines."""

    permission_classes = [AllowAny]

    @extend_schema(
        parameters=[X_CART], request=NewCartLineSerializer, responses={201: CartSerializer}
    )
    def post(self, request: Request) -> Response:
        """Put something in. A guest without a secret gets one in the header `X-Cart`."""
        sent = _parsed(NewCartLineSerializer, request)
        own, secret = own_cart(request)
        met = carts.met_in(request.user, sent["variant"], sent["via"])
        carts.add(own, sent["variant"], sent["quantity"], met)
        answer = _shown(request, own, status.HTTP_201_CREATED)
        if secret:
            answer.headers[HEADER] = secret
        return answer


class OneCartLine(APIView):
    """One line."""

    permission_classes = [AllowAny]

    @extend_schema(parameters=[X_CART], request=CartChangeSerializer, responses=CartSerializer)
    def patch(self, request: Request, line_id: UUID) -> Response:
        """Another number, or for later."""
        own = _existing(request)
        carts.change(own, line_id, **_parsed(CartChangeSerializer, request))
        return _shown(request, own)

    @extend_schema(parameters=[X_CART], responses=CartSerializer)
    def delete(self, request: Request, line_id: UUID) -> Response:
        """Take it out."""
        own = _existing(request)
        carts.remove(own, line_id)
        return _shown(request, own)


def _existing(request: Request) -> Cart:
    if (own := cart_for(request)) is None:
        raise Http404
    return own


def _shown(request: Request, own: Cart | None, code: int = status.HTTP_200_OK) -> Response:
    return Response(CartSerializer(basket_of(own, request.user)).data, code)


class Addresses(APIView):
    """One's own addresses."""

    @extend_schema(responses=AddressSerializer(many=True))
    def get(self, request: SignedInApiRequest) -> Response:
        """The usual one first; at most 20."""
        own = Address.objects.filter(person=request.user).order_by("-is_default", "-pk")
        return Response(AddressSerializer(own, many=True).data)

    @extend_schema(request=AddressSerializer, responses={201: AddressSerializer})
    def post(self, request: SignedInApiRequest) -> Response:
        """One more."""
        made = addresses.save(request.user, **_parsed(AddressSerializer, request))
        return Response(AddressSerializer(made).data, status.HTTP_201_CREATED)


class OneAddress(GuardedView):
    """One of them."""

    edited = (*addresses.FIELDS, "is_default")

    def held(self) -> QuerySet[User]:
        return User.objects.filter(pk=self.request.user.pk)

    @extend_schema(responses=AddressSerializer)
    def get(self, request: SignedInApiRequest, address_id: UUID) -> Response:
        """As it is now."""
        return Response(AddressSerializer(addresses.find(request.user, address_id)).data)

    @extend_schema(request=AddressSerializer, responses=AddressSerializer)
    def patch(self, request: SignedInApiRequest, address_id: UUID) -> Response:
        """Another wording."""
        sent = AddressSerializer(data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        made = addresses.save(request.user, address_id, **sent.validated_data)
        return Response(AddressSerializer(made).data)

    @extend_schema(responses={204: None})
    def delete(self, request: SignedInApiRequest, address_id: UUID) -> Response:
        """Orders keep their copy."""
        addresses.remove(request.user, address_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class CheckoutQuote(APIView):
    """What it would cost."""

    @extend_schema(request=AskedSerializer, responses=QuoteSerializer)
    def post(self, request: SignedInApiRequest) -> Response:
        """Nothing is ordered, nothing held."""
        drawn = actions.draft(request.user, _asked(_parsed(AskedSerializer, request)))
        return Response(_quoted(drawn))


class Checkout(APIView):
    """Ordering."""

    @extend_schema(parameters=[KEY], request=PlacingSerializer, responses={201: PurchaseSerializer})
    def post(self, request: SignedInApiRequest) -> Response:
        """Place the order and start its payment; the same key answers the same purchase."""
        sent = _parsed(PlacingSerializer, request)
        expect = sent.pop("expect", None)
        key = request.headers.get("Idempotency-Key", "")
        purchase = actions.place(request.user, _asked(sent), key=key, expect=expect)
        shown: Any = purchase
        shown.payment = start_payment(purchase, request)
        return Response(PurchaseSerializer(shown).data, status.HTTP_201_CREATED)


def _asked(sent: dict[str, Any]) -> Asked:
    """By shop: what is said of ids that are none is a conflict of words, not of orders."""
    try:
        for name in ("shipping", "notes"):
            sent[name] = {UUID(key): value for key, value in sent.get(name, {}).items()}
    except ValueError:
        raise conflict("checkout.shipping") from None
    return Asked(**sent)


def _quoted(drawn: Draft) -> dict[str, Any]:
    shops = [
        {
            **{name: getattr(sums, name) for name in _SUMS},
            "ways": drawn.ways.get(sums.shop, []),
            "way": drawn.rates[sums.shop].pk if sums.shop in drawn.rates else None,
        }
        for sums in drawn.quote.shops
    ]
    said = {"currency": drawn.currency, "quote": drawn.quote, "address": drawn.address}
    return dict(QuoteSerializer({**said, "shops": shops}).data)


_SUMS = ("shop", "goods", "discount", "platform_discount", "shipping", "tax", "total")
