"""How schemathesis asks Medley: through Django's test client, so that a fault of ours comes out as
it was raised and what a request did can be taken back."""

import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

import requests
import schemathesis
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from requests.adapters import HTTPAdapter
from rest_framework.utils.encoders import JSONEncoder
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)
from urllib3 import HTTPResponse

from tests.access.knocks import paths, taken_back
from tests.access.world import World

schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
CHECKS = [
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
]


class Within(HTTPAdapter):
    """Of `requests`: Django answers in this process."""

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        headers = {name: str(value) for name, value in request.headers.items()}
        kind = headers.pop("Content-Type", "")
        said: Any = request.body.encode() if isinstance(request.body, str) else request.body or b""
        where, method = request.path_url, request.method or "GET"
        answered: Any = Client().generic(method, where, said, kind, headers=headers)
        body = answered.getvalue() if answered.streaming else answered.content
        raw = HTTPResponse(
            io.BytesIO(body), answered.headers, answered.status_code, preload_content=False
        )
        return self.build_response(request, raw)


def schema() -> Any:
    """What REST says of itself, as schemathesis reads it."""
    described = SchemaGenerator().get_schema(public=True)
    return schemathesis.openapi.from_dict(json.loads(json.dumps(described, cls=JSONEncoder)))


def asker() -> requests.Session:
    session = requests.Session()
    session.mount("http://", Within())
    return session


def answered_as_told(case: Any, key: str | None) -> None:
    """Ask it, with the session `key` of whoever is signed in, and take back what that did, but for
    what is said (tests/access/knocks.py)."""
    headers = {"X-Session-Token": key} if key else {}
    how = {"base_url": "http://testserver", "session": asker(), "headers": headers}
    case.validate_response(taken_back(lambda: case.call(**how)), checks=CHECKS)


class Doors:
    """The operations of one app, and where they lead in its world."""

    def __init__(self, world: World, urls: Any) -> None:
        self.world = world
        self._paths = {_shape(path): path for path in paths(urls.urlpatterns, "/api/v1/")}

    def __contains__(self, path: str) -> bool:
        return _shape(path) in self._paths

    def places(self, path: str) -> Mapping[str, str]:
        """What stands in the places of a path of the schema."""
        here = self._paths[_shape(path)]
        values = self.world.values | self.world.special(here.removeprefix("/"))
        names = zip(_names(path), _names(here), strict=True)
        return {name: str(values.get(named, uuid4())) for name, named in names}


def _shape(path: str) -> str:
    return re.sub(r"{\w+}", "{}", path)


def _names(path: str) -> Iterator[str]:
    return iter(re.findall(r"{(\w+)}", path))
