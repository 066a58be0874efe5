"""What cannot be read or is nowhere is said as REST says it below /api/, elsewhere as a page."""

import pytest

from accounts.regions import middleware as regions


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("videos/no-id/", 404, "not_found"),
        ("search/?q=%00", 400, "parse_error"),
        ("users/an%00a/", 400, "parse_error"),
    ],
)
def test_api_tells_a_problem_where_no_view_answers(client, path, status, code):
    answer = client.get(f"/api/v1/{path}")

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert (answer.json()["code"], answer.json()["status"]) == (code, status)


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "status"), [("/nowhere/at/all/", 404), ("/search/?q=%00", 400)])
def test_pages_tell_it_as_a_page(client, path, status):
    answer = client.get(path)

    assert (answer.status_code, answer["Content-Type"]) == (status, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/api/v1/me/", "application/problem+json"), ("/settings/", "text/html; charset=utf-8")],
)
def test_what_breaks_before_a_view_is_told_the_same_way(client, monkeypatch, path, kind):
    def broken(_request):
        raise RuntimeError

    monkeypatch.setattr(regions, "closure_of", broken)
    client.raise_request_exception = False

    answer = client.get(path)

    assert (answer.status_code, answer["Content-Type"]) == (500, kind)
    assert ("problems/error/" in answer.content.decode()) == path.startswith("/api/")


@pytest.mark.django_db
def test_api_reads_so_many_fields(api, ana, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    fields = {"first_name": "a", "b": "b", "c": "c"}

    answer = api(ana).patch("/api/v1/me/", fields, format="multipart")

    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")
