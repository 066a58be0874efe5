"""How long what is kept (R46): the table, its document, and that each job does what it says."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from allauth.account.models import EmailAddress, EmailConfirmation
from celery import current_app
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone

import accounts.tasks  # noqa: F401 (so that the app knows its tasks)
import chat.tasks  # noqa: F401
import videos.tasks  # noqa: F401
from accounts import actions
from accounts.linking import forgetting
from accounts.models import AgeRefusal, Case, LinkCard, LinkHost, Report, SocketTicket
from accounts.rights import retention
from tests.rules import rule
from tests.videos.factories import make_video
from videos.models import ProcessingAttempt, WatchEvent

# By their names, fields that say when something has had its time.
ENDS = {"expires_at", "expire_date", "lapses_at", "ends_at"}
# What ends and is not deleted then, with the reason.
LASTING = {
    "accounts.Entitlement": "what somebody bought is theirs to look up",
    "chat.Invite": "links that are over stay in their group's list",
    "chat.Message": "its place stays, without its words",
    "videos.VideoVersion": "",
}


def in_table() -> set[str]:
    return {label for rule_ in retention.table() for label in rule_.models}


@rule("R46", "job")
def test_every_model_that_has_its_time_is_in_the_table():
    timed = {
        model._meta.label
        for model in apps.get_models()
        if any(field.name in ENDS for field in model._meta.local_fields)
    }

    assert timed - in_table() - LASTING.keys() == set(), "name them in a RETENTION table"


def test_table_names_models_and_jobs_that_there_are():
    labels = {model._meta.label for model in apps.get_models()}
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert in_table() <= labels
    for one in retention.table():
        assert one.why
        if one.job:
            assert one.job in current_app.tasks
            assert one.job in scheduled
        assert bool(one.sweep) == (one.job == retention.KEEPING)


def test_document_is_what_the_table_says():
    written = Path(settings.BASE_DIR, "docs", "retention.md").read_text()

    assert written == retention.as_markdown(), "manage.py write_retention"


@pytest.mark.django_db
@rule("R46", "job")
def test_what_has_had_its_time_goes_and_the_rest_stays(ana, zoe):
    make = {
        "session": lambda: Session.objects.create(
            session_key="s", session_data="", expire_date=timezone.now() + timedelta(days=14)
        ),
        "ticket": lambda: SocketTicket.objects.issue(ana, "s"),
        "refusal": lambda: AgeRefusal.objects.remember("digest"),
        "confirmation": lambda: EmailConfirmation.objects.create(
            email_address=EmailAddress.objects.create(user=ana, email="x@example.com"),
            key="key",
            sent=timezone.now(),
        ),
        "watch": lambda: WatchEvent.objects.create(
            video=make_video(ana),
            source="link",
            watched_ms=1,
            duration_ms=1,
            at=timezone.now(),
        ),
        "attempt": lambda: ProcessingAttempt.objects.create(
            video=make_video(ana), recipe_version=1
        ),
    }
    for one in make.values():
        one()
    kept = (Session, SocketTicket, AgeRefusal, EmailConfirmation, WatchEvent, ProcessingAttempt)

    retention.keep()
    assert [model.objects.count() for model in kept] == [1] * len(kept)
    with time_machine.travel(timezone.now() + timedelta(days=401)):
        retention.keep()

    assert [model.objects.count() for model in kept] == [0] * len(kept)


@pytest.mark.django_db
def test_reports_go_a_year_after_they_were_closed_with_their_case(ana, zoe):
    report = actions.report(ana, "user", zoe.pk, reason="spam", words="")
    old = timezone.now() - timedelta(days=366)

    retention.keep()
    assert Report.objects.count() == 1
    Report.objects.filter(pk=report.pk).update(state="kept", closed_at=old)
    Case.objects.update(state="decided", decided_at=old)
    retention.keep()

    assert not Report.objects.exists()
    assert not Case.objects.exists()


@pytest.fixture
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def link_card(**values) -> LinkCard:
    values = {"url": "https://a.example/", "host": "a.example", "url_hash": "a"} | values
    return LinkCard.objects.create(state=LinkCard.State.READY, **values)


@pytest.mark.django_db
def test_cards_that_nothing_shows_go_with_their_pictures(own_folder):
    name = default_storage.save("links/a.webp", ContentFile(b"picture"))
    link_card(picture=name, fetched_at=timezone.now())
    LinkCard.objects.create(
        url="https://b.example/", host="b.example", url_hash="b", state=LinkCard.State.BLOCKED
    )
    LinkHost.objects.create(host="a.example")

    assert (forgetting.forget_cards(), forgetting.forget_hosts()) == (0, 0)
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert (forgetting.forget_cards(), forgetting.forget_hosts()) == (1, 1)

    assert [card.host for card in LinkCard.objects.all()] == ["b.example"]
    assert not default_storage.exists(name)


def test_fields_that_say_when_are_dates():
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if field.name in ENDS:
                assert isinstance(field, models.DateTimeField)
