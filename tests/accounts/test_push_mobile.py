"""Pushes to apps: the request shapes of FCM and APNs, and what their answers mean."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Device
from accounts.outbox import NotNow
from accounts.push import Push, Refusal, carrying
from accounts.push.sending import send
from tests import mobile_push

pytestmark = pytest.mark.django_db

TOKEN = "ab" * 32
PUSH = Push(title="Ana follows you", body="Hi", url="/@ana/", tag="t1", id="n1")


@pytest.fixture(scope="module")
def fcm_service():
    with mobile_push.google() as service:
        yield service


@pytest.fixture(scope="module")
def apns_service():
    with mobile_push.apple() as service:
        yield service


@pytest.fixture
def google(fcm_service, settings):
    fcm_service.asked, fcm_service.answers = [], []
    settings.PUSHERS = {"fcm": "accounts.push.fcm.FCM"}
    settings.FCM_CREDENTIALS, settings.FCM_ORIGIN = fcm_service.secret, fcm_service.origin
    return fcm_service


@pytest.fixture
def apple(apns_service, settings):
    apns_service.asked, apns_service.answers = [], []
    settings.PUSHERS = {"apns": "accounts.push.apns.APNs"}
    settings.APNS_KEY, settings.APNS_ORIGIN = apns_service.secret, apns_service.origin
    settings.APNS_KEY_ID, settings.APNS_TEAM_ID = mobile_push.KEY_ID, mobile_push.TEAM
    settings.APNS_TOPIC = mobile_push.TOPIC
    return apns_service


@pytest.fixture(autouse=True)
def three_waiting(monkeypatch):
    """So much waits for everybody."""
    monkeypatch.setattr("accounts.ports.unread_total", lambda user: 3)


def device_of(user, kind: str) -> Device:
    return Device.objects.create(user=user, kind=kind, address=TOKEN, digest=f"{kind}-1")


def errors(code: str, **more) -> dict:
    """As FCM words them."""
    detail = {"@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": code}
    return {"error": {"message": code, "details": [detail], **more}}


# --- Google's -------------------------------------------------------------------------------------


def test_fcm_is_asked_in_its_own_words(google, ana):
    send(device_of(ana, "fcm"), PUSH)

    [asked] = google.asked
    assert asked.path == "/v1/projects/medley-tests/messages:send"
    assert asked.headers["authorization"].startswith("Bearer token-")
    assert asked.body == {
        "message": {
            "token": TOKEN,
            "notification": {"title": "Ana follows you", "body": "Hi"},
            "data": {"url": "/@ana/", "tag": "t1", "badge": "3", "id": "n1"},
            "android": {
                "priority": "normal",
                "ttl": "86400s",
                "collapse_key": "t1",
                "notification": {"tag": "t1"},
            },
        }
    }


def test_fcm_gives_one_access_token_for_many_pushes(google, ana):
    device = device_of(ana, "fcm")
    send(device, PUSH)
    given = google.tokens_given

    send(device, PUSH)
    send(device, PUSH)

    assert google.tokens_given == given
    assert len({asked.headers["authorization"] for asked in google.asked}) == 1


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, errors("UNREGISTERED")),
        (403, errors("SENDER_ID_MISMATCH")),
        (
            400,
            {"error": {"details": [{"fieldViolations": [{"field": "message.token"}]}]}},
        ),
    ],
)
def test_fcm_token_that_is_nobodys_is_forgotten(google, ana, status, said):
    google.will_answer(status, said)

    send(device_of(ana, "fcm"), PUSH)

    assert not Device.objects.exists()


@pytest.mark.parametrize("status", [429, 500, 503])
def test_fcm_is_asked_again_when_it_said(google, ana, status):
    google.will_answer(status, errors("QUOTA_EXCEEDED"), Retry_After="60")

    with pytest.raises(NotNow) as caught:
        send(device_of(ana, "fcm"), PUSH)

    assert caught.value.after == timedelta(seconds=60)
    assert Device.objects.get().failures == 1


def test_fcm_that_understands_us_not_is_left_to_the_admin(google, ana):
    google.will_answer(400, errors("INVALID_ARGUMENT"))

    with pytest.raises(Refusal, match="400: INVALID_ARGUMENT"):
        send(device_of(ana, "fcm"), PUSH)


def test_gateway_that_answers_in_html_is_no_end(google, ana):
    google.will_answer(502, None)

    with pytest.raises(NotNow):
        send(device_of(ana, "fcm"), PUSH)


# --- Apple's --------------------------------------------------------------------------------------


def test_apns_is_asked_in_its_own_words(apple, ana):
    before = int(timezone.now().timestamp())

    send(device_of(ana, "apns"), PUSH)

    [asked] = apple.asked
    assert asked.path == f"/3/device/{TOKEN}"
    shown = {name: value for name, value in asked.headers.items() if name.startswith("apns-")}
    expiration = int(shown.pop("apns-expiration"))
    assert 0 <= expiration - before - 86_400 <= 60
    assert shown == {
        "apns-topic": "example.medley",
        "apns-push-type": "alert",
        "apns-priority": "10",
        "apns-collapse-id": "t1",
    }
    assert asked.body == {
        "aps": {
            "alert": {"title": "Ana follows you", "body": "Hi"},
            "badge": 3,
            "sound": "default",
            "thread-id": "t1",
        },
        "url": "/@ana/",
        "id": "n1",
    }


def test_apns_gets_one_provider_token_for_many_pushes(apple, ana):
    device = device_of(ana, "apns")

    send(device, PUSH)
    send(device, PUSH)

    assert len({asked.headers["authorization"] for asked in apple.asked}) == 1


@pytest.mark.parametrize(
    ("status", "reason"),
    [(410, "Unregistered"), (400, "BadDeviceToken"), (400, "DeviceTokenNotForTopic")],
)
def test_apns_token_that_is_nobodys_is_forgotten(apple, ana, status, reason):
    apple.will_answer(status, {"reason": reason})

    send(device_of(ana, "apns"), PUSH)

    assert not Device.objects.exists()


def test_apns_token_that_was_registered_since_is_kept(apple, ana):
    device = device_of(ana, "apns")
    before = int((device.registered_at - timedelta(hours=1)).timestamp() * 1000)
    apple.will_answer(410, {"reason": "Unregistered", "timestamp": before})

    send(device, PUSH)

    assert Device.objects.filter(pk=device.pk).exists()


@pytest.mark.parametrize(
    ("status", "reason"),
    [(429, "TooManyRequests"), (500, "InternalServerError"), (503, "ServiceUnavailable")],
)
def test_apns_is_asked_again(apple, ana, status, reason):
    apple.will_answer(status, {"reason": reason})

    with pytest.raises(NotNow):
        send(device_of(ana, "apns"), PUSH)


def test_apns_that_knows_us_not_is_left_to_the_admin(apple, ana):
    apple.will_answer(403, {"reason": "InvalidProviderToken"})

    with pytest.raises(Refusal, match="403: InvalidProviderToken"):
        send(device_of(ana, "apns"), PUSH)


def test_apns_gets_what_is_too_long_shorter(apple, ana):
    apple.will_answer(413, {"reason": "PayloadTooLarge"})

    send(device_of(ana, "apns"), Push(title="Ana", body="sol " * 900, tag="t1"))

    lengths = [len(json.dumps(asked.body)) for asked in apple.asked]
    assert len(lengths) == 2
    assert lengths[1] < lengths[0] / 2


# --- Both -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["fcm", "apns"])
def test_service_that_is_away_is_asked_again(google, apple, settings, ana, kind):
    settings.PUSHERS = {"fcm": "accounts.push.fcm.FCM", "apns": "accounts.push.apns.APNs"}
    settings.FCM_ORIGIN = settings.APNS_ORIGIN = "http://127.0.0.1:9"

    with pytest.raises(NotNow):
        send(device_of(ana, kind), PUSH)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("30", 30), ("999999999", 3600), ("", None), ("soon", None), (None, None)],
)
def test_patience_that_is_asked_for(header, seconds):
    wait = carrying.wait_asked_for(header)

    assert wait == (timedelta(seconds=seconds) if seconds is not None else None)


def test_patience_until_a_date():
    wait = carrying.wait_asked_for("Wed, 01 Jan 2003 00:00:00 GMT")

    assert wait == timedelta()
