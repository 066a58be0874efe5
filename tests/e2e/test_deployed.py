"""What only a front server does: TLS, media handed over to it, two web processes, one of them lost;
and what pages weigh once they come compressed, as they do there.

`make stack` plays all journeys there; these few are always played.
"""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests import services
from tests.e2e.conftest import Visit
from tests.e2e.fronted import FrontedStack
from tests.e2e.pages import live
from tests.e2e.stack import Stack, running_stack
from tests.e2e.test_messenger_polls import GROUP, open_group


@pytest.fixture(scope="module")
def stack(world: Path) -> Iterator[Stack]:
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        pytest.skip("two web processes share a PostgreSQL")
    if not services.nginx():
        pytest.skip("no nginx")
    with running_stack(world, FrontedStack) as stack:
        yield stack


@pytest.fixture
def sessions() -> dict:
    """Those of the other Medley are not known here."""
    return {}


def say(page: Page, words: str) -> None:
    page.get_by_role("textbox", name=f"Message {GROUP}").fill(words)
    page.get_by_role("button", name="Send", exact=True).click()


def test_two_people_talk_through_nginx_and_go_on_when_a_web_process_dies(
    visit: Visit, stack: FrontedStack
):
    first, second = f"over TLS {uuid4().hex[:6]}", f"still here {uuid4().hex[:6]}"
    ana, ben = visit("ana"), visit("ben", phone=True)
    open_group(ana, stack)
    open_group(ben, stack)

    say(ana, first)
    expect(ben.locator(".message", has_text=first)).to_be_visible()

    os.kill(stack.web_pids()[0], signal.SIGKILL)
    say(ben, second)
    expect(ana.locator(".message", has_text=second)).to_be_visible()
    assert live(ana).evaluate("location.protocol") == "https:"


def test_a_film_comes_from_nginx_in_ranges_after_django_was_asked(
    visit: Visit, stack: FrontedStack
):
    ana = visit("ana", "/")
    source = ana.locator("[data-clip]").first.get_attribute("data-large") or ""

    part = ana.request.get(stack.url + source, headers={"Range": "bytes=0-99"})

    assert (part.status, len(part.body())) == (206, 100)
    assert part.headers["content-range"].startswith("bytes 0-99/")
    assert "x-accel-redirect" not in part.headers


def test_static_files_are_kept_for_a_year_and_plain_http_is_sent_to_tls(
    visit: Visit, stack: FrontedStack
):
    page = visit("", "/")
    script = page.locator("script[src*='/static/']").first.get_attribute("src") or ""

    answer = page.request.get(stack.url + script)
    plain = page.request.get(f"http://localhost:{stack.plain_port}/discover/", max_redirects=0)

    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.status == 301
    assert plain.headers["location"].startswith("https://localhost")
    assert page.request.get(f"{stack.url}/internal-media/secret_key").status == 404


def test_no_script_is_loaded_under_two_names(visit: Visit, stack: FrontedStack):
    """One by its hashed name and one by its own would be two sockets, two of everything."""
    ana = visit("ana", "/inbox/")
    open_group(ana, stack)

    loaded = ana.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")

    scripts = [name for name in loaded if "/static/js/" in name]
    assert len(scripts) > 10
    assert [name for name in scripts if not re.search(r"\.[0-9a-f]{12}\.js$", name)] == []


KILOBYTE = 1024
# By kind what a page may weigh when somebody comes for the first time, on a phone.
BUDGET = {"text": 120 * KILOBYTE, "fonts": 80 * KILOBYTE}
# Style sheets of wide windows come to a phone when nothing else is to be fetched: not counted.
LOADED = """() => {
    const links = [...document.querySelectorAll("link[rel=stylesheet][media]")];
    const others = links.filter(({ media }) => !matchMedia(media).matches).map(({ href }) => href);
    return ["navigation", "resource"].flatMap((type) => performance.getEntriesByType(type))
        .filter(({ name }) => !others.includes(name))
        .map(({ name, entryType, encodedBodySize }) => [name, entryType, encodedBodySize]);
}"""


@pytest.mark.parametrize(
    ("who", "path"),
    [
        *(("", "/"), ("", "/discover/"), ("", "/accounts/signup/")),
        *(("ana", "/"), ("ana", "/inbox/"), ("ana", "/shop/"), ("ana", "/settings/")),
    ],
)
def test_a_page_is_light_and_asks_nobody_else(
    visit: Visit, stack: FrontedStack, who: str, path: str
):
    page = visit(who, path, phone=True)
    page.wait_for_load_state("networkidle")

    loaded = page.evaluate(LOADED)

    others = [name for name, _type, _size in loaded if not name.startswith(f"{stack.url}/")]
    weights = {kind: sum(size for *one, size in loaded if kind_of(*one) == kind) for kind in BUDGET}
    assert others == []
    assert {kind: size for kind, size in weights.items() if size > BUDGET[kind]} == {}
    assert min(weights.values()) > 0


def kind_of(name: str, entry_type: str) -> str:
    """Of what is in the budget: pages, scripts and styles are text."""
    if name.endswith(".woff2"):
        return "fonts"
    is_text = entry_type == "navigation" or re.search(r"\.(css|js)$|/jsi18n/$", name)
    return "text" if is_text else "pictures and answers"
