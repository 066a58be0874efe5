"""Fetching what others show: nothing of ours is reached, nothing of theirs holds us."""

import gzip
import time
import tracemalloc
import zlib
from datetime import timedelta

import pytest
import requests.adapters
from django.utils import timezone

from accounts.linking import client, visits
from accounts.linking.client import is_public
from accounts.linking.failures import Busy, Failure
from accounts.linking.fetching import look
from accounts.models import LinkBlock, LinkCard, LinkHost
from tests.accounts.certificates import certified
from tests.accounts.pictures import jpeg, png
from tests.accounts.web import ADDRESS, OTHER_ADDRESS, Web, answer, head, og, redirect, web

__all__ = ["web"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_site(settings):
    """Loopback is not our own address here: it is to be refused for what it is."""
    settings.SITE_ORIGINS = ["https://medley.example"]


def card(url: str = "http://news.example/") -> LinkCard:
    return LinkCard(url=url, url_hash="x", host="news.example")


def failure(url: str = "http://news.example/") -> str:
    """Why nothing came of it."""
    with pytest.raises(Failure) as caught:
        look(card(url))
    return caught.value.code


def shown(web: Web, *answers, url: str = "http://news.example/"):
    web.serve("news.example", {"/": answers[0]})
    return look(card(url)).facts


@pytest.fixture
def hurried(monkeypatch):
    """A visit that is over after a third of a second."""
    monkeypatch.setattr(visits, "SECONDS", 0.35)


# --- Where we go ----------------------------------------------------------------------------------


def test_page_is_asked_once_by_a_name_that_says_who_we_are(web):
    heard = {}

    def listen(request, connection):
        heard.update(request.headers)
        answer(og(title="A day"))(request, connection)

    facts = shown(web, listen)

    assert facts.title == "A day"
    assert web.asked == ["news.example/robots.txt", "news.example/"]
    assert set(web.reached) == {(ADDRESS, 80)}
    assert heard["user-agent"].startswith("Medley-LinkBot/1.0 (+http")
    assert heard.keys() <= {"host", "user-agent", "accept", "accept-encoding", "connection"}


PRIVATE = [
    *("127.0.0.1", "127.1.2.3", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "192.168.1.1"),
    *("169.254.169.254", "169.254.0.1", "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1"),
    *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *("::1", "::", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::7f00:1"),
    *("fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1"),
    *("64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::", "2001::1", "3fff::1", "5f00::1"),
]


@pytest.mark.parametrize("address", PRIVATE)
def test_name_that_leads_to_an_address_of_ours_is_refused(web, address):
    web.resolves("news.example", address)

    assert failure() == "not_public"
    assert web.reached == []


@pytest.mark.parametrize("address", PRIVATE)
def test_no_private_address_is_public(address):
    assert is_public(address) is False


@pytest.mark.parametrize("address", [ADDRESS, "8.8.8.8", "2606:4700::1111", "2a00:1450:4001::1"])
def test_public_addresses_are(address):
    assert is_public(address) is True


@pytest.mark.parametrize(
    "host",
    [
        *(
            "localhost",
            "127.0.0.1",
            "127.1",
            "0177.0.0.1",
            "0x7f.0.0.1",
            "0x7f000001",
            "2130706433",
            "0",
        ),
        *("017700000001", "127.0.0.1.", "169.254.169.254", "2852039166", "192.168.1.1"),
    ],
)
def test_addresses_in_disguise_are_refused(web, host):
    assert failure(f"http://{host}/latest/meta-data/") == "not_public"
    assert web.reached == []


@pytest.mark.parametrize(
    "url",
    [
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://ben@news.example/",
        "http://news.example@127.0.0.1/",
        "http://ben:secret@news.example/",
        "http://news.example:22/",
        "http://news.example:6379/",
        "http://news.example:8000/",
        "https://news.example:80/",
        "http://news.example:0/",
        "http://news.example:99999/",
        "file:///etc/passwd",
        "gopher://news.example:6379/_FLUSHALL",
        "ftp://news.example/",
        "dict://news.example/",
        "javascript:alert(1)",
        "data:text/html,hello",
        "//news.example/",
        "http:///",
        "http://%31%32%37.0.0.1/",
        "http://news.example\\@127.0.0.1/",
        "http://[::1",
    ],
)
def test_addresses_that_nobody_means_well_with_are_refused(web, url):
    web.serve("news.example", {"/": answer(og(title="A day"))})

    assert failure(url) == "address"
    assert web.reached == []


def test_port_that_slips_through_is_refused_where_we_connect(web):
    web.serve("news.example", {"/": answer("secret")})

    with visits.Deadline(1) as deadline, client.Client(deadline) as asking, pytest.raises(Failure):
        asking.get("http://news.example:6379/", accept="*/*")

    assert web.reached == []


def test_name_that_changes_its_address_is_asked_once(web):
    web.serve("news.example", {"/": answer(og(title="A day"))})
    web.resolves("news.example", ADDRESS, ADDRESS, "127.0.0.1")

    assert look(card()).facts.title == "A day"
    assert set(web.reached) == {(ADDRESS, 80)}


def test_name_that_changes_its_address_between_requests_is_refused(web):
    web.serve("news.example", {"/": answer(og(title="A day"))})
    web.resolves("news.example", ADDRESS, "127.0.0.1")

    assert failure() == "not_public"
    assert set(web.reached) == {(ADDRESS, 80)}


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://127.0.0.1/", "not_public"),
        ("http://inside.example/", "not_public"),
        ("http://2130706433/", "not_public"),
        ("http://news.example:6379/", "address"),
        ("http://a:b@news.example/", "address"),
        ("http://[::1]/", "address"),
        ("http://[::1", "address"),
        ("file:///etc/passwd", "address"),
        ("gopher://inside.example:70/x", "address"),
        ("http://localhost/", "not_public"),
        ("http://medley.example/", "address"),
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_asked_of_as_the_first_address(web, location, code, status):
    web.serve("news.example", {"/": redirect(location, status)})
    web.resolves("inside.example", "10.0.0.1")

    assert failure() == code
    assert set(web.reached) == {(ADDRESS, 80)}


def test_three_redirects_are_followed(web):
    web.serve("news.example", {"/": redirect("/a"), "/a": redirect("http://b.example/?x=1")})
    web.serve("b.example", {"/?x=1": redirect("c"), "/c": answer(og(title="There"))})

    assert look(card()).facts.title == "There"


def test_fourth_redirect_and_loops_end_it(web):
    web.serve("news.example", {"/": redirect("/")})

    assert failure() == "redirects"
    assert web.pages == ["news.example/"] * 4


def test_endless_answer_of_a_redirect_is_not_read(web):
    def endless(_request, connection):
        connection.sendall(b"HTTP/1.1 302 Go\r\nLocation: /there\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65536)

    web.serve("news.example", {"/": endless, "/there": answer(og(title="There"))})

    assert look(card()).facts.title == "There"


def test_no_setting_opens_the_way_in():
    """Tests pretend what lies below (tests/accounts/web.py): there is no switch to find."""
    with visits.Deadline(1) as deadline, client.Client(deadline) as asking:
        for url in ("http://127.0.0.1/", "http://localhost/", "https://127.0.0.1/"):
            with pytest.raises(Failure, match="not_public"):
                asking.get(url, accept="*/*")


# --- How long it takes, how much it is ------------------------------------------------------------


def stalling(*parts: bytes, seconds: float = 3.0):
    """Says these, and no more."""

    def say(_request, connection):
        for part in parts:
            connection.sendall(part)
        connection.settimeout(seconds)
        connection.recv(1)

    return say


def dripping(start: bytes, drop: bytes):
    """A little, again and again, for ever."""

    def say(_request, connection):
        connection.sendall(start)
        while True:
            connection.sendall(drop)
            time.sleep(0.02)

    return say


# On a machine that is slow itself, already what the host says to robots comes too late.
SLOW = {"too_slow", "unreachable", "not_now"}
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    "page",
    [
        stalling(),
        stalling(b"HTTP/1.1 200 OK\r\n"),
        stalling(OK + b"\r\n<title>Half a"),
        stalling(OK + b"Content-Length: 1000\r\n\r\n<title>Half a"),
        dripping(b"HTTP/1.1 200 OK\r\n", b"X-Drop: 1\r\n"),
        dripping(b"", b"H"),
        dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        dripping(OK + b"\r\n", b"x"),
        dripping(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    ],
)
def test_host_that_takes_its_time_is_left(web, hurried, page):
    web.serve("news.example", {"/robots.txt": answer(status=404), "/": page})
    began = time.monotonic()

    assert failure() in SLOW
    assert time.monotonic() - began < 1.5


def test_resolver_that_stalls_is_left(web, hurried, monkeypatch):
    over = visits.Deadline(0)

    def stall(*_args: object, **_options: object) -> visits.Deadline:
        time.sleep(1)
        return over

    monkeypatch.setattr(web, "getaddrinfo", stall)
    began = time.monotonic()

    assert failure() == "not_now"  # not even what it says to robots
    assert time.monotonic() - began < 0.9


def test_endless_stream_is_cut_at_a_megabyte(web):
    sent = []

    def endless(_request, connection):
        connection.sendall(OK + b"\r\n" + og(title="Long").encode())
        while True:
            sent.append(connection.send(b"<p>more</p>" * 6000))

    assert shown(web, endless).title == "Long"
    assert sum(sent) < 16 * 2**20  # what the sockets' own buffers took


def test_page_of_fifty_megabytes_is_read_to_its_first(web):
    page = og(title="Large").encode() + b"<p>" + b"x" * 50 * 2**20

    tracemalloc.start()
    facts = shown(web, answer(page))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert facts.title == "Large"
    assert peak < 200 * 2**20  # the page itself, twice, lies in this process


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_bomb_is_unpacked_to_a_megabyte(web, coding):
    zeros = b"\0" * 2**20
    if coding == "gzip":
        pressed = gzip.compress(og(title="Boom").encode() + zeros * 60)
    else:
        pressed = zlib.compress(og(title="Boom").encode() + zeros * 60)
    web.serve("news.example", {"/": answer(pressed, content_encoding=coding)})
    del zeros

    tracemalloc.start()
    facts = look(card()).facts
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert facts.title == "Boom"
    assert peak < 24 * 2**20


def test_broken_packing_is_no_crash(web):
    web.serve("news.example", {"/": answer(b"\x1f\x8bnonsense", content_encoding="gzip")})

    assert failure() == "unreachable"


@pytest.mark.parametrize(
    "said",
    [
        b"nonsense\r\n\r\n",
        b"HTTP/9.9 x\r\n\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 2000,
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000 + b"\r\n\r\n",
    ],
)
def test_what_is_no_http_is_no_crash(web, said):
    web.serve("news.example", {"/": lambda _request, connection: connection.sendall(said)})

    assert failure() == "unreachable"


def test_what_is_no_page_is_not_read(web):
    web.serve("news.example", {"/": answer(b"%PDF", "application/pdf")})

    assert failure() == "type"


@pytest.mark.parametrize(("status", "code"), [(404, "status_404"), (410, "status_410")])
def test_page_that_is_gone_shows_nothing(web, status, code):
    web.serve("news.example", {"/": answer(og(title="Sorry"), status=status)})

    assert failure() == code


@pytest.mark.parametrize("status", [429, 500, 503])
def test_host_in_trouble_is_asked_another_time(web, status):
    web.serve("news.example", {"/": answer(og(title="Sorry"), status=status)})

    assert failure() == "not_now"


# --- TLS ------------------------------------------------------------------------------------------


@pytest.fixture
def certificate(web, tmp_path, monkeypatch):
    """news.example proves that it is itself, to whoever knows it."""
    web.tls, known = certified("news.example", tmp_path)
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(known))


def test_pinned_address_has_to_prove_that_it_is_the_host(web, certificate):
    web.serve("news.example", {"/": answer(og(title="A day"))})

    assert look(card("https://news.example/")).facts.title == "A day"
    assert set(web.reached) == {(ADDRESS, 443)}


def test_certificate_of_another_host_proves_nothing(web, certificate):
    web.serve("other.example", {"/": answer(og(title="A day"))})

    assert failure("https://other.example/") == "not_now"
    assert web.asked == []


def test_certificate_that_nobody_knows_proves_nothing(web, tmp_path):
    web.tls, _known = certified("news.example", tmp_path)
    web.serve("news.example", {"/": answer(og(title="A day"))})

    assert failure("https://news.example/") == "not_now"
    assert web.asked == []


def test_host_that_never_shakes_hands_is_left(web, hurried):
    web.serve("news.example", {"/": answer(og(title="A day"))})
    began = time.monotonic()

    assert failure("https://news.example/") == "not_now"
    assert time.monotonic() - began < 1.5


def test_host_that_drips_over_tls_is_left(web, certificate, hurried):
    drops = dripping(OK + b"\r\n", b"x")
    web.serve("news.example", {"/robots.txt": answer(status=404), "/": drops})
    began = time.monotonic()

    assert failure("https://news.example/") in SLOW
    assert time.monotonic() - began < 1.5


# --- Pictures -------------------------------------------------------------------------------------


def pictured(web: Web, picture, *, at: str = "http://cdn.example/a.jpg"):
    web.serve("news.example", {"/": answer(og(title="A day", image=at))})
    web.serve("cdn.example", {"/a.jpg": picture}, at=OTHER_ADDRESS)
    return look(card()).picture


def test_picture_is_made_anew_and_small(web):
    picture = pictured(web, answer(jpeg(2000, 1000), "image/jpeg"))

    assert (picture.width, picture.height) == (800, 400)
    assert picture.content[8:12] == b"WEBP"
    assert b"GPS" not in picture.content


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script></html>",
        b"GIF89a" + b"<script>alert(1)</script>",
        b"\x89PNG\r\n\x1a\n" + b"nonsense",
        b"",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n",
        b"P6 40 40 255\n" + b"x" * 4800,
    ],
)
def test_what_is_no_picture_is_none(web, content):
    assert pictured(web, answer(content, "image/png")) is None


def test_polyglot_keeps_nothing_but_what_is_seen(web):
    hidden = b"<script>alert(1)</script><?php system('x'); ?>PK\x03\x04"

    picture = pictured(web, answer(jpeg(100, 100) + hidden, "image/jpeg"))

    assert b"script" not in picture.content
    assert b"php" not in picture.content


def test_picture_that_would_fill_the_memory_is_none(web):
    assert pictured(web, answer(png(6000, 6000), "image/png")) is None


def test_picture_of_too_many_bytes_is_none(web):
    assert pictured(web, answer(jpeg(100, 100) + b"x" * 3 * 2**20, "image/jpeg")) is None


def test_dot_that_counts_visitors_is_no_picture(web):
    assert pictured(web, answer(png(1, 1), "image/png")) is None


@pytest.mark.parametrize(
    "at", ["http://127.0.0.1/a.jpg", "http://cdn.example:81/a.jpg", "file:///a"]
)
def test_picture_is_asked_of_as_a_page(web, at):
    assert pictured(web, answer(jpeg(100, 100), "image/jpeg"), at=at) is None
    assert {address for address, _port in web.reached} == {ADDRESS}


def test_picture_that_stalls_leaves_the_words(web, monkeypatch):
    monkeypatch.setattr(visits, "SECONDS", 1.5)
    web.serve("news.example", {"/": answer(og(title="A day", image="http://cdn.example/a.jpg"))})
    web.serve("cdn.example", {"/a.jpg": stalling(), "/robots.txt": answer(status=404)})

    found = look(card())

    assert (found.facts.title, found.picture) == ("A day", None)


def test_address_that_is_a_picture_is_its_own_card(web):
    web.serve("news.example", {"/a%20cat.png?x=1": answer(png(64, 64), "image/png")})

    found = look(card("http://news.example/a%20cat.png?x=1"))

    assert (found.facts.kind, found.facts.title) == ("picture", "a cat.png")
    assert found.picture is not None
    assert (found.picture.width, found.picture.height) == (64, 64)


# --- Robots ---------------------------------------------------------------------------------------


def test_host_that_forbids_robots_is_left_alone(web):
    web.serve("news.example", {"/robots.txt": answer("User-agent: *\nDisallow: /", "text/plain")})

    assert failure() == "robots"
    assert web.pages == []


def test_host_that_forbids_us_by_name_is_left_alone(web):
    rules = "User-agent: *\nAllow: /\n\nUser-Agent: medley-linkbot\nDisallow: /private"
    web.serve("news.example", {"/robots.txt": answer(rules), "/": answer(og(title="A day"))})

    assert failure("http://news.example/private/x") == "robots"


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_host_without_the_file_forbids_nothing(web, status):
    web.serve("news.example", {"/robots.txt": answer(status=status)})

    assert shown(web, answer(og(title="A day"))).title == "A day"


@pytest.mark.parametrize("said", [answer(status=500), answer(status=503), stalling()])
def test_host_that_cannot_say_is_left_for_ten_minutes(web, hurried, said):
    web.serve("news.example", {"/robots.txt": said, "/": answer(og(title="A day"))})

    assert failure() == "not_now"
    assert web.pages == []
    host = LinkHost.objects.get()
    assert host.rules_until is not None
    assert timedelta(minutes=9) < host.rules_until - timezone.now() <= timedelta(minutes=10)


def test_file_is_read_once_a_day(web):
    web.serve("news.example", {"/": answer(og(title="A day"))})
    look(card())
    LinkHost.objects.update(busy_until=timezone.now())
    look(card())

    assert web.asked.count("news.example/robots.txt") == 1


def test_file_without_end_is_read_to_its_limit(web):
    def endless(_request, connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /x\n")
        while True:
            connection.sendall(b"User-agent: z\n" * 5000)

    web.serve("news.example", {"/robots.txt": endless})

    assert shown(web, answer(og(title="A day"))).title == "A day"


def test_each_host_on_the_way_is_asked(web):
    web.serve("news.example", {"/": redirect("http://b.example/")})
    web.serve("b.example", {"/robots.txt": answer("User-agent: *\nDisallow: /")})

    assert failure() == "robots"


# --- Blocked, busy --------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["news.example", "evil.example"])
def test_blocked_host_is_not_asked(web, host):
    LinkBlock.objects.create(host=host)
    web.serve("news.example", {"/": redirect("http://deep.evil.example/")})
    web.serve("deep.evil.example", {"/": answer(og(title="Evil"))})

    assert failure() == "blocked"
    assert "deep.evil.example/" not in web.asked


def test_one_visit_at_a_time(web, time_machine):
    time_machine.move_to("2026-11-22 12:00:00+00:00", tick=False)
    web.serve("news.example", {"/": answer(og(title="A day"))})
    look(card())

    with pytest.raises(Busy) as first:
        look(card())
    with pytest.raises(Busy) as second:
        look(card())

    now = timezone.now()
    assert (first.value.until, second.value.until) == (
        now + timedelta(seconds=1),
        now + timedelta(seconds=2),
    )
    time_machine.shift(timedelta(seconds=1))
    assert look(card()).facts.title == "A day"


def test_worker_that_died_holds_a_host_for_seconds_only(web, time_machine):
    time_machine.move_to("2026-11-22 12:00:00+00:00", tick=False)
    web.serve("news.example", {"/": answer(og(title="A day"))})
    visits.Hosts().take("news.example")

    with pytest.raises(Busy):
        look(card())
    time_machine.shift(timedelta(seconds=21))

    assert look(card()).facts.title == "A day"


def test_picture_waits_for_its_host(web):
    visits.Hosts().take("cdn.example")
    web.serve("news.example", {"/": answer(og(title="A day", image="http://cdn.example/a.jpg"))})

    found = look(card())

    assert (found.facts.title, found.picture) == ("A day", None)
    assert found.picture_due is not None
    assert found.picture_due > timezone.now()


# --- Asked again ----------------------------------------------------------------------------------


def test_page_that_has_not_changed_is_not_sent_again(web):
    def conditional(request, connection):
        known = request.headers.get("if-none-match") == '"1"'
        answer(status=304 if known else 200, etag='"1"')(request, connection)

    web.serve("news.example", {"/": conditional})
    known = card()
    known.etag, known.state = '"1"', LinkCard.State.READY

    assert look(known).is_unchanged is True


@pytest.mark.parametrize(
    ("said", "lasts"),
    [
        ("max-age=7200", timedelta(hours=2)),
        ("public, max-age=60", timedelta(hours=1)),
        ("max-age=99999999", timedelta(days=7)),
        ("no-store", timedelta(days=1)),
        ("max-age=-1", timedelta(days=1)),
    ],
)
def test_card_lasts_as_long_as_its_page_says_within_reason(web, said, lasts, time_machine):
    time_machine.move_to("2026-11-22 12:00:00+00:00", tick=False)
    web.serve("news.example", {"/": answer(og(title="A day"), cache_control=said)})

    assert look(card()).expires_at == timezone.now() + lasts


def test_head_alone_is_enough(web):
    assert shown(web, answer(head("<title>Plain</title>"))).title == "Plain"
