"""Translating a message where it stands: the port, and the one provider that comes with Medley.

A deployment names its provider in TRANSLATION_PROVIDER; without one, translating is offered
nowhere. What somebody wrote goes to the provider only when a reader presses "Translate".
"""

import json
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from http.client import HTTPException
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

SECONDS = 6.0  # a reader waits for it
LARGEST_ANSWER = 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Translation:
    """`words` in the language asked for; `source` is the language code they were found to be in."""

    words: str
    source: str


class TranslationFailed(Exception):
    """The provider could not be reached, or did not answer as agreed."""


class TranslationProvider(Protocol):
    """Made once a process, without arguments."""

    def translate(self, texts: Sequence[str], to: str) -> list[Translation]:
        """One for each text, in order; `to` is a language code ("es"). `TranslationFailed`."""


class LibreTranslate:
    """Any server that speaks LibreTranslate's HTTP interface, at LIBRETRANSLATE_URL."""

    def __init__(self) -> None:
        self._address = f"{settings.LIBRETRANSLATE_URL.rstrip('/')}/translate"
        self._key = settings.LIBRETRANSLATE_KEY

    def translate(self, texts: Sequence[str], to: str) -> list[Translation]:
        asked = {"q": list(texts), "source": "auto", "target": to, "format": "text"}
        if self._key:
            asked["api_key"] = self._key
        try:
            return _read(_post(self._address, asked), len(texts))
        # Above all OSError: no line, too slow, an answer that says no.
        except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
            raise TranslationFailed(str(error)) from error


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """What is private goes to the address that was named, and nowhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirects)


def _post(address: str, asked: dict[str, Any]) -> dict[str, Any]:
    body, headers = json.dumps(asked).encode(), {"Content-Type": "application/json"}
    request = urllib.request.Request(address, body, headers)  # noqa: S310 - a setting names it
    with _opener.open(request, timeout=SECONDS) as answer:
        return json.loads(answer.read(LARGEST_ANSWER))


def _read(answer: dict[str, Any], count: int) -> list[Translation]:
    words, found = answer["translatedText"], answer["detectedLanguage"]
    if not isinstance(words, list) or len(words) != count or len(found) != count:
        raise ValueError("not one translation for each text")
    return [
        Translation(str(text), str(language["language"]))
        for text, language in zip(words, found, strict=True)
    ]


def is_offered() -> bool:
    """Whether this deployment can translate."""
    return bool(settings.TRANSLATION_PROVIDER)


def provider() -> TranslationProvider:
    """The one of this deployment; `TranslationFailed` where there is none."""
    if not is_offered():
        raise TranslationFailed("no provider")
    return _made(settings.TRANSLATION_PROVIDER)


@cache
def _made(path: str) -> TranslationProvider:
    return import_string(path)()
