"""What the world of every subject has: its people, their browsers and apps, and what stands in the
places of paths."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User


class World:
    """People and things that meet at the doors of one subject.

    `who` names the signs of its table from the left, `values` what stands in the places of paths.
    """

    who: tuple[str, ...]

    def __init__(self) -> None:
        self.people: dict[str, User] = {}
        self.values: dict[str, Any] = {}
        self.clients: dict[str, tuple[Client, APIClient]] = {}

    def admit(self, names: Iterable[str]) -> None:
        """Give each a browser and an app, signed in where there is somebody of that name."""
        self.clients = {name: _clients(self.people.get(name)) for name in names}

    def address(self, path: str) -> str:
        """A path of the table with something in each of its places."""
        values = self.values | self.special(path)
        filled = re.sub(r"{(\w+)}", lambda at: str(values.get(at[1], uuid4())), path)
        return "/" + filled.removeprefix("/")

    def special(self, path: str) -> dict[str, Any]:
        """What stands in this path's places instead of `values`."""
        return {}

    def given(self, path: str) -> dict[str, Any]:
        """Something for everything that some verb at this path asks."""
        return {}

    def query(self, method: str, path: str) -> str:
        """What is asked behind the path."""
        return ""


def _clients(user: User | None) -> tuple[Client, APIClient]:
    browser, app = Client(raise_request_exception=True), APIClient()
    if user is not None:
        browser.force_login(user)
        app.force_authenticate(user)
    return browser, app
