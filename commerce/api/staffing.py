"""Who works for a shop, by REST."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import SignedInApiRequest
from commerce.actions import staff
from commerce.api.selling import NO_CONTENT, SHOP, find_shop
from commerce.models import ShopStaff
from commerce.people import (
    STAFF,
    shop_of,
)
from commerce.serializers.selling import (
    InvitationSerializer,
    StaffInviteSerializer,
    StaffRoleSerializer,
    StaffSerializer,
)


class Staff(APIView):
    """Who works for a shop."""

    @extend_schema(parameters=[SHOP], responses=StaffSerializer(many=True))
    def get(self, request: SignedInApiRequest) -> Response:
        """Those who were asked too."""
        shop = find_shop(request, STAFF)
        jobs = shop.staff.select_related("person").order_by("pk")
        return Response(StaffSerializer(jobs, many=True).data)

    @extend_schema(
        parameters=[SHOP], request=StaffInviteSerializer, responses={201: StaffSerializer}
    )
    def post(self, request: SignedInApiRequest) -> Response:
        """Ask somebody."""
        shop = find_shop(request, STAFF)
        parsed = StaffInviteSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        job = staff.invite(request.user, shop, **parsed.validated_data)
        return Response(StaffSerializer(job).data, status.HTTP_201_CREATED)


class OneJob(APIView):
    """Somebody's part in a shop."""

    @extend_schema(parameters=[SHOP], request=StaffRoleSerializer, responses=StaffSerializer)
    def patch(self, request: SignedInApiRequest, job_id: int) -> Response:
        """Another part."""
        shop = find_shop(request, STAFF)
        parsed = StaffRoleSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        job = staff.change_role(request.user, shop, job_id, **parsed.validated_data)
        return Response(StaffSerializer(job).data)

    @extend_schema(parameters=[SHOP], responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, job_id: int) -> Response:
        """They work there no longer: by the owner, or by themselves."""
        shop = shop_of(request.user, request.query_params.get("shop", ""))
        staff.remove(request.user, shop, job_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Invitations(APIView):
    """Shops that ask one to work for them."""

    @extend_schema(responses=InvitationSerializer(many=True))
    def get(self, request: SignedInApiRequest) -> Response:
        """Those that wait for an answer."""
        asked = ShopStaff.objects.asked().filter(person=request.user).select_related("shop")
        return Response(InvitationSerializer(asked.order_by("pk"), many=True).data)


class OneInvitation(APIView):
    """One of them."""

    @extend_schema(request=None, responses=InvitationSerializer)
    def post(self, request: SignedInApiRequest, job_id: int) -> Response:
        """Yes."""
        return Response(InvitationSerializer(staff.accept(request.user, job_id)).data)

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, job_id: int) -> Response:
        """No."""
        staff.decline(request.user, job_id)
        return Response(status=status.HTTP_204_NO_CONTENT)
