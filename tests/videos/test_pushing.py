"""A like on its way to a browser: from the press to what that browser reads."""

import pytest
from celery import current_app

import accounts.tasks  # noqa: F401
from accounts.models import Notification, OutboxJob
from tests.push_service import push_service
from tests.videos.factories import make_video
from videos import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(settings):
    with push_service() as service:
        settings.WEB_PUSH_SERVICES = [service.origin]
        yield service


@pytest.fixture
def told(service, client, ana):
    """Ana's browser."""
    browser = service.subscribe()
    client.force_login(ana)
    answer = client.post(
        "/api/v1/me/devices/", browser.registration, content_type="application/json"
    )
    assert answer.status_code == 201
    return browser


def run_jobs() -> None:
    """What waits for a worker, and what that brings about."""
    while job := OutboxJob.objects.open().filter(task__startswith="accounts.").first():
        current_app.tasks[job.task](**job.arguments, job_id=job.pk)


def test_like_is_read_in_the_browser_of_whom_it_pleases(service, told, ana, ben):
    video = make_video(ana, caption="Sunset in Lisbon <b>")

    actions.like(ben, video)
    run_jobs()

    line = Notification.objects.get(user=ana)
    [heard] = service.heard()
    assert heard.browser is told
    assert heard.card == {
        "title": "Ben likes your video",
        "body": "Sunset in Lisbon <b>",
        "url": f"/activity/{line.pk}/place/",
        "tag": str(line.pk),
        "badge": 1,
        "id": str(line.pk),
    }


def test_like_of_what_is_gone_by_now_is_not_told(service, told, ana, ben):
    video = make_video(ana)
    actions.like(ben, video)
    actions.delete_video(ana, video)

    run_jobs()

    assert service.asked == 0
