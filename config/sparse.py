"""`?fields=`: of what is read by REST, only the members that an app wants."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework.response import Response

from config.problems import CONTENT_TYPE, entry, problem

Tree = dict[str, "Tree"]  # of names; without any below it, a member is wanted whole

MOST = 100  # names


class SparseFields:
    """Middleware. `?fields=id,author.username` leaves two members of each of `results`, or of the
    answer itself where it is no page, and one of the author. A name that nothing of what was found
    has is refused (fields.unknown). What is left out was asked of the database all the same."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        """Called by Django with what is not written yet, as REST framework's answers are."""
        asked = request.GET.get("fields", "") if request.method in ("GET", "HEAD") else ""
        if asked and isinstance(response, Response) and response.status_code == 200:
            names = [name.strip() for name in asked.split(",", MOST)[:MOST]]
            if wanted := [name for name in names if name]:
                _narrow(response, wanted)
        return response


def _narrow(response: Response, names: list[str]) -> None:
    if unknown := [name for name in names if not _is_known(_rows(response.data), name.split("."))]:
        sentence = _("There is no member %(name)s.") % {"name": unknown[0][:60]}
        found = entry("fields.unknown", sentence, "fields", in_body=False)
        response.data, response.status_code = problem(400, [found]), 400
        response.content_type = CONTENT_TYPE
        return
    response.data = _only_rows(response.data, _tree(names))


def _rows(data: Any) -> list[Any]:
    if isinstance(data, Mapping) and isinstance(data.get("results"), list):
        return list(data["results"])
    return list(data) if isinstance(data, list) else [data]


def _is_known(things: list[Any], path: list[str]) -> bool:
    """Whether one of them has it; where there is nothing to look at, nobody can tell."""
    found = [each for thing in things for each in (thing if isinstance(thing, list) else [thing])]
    found = [each for each in found if each is not None]
    if not path or not found:
        return True
    below = [each[path[0]] for each in found if isinstance(each, Mapping) and path[0] in each]
    return bool(below) and _is_known(below, path[1:])


def _tree(names: list[str]) -> Tree:
    whole: Tree = {}
    for name in names:
        place = whole
        for part in name.split("."):
            place = place.setdefault(part, {})
    return whole


def _only_rows(data: Any, tree: Tree) -> Any:
    if isinstance(data, Mapping) and isinstance(data.get("results"), list):
        return {**data, "results": _only(data["results"], tree)}
    return _only(data, tree)


def _only(data: Any, tree: Tree) -> Any:
    if isinstance(data, list):
        return [_only(each, tree) for each in data]
    if not tree or not isinstance(data, Mapping):
        return data
    return {name: _only(data[name], below) for name, below in tree.items() if name in data}
