"""`If-Match`: an edit is done only while the thing is as its editor saw it (RFC 9110, 13.1.1).

The tag of such a thing is strong and has two parts, `"<version>.<answer>"` (config/conditional.py):
the first is of what edits change, the second of all that was answered. An edit is held against the
first alone: a like more beside it is no other edit. `W/` before it, as servers write that pack the
answer, is nothing to that.
"""

from hashlib import blake2b
from typing import Any, ClassVar

import orjson
from django.db import transaction
from django.db.models import QuerySet
from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

EDITS = ("PUT", "PATCH", "DELETE")
TAGGED = ("GET", "HEAD", *EDITS)


class PreconditionFailed(APIException):
    """Somebody else was faster."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_detail = _("It was changed meanwhile. Look at it again, then save.")
    default_code = "precondition_failed"


class GuardedView(APIView):
    """One thing, with `get`, whose edits heed `If-Match`; without it they are as ever."""

    edited: ClassVar[tuple[str, ...]]  # members of what `get` answers, which edits may change

    def held(self) -> QuerySet[Any]:
        """The row that its edits hold first, whoever makes them; it is locked until one is done."""
        raise NotImplementedError

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """What was compared stays so until the edit is stored."""
        if not _has_condition(request):
            return super().dispatch(request, *args, **kwargs)
        with transaction.atomic():
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if _has_condition(request):
            self.held().select_for_update(no_key=True).values("pk").first()
            now = self.version(self.get(request, *args, **kwargs))  # type: ignore[attr-defined]
            if not _names(request.headers["If-Match"], now):
                raise PreconditionFailed

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        if request.method in TAGGED and response.status_code == status.HTTP_200_OK:
            request._request.version = self.version(response)
        return response

    def version(self, response: Response) -> str:
        """Of what edits change, as it is in an answer."""
        data: dict[str, Any] = response.data
        seen = orjson.dumps([data.get(name) for name in self.edited], default=str)
        return blake2b(seen, digest_size=8).hexdigest()


def _has_condition(request: Any) -> bool:
    return request.method in EDITS and "If-Match" in request.headers


def _names(said: str, version: str) -> bool:
    """Whether one of the tags is of this version; `*` is of any."""
    tags = [tag.removeprefix("W/").strip('"') for tag in parse_etags(said)]
    return any(tag == "*" or tag.partition(".")[0] == version for tag in tags)
