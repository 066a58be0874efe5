"""`If-Match`: of two who edit one thing the second is told so, if they say what they saw."""

import threading

import pytest
from django.db import connection

from commerce.actions import addresses
from tests.chat.factories import make_group, say
from tests.videos.factories import make_video
from videos.models import Collection, Video

LATER = {"If-Match": '"0123456789abcdef.0"'}


def me(ana):
    return "/api/v1/me/", {"bio": "I dance."}, {"bio": "I sing."}


def address(ana):
    kept = addresses.save(
        ana, name="Ana", street="Lindenstr. 5", city="Berlin", postcode="10969", country="DE"
    )
    return f"/api/v1/me/addresses/{kept.pk}/", {"name": "Ana B."}, {"name": "Ana C."}


def collection(ana):
    kept = Collection.objects.create(owner=ana, name="Dances")
    return f"/api/v1/collections/{kept.pk}/", {"name": "Waltzes"}, {"name": "Tangos"}


def video(ana):
    kept = make_video(ana)
    return f"/api/v1/videos/{kept.pk}/", {"caption": "a walk"}, {"caption": "a run"}


def group(ana):
    kept = make_group(ana)
    return f"/api/v1/conversations/{kept.pk}/", {"title": "Walks"}, {"description": "We run."}


def message(ana):
    said = say(ana, make_group(ana), "I wlak.")
    path = f"/api/v1/conversations/{said.conversation_id}/messages/{said.seq}/"
    return path, {"body": "I walk."}, {"body": "I run."}


THINGS = pytest.mark.parametrize("thing", [me, address, collection, video, group])


@THINGS
def test_the_second_of_two_is_told_and_may_save_with_the_new_tag(api, ana, thing):
    path, mine, other = thing(ana)
    seen = api(ana).get(path)["ETag"]

    first = api(ana).patch(path, mine, headers={"If-Match": seen})
    second = api(ana).patch(path, other, headers={"If-Match": seen})
    now = api(ana).get(path)

    assert (first.status_code, second.status_code) == (200, 412)
    assert second["Content-Type"] == "application/problem+json"
    assert second.json()["code"] == "precondition_failed"
    assert (now.json(), now["ETag"]) == (first.json(), first["ETag"])
    assert api(ana).patch(path, other, headers={"If-Match": now["ETag"]}).status_code == 200


@THINGS
def test_without_the_header_or_with_any_everything_is_as_ever(api, ana, thing):
    path, mine, other = thing(ana)

    assert api(ana).patch(path, mine).status_code == 200
    assert api(ana).patch(path, other, headers={"If-Match": "*"}).status_code == 200


@pytest.mark.parametrize("thing", [address, collection, video])
def test_what_was_changed_is_not_deleted_unseen(api, ana, thing):
    path, mine, _other = thing(ana)
    seen = api(ana).get(path)["ETag"]
    api(ana).patch(path, mine)

    late = api(ana).delete(path, headers={"If-Match": seen})
    fresh = api(ana).delete(path, headers={"If-Match": api(ana).get(path)["ETag"]})

    assert (late.status_code, fresh.status_code) == (412, 204)


def test_counts_beside_it_are_no_edit_and_a_packed_answer_neither(api, ana):
    path, mine, _other = video(ana)
    seen = api(ana).get(path)["ETag"]
    Video.objects.update(like_count=5)

    counted = api(ana).get(path, headers={"If-None-Match": seen})
    saved = api(ana).patch(path, mine, headers={"If-Match": f'"no.such", W/{seen}'})

    assert (counted.status_code, counted["ETag"] == seen) == (200, False)
    assert saved.status_code == 200


def test_who_may_not_edit_learns_nothing_by_tags(api, ana, zoe):
    path, mine, _other = address(ana)
    seen = api(ana).get(path)["ETag"]

    assert api(zoe).patch(path, mine, headers={"If-Match": seen}).status_code == 404
    assert api(zoe).patch(path, mine, headers=LATER).status_code == 404
    assert api().patch(path, mine, headers={"If-Match": seen}).status_code == 401


def test_only_the_thing_itself_has_a_tag(api, ana):
    path, _mine, _other = me(ana)

    assert api(ana).head(path)["ETag"] == api(ana).get(path)["ETag"]
    assert "ETag" not in api(ana).options(path)


def test_a_read_that_is_to_be_another_is_told_as_a_problem(api, ana):
    answer = api(ana).get("/api/v1/folders/", headers={"If-Match": '"else"'})

    assert (answer.status_code, answer["Content-Type"]) == (412, "application/problem+json")
    assert answer.json()["code"] == "precondition_failed"


@pytest.mark.django_db(transaction=True)
def test_the_same_of_a_message(api, ana):
    path, mine, other = message(ana)
    seen = api(ana).get(path)["ETag"]

    first = api(ana).patch(path, mine, headers={"If-Match": seen})
    statuses = [
        api(ana).patch(path, other, headers={"If-Match": seen}).status_code,
        api(ana).delete(path, headers={"If-Match": seen}).status_code,
        api(ana).patch(path, other, headers={"If-Match": first["ETag"]}).status_code,
        api(ana).delete(path, headers={"If-Match": "*"}).status_code,
    ]

    assert (first.status_code, first.json()["body"]) == (200, "I walk.")
    assert statuses == [412, 412, 200, 200]


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_told(api, ana):
    """On SQLite they come one after the other: there it is the same as above."""
    path, mine, other = collection(ana)
    seen = api(ana).get(path)["ETag"]
    both, statuses = threading.Barrier(2), []

    def save(wanted):
        try:
            both.wait(5)
            statuses.append(api(ana).patch(path, wanted, headers={"If-Match": seen}).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[wanted]) for wanted in (mine, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [200, 412]


def test_a_guarded_edit_costs_the_row_and_reading_it_besides(api, ana, django_assert_num_queries):
    path, mine, other = me(ana)
    api(ana).patch(path, other)  # what a process asks once
    with django_assert_num_queries(10):
        api(ana).patch(path, mine)
    with django_assert_num_queries(1):
        tag = api(ana).get(path)["ETag"]
    with django_assert_num_queries(10 + 4):  # a transaction (2), the row, what GET asks
        assert api(ana).patch(path, other, headers={"If-Match": tag}).status_code == 200
