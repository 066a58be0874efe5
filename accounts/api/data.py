"""One's own data by REST: a copy, and the end of the account (R46)."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import actions, media
from accounts.api.decisions import OPEN_TO_THE_BARRED
from accounts.confirming import is_standing, must_be_confirmed
from accounts.models import Export
from accounts.requests import SignedInApiRequest
from accounts.rights import fetching
from accounts.serializers import DeletionSerializer, ExportSerializer
from accounts.standing import HEADER


class MyExport(APIView):
    """The copy of one's data."""

    authentication_classes = OPEN_TO_THE_BARRED

    @extend_schema(operation_id="me_export_retrieve", responses=ExportSerializer)
    def get(self, request: SignedInApiRequest) -> Response:
        """How the last one stands. `404` where none was ever asked for."""
        export = Export.objects.latest_of(request.user)
        if export is None:
            raise Http404
        return _told(request, export)

    @extend_schema(operation_id="me_export_create", request=None, responses={202: ExportSerializer})
    def post(self, request: SignedInApiRequest) -> Response:
        """Have one made: `export.changed` tells how far it is. `account.reauthentication` (403)
        where the person did not confirm lately that it is them, `export.too_soon` (403) for a
        second one on one day, `export.under_way` (409)."""
        must_be_confirmed(request)
        return _told(request, actions.ask_for_export(request.user), status.HTTP_202_ACCEPTED)


class MyExportFile(APIView):
    """Its file."""

    authentication_classes = OPEN_TO_THE_BARRED

    @extend_schema(
        operation_id="me_export_file", responses={(200, "application/zip"): OpenApiTypes.BINARY}
    )
    def get(self, request: SignedInApiRequest, export_id: UUID) -> HttpResponseBase:
        """The ZIP, by the `url` that this session was told: for a day."""
        export = get_object_or_404(Export.objects.fetchable(), pk=export_id, person=request.user)
        if not fetching.opens(export, _session_key(request), request.GET.get("key", "")):
            raise Http404
        name = f"medley-{request.user.username}-{export.asked_at:%Y-%m-%d}.zip"
        return media.serve(request._request, export.file, public=False, download_as=name)


class MyDeletion(APIView):
    """The end of one's account."""

    authentication_classes = OPEN_TO_THE_BARRED

    @extend_schema(operation_id="me_deletion_create", request=None, responses=DeletionSerializer)
    def post(self, request: SignedInApiRequest) -> Response:
        """Out of sight at once, deleted for good at `leaving_at`, 30 days later; every session
        ends. Signing in again offers to come back. `account.reauthentication` (403) where the
        person did not confirm lately that it is them."""
        must_be_confirmed(request)
        return Response(DeletionSerializer(actions.leave_medley(request.user)).data)

    @extend_schema(operation_id="me_deletion_destroy", request=None, responses={204: None})
    def delete(self, request: SignedInApiRequest) -> Response:
        """Come back, while there is time: the account is as it was. `leaving.not_leaving` and
        `leaving.too_late` (409)."""
        must_be_confirmed(request)
        actions.come_back(request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _told(request: SignedInApiRequest, export: Export, code: int = status.HTTP_200_OK) -> Response:
    url = ""
    if export.is_fetchable:
        key = fetching.key_of(export, _session_key(request))
        url = f"{reverse('api:my-export-file', args=[export.pk])}?{urlencode({'key': key})}"
    return Response(ExportSerializer(export, context={"url": url}).data, code)


def _session_key(request: SignedInApiRequest) -> str:
    """An app's session came with its token, a browser's with the cookie."""
    if is_standing(request):
        return request.headers[HEADER]
    session: Any = request.auth or request.session
    return session.session_key or ""
