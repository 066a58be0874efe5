"""REST says with each answer how often it may still be asked, and for how long not any more."""

import pytest
from django.test import Client

from config import rates
from config.rates import WINDOW
from config.redis_clients import impatient

ME = "/api/v1/me/"


@pytest.fixture(autouse=True)
def three_a_minute(settings, monkeypatch):
    """Three of an account, two of an address; the clock stands 18 s before a minute's end."""
    settings.API_REQUESTS_PER_MINUTE, settings.API_REQUESTS_PER_MINUTE_SIGNED_OUT = 3, 2
    monkeypatch.setattr(rates, "crc32", lambda _who: 0)
    monkeypatch.setattr(rates, "_asked_again_at", 0.0)
    at(monkeypatch, WINDOW * 1000 + 42)
    yield
    redis = impatient(settings.REDIS_CACHE_URL)
    for key in redis.scan_iter("rate:*"):
        redis.delete(key)


def at(monkeypatch, seconds):
    monkeypatch.setattr(rates.time, "time", lambda: seconds)


def standing(answer):
    return answer.status_code, answer.headers.get("RateLimit"), answer.headers.get("Retry-After")


def test_an_account_asks_so_often_a_minute_by_all_of_its_apps(api, ana, monkeypatch):
    page = Client()
    page.force_login(ana)

    answers = [api(ana).get(ME), page.get(ME), api(ana).get("/api/v1/folders/"), api(ana).get(ME)]
    problem = answers[3].json()

    assert [standing(answer) for answer in answers] == [
        (200, '"account";r=2;t=18', None),
        (200, '"account";r=1;t=18', None),
        (200, '"account";r=0;t=18', None),
        (429, '"account";r=0;t=18', "18"),
    ]
    assert {answer["RateLimit-Policy"] for answer in answers} == {'"account";q=3;w=60'}
    assert answers[3]["Content-Type"] == "application/problem+json"
    assert (problem["code"], problem["type"]) == ("throttled", "/api/problems/throttled/")

    at(monkeypatch, WINDOW * 1001)
    assert standing(api(ana).get(ME)) == (200, '"account";r=2;t=60', None)


def test_what_is_refused_and_what_is_there_already_counts_too(api, ana):
    first = api(ana).get(ME)
    refused = api(ana).patch(ME, {"display_name": "x" * 500})
    same = api(ana).get(ME, headers={"If-None-Match": first["ETag"]})

    assert standing(refused) == (400, '"account";r=1;t=18', None)
    assert standing(same) == (304, '"account";r=0;t=18', None)


def test_one_account_takes_nothing_from_another(api, ana, ben):
    for _ in range(4):
        last = api(ana).get(ME)

    assert (last.status_code, api(ben).get(ME).status_code) == (429, 200)


@pytest.mark.parametrize(
    ("mine", "other", "is_same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
    ],
    ids=["IPv4", "one IPv6 network", "two IPv6 networks"],
)
def test_who_is_signed_out_is_counted_by_network(db, mine, other, is_same):
    heard = [Client(REMOTE_ADDR=mine).get(ME) for _ in range(3)]

    assert [standing(answer) for answer in heard] == [
        (401, '"address";r=1;t=18', None),
        (401, '"address";r=0;t=18', None),
        (429, '"address";r=0;t=18', "18"),
    ]
    assert Client(REMOTE_ADDR=other).get(ME).status_code == (429 if is_same else 401)


def test_counting_asks_the_database_nothing(api, ana, settings, django_assert_num_queries):
    settings.API_REQUESTS_PER_MINUTE = 0
    with django_assert_num_queries(1):
        uncounted = api(ana).get("/api/v1/folders/")
    settings.API_REQUESTS_PER_MINUTE = 3
    with django_assert_num_queries(1):
        counted = api(ana).get("/api/v1/folders/")

    assert standing(uncounted) == (200, None, None)
    assert standing(counted) == (200, '"account";r=2;t=18', None)


def test_without_redis_everybody_is_answered_and_it_is_left_alone_for_a_while(
    api, ana, settings, monkeypatch
):
    tried = []

    def away(_url):
        tried.append(1)
        return impatient("redis://127.0.0.1:1")

    monkeypatch.setattr(rates, "impatient", away)

    answers = [api(ana).get(ME) for _ in range(5)]

    assert [standing(answer) for answer in answers] == [(200, None, None)] * 5
    assert len(tried) == 1


def test_pages_are_not_counted(client, ana):
    client.force_login(ana)

    assert "RateLimit" not in client.get("/settings/").headers
