"""What a shop's people do with its products, by REST."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.ports import share_reach
from accounts.requests import SignedInApiRequest
from commerce.actions import photos, products, variants
from commerce.api.selling import NO_CONTENT, SHOP, find_shop
from commerce.models import Product, ProductPhoto
from commerce.people import PRODUCTS, demand, shops_of
from commerce.serializers.products import (
    NewProductSerializer,
    OptionsSerializer,
    OwnProductSerializer,
    PhotoChangeSerializer,
    PhotoFileSerializer,
    PhotoOrderSerializer,
    ProductChangeSerializer,
    RevisionSerializer,
    VariantRowsSerializer,
)
from config.api import CursorPagination


def find_own(request: Request, product_id: UUID) -> Product:
    """A product of a shop the person works for, whatever its state. `Http404`, `Refused` as
    `people.demand`."""
    own = Product.objects.with_card().filter(shop__in=shops_of(request.user).order_by())
    product = get_object_or_404(own.select_related("category"), pk=product_id)
    demand(request.user, product.shop, PRODUCTS)
    return product


def _parsed(parser: type, request: Request) -> Any:
    parsed = parser(data=request.data)
    parsed.is_valid(raise_exception=True)
    return parsed


def _shown(request: Request, product_id: UUID, code: int = status.HTTP_200_OK) -> Response:
    product: Any = find_own(request, product_id)
    product.reach = share_reach("product", product_id)
    return Response(OwnProductSerializer(product).data, code)


class OwnProducts(generics.ListAPIView):
    """All that a shop has, whatever its state."""

    class Pages(CursorPagination):
        ordering = "-changed_at"

    serializer_class = OwnProductSerializer
    pagination_class = Pages
    queryset = Product.objects.none()

    def get_queryset(self) -> Any:
        shop = find_shop(self.request, PRODUCTS)
        return Product.objects.with_card().filter(shop=shop).select_related("category")

    @extend_schema(parameters=[SHOP])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Changed last first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        parameters=[SHOP], request=NewProductSerializer, responses={201: OwnProductSerializer}
    )
    def post(self, request: SignedInApiRequest) -> Response:
        """Begin a draft."""
        shop = find_shop(request, PRODUCTS)
        told = _parsed(NewProductSerializer, request).validated_data
        made = products.create(request.user, shop, **told)
        return _shown(request, made.pk, status.HTTP_201_CREATED)


class OwnProduct(APIView):
    """One of them."""

    @extend_schema(responses=OwnProductSerializer)
    def get(self, request: SignedInApiRequest, product_id: UUID) -> Response:
        """As its shop sees it."""
        return _shown(request, product_id)

    @extend_schema(request=ProductChangeSerializer, responses=OwnProductSerializer)
    def patch(self, request: SignedInApiRequest, product_id: UUID) -> Response:
        """Other words, another category, another video."""
        product = find_own(request, product_id)
        revision, fields = _parsed(ProductChangeSerializer, request).said
        products.edit(request.user, product, revision=revision, **fields)
        return _shown(request, product_id)

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, product_id: UUID) -> Response:
        """Throw a draft away that was never for sale (409 for all others)."""
        products.delete_draft(request.user, find_own(request, product_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class Publishing(APIView):
    """Whether it is for sale."""

    @extend_schema(request=RevisionSerializer, responses=OwnProductSerializer)
    def put(self, request: SignedInApiRequest, product_id: UUID) -> Response:
        """Put it up for sale; 400 says by field what is missing."""
        product = find_own(request, product_id)
        products.publish(request.user, product, **_parsed(RevisionSerializer, request).data)
        return _shown(request, product_id)


class Archiving(APIView):
    """Whether it is kept without being sold."""

    @extend_schema(request=RevisionSerializer, responses=OwnProductSerializer)
    def put(self, request: SignedInApiRequest, product_id: UUID) -> Response:
        """Sell it no longer; it can be published again."""
        product = find_own(request, product_id)
        products.archive(request.user, product, **_parsed(RevisionSerializer, request).data)
        return _shown(request, product_id)


class Options(APIView):
    """What can be chosen."""

    @extend_schema(request=OptionsSerializer, responses=OwnProductSerializer)
    def put(self, request: SignedInApiRequest, product_id: UUID) -> Response:
        """Make every combination a variant; those that were there keep price and stock."""
        product = find_own(request, product_id)
        told = _parsed(OptionsSerializer, request).validated_data
        variants.set_options(request.user, product, told["options"], revision=told["revision"])
        return _shown(request, product_id)


class Variants(APIView):
    """What each choice costs, and how many there are."""

    @extend_schema(request=VariantRowsSerializer, responses=OwnProductSerializer)
    def put(self, request: SignedInApiRequest, product_id: UUID) -> Response:
        """Of those that are named; the others stay as they are."""
        product = find_own(request, product_id)
        told = _parsed(VariantRowsSerializer, request)
        revision = told.validated_data["revision"]
        variants.set_variants(request.user, product, told.rows, revision=revision)
        return _shown(request, product_id)


class Photos(APIView):
    """A product's pictures."""

    @extend_schema(
        request={"multipart/form-data": PhotoFileSerializer},
        responses={201: OwnProductSerializer},
    )
    def post(self, request: SignedInApiRequest, product_id: UUID) -> Response:
        """Add one: its middle is shown as a square."""
        product = find_own(request, product_id)
        told = _parsed(PhotoFileSerializer, request).validated_data
        photos.add_photo(request.user, product, told["file"], alt=told["alt"])
        return _shown(request, product_id, status.HTTP_201_CREATED)

    @extend_schema(request=PhotoOrderSerializer, responses=OwnProductSerializer)
    def put(self, request: SignedInApiRequest, product_id: UUID) -> Response:
        """Show them in this order."""
        product = find_own(request, product_id)
        keys = _parsed(PhotoOrderSerializer, request).validated_data["photos"]
        photos.order_photos(request.user, product, keys)
        return _shown(request, product_id)

    def get_parsers(self) -> list[Any]:
        """Files come as forms, the order as JSON."""
        return [MultiPartParser(), *super().get_parsers()]


class OnePhoto(APIView):
    """One of them."""

    @staticmethod
    def _find(request: Request, photo_id: UUID) -> ProductPhoto:
        photo = get_object_or_404(ProductPhoto.objects.select_related("product"), pk=photo_id)
        photo.product = find_own(request, photo.product_id)
        return photo

    @extend_schema(request=PhotoChangeSerializer, responses=OwnProductSerializer)
    def patch(self, request: SignedInApiRequest, photo_id: UUID) -> Response:
        """Say what it shows."""
        photo = self._find(request, photo_id)
        alt = _parsed(PhotoChangeSerializer, request).validated_data["alt"]
        photos.describe_photo(request.user, photo, alt)
        return _shown(request, photo.product_id)

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, photo_id: UUID) -> Response:
        """Take it away; the last one of what is for sale stays."""
        photos.remove_photo(request.user, self._find(request, photo_id))
        return Response(status=status.HTTP_204_NO_CONTENT)
