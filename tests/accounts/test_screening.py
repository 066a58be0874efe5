"""What is on a list is seen by nobody, kept closed, and brought before moderators (R44)."""

import time
from io import BytesIO

import pytest
from allauth.account.internal.userkit import user_id_to_str
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.errors import Refused
from accounts.linking import keeping
from accounts.linking.pictures import card_picture
from accounts.models import AuditEntry, Case, HashList, LinkCard, ScreeningHit, User
from accounts.moderation import cases
from accounts.screening import Brought, Held, holding, screen, stock
from tests.accounts.pictures import scene, scene_file
from tests.rules import rule
from tests.screening import know


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    held = {**settings.STORAGES["held"], "OPTIONS": {"location": tmp_path / "held"}}
    with override_settings(STORAGES={**settings.STORAGES, "held": held}):
        yield


def upload(number: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("me.png", scene_file(number), "image/png")


def held_hit(person: User, **settings) -> ScreeningHit:
    know(scene(1), **settings)
    with pytest.raises(Held):
        actions.set_avatar(person, BytesIO(scene_file(1)))
    return ScreeningHit.objects.get()


# --- At the entrance ------------------------------------------------------------------------------


def test_without_a_list_a_picture_costs_one_query(ana, django_assert_num_queries):
    with django_assert_num_queries(1):
        screen(Brought("avatar", ana.pk, "user", ana.pk), [scene_file(1)])


def test_known_avatar_is_seen_by_nobody_and_kept_closed(ana):
    hit = held_hit(ana)

    ana.refresh_from_db()
    assert ana.avatar == ""
    assert not default_storage.exists("avatars")
    assert holding.closed_storage().open(hit.file_names[0]).read() == scene_file(1)
    assert hit.files[0]["size"] == len(scene_file(1))
    assert hit.uploader["username"] == "ana"
    assert hit.is_held


def test_it_is_a_case_of_the_highest_severity(ana):
    hit = held_hit(ana, reason="minor")

    case = Case.objects.get()
    assert (case.pk, case.origin, case.reason, case.severity) == (hit.case_id, "hash", "minor", 10)
    assert (case.kind, case.object_id) == ("user", ana.pk)
    assert case.evidence is not None
    assert case.evidence["hits"][0]["sha256"] == [hit.files[0]["sha256"]]


def test_list_for_review_holds_nothing_for_an_authority(ana):
    assert not held_hit(ana, action=HashList.Action.REVIEW).is_held


def test_other_pictures_come_in_as_ever(ana):
    know(scene(1))

    actions.set_avatar(ana, BytesIO(scene_file(2)))

    assert ana.avatar
    assert not ScreeningHit.objects.exists()


@rule("R44", "page")
def test_page_says_no_more_than_that_it_cannot_be_used(ana, browser):
    know(scene(1))

    answer = browser(ana).post(reverse("accounts:avatar_change"), {"file": upload(1)})

    assert answer.status_code == 422
    assert "This cannot be used. Choose something else." in answer.content.decode()
    assert ScreeningHit.objects.count() == 1


@rule("R44", "api")
def test_api_says_media_held(ana, api):
    know(scene(1))

    answer = api(ana).put("/api/v1/me/avatar/", {"file": upload(1)}, format="multipart")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "media.held"


@rule("R44", "job")
def test_known_picture_of_a_link_is_not_shown(db):
    know(scene(1))
    card = LinkCard.objects.create(url="https://example.org/", host="example.org")
    picture = card_picture(scene_file(1))

    keeping._changed(card.pk, lambda _card: None, picture)

    card.refresh_from_db()
    assert card.picture == ""
    assert ScreeningHit.objects.get().entrance == "link"


# --- What was there before ------------------------------------------------------------------------


@rule("R44", "job")
def test_list_takes_away_what_was_uploaded_before(ana, ben):
    actions.set_avatar(ana, BytesIO(scene_file(1)))
    actions.set_avatar(ben, BytesIO(scene_file(2)))
    shown = ana.avatar
    # What is shown is the middle of a square: the whole of it.
    know(scene(1))

    stock.look_on("avatar", "")

    ana.refresh_from_db()
    ben.refresh_from_db()
    assert (ana.avatar, bool(ben.avatar)) == ("", True)
    assert ScreeningHit.objects.get().owner == ana
    assert shown


def test_job_goes_on_behind_the_last(ana, ben, monkeypatch):
    monkeypatch.setattr(stock, "TOGETHER", 1)
    for person in (ana, ben):
        actions.set_avatar(person, BytesIO(scene_file(3)))
    first = min(ana.pk, ben.pk)
    asked: list[dict] = []
    monkeypatch.setattr(stock, "enqueue", lambda task, **arguments: asked.append(arguments))

    stock.look_on("avatar", "")

    assert asked == [{"entrance": "avatar", "after": str(first)}]


# --- Who sees what was kept -----------------------------------------------------------------------


@rule("R44", "admin")
@rule("R42", "admin")
def test_file_is_opened_under_a_claimed_case_alone_and_logged(ana, ben, mod):
    hit = held_hit(ana)

    for nosy in (ben, mod):
        with pytest.raises(Refused) as refused:
            holding.open_file(nosy, hit)
        assert refused.value.code == "moderation.role"

    assert hit.case is not None
    cases.claim(mod, hit.case)
    hit.case.refresh_from_db()
    with holding.open_file(mod, hit) as file:
        assert file.read() == scene_file(1)
    assert AuditEntry.objects.get(verb="screening.seen").actor_id == mod.pk


def test_mistaken_picture_may_be_used_and_its_file_goes(
    ana, mod, django_capture_on_commit_callbacks
):
    hit = held_hit(ana)
    name = hit.file_names[0]

    with django_capture_on_commit_callbacks(execute=True):
        holding.call_mistaken(mod, hit)
    actions.set_avatar(ana, BytesIO(scene_file(1)))

    assert ana.avatar
    assert not holding.closed_storage().exists(name)


def test_report_record_has_the_fields_of_an_authoritys_form(ana, mod):
    hit = held_hit(ana, reason="minor")

    told = holding.report_record(mod, hit)

    assert told["incident"]["type"] == "minor"
    assert told["incident"]["was_shown_to_anybody"] is False
    assert told["uploader"]["email"] == ana.email
    assert told["match"]["list"] == hit.list_name
    assert AuditEntry.objects.filter(verb="screening.reported").exists()


def test_only_what_nobody_keeps_goes_a_month_after_the_decision(ana, mod):
    hit = held_hit(ana)
    long_ago = timezone.now() - holding.KEPT_FOR
    Case.objects.update(state=Case.State.DECIDED, decided_at=long_ago)

    assert holding.let_go(timezone.now()) == 0

    holding.release(mod, hit)
    assert holding.let_go(timezone.now()) == 1
    assert ScreeningHit.objects.get().state == "gone"


def test_people_decide_nothing_of_it(ana, ben):
    hit = held_hit(ana)

    for attempt in (holding.call_mistaken, holding.release, holding.report_record):
        with pytest.raises(Refused):
            attempt(ben, hit)


def test_held_is_a_validation_error_without_a_reason():
    assert isinstance(Held(), ValidationError)
    assert Held().code == "media.held"


# --- The moderators' door -------------------------------------------------------------------------


@pytest.fixture
def desk(mod, browser):
    """Mod in the admin, signed in with a second factor."""
    signed_in = browser(mod)
    session = signed_in.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = user_id_to_str(mod)
    session.save()
    return signed_in


@rule("R44", "admin")
def test_admin_shows_lists_by_number_and_changes_them_by_actions(mod, desk):
    known = know(scene(1), scene(2))
    page = desk.get("/admin/accounts/hashlist/").content.decode()
    assert known.name in page
    assert not any(each.value.hex() in page for each in known.hashes.all())

    change = {"reason": "hate", "severity": "4", "action": "review", "distance": "20"}
    desk.post(f"/admin/accounts/hashlist/{known.pk}/change/", change)

    known.refresh_from_db()
    assert (known.severity, known.action, known.distance) == (4, "review", 20)
    assert AuditEntry.objects.get(verb="hashes.changed").actor_id == mod.pk


def test_admin_hands_a_file_out_under_a_claimed_case_alone(ana, mod, desk):
    hit = held_hit(ana)
    url = f"/admin/accounts/screeninghit/{hit.pk}/file/0/"
    assert desk.get(url).status_code == 403

    assert hit.case is not None
    cases.claim(mod, hit.case)
    answer = desk.get(url)

    assert b"".join(answer.streaming_content) == scene_file(1)
    assert answer["Content-Disposition"].startswith("attachment")


def test_admin_gives_the_record_and_shows_no_picture(ana, desk):
    hit = held_hit(ana)

    assert desk.get(f"/admin/accounts/screeninghit/{hit.pk}/report/").json()["case"]
    page = desk.get(f"/admin/accounts/screeninghit/{hit.pk}/change/").content.decode()
    assert hit.file_names[0] not in page
