"""Shops by REST: for everybody, for who asks to sell, for their own people."""

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import policy
from accounts.requests import SignedInApiRequest
from commerce import shop_day
from commerce.actions import applications, closing, shops
from commerce.api.selling import NO_CONTENT, SHEET, SHOP, find_shop
from commerce.models import SellerApplication, Shop
from commerce.people import (
    PRODUCTS,
    READS_ORDERS,
    SETTINGS,
    STAFF,
    rights,
    shop_of,
    shops_of,
)
from commerce.serializers.selling import (
    ApplicationSerializer,
    ApplySerializer,
    OwnShopSerializer,
    ShopDaySerializer,
    ShopPictureSerializer,
    ShopSerializer,
    ShopSettingsSerializer,
    UnfinishedSerializer,
)
from commerce.sheets import sheet_of_orders, sheet_of_products


def _own(request: Request, shop: Shop) -> Response:
    shop.rights = sorted(rights(request.user, shop))  # type: ignore[attr-defined]
    return Response(OwnShopSerializer(shop).data)


class OneShop(APIView):
    """A shop, for everybody."""

    permission_classes = [AllowAny]

    @extend_schema(responses=ShopSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """Who sells, and how; 404 while it is not open."""
        shop = get_object_or_404(Shop.objects.visible_to(request.user), slug=slug)
        return Response(ShopSerializer(shop).data)


class Application(APIView):
    """Asking to sell."""

    @extend_schema(responses=ApplicationSerializer)
    def get(self, request: SignedInApiRequest) -> Response:
        """What one sent last; 404 before that."""
        sent = SellerApplication.objects.filter(shop__owner=request.user).select_related("shop")
        last = get_object_or_404(sent.order_by("-sent_at")[:1])
        return Response(ApplicationSerializer(last).data)

    @extend_schema(
        request={"multipart/form-data": ApplySerializer}, responses={201: ApplicationSerializer}
    )
    def post(self, request: SignedInApiRequest) -> Response:
        """Send everything; somebody looks at it. 409 while another request waits."""
        policy.permit(policy.sell(request.user.person))
        parsed = ApplySerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        sent = applications.apply(request.user, **parsed.words)
        return Response(ApplicationSerializer(sent).data, status.HTTP_201_CREATED)


class OwnShops(APIView):
    """Where one works."""

    @extend_schema(responses=OwnShopSerializer(many=True))
    def get(self, request: SignedInApiRequest) -> Response:
        """One's own shop first, then those one works for; each with one's rights there."""
        found = list(shops_of(request.user))
        for shop in found:
            shop.rights = sorted(rights(request.user, shop))  # type: ignore[attr-defined]
        return Response(OwnShopSerializer(found, many=True).data)


class OwnShop(APIView):
    """What a shop says of itself."""

    @extend_schema(parameters=[SHOP], responses=OwnShopSerializer)
    def get(self, request: SignedInApiRequest) -> Response:
        """The shop, with one's rights there."""
        return _own(request, shop_of(request.user, request.query_params.get("shop", "")))

    @extend_schema(parameters=[SHOP], request=ShopSettingsSerializer, responses=OwnShopSerializer)
    def patch(self, request: SignedInApiRequest) -> Response:
        """Change some of it."""
        shop = find_shop(request, SETTINGS)
        parsed = ShopSettingsSerializer(data=request.data, partial=True)
        parsed.is_valid(raise_exception=True)
        return _own(request, shops.update(request.user, shop, **parsed.validated_data))


class ShopClosing(APIView):
    """An owner closes the shop, and opens it again."""

    @extend_schema(parameters=[SHOP], responses=UnfinishedSerializer)
    def get(self, request: SignedInApiRequest) -> Response:
        """What others wait for: until it is finished, the shop cannot be closed."""
        shop = find_shop(request, STAFF)
        return Response(UnfinishedSerializer(closing.unfinished(shop)).data)

    @extend_schema(parameters=[SHOP], request=None, responses=OwnShopSerializer)
    def put(self, request: SignedInApiRequest) -> Response:
        """Close it: nobody sees it any more; its orders, books and payouts stay. 409 while others
        wait for something."""
        return _own(request, closing.close(request.user, find_shop(request, STAFF)))

    @extend_schema(parameters=[SHOP], responses=OwnShopSerializer)
    def delete(self, request: SignedInApiRequest) -> Response:
        """It is closed no longer."""
        return _own(request, closing.reopen(request.user, find_shop(request, STAFF)))


class ShopPicture(APIView):
    """A shop's picture."""

    @extend_schema(
        parameters=[SHOP],
        request={"multipart/form-data": ShopPictureSerializer},
        responses=OwnShopSerializer,
    )
    def put(self, request: SignedInApiRequest) -> Response:
        """Show this picture's middle."""
        shop = find_shop(request, SETTINGS)
        parsed = ShopPictureSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        return _own(request, shops.set_picture(request.user, shop, parsed.validated_data["file"]))

    @extend_schema(parameters=[SHOP], responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest) -> Response:
        """Show the first letter of its name again."""
        shops.remove_picture(request.user, find_shop(request, SETTINGS))
        return Response(status=status.HTTP_204_NO_CONTENT)


class Day(APIView):
    """What waits, runs low and came in."""

    @extend_schema(parameters=[SHOP], responses=ShopDaySerializer)
    def get(self, request: SignedInApiRequest) -> Response:
        """As far as one's part in the shop goes."""
        shop = shop_of(request.user, request.query_params.get("shop", ""))
        return Response(ShopDaySerializer(shop_day.of(shop, rights(request.user, shop))).data)


class OrdersSheet(APIView):
    """Orders for a spreadsheet."""

    @extend_schema(parameters=[SHOP], responses=SHEET)
    def get(self, request: SignedInApiRequest) -> HttpResponseBase:
        """Of the last year, a line for each piece sold."""
        return sheet_of_orders(find_shop(request, READS_ORDERS))


class ProductsSheet(APIView):
    """Products for a spreadsheet."""

    @extend_schema(parameters=[SHOP], responses=SHEET)
    def get(self, request: SignedInApiRequest) -> HttpResponseBase:
        """A line for each variant, in the columns that an import reads."""
        return sheet_of_products(find_shop(request, PRODUCTS))
