"""Each "no" of REST has a code that is listed, and a page that says what to do about it."""

import pytest

from config.problem_pages import ADVICE
from config.problems import CODES, codes, entry, problem
from tests.api import problem_codes
from tests.api.problem_codes import Found, Module


def test_every_code_is_listed():
    """`make api` writes both."""
    declared = problem_codes.declared()

    assert CODES.read_text() == problem_codes.text(declared)
    assert problem_codes.DOCUMENT.read_text() == problem_codes.document(declared)


def test_each_has_words_and_each_status_advice():
    assert [code for code, told in codes().items() if not told["sentences"]] == []
    assert {status for told in codes().values() for status in told["statuses"]} <= ADVICE.keys()


@pytest.mark.parametrize(
    ("source", "code", "sentences", "statuses"),
    [
        ("raise Refused('a.b', _('No, no.'))", "a.b", ["No, no."], {403}),
        (
            "raise Conflict('a.b' if x else 'a.c', WHY)\nWHY = _('Not so.')",
            "a.c",
            ["Not so."],
            {409},
        ),
        ("raise ValidationError({'x': _('Not so.')}, code='a.b')", "a.b", ["Not so."], {400}),
        ("SENTENCES = {'a.b': _('Not so.')}\nrefused('a.b')", "a.b", ["Not so."], {403}),
        ("openly('R7', WHO[x])\nWHO = {1: _('Not so.')}", "policy.R7", ["Not so."], {403}),
        ("problem_response('a.b', BAD, 451)\nBAD = _('Not so.')", "a.b", ["Not so."], {451}),
        ("UploadRefused('upload.busy')", "upload.busy", [], {423}),
    ],
)
def test_a_code_is_found_where_it_is_said(source, code, sentences, statuses):
    found = Found()

    Module(source).read(found)

    assert list(found.sentences[code]) == sentences
    assert found.statuses[code] == statuses


def test_what_is_wrong_is_pointed_to_in_the_body(api, ana):
    answer = api(ana).patch("/api/v1/me/", {"display_name": "x" * 500}).json()

    assert answer["type"] == "/api/problems/max_length/"
    assert [(each["field"], each["pointer"]) for each in answer["errors"]] == [
        ("display_name", "#/display_name")
    ]


@pytest.mark.parametrize(
    ("field", "pointer"),
    [
        ("rates.0.price", "#/rates/0/price"),
        ("non_field_errors", "#"),
        ("a/b~c d", "#/a~1b~0c%20d"),
        (None, None),
    ],
)
def test_a_pointer_is_of_json(field, pointer):
    assert entry("invalid", "", field, in_body=True)["pointer"] == pointer
    assert entry("invalid", "", field, in_body=False)["pointer"] is None


def test_a_code_that_nobody_listed_leads_nowhere():
    assert problem(409, [entry("no.such", "", None, in_body=False)])["type"] == "about:blank"


def test_a_status_of_tus_has_a_title_too():
    damaged = problem(460, [entry("upload.checksum", "", None, in_body=False)])

    assert (damaged["title"], damaged["type"]) == (
        "Checksum Mismatch",
        "/api/problems/upload.checksum/",
    )


def test_the_page_of_a_code_says_what_people_read_and_what_to_do(
    client, db, django_assert_num_queries
):
    with django_assert_num_queries(0):
        page = client.get("/api/problems/idempotency.busy/").content.decode()

    assert "This is being done just now." in page
    assert "<code>409 Conflict</code>" in page
    assert str(ADVICE[409]) in page


def test_numbers_are_left_out_of_sentences_and_there_is_no_page_of_what_nobody_says(client, db):
    full = client.get("/api/problems/address.full/", headers={"Accept-Language": "es"})

    assert "%(count)" not in full.content.decode()
    assert 'lang="es"' in full.content.decode()
    assert client.get("/api/problems/no.such/").status_code == 404
