"""The end of an account (R46): out of sight at once, gone after 30 days, and gone it stays."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import models
from django.utils import timezone

from accounts import actions, ports
from accounts.errors import Conflict
from accounts.families.guarding import keep_guarded
from accounts.models import Follow, GuardianLink, Tombstone, User
from accounts.rights import erasing, tombstones
from tests import leaving
from tests.accounts import told
from tests.accounts.test_export import app_of
from tests.factories import PASSWORD, befriend, follow, make_user
from tests.rules import rule


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EXPORT_FOLDER = tmp_path / "exports"


@pytest.fixture
def dana(ana) -> User:
    """Somebody whose name, address and words nobody else has."""
    dana = make_user(
        "danaquill", display_name="Dana Quillfeather", bio="Quillwork", email="dq@quill.example"
    )
    EmailAddress.objects.create(user=dana, email=dana.email, verified=True, primary=True)
    befriend(ana, dana)
    return dana


# --- Leaving and coming back ----------------------------------------------------------------------


@rule("R46", "job")
def test_whoever_leaves_is_out_of_sight_and_signed_out_at_once(dana, ana):
    epoch = dana.session_epoch

    actions.leave_medley(dana)

    dana.refresh_from_db()
    assert not dana.is_active
    assert dana.session_epoch == epoch + 1
    assert timedelta(days=29) < dana.leaving_at - timezone.now() <= timedelta(days=30)
    assert not User.objects.visible_to(ana).filter(pk=dana.pk).exists()


def test_leaving_twice_does_not_begin_the_time_anew(dana):
    actions.leave_medley(dana)
    before = User.objects.get(pk=dana.pk).leaving_at

    with time_machine.travel(timezone.now() + timedelta(days=3)):
        actions.leave_medley(dana)

    assert User.objects.get(pk=dana.pk).leaving_at == before


def test_whoever_comes_back_is_as_before(dana, ana):
    actions.leave_medley(dana)

    actions.come_back(dana)

    dana.refresh_from_db()
    assert dana.is_active and dana.leaving_at is None
    assert Follow.objects.accepted().filter(follower=dana, followed=ana).exists()


def test_whoever_is_banned_meanwhile_does_not_come_back_in(dana):
    actions.leave_medley(dana)
    User.objects.filter(pk=dana.pk).update(is_banned=True)

    actions.come_back(dana)

    dana.refresh_from_db()
    assert dana.leaving_at is None and not dana.is_active


def test_nobody_comes_back_who_is_not_leaving_or_is_being_deleted(dana):
    with pytest.raises(Conflict) as refusal:
        actions.come_back(dana)
    assert refusal.value.code == "leaving.not_leaving"

    actions.leave_medley(dana)
    tombstones.set_up(dana.pk)
    with pytest.raises(Conflict) as refusal:
        actions.come_back(dana)
    assert refusal.value.code == "leaving.too_late"


def test_a_mail_says_until_when_there_is_a_way_back(dana):
    actions.leave_medley(dana)
    leaving.run_jobs("accounts.mail_leaving")

    (letter,) = mail.outbox
    assert letter.to == ["dq@quill.example"]
    assert "Keep my account" in letter.body
    assert "/accounts/login/" in letter.body


def test_nobody_stays_guarded_by_somebody_who_left(dana, teo):
    link = GuardianLink.objects.create(
        guardian=dana, teen=teo, consented_at=timezone.now(), minutes=30
    )
    keep_guarded(teo)

    actions.leave_medley(dana)

    teo.refresh_from_db()
    link.refresh_from_db()
    assert link.ended_at and teo.guarded is None


def test_leaving_and_coming_back_is_no_way_out_for_a_teenager(dana, teo):
    link = GuardianLink.objects.create(
        guardian=dana, teen=teo, consented_at=timezone.now(), minutes=30
    )
    keep_guarded(teo)

    actions.leave_medley(teo)
    actions.come_back(teo)

    link.refresh_from_db()
    assert link.ended_at is None and User.objects.get(pk=teo.pk).guarded


# --- The end --------------------------------------------------------------------------------------


@rule("R46", "job")
def test_accounts_go_when_their_time_has_come_and_not_before(dana):
    actions.leave_medley(dana)
    erasing.purge_due()
    assert not Tombstone.objects.exists()

    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1)):
        erasing.purge_due()
        leaving.run_jobs("accounts.purge")

    assert not User.objects.filter(pk=dana.pk).exists()
    assert Tombstone.objects.get().done_at


def test_nobody_is_deleted_without_a_tombstone(dana):
    erasing.purge(dana.pk)

    assert User.objects.filter(pk=dana.pk).exists()


@rule("R46", "job")
def test_nothing_of_theirs_is_left_anywhere(dana, ana, zoe):
    dana.avatar = default_storage.save("avatars/dana.webp", ContentFile(b"face"))
    dana.save()
    follow(zoe, dana)
    actions.report(zoe, "user", dana.pk, reason="spam", words="")
    actions.report(dana, "user", zoe.pk, reason="spam", words="")
    actions.ask_for_export(dana)
    told.run_jobs()

    leaving.purge(dana)

    left = set(leaving.traces_of(str(dana.pk)))
    names = set(leaving.traces_of("danaquill", "Quillfeather", "Quillwork", "quill.example"))
    assert left <= ALLOWED
    assert names <= EVIDENCE
    assert leaving.files() == leaving.kept(dana.pk)


def test_every_way_to_point_at_a_person_is_let_go_of():
    kept = {label for purger in ports.purgers() for label in purger.keeps}
    ways = {models.CASCADE, models.SET_NULL}

    for relation in erasing.relations():
        if relation.remote_field.on_delete not in ways:
            assert relation.model._meta.label in kept, f"{relation} needs a step of a PURGER"


def test_what_stays_is_there_and_says_why():
    for purger in ports.purgers():
        for label, reason in purger.keeps.items():
            app, model, *field = label.split(".")
            kept = apps.get_model(app, model)
            assert reason
            assert not field or kept._meta.get_field(field[0])


@rule("R46", "job")
def test_whoever_comes_back_with_a_backup_is_deleted_again(dana):
    leaving.purge(dana)
    User.objects.create_user("danaquill", "dq@quill.example", pk=dana.pk, birth_date="1990-01-01")
    Tombstone.objects.all().delete()  # the backup knew nothing of it; the storage does
    out = StringIO()

    call_command("replay_tombstones", stdout=out)
    leaving.run_jobs("accounts.purge")

    assert "1 accounts are deleted again." in out.getvalue()
    assert not User.objects.filter(pk=dana.pk).exists()
    assert Tombstone.objects.get().done_at


def test_tombstones_are_kept_longer_than_any_backup(dana):
    leaving.purge(dana)

    with time_machine.travel(timezone.now() + timedelta(days=399)):
        assert tombstones.sweep() == 0
    with time_machine.travel(timezone.now() + timedelta(days=401)):
        assert tombstones.sweep() == 1
    assert not Tombstone.objects.exists()
    assert leaving.files() == set()


# --- The doors ------------------------------------------------------------------------------------


@rule("R46", "page")
def test_page_says_what_happens_asks_once_more_and_signs_out(client, dana):
    client.post("/accounts/login/", {"login": "danaquill", "password": PASSWORD})
    page = client.get("/settings/data/delete/")
    assert "as those of a deleted user" in page.content.decode()

    asked = client.post("/settings/data/delete/")
    assert "reauthenticate" in asked["Location"]
    assert User.objects.get(pk=dana.pk).leaving_at is None
    done = client.post(asked["Location"], {"password": PASSWORD})

    assert done["Location"] == "/settings/data/left/"
    assert User.objects.get(pk=dana.pk).leaving_at
    assert client.get("/settings/").status_code == 302
    assert "30 days" in client.get("/settings/data/left/").content.decode()


@rule("R46", "page")
def test_signing_in_within_the_time_offers_the_way_back(client, dana):
    actions.leave_medley(dana)

    answer = client.post("/accounts/login/", {"login": "danaquill", "password": PASSWORD})
    assert answer["Location"] == "/standing/"
    assert "Keep my account" in client.get("/standing/").content.decode()
    client.post("/standing/back/")

    dana.refresh_from_db()
    assert dana.is_active and dana.leaving_at is None


@rule("R46", "api")
def test_api_ends_the_account_and_gives_it_back(dana):
    ended = app_of(dana).post("/api/v1/me/deletion/")
    assert ended.status_code == 200
    assert ended.json()["leaving_at"] == User.objects.get(
        pk=dana.pk
    ).leaving_at.isoformat().replace("+00:00", "Z")

    assert app_of(dana).delete("/api/v1/me/deletion/").status_code == 204

    assert User.objects.get(pk=dana.pk).is_active


@rule("R46", "api")
def test_profile_is_gone_for_others_in_the_same_moment(api, dana, ana):
    assert api(ana).get("/api/v1/users/danaquill/").status_code == 200

    actions.leave_medley(dana)

    assert api(ana).get("/api/v1/users/danaquill/").status_code == 404


# What a deleted person's id may stand in, each with the reason in a Purger's `keeps`.
EVIDENCE = {"accounts.Report.evidence", "accounts.Case.evidence"}
ALLOWED = EVIDENCE | {
    "accounts.AuditEntry.actor",
    "accounts.AuditEntry.object_id",
    "accounts.AuditEntry.facts",
    "accounts.Case.object_id",
    "accounts.OutboxJob.arguments",  # the job that deleted them; it is gone in a week
    "accounts.Report.object_id",
    "accounts.ScreeningHit.uploader",
    "accounts.Tombstone.person",
}
