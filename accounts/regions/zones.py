"""Countries, and in which of them each time zone lies: from the IANA database's own tables."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

# "Namespaces" of the package `tzdata`, which ships the tables beside the zones.
_TABLES = files("tzdata.zoneinfo")


@cache
def countries() -> dict[str, str]:
    """English names by the two letters of ISO 3166-1."""
    return {row[0]: row[1] for row in _rows("iso3166.tab")}


@cache
def country_of(time_zone: str) -> str:
    """The country of a zone of the IANA database ("Asia/Kolkata": "IN"), also by an older name of
    it; empty for zones that lie in none ("UTC")."""
    return _countries_by_zone().get(time_zone) or _countries_by_zone().get(
        _renamed().get(time_zone, ""), ""
    )


@cache
def zones_in(region: str) -> tuple[str, ...]:
    """All names of all zones of a country."""
    named = (*_countries_by_zone(), *_renamed())
    return tuple(name for name in dict.fromkeys(named) if country_of(name) == region)


@cache
def _countries_by_zone() -> dict[str, str]:
    return {zone: code for code, _place, zone, *_comment in _rows("zone.tab")}


@cache
def _renamed() -> dict[str, str]:
    """Older names and what they stand for now (`L <now> <older>`); some lead to a name that the
    table of countries has only under a third one."""
    links = (line.split() for line in _lines("tzdata.zi") if line.startswith("L "))
    return {older: now for _letter, now, older in links}


def _rows(name: str) -> Iterator[list[str]]:
    return (line.split("\t") for line in _lines(name) if not line.startswith("#"))


def _lines(name: str) -> list[str]:
    return (_TABLES / name).read_text(encoding="utf-8").splitlines()
