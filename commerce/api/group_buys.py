"""Group buys by REST."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import SignedInApiRequest
from commerce import people
from commerce.actions import group_buys as actions
from commerce.models import GroupBuy, Product
from commerce.serializers.group_buys import (
    GroupBuySerializer,
    GroupOfferSerializer,
    NewGroupBuySerializer,
)
from config.api import CursorPagination

NO_CONTENT = {204: None}


def _group(request: Request, group_id: UUID) -> GroupBuy:
    groups = GroupBuy.objects.visible_to(request.user).with_place_of(request.user)
    return get_object_or_404(groups, pk=group_id)


class ByStart(CursorPagination):
    """The newest first."""

    ordering = "-started_at"


class GroupBuys(generics.ListAPIView):
    """One's own groups: started, or with a place in them."""

    serializer_class = GroupBuySerializer
    pagination_class = ByStart
    queryset = GroupBuy.objects.none()

    def get_queryset(self) -> Any:
        me = self.request.user
        own = GroupBuy.objects.filter(Q(starter=me) | Q(places__person=me)).values("pk")
        return GroupBuy.objects.filter(pk__in=own).with_product().with_place_of(me)

    @extend_schema(request=NewGroupBuySerializer, responses={201: GroupBuySerializer})
    def post(self, request: SignedInApiRequest) -> Response:
        """Open a group on what the shop offers; a place is taken by `POST /checkout/` with
        `group_buy`. Again it is the group that is still open."""
        parsed = NewGroupBuySerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        products = Product.objects.visible_to(request.user).select_related("shop")
        product = get_object_or_404(products, pk=parsed.validated_data["product"])
        offer = get_object_or_404(product.group_offers, is_active=True)
        group = actions.start(request.user, offer, parsed.validated_data["conversation"])
        return Response(GroupBuySerializer(_group(request, group.pk)).data, status.HTTP_201_CREATED)


class OneGroupBuy(APIView):
    """A group."""

    permission_classes = [AllowAny]

    @extend_schema(responses=GroupBuySerializer)
    def get(self, request: Request, group_id: UUID) -> Response:
        """As it stands now."""
        return Response(GroupBuySerializer(_group(request, group_id)).data)


class OwnPlace(APIView):
    """One's own place in a group."""

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, group_id: UUID) -> Response:
        """Give it back while the group waits; the payment is let go."""
        actions.leave(request.user, _group(request, group_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class GroupOffer(APIView):
    """What one's shop offers to groups for a product."""

    @extend_schema(responses=GroupOfferSerializer)
    def get(self, request: SignedInApiRequest, product_id: UUID) -> Response:
        """What is offered now; 404 where nothing is."""
        product = _own(request, product_id)
        offer = get_object_or_404(product.group_offers, is_active=True)
        return Response(GroupOfferSerializer(offer).data)

    @extend_schema(request=GroupOfferSerializer, responses=GroupOfferSerializer)
    def put(self, request: SignedInApiRequest, product_id: UUID) -> Response:
        """Offer it; what was offered before is replaced."""
        product = _own(request, product_id)
        parsed = GroupOfferSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        return Response(
            GroupOfferSerializer(actions.offer(request.user, product, **parsed.validated_data)).data
        )

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, product_id: UUID) -> Response:
        """Offer it no longer; groups that are open go on."""
        actions.end_offer(request.user, _own(request, product_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _own(request: SignedInApiRequest, product_id: UUID) -> Product:
    product = get_object_or_404(Product.objects.select_related("shop"), pk=product_id)
    people.demand(request.user, product.shop, people.PRODUCTS)
    return product
