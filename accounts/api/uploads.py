"""Resumable uploads as tus 1.0.0 (https://tus.io/protocols/resumable-upload) has them.

Extensions: creation, creation-with-upload, termination, expiration, checksum.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import actions, ports
from accounts.models import Upload
from accounts.requests import SignedInApiRequest
from accounts.serializers import ResumableUploadSerializer, UploadPartSerializer
from accounts.uploads.checksum import ALGORITHMS, Checksum
from accounts.uploads.refusals import UploadRefused

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,expiration,checksum"
PIECE = "application/offset+octet-stream"
# What tus calls them; all else is a 400.
STATUS = {
    "upload.quota": 403,
    "upload.offset": 409,
    "upload.complete": 409,
    "upload.not_direct": 409,
    "upload.parts_missing": 409,
    "upload.gone": 410,
    "upload.version": 412,
    "upload.too_large": 413,
    "upload.piece": 415,
    "upload.busy": 423,
    "upload.too_many": 429,
    "upload.checksum": 460,
    "upload.no_room": 507,
}
WAIT = {"upload.busy": 5, "upload.too_many": 60, "upload.no_room": 60}  # seconds, for `Retry-After`
TUS = OpenApiParameter("Tus-Resumable", str, "header", required=True, enum=[VERSION])


class TusProblem(APIException):
    """A refusal under the status that tus has for it."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail=detail, code=code)
        self.status_code = STATUS.get(code, status.HTTP_400_BAD_REQUEST)
        self.wait = WAIT.get(code)


class UploadView(APIView):
    """What all addresses share: refusals have their own statuses."""

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, UploadRefused):
            exc = TusProblem(exc.code, exc.detail)
        return super().handle_exception(exc)


class TusView(UploadView):
    """What both addresses of tus share: the version is agreed on."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # For clients behind something that lets only GET and POST through.
        override = request.headers.get("X-HTTP-Method-Override", "").upper()
        if request.method == "POST" and override in {"PATCH", "DELETE", "HEAD"}:
            request.method = override
        return super().dispatch(request, *args, **kwargs)

    def get_permissions(self) -> Any:
        """What the server can do, anybody may ask."""
        return [] if self.request.method == "OPTIONS" else super().get_permissions()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        asks_for_json = request.method in {"OPTIONS", "GET"}
        if not asks_for_json and request.headers.get("Tus-Resumable") != VERSION:
            raise TusProblem("upload.version", f"Send Tus-Resumable: {VERSION}.")

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Tus-Resumable"] = VERSION
        if response.status_code == status.HTTP_412_PRECONDITION_FAILED:
            response["Tus-Version"] = VERSION
        return response

    @extend_schema(exclude=True)
    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """What we speak."""
        response = Response(status=status.HTTP_204_NO_CONTENT)
        response["Tus-Version"] = VERSION
        response["Tus-Extension"] = EXTENSIONS
        response["Tus-Max-Size"] = max(each.largest for each in ports.upload_receivers().values())
        response["Tus-Checksum-Algorithm"] = ",".join(ALGORITHMS)
        return response

    def append(self, request: SignedInApiRequest, upload: Upload, offset: int) -> None:
        """Take the request's body, a piece at a time: it may be larger than our memory."""
        body: Any = request._request
        actions.append_to_upload(
            upload, body, offset=offset, promised=_content_length(request), checksum=_sum(request)
        )


class Uploads(TusView):
    """Resumable uploads: those that wait to be gone on with, and new ones."""

    @extend_schema(responses=ResumableUploadSerializer(many=True))
    def get(self, request: SignedInApiRequest) -> Response:
        """One's own unfinished ones, the newest first; at most as many as there may be at once."""
        mine = Upload.objects.filter(owner=request.user).unfinished().order_by("-pk")
        return Response(
            ResumableUploadSerializer(mine.filter(expires_at__gt=timezone.now()), many=True).data
        )

    @extend_schema(
        request=None,
        responses={201: ResumableUploadSerializer},
        parameters=[
            TUS,
            OpenApiParameter("Upload-Length", int, "header", required=True),
            OpenApiParameter(
                "Upload-Metadata",
                str,
                "header",
                description="`purpose` (clip), `filename`, `filetype`, `draft`, as tus encodes.",
            ),
        ],
    )
    def post(self, request: SignedInApiRequest) -> Response:
        """Begin one; with a body of `application/offset+octet-stream` its first bytes come too."""
        upload = actions.begin_upload(
            request.user,
            length=_number(request, "Upload-Length", "upload.unsaid_length"),
            metadata=request.headers.get("Upload-Metadata", ""),
        )
        if request.content_type == PIECE:
            self.append(request, upload, 0)
        response = _standing(upload, Response(ResumableUploadSerializer(upload).data, 201))
        response["Location"] = reverse("api:upload", args=[upload.pk])
        return response


class OneUpload(TusView):
    """One's own resumable upload."""

    @extend_schema(responses=ResumableUploadSerializer)
    def get(self, request: SignedInApiRequest, upload_id: UUID) -> Response:
        """How it stands."""
        upload = actions.resume_upload(_own(request, upload_id))
        return _standing(upload, Response(ResumableUploadSerializer(upload).data))

    @extend_schema(parameters=[TUS], responses={200: OpenApiResponse(description="Upload-Offset")})
    def head(self, request: SignedInApiRequest, upload_id: UUID) -> Response:
        """Where to go on."""
        upload = actions.resume_upload(_own(request, upload_id))
        response = _standing(upload, Response())
        response["Upload-Length"] = upload.length
        if upload.metadata:
            response["Upload-Metadata"] = upload.metadata
        return response

    @extend_schema(
        request={PIECE: bytes},
        responses={204: None},
        parameters=[TUS, OpenApiParameter("Upload-Offset", int, "header", required=True)],
    )
    def patch(self, request: SignedInApiRequest, upload_id: UUID) -> Response:
        """Send what follows the first `Upload-Offset` bytes; what arrives is kept."""
        if request.content_type != PIECE:
            raise TusProblem("upload.piece", f"Send {PIECE}.")
        upload = _own(request, upload_id)
        self.append(request, upload, _number(request, "Upload-Offset", "upload.offset"))
        return _standing(upload, Response(status=status.HTTP_204_NO_CONTENT))

    @extend_schema(parameters=[TUS], responses={204: None})
    def delete(self, request: SignedInApiRequest, upload_id: UUID) -> Response:
        """Take it back before it is complete."""
        actions.cancel_upload(request.user, _own(request, upload_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class UploadParts(UploadView):
    """One's own upload in parts that go straight to object storage, where there is one."""

    @extend_schema(request=None, responses=UploadPartSerializer(many=True))
    def post(self, request: SignedInApiRequest, upload_id: UUID) -> Response:
        """Where each part goes: PUT exactly `size` bytes at `url`, in any order, several at once.
        Again, the addresses are fresh, and `arrived` tells which parts are there."""
        parts = actions.sign_parts(_own(request, upload_id))
        return Response(UploadPartSerializer(parts, many=True).data)


class JoinedUpload(UploadView):
    """One's own upload, once all of its parts are there."""

    @extend_schema(request=None, responses=ResumableUploadSerializer)
    def post(self, request: SignedInApiRequest, upload_id: UUID) -> Response:
        """Make one file of them, and go on as after the last byte by tus."""
        upload = actions.join_parts(_own(request, upload_id))
        return Response(ResumableUploadSerializer(upload).data)


def _own(request: SignedInApiRequest, upload_id: UUID) -> Upload:
    return get_object_or_404(Upload, pk=upload_id, owner=request.user)


def _standing(upload: Upload, response: Response) -> Response:
    response["Upload-Offset"] = upload.offset
    response["Cache-Control"] = "no-store"
    if not upload.is_complete:
        response["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    return response


def _number(request: Request, header: str, code: str) -> int:
    given = request.headers.get(header, "")
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        raise UploadRefused(code)
    return int(given)


def _content_length(request: Request) -> int | None:
    given = request.headers.get("Content-Length", "")
    return int(given) if given.isdigit() else None


def _sum(request: Request) -> Checksum | None:
    header = request.headers.get("Upload-Checksum")
    try:
        return Checksum.read(header) if header else None
    except ValueError as error:
        raise TusProblem("upload.algorithm", f"Upload-Checksum: {error}.") from error
