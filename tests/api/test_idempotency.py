"""`Idempotency-Key`: what is said again under one is done once, and answered as before."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import KeptAnswer
from accounts.rights import retention
from config import idempotency
from videos.models import Collection

PATH = "/api/v1/collections/"


@pytest.fixture
def ask(client, ana):
    """Make a collection as Ana under a key."""
    client.force_login(ana)

    def post(key="k", name="walks", **headers):
        headers = {"Idempotency-Key": key} | headers if key else headers
        return client.post(PATH, {"name": name}, content_type="application/json", headers=headers)

    return post


def test_what_is_said_again_is_done_once_and_answered_as_before(ask):
    first, second = ask(), ask()

    assert (first.status_code, first.json()["name"]) == (201, "walks")
    assert (second.status_code, second.content) == (201, first.content)
    assert second["Content-Type"] == first["Content-Type"]
    assert ("Idempotent-Replayed" in first, second["Idempotent-Replayed"]) == (False, "true")
    assert Collection.objects.count() == 1


def test_a_key_with_another_body_is_a_conflict(ask):
    ask()
    other = ask(name="climbs")

    assert (other.status_code, other.json()["code"]) == (409, "idempotency.other")
    assert other["Content-Type"] == "application/problem+json"
    assert Collection.objects.count() == 1


def test_keys_are_each_persons_own_and_end_after_a_day(ask, client, ben):
    ask()
    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1), tick=False):
        assert ask(name="climbs").status_code == 201
    client.force_login(ben)

    assert ask(name="dives").status_code == 201
    assert sorted(Collection.objects.values_list("name", flat=True)) == ["climbs", "dives", "walks"]


def test_what_was_refused_changed_nothing_and_is_asked_anew(ask):
    refused, said_right = ask(name=""), ask()

    assert (refused.status_code, said_right.status_code) == (400, 201)


def test_a_longer_key_than_255_is_refused_and_nobody_else_has_one(ask, client):
    assert ask("k" * 256).json()["code"] == "idempotency.key"
    client.logout()

    assert ask().status_code in (401, 403)
    assert not KeptAnswer.objects.exists()


def test_without_a_key_nothing_is_looked_up(ask):
    with CaptureQueriesContext(connection) as plain:
        ask(None)
    with CaptureQueriesContext(connection) as once:
        ask()

    # The claim and the answer, between them the row as it is now (a prepared statement, whose words
    # are not captured); in a test, points to go back to.
    of_keys = [query["sql"] for query in once if "keptanswer" in str(query["sql"])]
    assert len(of_keys) == 2
    assert len(plain) <= len(once) - 3
    assert not [query for query in plain if "keptanswer" in str(query["sql"])]


@pytest.fixture
def door(ana):
    """The middleware before a view, and a request of Ana's."""

    def through(view, key="k", **form):
        request = RequestFactory().post("/api/v1/x/", form, headers={"Idempotency-Key": key})
        request.user = ana
        return idempotency.middleware(view)(request)

    return through


def test_the_same_file_is_the_same_whatever_its_boundary(door, tmp_path):
    film = tmp_path / "a.bin"
    seen = []

    def view(request):
        seen.append(request.FILES["film"].read())
        return HttpResponse("ok")

    for content in (b"one", b"one", b"two"):
        film.write_bytes(content)
        with film.open("rb") as file:
            answer = door(view, film=file)

    assert seen == [b"one"]
    assert answer.status_code == 409


def test_while_the_first_one_runs_the_second_is_told_to_wait(door):
    heard = []

    def view(_request):
        heard.append(door(lambda _request: pytest.fail("done twice")))
        return HttpResponse("done")

    assert door(view).content == b"done"
    assert (heard[0].status_code, heard[0]["Retry-After"]) == (409, "1")
    assert b'"idempotency.busy"' in heard[0].content


def test_what_broke_off_is_not_done_again_unseen(door):
    def crashes(_request):
        return HttpResponse(status=500)

    assert door(crashes).status_code == 500
    with time_machine.travel(timezone.now() + timedelta(minutes=3), tick=False):
        again = door(lambda _request: pytest.fail("done twice"))

    assert b'"idempotency.unknown"' in again.content


@pytest.mark.parametrize(
    "answer",
    [HttpResponse(status=503), HttpResponse("key", headers={"Cache-Control": "no-store"})],
    ids=["it could not", "a secret"],
)
def test_some_answers_are_not_kept(door, answer):
    door(lambda _request: answer)

    assert not KeptAnswer.objects.exists()


def test_tickets_are_secrets(client, ana):
    client.force_login(ana)
    tickets = [
        client.post("/api/v1/socket-tickets/", headers={"Idempotency-Key": "k"}).json()["ticket"]
        for _time in range(2)
    ]

    assert len(set(tickets)) == 2
    assert not KeptAnswer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_those_who_race_one_gets_the_key(ana):
    def claims(_number):
        try:
            return KeptAnswer.objects.claim(ana.pk, "k", "f")[1]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(claims, range(8))) == [False] * 7 + [True]


def test_answers_go_after_a_day(ana):
    KeptAnswer.objects.claim(ana.pk, "new", "f")
    old = timezone.now() - timedelta(hours=25)
    KeptAnswer.objects.create(pk=uuid4(), user=ana, key="old", fingerprint="f", claimed_at=old)

    retention.keep()

    assert list(KeptAnswer.objects.values_list("key", flat=True)) == ["new"]
