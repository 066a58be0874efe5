"""Addresses of things by their ids, and of people by their names: a page says hundreds, and
Django's `reverse` looks each up."""

import re
from functools import cache
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.urls import NoReverseMatch, get_script_prefix, reverse

_ANY = UUID(int=0)
_PLAIN = re.compile(r"[A-Za-z0-9_.-]+")  # as usernames are: nothing in it needs to be quoted
_ANY_NAME = "any-name-of_1"  # stands for one
SAFE = "!$&'()*+,;=/~:@"  # in a path (RFC 3986), as Django has it


def address(name: str, *arguments: Any) -> str:
    """As `reverse`. Where the last argument is an id, or the only one a plain name, quick from the
    second time on."""
    if not (stand := _stand_for(arguments)):
        return reverse(name, args=arguments)
    try:
        before, after = _around(get_script_prefix(), name, (*arguments[:-1], stand))
    except NoReverseMatch:  # the route takes some names only, or none
        return reverse(name, args=arguments)
    return f"{before}{arguments[-1]}{after}"


def _stand_for(arguments: tuple[Any, ...]) -> UUID | str | None:
    """What takes the last one's place; nothing where there would be one way for each thing."""
    match arguments:
        case [*kinds, UUID()] if not any(isinstance(kind, UUID) for kind in kinds):
            return _ANY
        case [str(name)] if _PLAIN.fullmatch(name):
            return _ANY_NAME
    return None


def address_of_file(name: str, key: UUID, file: str) -> str:
    """As `reverse` with an id and a file's name, which ends the address."""
    before, after = _around(get_script_prefix(), name, (_ANY, "0"))
    return f"{before}{key}{after[:-1]}{quote(file, safe=SAFE)}"


@cache
def _around(_prefix: str, name: str, arguments: tuple[Any, ...]) -> list[str]:
    """What stands before and behind what stands for all."""
    stand = _ANY if _ANY in arguments else _ANY_NAME
    return reverse(name, args=arguments).split(str(stand))
