"""`Idempotency-Key`: a POST of REST that is said again is done once, and answered as before.

For whoever is signed in, for 24 h. The key is claimed before the view runs, in a transaction of its
own (what stores messages waits for another thread, and takes no transaction around it); the answer
is kept right behind it. Only what was done is kept: a refusal changed nothing, and is asked anew.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from allauth.headless.internal.sessionkit import authenticate_by_x_session_token
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext_lazy as _

from accounts.models.idempotency import KeptAnswer
from config.problems import problem_response

GetResponse = Callable[[HttpRequest], HttpResponse]

LONGEST = 255  # as KeptAnswer has it
REPLAYED = "Idempotent-Replayed"
# Of an answer. Cookies are the session's, and not to be said twice.
KEPT_HEADERS = ("Content-Type", "Location", "Tus-Resumable", "Upload-Offset", "Upload-Expires")
# Nothing was changed: the service could not, just now.
UNDONE = {503}

BUSY = _("This is being done just now.")
UNKNOWN = _("This broke off, and may have been done. Look before you ask again with another key.")
OTHER = _("This Idempotency-Key was used for something else.")
BAD = _("An Idempotency-Key has at most 255 characters.")


def middleware(get_response: GetResponse) -> GetResponse:
    """Do a POST with a key once. Without one nothing is looked up."""

    def handle(request: HttpRequest) -> HttpResponse:
        key = request.headers.get("Idempotency-Key", "")
        if not key or request.method != "POST" or not request.path.startswith("/api/"):
            return get_response(request)
        if len(key) > LONGEST:
            return problem_response("idempotency.key", BAD, 400)
        person = _signed_in(request)
        if person is None:  # the view says so
            return get_response(request)
        return _once(request, person, key, get_response)

    return handle


def _once(request: HttpRequest, person: UUID, key: str, get_response: GetResponse) -> HttpResponse:
    fingerprint = _fingerprint(request)
    row, is_ours = KeptAnswer.objects.claim(person, key, fingerprint)
    if not is_ours:
        return _again(row, fingerprint)
    response = get_response(request)
    _settle(row, response)
    return response


def _again(row: KeptAnswer, fingerprint: str) -> HttpResponse:
    """What whoever comes with a key that is taken hears."""
    if row.fingerprint != fingerprint:
        return problem_response("idempotency.other", OTHER, 409)
    if row.is_lost:
        return problem_response("idempotency.unknown", UNKNOWN, 409)
    if row.status is None:
        response = problem_response("idempotency.busy", BUSY, 409)
        response["Retry-After"] = "1"
        return response
    return HttpResponse(row.body, status=row.status, headers={**row.headers, REPLAYED: "true"})


def _settle(row: KeptAnswer, response: HttpResponse) -> None:
    """Keep the answer, or give the key back. What crashed may have done something: its key stays
    taken, without an answer."""
    if response.status_code < 300 and not _is_secret(response):
        row.status, row.body = response.status_code, response.content
        row.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
        row.save(update_fields=["status", "body", "headers"])
    elif response.status_code < 500 or response.status_code in UNDONE:
        row.delete()


def _is_secret(response: HttpResponse) -> bool:
    """An answer that nobody may keep (a ticket), or that is no whole one."""
    return response.streaming or "no-store" in response.get("Cache-Control", "")


def _signed_in(request: HttpRequest) -> UUID | None:
    """Who asks, as REST finds out: an app's token goes before a cookie."""
    if token := request.headers.get("X-Session-Token"):
        found = authenticate_by_x_session_token(token)
        return found[0].pk if found else None
    return request.user.pk


def _fingerprint(request: HttpRequest) -> str:
    digest = hashlib.sha256(request.get_full_path().encode())
    for part in _said(request):
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.hexdigest()


def _said(request: HttpRequest) -> Iterator[bytes]:
    """The body in parts. A form's boundary is another each time, what lies between is not; of what
    the view alone may read (a piece of a film) the length must do."""
    if request.content_type == "multipart/form-data":
        yield from _form(request)
    elif _length(request) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE and _is_words(request):
        yield request.body
    else:
        yield b"%d" % _length(request)
        yield request.headers.get("Upload-Metadata", "").encode()


def _form(request: HttpRequest) -> Iterator[bytes]:
    try:
        yield request.POST.urlencode().encode()
    except MultiPartParserError:  # the view finds an empty form, and says what it misses
        return
    files: Any = request.FILES
    for name, file in sorted(files.items()):
        yield f"{name} {file.name}".encode()
        yield from file.chunks()
        file.seek(0)


def _is_words(request: HttpRequest) -> bool:
    return request.content_type in ("application/json", "application/x-www-form-urlencoded", "")


def _length(request: HttpRequest) -> int:
    return int(request.META.get("CONTENT_LENGTH") or 0)
