"""The refusals every door translates: a stable code for programs and a sentence for people."""

from django.core.exceptions import PermissionDenied


class Refused(PermissionDenied):
    """The person may not do this: 403 in HTML and REST, `refused` on the socket."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class Conflict(Exception):
    """What was asked contradicts what is stored already: 409 in REST, `refused` on the socket."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class Unavailable(Exception):
    """The service cannot do this just now and nothing was changed: 503, try again."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
