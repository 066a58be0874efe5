"""Every door of Medley with the verbs behind it, read from the route tables."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver

from chat.commands import PATIENT, QUICK
from config import urls
from tests.access.knocks import METHODS
from tests.api.reach import verbs_of, wrapped_by

Verb = Callable[..., Any]
Doors = dict[Verb, dict[str, list[str]]]  # by verb: by kind of door (KINDS), the doors in order

KINDS = ("browser", "REST", "socket")
APPS = ("accounts.", "videos.", "commerce.", "chat.")


def doors() -> Doors:
    """Which verb is behind which doors."""
    found: Doors = defaultdict(lambda: {kind: [] for kind in KINDS})
    for kind, name, verbs in (*routes(), *_commands()):
        for verb in verbs:
            found[verb][kind].append(name)
    return {verb: found[verb] for verb in sorted(found, key=name_of)}


def name_of(verb: Verb) -> str:
    """As the table names it: the app and the function."""
    return f"{verb.__module__.split('.')[0]}.{verb.__name__}"


def routes() -> Iterator[tuple[str, str, set[Verb]]]:
    """Kind, name and verbs of each route of the apps: a page by its path, REST by method too."""
    for path, view in _views(urls.urlpatterns):
        [target] = wrapped_by(view)
        if not target.__module__.startswith(APPS):
            continue
        if path.startswith("api/v1/"):
            for method in METHODS:
                if handler := getattr(target, method, None):
                    name = f"{method.upper()} /{path.removeprefix('api/v1/')}"
                    yield "REST", name, verbs_of(handler, owner=target)
        else:
            yield "browser", f"/{path}", verbs_of(target)


def _views(patterns: list[Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for each in patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _views(each.url_patterns, path)
        elif isinstance(each, URLPattern):
            yield path, each.callback


def _commands() -> Iterator[tuple[str, str, set[Verb]]]:
    for name in sorted({*QUICK, *PATIENT}):
        yield "socket", name, verbs_of(*filter(None, (QUICK.get(name), PATIENT.get(name))))
