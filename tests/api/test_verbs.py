"""What a person can do in the browser an app can do by REST: docs/api.md says where."""

from functools import partial

import pytest
from django.urls import path
from rest_framework.views import APIView

from chat import actions
from tests.api import doors, verb_table
from tests.api.reach import verbs_of


@pytest.fixture(scope="module")
def found():
    return doors.doors()


def test_every_verb_is_there_by_rest(found):
    assert verb_table.holes(found) == []


def test_no_exception_outlives_its_reason(found):
    assert verb_table.unneeded(found) == []


def test_the_document_is_current(found):
    """`make api` writes it."""
    assert verb_table.DOCUMENT.read_text() == verb_table.document(found)


def test_one_verb_is_found_behind_its_three_doors(found):
    assert found[actions.pin_message] == {
        "browser": ["/chat/<uuid:conversation_id>/message/<int:seq>/"],
        "REST": ["POST /conversations/<uuid:pk>/messages/<int:seq>/pin/"],
        "socket": ["pin.add"],
    }


def test_a_verb_of_the_browser_alone_is_a_hole(found):
    verb = next(iter(found))
    alone = {verb: {"browser": ["/x/"], "REST": [], "socket": []}}

    assert verb_table.holes(alone) == [doors.name_of(verb)]
    assert "**hole**" in verb_table.document(alone)


def test_what_writes_by_rest_reaches_a_verb():
    """A door that writes past the verbs would be in no table."""
    past = {
        name
        for kind, name, verbs in doors.routes()
        if kind == "REST" and not name.startswith("GET") and not verbs
    }

    # A ticket is a row that lives 30 s; paying is the port's (commerce/payments).
    assert past == {"POST /checkout/<uuid:purchase_id>/pay/", "POST /socket-tickets/"}


def test_verbs_are_found_through_partials_and_tables():
    assert verbs_of({"a": [partial(actions.pin_message)]}) == {actions.pin_message}


def test_a_route_names_the_methods_that_its_view_has(monkeypatch):
    class View(APIView):
        def get(self, request): ...

    View.__module__ = "chat.api.x"
    monkeypatch.setattr(doors.urls, "urlpatterns", [path("api/v1/x/", View.as_view())])

    assert list(doors.routes()) == [("REST", "GET /x/", set())]
