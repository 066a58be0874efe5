"""Whoever reads what REST is sees it once: of every operation what was said and answered."""

import pytest

from config import examples
from tests.api.examples import fault, operations

# What needs more behind it than the worlds of tests/access have; a refusal is shown.
REFUSED = {
    "DELETE /api/v1/conversations/{id}/watch/queue/{entry}/",
    "DELETE /api/v1/me/deletion/",
    "DELETE /api/v1/sell/invitations/{job_id}/",
    "DELETE /api/v1/sell/photos/{photo_id}/",
    "DELETE /api/v1/sell/products/{product_id}/",
    "DELETE /api/v1/sell/shop/closed/",
    "DELETE /api/v1/uploads/{upload_id}/",
    "DELETE /api/v1/videos/{video_id}/credits/me/",
    "DELETE /api/v1/videos/{video_id}/credits/{username}/",
    "DELETE /api/v1/videos/{video_id}/parent/",
    "DELETE /api/v1/videos/{video_id}/versions/",
    "GET /api/v1/me/export/{export_id}/",
    "GET /api/v1/me/payout-account/",
    "GET /api/v1/sell/application/",
    "GET /api/v1/stickers/{id}/{name}",
    "GET /api/v1/videos/{video_id}/download/file/",
    "PATCH /api/v1/conversations/{id}/watch/queue/{entry}/",
    "POST /api/v1/conversations/{id}/held/{held_id}/",
    "POST /api/v1/conversations/{id}/hosts/{username}/",
    "POST /api/v1/conversations/{id}/messages/{seq}/translation/",
    "POST /api/v1/drafts/{draft_id}/publish/",
    "POST /api/v1/me/deletion/",
    "POST /api/v1/me/export/",
    "POST /api/v1/me/family/",
    "POST /api/v1/me/payout-account/onboarding/",
    "POST /api/v1/me/screen-time/unlock/",
    "POST /api/v1/orders/returns/{return_id}/dispute/",
    "POST /api/v1/orders/returns/{return_id}/send/",
    "POST /api/v1/sell/invitations/{job_id}/",
    "POST /api/v1/sell/payouts/onboarding/",
    "POST /api/v1/sell/returns/{return_id}/receive/",
    "POST /api/v1/uploads/{upload_id}/joined/",
    "POST /api/v1/uploads/{upload_id}/parts/",
    "PUT /api/v1/sell/shop/closed/",
    "PUT /api/v1/videos/{video_id}/credits/me/",
}


def test_every_operation_shows_what_is_as_its_schema_tells():
    """Else take it out of config/examples.json and run `pytest tests/api/recording.py`."""
    faults = {each.name: fault(each, examples.stored().get(each.name)) for each in operations()}

    assert {name: said for name, said in faults.items() if said} == {}
    assert faults.keys() == examples.stored().keys()
    assert {name for name, each in examples.stored().items() if each["status"] >= "400"} == REFUSED


def test_a_reader_finds_them_where_they_belong():
    [told] = [
        each.told for each in operations() if each.name == "PATCH /api/v1/cart/lines/{line_id}/"
    ]
    kept = examples.stored()["PATCH /api/v1/cart/lines/{line_id}/"]

    [place] = [each for each in told["parameters"] if each.get("name") == "line_id"]
    assert place["example"] == kept["places"]["line_id"]
    assert told["requestBody"]["content"]["application/json"]["example"] == kept["said"]
    assert told["responses"]["200"]["content"]["application/json"]["example"] == kept["answered"]


SAYING = "POST /api/v1/conversations/{id}/messages/"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda _each: None, "there is none"),
        (lambda each: each | {"status": "418"}, "418 is not told"),
        (lambda each: each | {"places": {}}, "its places are others"),
        (lambda each: each | {"said": {}}, "said $: 'client_id' is a required property"),
        (
            lambda each: each | {"answered": {**each["answered"], "seq": "2"}},
            "answered $.seq: '2' is not of type 'integer'",
        ),
        (
            lambda each: {part: value for part, value in each.items() if part != "answered"},
            "nothing is answered",
        ),
    ],
    ids=["none", "status", "places", "said", "answered", "no answer"],
)
def test_what_is_not_as_told_is_said_in_a_sentence(change, sentence):
    [operation] = [each for each in operations() if each.name == SAYING]

    assert fault(operation, change(examples.stored()[SAYING])) == sentence
