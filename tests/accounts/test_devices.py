"""Which devices are told: registered by their person, for one session, at known push services."""

import pytest
from django.urls import reverse

from accounts import agents
from accounts.actions.devices import DEVICES_AT_MOST
from accounts.models import Device
from accounts.push import services, vapid
from tests.accounts.staff import suspend
from tests.factories import PASSWORD, make_user
from tests.push_service import PushService

pytestmark = pytest.mark.django_db

DEVICES = "/api/v1/me/devices/"
KNOWN = "https://updates.push.services.mozilla.com/wpush/v2/"
CHROME = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/142.0.0.0 Mobile Safari/537.36"
)


def browser_at(endpoint: str = f"{KNOWN}1") -> dict:
    """What a page posts."""
    keys = PushService("").subscribe().keys
    return {"kind": "web", "address": endpoint, "keys": keys}


@pytest.fixture
def register(client):
    """`register(ana)` from a browser in which she is signed in; each is a session of its own."""

    def post(user, body=None, **headers):
        client.force_login(user)
        return client.post(
            DEVICES, body or browser_at(), content_type="application/json", headers=headers
        )

    return post


# --- Registering ----------------------------------------------------------------------------------


def test_device_is_registered_and_listed(register, client, ana):
    made = register(ana, **{"User-Agent": CHROME})

    device = Device.objects.get()
    shown = {
        "id": str(device.pk),
        "kind": "web",
        "name": "Chrome on Android",
        "created_at": device.created_at.isoformat().replace("+00:00", "Z"),
        "last_ok_at": None,
        "is_this": True,
    }
    assert (made.status_code, made.json()) == (201, shown)
    assert client.get(DEVICES).json() == {
        "offered": ["web"],
        "vapid_public_key": vapid.public_key(),
        "results": [shown],
    }
    assert device.session_key == client.session.session_key


def test_same_address_again_is_the_same_device(register, ana):
    body = browser_at()

    ids = {register(ana, body).json()["id"] for _again in range(2)}

    assert ids == {str(Device.objects.get().pk)}


def test_browser_in_which_another_signs_in_is_told_for_them_alone(register, ana, zoe):
    body = browser_at()
    first = register(ana, body).json()["id"]

    second = register(zoe, body).json()["id"]

    # Another id: what waits for the former owner's device finds it gone.
    assert first != second
    assert list(Device.objects.values_list("user", flat=True)) == [zoe.pk]


def test_of_too_many_devices_the_first_goes(register, ana):
    ids = [
        register(ana, browser_at(f"{KNOWN}{number}")).json()["id"]
        for number in range(DEVICES_AT_MOST + 1)
    ]

    assert set(map(str, Device.objects.values_list("pk", flat=True))) == set(ids[1:])


@pytest.mark.parametrize(
    ("change", "status", "code", "field"),
    [
        ({"address": "https://push.example/1"}, 400, "device.address", None),
        ({"address": "http://updates.push.services.mozilla.com/1"}, 400, "device.address", None),
        ({"address": ""}, 400, "blank", "address"),
        ({"address": "https://x/" + "x" * 2000}, 400, "max_length", "address"),
        ({"keys": {"p256dh": "no", "auth": "no"}}, 400, "device.keys", None),
        ({"keys": {}}, 400, "required", "keys.p256dh"),
        ({"kind": "fcm"}, 403, "device.not_offered", None),
        ({"kind": "apns"}, 403, "device.not_offered", None),
        ({"kind": "pigeon"}, 400, "invalid_choice", "kind"),
    ],
)
def test_what_cannot_be_told_is_refused(register, ana, change, status, code, field):
    answer = register(ana, {**browser_at(), **change})

    [error] = [e for e in answer.json()["errors"] if e["code"] == code][:1]
    assert (answer.status_code, error["field"]) == (status, field)
    assert not Device.objects.exists()


def test_keys_are_a_point_of_the_curve(register, ana):
    body = browser_at()
    off_the_curve = "BA" + "A" * 85

    answer = register(ana, {**body, "keys": {**body["keys"], "p256dh": off_the_curve}})

    assert answer.json()["code"] == "device.keys"


def test_nobody_signed_out_registers_lists_or_removes(client, ana, register):
    register(ana)
    device = Device.objects.get()
    client.logout()

    asked = [
        client.get(DEVICES),
        client.post(DEVICES, browser_at(), content_type="application/json"),
        client.delete(f"{DEVICES}{device.pk}/"),
    ]

    assert [answer.status_code for answer in asked] == [401, 401, 401]
    assert client.get(reverse("accounts:devices")).status_code == 302


def test_under_16_may_be_told(register, kid):
    assert register(kid).status_code == 201


# --- Addresses that others name -------------------------------------------------------------------


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:APA91-_x",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QGuQ",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAD%2b",
        "https://fcm.googleapis.com:443/x",
    ],
)
def test_browsers_own_push_services_are_known(endpoint):
    assert services.is_known(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evilnotify.windows.com/x",
        "https://push.apple.com.evil.example/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://evil.example\\.push.apple.com/x",
        "https://evil.example/\\.push.apple.com/x",
        "https://evil.example#.push.apple.com/x",
        "https://evil.example?.push.apple.com/x",
        "https://evil.example\n.push.apple.com/x",
        "https://evil.example%2f.push.apple.com/x",
        "https://evil.exampleⓐ.push.apple.com/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://[::1].push.apple.com/x",
        "https://fcm.googleapis.com",
        "https:///x",
        "https://fcm.googleapis.com:99999999/x",
        "file:///etc/passwd",
        "gopher://fcm.googleapis.com/x",
        " https://fcm.googleapis.com/x",
        "",
    ],
)
def test_no_other_address_is(endpoint):
    assert not services.is_known(endpoint)


def test_push_service_of_ones_own_is_named_as_an_origin(settings):
    settings.WEB_PUSH_SERVICES = ["http://10.0.0.7:8080"]

    assert services.is_known("http://10.0.0.7:8080/x")
    assert not services.is_known("http://10.0.0.7:8081/x")
    assert not services.is_known("https://10.0.0.7:8080/x")


def test_known_name_that_leads_into_a_private_network_is_not_asked(monkeypatch):
    """Whatever the name stands for at the moment of asking (DNS rebinding)."""
    import socket

    from requests_hardened.ip_filter import InvalidIPAddress

    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: found)
    endpoint = "https://fcm.googleapis.com/x"

    with pytest.raises(InvalidIPAddress):
        services.session_for(endpoint).post(endpoint, timeout=1)


# --- Removing, and sessions that end --------------------------------------------------------------


def test_device_is_removed_by_its_person_alone(register, client, ana, zoe):
    register(ana)
    path = f"{DEVICES}{Device.objects.get().pk}/"
    client.force_login(zoe)
    assert client.delete(path).status_code == 404

    client.force_login(ana)
    assert client.delete(path).status_code == 204
    assert client.delete(path).status_code == 404
    assert not Device.objects.exists()


def test_signing_out_forgets_that_browser_alone(register, client, ana):
    register(ana, browser_at(f"{KNOWN}phone"))
    client.cookies.clear()
    register(ana, browser_at(f"{KNOWN}desk"))

    client.post(reverse("account_logout"))

    assert [device.address for device in Device.objects.all()] == [f"{KNOWN}phone"]


def test_app_that_signs_out_is_forgotten(client, ana):
    signed_in = client.post(
        "/_allauth/app/v1/auth/login",
        {"username": "ana", "password": PASSWORD},
        content_type="application/json",
    )
    token = signed_in.json()["meta"]["session_token"]
    headers = {"X-Session-Token": token}
    client.cookies.clear()
    made = client.post(DEVICES, browser_at(), content_type="application/json", headers=headers)
    assert (made.status_code, made.json()["is_this"]) == (201, True)

    client.delete("/_allauth/app/v1/auth/session", headers=headers)

    assert not Device.objects.exists()


def test_ending_all_sessions_keeps_the_browser_at_hand(register, client, ana):
    register(ana, browser_at(f"{KNOWN}phone"))
    client.cookies.clear()
    register(ana, browser_at(f"{KNOWN}desk"))

    client.post(reverse("accounts:end_sessions"))

    assert [device.address for device in Device.objects.all()] == [f"{KNOWN}desk"]


def test_new_password_forgets_all(register, client, ana):
    register(ana)

    client.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "correct horse battery",
            "password2": "correct horse battery",
        },
    )

    assert not Device.objects.exists()


def test_suspended_people_are_told_nowhere(register, ana):
    register(ana)

    suspend(ana)

    assert not Device.objects.exists()


# --- The page -------------------------------------------------------------------------------------


def test_page_lists_devices_this_one_first(register, client, ana):
    register(ana, {**browser_at(f"{KNOWN}desk"), "name": "Desk"})
    client.cookies.clear()
    register(ana, {**browser_at(f"{KNOWN}phone"), "name": "Phone"})

    page = client.get(reverse("accounts:devices")).content.decode()

    assert page.index("Phone") < page.index("Desk")
    assert page.count("this one") == 1
    assert KNOWN not in page  # whoever knows an address pushes there


def test_page_removes_without_script(register, client, ana):
    register(ana, {**browser_at(), "name": "Desk"})
    device = Device.objects.get()

    answer = client.post(reverse("accounts:remove_device", args=[device.pk]), follow=True)

    assert "Desk is told no more." in answer.content.decode()
    assert "No device is told yet." in answer.content.decode()


def test_page_removes_nobody_elses(register, client, ana, zoe):
    register(ana)
    device = Device.objects.get()
    client.force_login(zoe)

    assert client.post(reverse("accounts:remove_device", args=[device.pk])).status_code == 404
    assert client.get(reverse("accounts:remove_device", args=[device.pk])).status_code == 405
    assert Device.objects.exists()


def test_page_and_list_ask_as_often_for_many_devices(
    register, client, ana, django_assert_max_num_queries
):
    for number in range(10):
        register(ana, browser_at(f"{KNOWN}{number}"))

    with django_assert_max_num_queries(3):  # session, person, devices
        client.get(DEVICES)
    client.get(reverse("accounts:devices"))
    with django_assert_max_num_queries(8):  # and the numbers on the rail
        client.get(reverse("accounts:devices"))


def test_each_session_has_a_mark_of_its_own(client, ana):
    def mark() -> str:
        page = client.get(reverse("accounts:devices")).content.decode()
        return page.split('data-session="')[1].split('"')[0]

    client.force_login(ana)
    first, again = mark(), mark()
    client.cookies.clear()
    client.force_login(ana)

    assert first == again != mark()
    assert len(first) == 16


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (CHROME, "Chrome on Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Firefox/145.0", "Firefox on Linux"),
        ("(Windows NT 10.0; Win64) Chrome/142.0 Safari/537.36 Edg/142.0", "Edge on Windows"),
        ("(Macintosh; Intel Mac OS X 10_15_7) Version/26.0 Safari/605.1", "Safari on Mac"),
        ("(iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari on iPhone"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_browsers_are_called_what_people_call_them(user_agent, name):
    assert agents.name_of(user_agent) == name


def test_nobodys_devices_outlive_them(register):
    gone = make_user("gone")
    register(gone)

    gone.delete()

    assert not Device.objects.exists()
