"""Products as files, by REST."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import SignedInApiRequest
from commerce.actions import imports
from commerce.api.selling import SHOP, find_shop
from commerce.models import ProductImport
from commerce.people import (
    PRODUCTS,
    demand,
)
from commerce.serializers.selling import (
    ImportFileSerializer,
    ImportSerializer,
)


class Imports(APIView):
    """Products as a file."""

    @extend_schema(
        parameters=[SHOP],
        request={"multipart/form-data": ImportFileSerializer},
        responses={201: ImportSerializer},
    )
    def post(self, request: SignedInApiRequest) -> Response:
        """Look a file through: what would become of each line. Nothing is changed."""
        shop = find_shop(request, PRODUCTS)
        parsed = ImportFileSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        brought = imports.check(request.user, shop, parsed.validated_data["file"])
        return Response(ImportSerializer(brought).data, status.HTTP_201_CREATED)


class OneImport(APIView):
    """One file of products."""

    @staticmethod
    def _find(request: SignedInApiRequest, import_id: UUID) -> ProductImport:
        brought = get_object_or_404(ProductImport.objects.select_related("shop"), pk=import_id)
        demand(request.user, brought.shop, PRODUCTS)
        return brought

    @extend_schema(responses=ImportSerializer)
    def get(self, request: SignedInApiRequest, import_id: UUID) -> Response:
        """How far it is."""
        return Response(ImportSerializer(self._find(request, import_id)).data)

    @extend_schema(
        operation_id="sell_imports_start", request=None, responses={202: ImportSerializer}
    )
    def post(self, request: SignedInApiRequest, import_id: UUID) -> Response:
        """Take over the lines that are right; 409 while another file is taken over."""
        brought = imports.start(request.user, self._find(request, import_id))
        return Response(ImportSerializer(brought).data, status.HTTP_202_ACCEPTED)
