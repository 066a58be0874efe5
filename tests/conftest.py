"""The cast: Ana and Ben are friends, Zoe is the outsider, Teo is 16, Kid is 14, Mod moderates."""

import pytest
from django.utils import translation
from rest_framework.test import APIClient

from accounts.linking import blocking
from accounts.models import User
from accounts.regions import table
from tests import emptying, socket_document
from tests.factories import befriend, make_user

emptying.instead_of_flush()
socket_document.watch_own_frames()


@pytest.fixture(autouse=True)
def own_language():
    """No test inherits the language that an earlier one's request left active in the thread."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def no_region_rules(monkeypatch):
    """Nothing is off anywhere, and nobody looks whether that changed: a test that switches
    something off makes its process read the rules (accounts/regions/table.py)."""
    monkeypatch.setattr(table, "LOOK_EVERY", float("inf"))
    table.hold(table.Copy((), None, 0))
    yield
    table.hold(table.Copy((), None, 0))


@pytest.fixture(autouse=True)
def no_blocked_hosts(monkeypatch):
    """The same of the hosts that are blocked (accounts/linking/blocking.py)."""
    monkeypatch.setattr(blocking, "READ_EVERY", float("inf"))
    blocking.hold(())


@pytest.fixture
def ana(db) -> User:
    return make_user("ana")


@pytest.fixture
def ben(ana) -> User:
    ben = make_user("ben")
    befriend(ana, ben)
    return ben


@pytest.fixture
def zoe(db) -> User:
    return make_user("zoe")


@pytest.fixture
def teo(db) -> User:
    return make_user("teo", age=16, messages_from=User.MessagesFrom.FRIENDS)


@pytest.fixture
def kid(db) -> User:
    return make_user("kid", age=14, messages_from=User.MessagesFrom.NO_ONE, is_private=True)


@pytest.fixture
def mod(db) -> User:
    return make_user("mod", age=35, is_staff=True, is_superuser=True)


@pytest.fixture
def api():
    """`api(ana)` is a REST client signed in as Ana; `api()` is signed out."""

    def signed_in(user: User | None = None) -> APIClient:
        client = APIClient()
        if user is not None:
            client.force_authenticate(user)
        return client

    return signed_in


@pytest.fixture
def browser(client):
    """`browser(ana)` is Django's test client signed in as Ana."""

    def signed_in(user: User):
        client.force_login(user)
        return client

    return signed_in
