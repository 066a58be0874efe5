"""What everybody looks at, by REST: products, categories, wishlists, alerts."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import SignedInApiRequest
from commerce import commission, meeting
from commerce.actions import wishes
from commerce.api.selling import NO_CONTENT
from commerce.finding import SORTS, Question
from commerce.models import Category, Product, Variant
from commerce.serializers.products import (
    CategorySerializer,
    MetProductSerializer,
    ProductCardSerializer,
)
from config.api import CursorPagination

ASKED = [
    OpenApiParameter("q", str, description="Words, each by how it begins."),
    OpenApiParameter("category", str, description="A slug; its shelves are in it."),
    OpenApiParameter("shop", str, description="Only what this shop sells."),
    OpenApiParameter("low", str, description="The lowest price."),
    OpenApiParameter("high", str, description="The highest price."),
    OpenApiParameter("currency", str, description="Only shops that trade in it."),
    OpenApiParameter("stars", int, description="The least rating, 1 to 4."),
    OpenApiParameter("in_stock", bool, description="Only what is there."),
    OpenApiParameter("sort", str, enum=list(SORTS)),
]
VIA = OpenApiParameter("via", str, description="Where it was met: `v:<video>`, `p:<username>` …")


def find_product(request: Request, product_id: UUID) -> Product:
    """A product as the asking person may see it; otherwise there is none."""
    shown = Product.objects.visible_to(request.user).wished_by(request.user)
    return get_object_or_404(shown.select_related("shop__owner", "category"), pk=product_id)


class _Pages(CursorPagination):
    """In the order that is asked for."""

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        return tuple(queryset.query.order_by)


class Products(generics.ListAPIView):
    """What is for sale."""

    serializer_class = ProductCardSerializer
    permission_classes = [IsAuthenticatedOrReadOnly]
    pagination_class = _Pages
    queryset = Product.objects.none()

    def get_queryset(self) -> Any:
        asked = self.request.query_params.dict()
        shown = Product.objects.visible_to(self.request.user).listed()
        if asked.get("shop"):
            shown = shown.filter(shop__slug=asked["shop"])
        return Question.of(asked).among(shown)

    @extend_schema(parameters=ASKED)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Find some, the newest first where nothing else is said."""
        return super().get(request, *args, **kwargs)


class OneProduct(APIView):
    """One product."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(parameters=[VIA], responses=MetProductSerializer)
    def get(self, request: Request, product_id: UUID) -> Response:
        """All of it. `via` is remembered for seven days."""
        product = find_product(request, product_id)
        met = meeting.read(request.query_params.get("via", ""), request.user, product)
        meeting.touch(request.user, product, met)
        earner = commission.earner(product, met.creator_id, request.user)
        return Response(MetProductSerializer(product, context={"earner": earner}).data)


class Categories(generics.ListAPIView):
    """The shelves that things can stand on."""

    serializer_class = CategorySerializer
    permission_classes = [IsAuthenticatedOrReadOnly]
    pagination_class = None
    queryset = Category.objects.filter(is_prohibited=False).select_related("parent")


# --- What one would like to have ------------------------------------------------------------------


class Wishlist(generics.ListAPIView):
    """What one wished, as far as it is still shown, the latest first."""

    class Pages(CursorPagination):
        ordering = "-wished_at"

    serializer_class = ProductCardSerializer
    pagination_class = Pages
    queryset = Product.objects.none()

    def get_queryset(self) -> Any:
        return Product.objects.visible_to(self.request.user).on_wishlist_of(self.request.user)


class Wish(APIView):
    """One product of one's wishlist."""

    @extend_schema(request=None, responses=NO_CONTENT)
    def put(self, request: SignedInApiRequest, product_id: UUID) -> Response:
        """Put it there."""
        wishes.wish(request.user, find_product(request, product_id))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, product_id: UUID) -> Response:
        """Take it away, also what is no longer shown."""
        wishes.unwish(request.user, get_object_or_404(Product, pk=product_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class Alert(APIView):
    """Hearing when a variant can be ordered again."""

    @staticmethod
    def _find(request: Request, variant_id: UUID) -> Variant:
        shown = Product.objects.visible_to(request.user)
        variants = Variant.objects.select_related("product").filter(product__in=shown)
        return get_object_or_404(variants, pk=variant_id)

    @extend_schema(request=None, responses=NO_CONTENT)
    def put(self, request: SignedInApiRequest, variant_id: UUID) -> Response:
        """Hear once; of what is there, nothing."""
        wishes.wait_for(request.user, self._find(request, variant_id))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, variant_id: UUID) -> Response:
        """Hear nothing of it."""
        wishes.stop_waiting(request.user, self._find(request, variant_id))
        return Response(status=status.HTTP_204_NO_CONTENT)
