"""The refusals every door translates: a stable code for programs and a sentence for people."""

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


class Coded(Exception):
    """A "no" that doors translate."""

    def __init__(self, code: str, sentence: str | Promise) -> None:
        super().__init__(code)
        self.code = code
        self._sentence = sentence

    @property
    def detail(self) -> str:
        """The sentence in the language of whoever reads it; it may come from another thread."""
        return str(self._sentence)

    def __str__(self) -> str:
        return self.detail


class Refused(Coded, PermissionDenied):
    """The person may not do this: 403 in HTML and REST, `refused` on the socket."""


class BadFile(ValueError):
    """A file that cannot become what it should: a stable code, a sentence for people."""

    def __init__(self, code: str, sentence: str | Promise) -> None:
        super().__init__(code)
        self.code = code
        self._sentence = sentence

    @property
    def detail(self) -> str:
        return str(self._sentence)


class Conflict(Coded):
    """What was asked contradicts what is stored already: 409 in REST, `refused` on the socket."""


class Unavailable(Coded):
    """The service cannot do this just now and nothing was changed: 503, try again."""
