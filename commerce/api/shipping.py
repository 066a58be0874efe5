"""Where shops ship to, by REST."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import SignedInApiRequest
from commerce.actions import shipping
from commerce.api.selling import NO_CONTENT, SHOP, find_shop
from commerce.people import (
    SETTINGS,
)
from commerce.serializers.selling import (
    ShippingRateSerializer,
    ShippingZoneSerializer,
)


class Zones(APIView):
    """Where a shop ships to."""

    @extend_schema(parameters=[SHOP], responses=ShippingZoneSerializer(many=True))
    def get(self, request: SignedInApiRequest) -> Response:
        """Zones with their rates."""
        shop = find_shop(request, SETTINGS)
        zones = shop.zones.prefetch_related("rates").order_by("pk")
        return Response(ShippingZoneSerializer(zones, many=True).data)

    @extend_schema(
        parameters=[SHOP], request=ShippingZoneSerializer, responses={201: ShippingZoneSerializer}
    )
    def post(self, request: SignedInApiRequest) -> Response:
        """A new zone."""
        shop = find_shop(request, SETTINGS)
        parsed = ShippingZoneSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        zone = shipping.save_zone(request.user, shop, **parsed.validated_data)
        return Response(ShippingZoneSerializer(zone).data, status.HTTP_201_CREATED)


class OneZone(APIView):
    """One zone."""

    @extend_schema(
        parameters=[SHOP], request=ShippingZoneSerializer, responses=ShippingZoneSerializer
    )
    def put(self, request: SignedInApiRequest, zone_id: int) -> Response:
        """Another name, other countries."""
        shop = find_shop(request, SETTINGS)
        parsed = ShippingZoneSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        zone = shipping.save_zone(request.user, shop, zone_id, **parsed.validated_data)
        return Response(ShippingZoneSerializer(zone).data)

    @extend_schema(parameters=[SHOP], responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, zone_id: int) -> Response:
        """Nothing is shipped there any more."""
        shipping.remove_zone(request.user, find_shop(request, SETTINGS), zone_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Rates(APIView):
    """Ways to ship into a zone."""

    @extend_schema(
        parameters=[SHOP], request=ShippingRateSerializer, responses={201: ShippingRateSerializer}
    )
    def post(self, request: SignedInApiRequest, zone_id: int) -> Response:
        """One more."""
        shop = find_shop(request, SETTINGS)
        parsed = ShippingRateSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        rate = shipping.save_rate(request.user, shop, zone_id, **parsed.validated_data)
        return Response(ShippingRateSerializer(rate).data, status.HTTP_201_CREATED)


class OneRate(APIView):
    """One way to ship."""

    @extend_schema(
        parameters=[SHOP], request=ShippingRateSerializer, responses=ShippingRateSerializer
    )
    def patch(self, request: SignedInApiRequest, zone_id: int, rate_id: int) -> Response:
        """Another price; orders of before keep theirs."""
        shop = find_shop(request, SETTINGS)
        parsed = ShippingRateSerializer(data=request.data, partial=True)
        parsed.is_valid(raise_exception=True)
        rate = shipping.save_rate(request.user, shop, zone_id, rate_id, **parsed.validated_data)
        return Response(ShippingRateSerializer(rate).data)

    @extend_schema(parameters=[SHOP], responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, zone_id: int, rate_id: int) -> Response:
        """It is offered no longer."""
        shipping.remove_rate(request.user, find_shop(request, SETTINGS), zone_id, rate_id)
        return Response(status=status.HTTP_204_NO_CONTENT)
