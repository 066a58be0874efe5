"""Becoming a seller: what one declares, who decides, what everybody reads (DSA, Article 30)."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.errors import Conflict, Refused
from accounts.models import AuditEntry, OutboxJob
from commerce.actions import applications
from commerce.models import Shop
from tests.accounts.staff import make_staff
from tests.commerce.applying import IBAN, TRADER, apply, form

State = Shop.State


def errors_of(caught) -> set[str]:
    return set(caught.value.message_dict)


@pytest.fixture
def reviewer(db):
    return make_staff("rosa", "senior")


def test_asking_makes_a_shop_that_waits(mei):
    application = apply(mei)

    shop = application.shop
    assert (shop.state, shop.slug, shop.country) == (State.APPLIED, "mei-makes", "DE")
    assert application.iban == IBAN.replace(" ", "")
    assert Path(str(application.document)).match("shops/documents/*.webp")


@pytest.mark.parametrize("who", ["teo", "kid"])
def test_minors_cannot_ask(who, request):
    with pytest.raises(Refused) as caught:
        apply(request.getfixturevalue(who))

    assert caught.value.code == "policy.R7"
    assert not Shop.objects.exists()


def test_all_that_is_wrong_is_said_at_once(mei):
    wrong = {"iban": "DE89 3704 0044 0532 0130 01", "country": "XX", "legal_name": "", "email": "?"}

    with pytest.raises(ValidationError) as caught:
        apply(mei, name="M", currency="XYZ", declares_law=False, trader=wrong)

    named = {"iban", "country", "legal_name", "email", "name", "currency", "declares_law"}
    assert errors_of(caught) == named


def test_a_document_is_needed_and_must_be_one(mei):
    with pytest.raises(ValidationError) as missing:
        apply(mei, document=None)
    with pytest.raises(ValidationError) as strange:
        apply(mei, document=SimpleUploadedFile("passport.png", b"<svg onload=alert(1)>"))

    assert errors_of(missing) == errors_of(strange) == {"document"}
    assert not Shop.objects.exists()


def test_one_asks_once_at_a_time(mei):
    apply(mei)

    with pytest.raises(Conflict) as caught:
        apply(mei)

    assert caught.value.code == "application.waits"


def test_acceptance_opens_the_shop_and_tells_its_owner(mei, reviewer):
    application = apply(mei)

    shop = applications.accept(reviewer, application.pk)

    assert shop.state == State.OPEN and shop.sells
    told = OutboxJob.objects.filter(task="accounts.note").values_list("arguments", flat=True)
    assert [(job["kind"], job["words"]["answer"]) for job in told] == [
        ("commerce.application", "accepted")
    ]
    assert AuditEntry.objects.filter(verb="seller_application.accepted").count() == 1


def test_a_refusal_says_why_and_one_may_ask_again_with_the_same_document(mei, reviewer):
    first = apply(mei)
    applications.refuse(reviewer, first.pk, reason="The name on the document is another one.")

    second = apply(mei, document=None, trader={"legal_name": "Mei-Lin Zhou"})

    assert second.shop_id == first.shop_id
    assert second.shop.state == State.APPLIED
    assert second.document.name == first.document.name


def test_a_refusal_needs_a_reason(mei, reviewer):
    application = apply(mei)

    with pytest.raises(ValidationError) as caught:
        applications.refuse(reviewer, application.pk, reason="  ")

    assert errors_of(caught) == {"reason"}


def test_only_reviewers_decide_and_nobody_on_their_own_shop(mei, zoe, reviewer):
    application, own = apply(mei), apply(reviewer, name="Rosa's")

    with pytest.raises(Refused) as stranger:
        applications.accept(zoe, application.pk)
    with pytest.raises(Refused) as themselves:
        applications.accept(reviewer, own.pk)

    assert stranger.value.code == "application.reviewers"
    assert themselves.value.code == "application.own"


def test_each_look_at_a_document_is_in_the_log(mei, zoe, reviewer):
    application = apply(mei)

    with pytest.raises(Refused):
        applications.look_at_document(zoe, application)
    name = applications.look_at_document(reviewer, application)

    assert default_storage.exists(name)
    looked = AuditEntry.objects.get(verb="seller_document.looked")
    assert (looked.actor_id, looked.object_id) == (reviewer.pk, application.shop_id)


def test_a_form_keeps_what_was_typed(client, mei):
    client.force_login(mei)

    answer = client.post(reverse("commerce:sell-apply"), form(iban="DE00"))

    assert answer.status_code == 422
    assert 'value="Mei Lin"' in answer.content.decode()
    assert 'value="DE00"' in answer.content.decode()


def test_the_whole_way_in_the_browser(client, mei, reviewer):
    client.force_login(mei)
    assert client.get(reverse("commerce:sell")).url == reverse("commerce:sell-apply")

    sent = client.post(reverse("commerce:sell-apply"), form())
    waiting = client.get(reverse("commerce:sell-apply"))
    applications.accept(reviewer, Shop.objects.get().applications.get().pk)
    day = client.get(reverse("commerce:sell"))

    assert sent.status_code == 302
    assert TRADER["legal_name"] in waiting.content.decode()
    assert "Mei Makes" in day.content.decode()


def test_everybody_reads_who_sells_once_the_shop_is_open(client, mei, reviewer):
    application = apply(mei)
    address = reverse("commerce:shop", args=["mei-makes"])
    assert client.get(address).status_code == 404

    applications.accept(reviewer, application.pk)
    page = client.get(address).content.decode()

    assert all(TRADER[name] in page for name in ("legal_name", "street", "email", "phone"))
    assert IBAN.replace(" ", "") not in page


@pytest.mark.parametrize("who", ["teo", "kid"])
def test_the_door_is_closed_for_minors(client, who, request):
    client.force_login(request.getfixturevalue(who))

    for page in ("sell", "sell-apply"):
        assert client.get(reverse(f"commerce:{page}")).status_code == 403
