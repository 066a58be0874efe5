"""Links, topics and names in what people write: found, drawn, and never other than they look."""

import json
import re
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.linking.finding import (
    LONGEST,
    MOST,
    addresses,
    has_outside_link,
    may_hold_links,
    own_path,
)
from accounts.linking.naming import people_of
from accounts.linking.rendering import rendered

CASES = json.loads((Path(__file__).parents[1] / "links/cases.json").read_text())


def card(username: str, name: str = "Somebody") -> dict:
    return {"id": username, "username": username, "name": name}


# --- Found ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["words"][:40])
def test_what_is_a_link(case):
    found = addresses(case["words"])

    assert [[address.text, address.href] for address in found] == case["links"]
    if "hosts" in case:
        assert [address.host for address in found] == case["hosts"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["words"][:40])
def test_the_quick_look_overlooks_no_link(case):
    assert may_hold_links(case["words"]) or not case["links"]


def test_five_thousand_links_take_no_time_and_a_hundred_are_shown():
    words = "medley.app " * 5_000
    addresses.cache_clear()
    began = time.process_time()

    found = addresses(words)

    assert len(found) == MOST
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "part",
    ["http://", "a.", "a.b/", "https://a.b/(", "www.", "@a.b.", "x@", "#a", "-.a.b", "!" * 9],
)
def test_twice_the_length_takes_about_twice_as_long(part):
    def seconds(words: str) -> float:
        addresses.cache_clear()
        began = time.process_time()
        rendered(words)
        return time.process_time() - began

    seconds(part)
    piece = part * (1_000 // len(part)) + " "
    short, long = seconds(piece * 5), seconds(piece * 20)

    assert long < 8 * short + 0.2


def test_an_address_that_does_not_end_is_none_and_costs_nothing():
    words = "https://a.example/(" * 2_000
    addresses.cache_clear()
    began = time.process_time()

    assert addresses(words) == ()
    assert has_outside_link(words)
    assert time.process_time() - began < 0.2
    assert addresses(f"https://a.example/{'x' * (LONGEST - 18)}")


@pytest.mark.parametrize(
    ("words", "is_outside"),
    [
        ("hello there", False),
        ("see http://testserver/videos/1/", False),
        ("see https://evil.example/", True),
        ("see evil.example.com", True),
        ("irc://somewhere", True),
        ("https://testserver@evil.example/", True),
        ("http://[2001:db8::1]/x", True),
        ("http://testserver/a http://evil.example", True),
        ("1.5 metres, e.g. here", False),
    ],
)
def test_a_link_that_leads_away(words, is_outside, settings):
    settings.SITE_ORIGINS = ["http://testserver"]

    assert has_outside_link(words) is is_outside


def test_an_own_address_is_told_by_host_and_port(settings):
    settings.SITE_ORIGINS = ["https://medley.example"]

    assert own_path("https://medley.example/@ana/?x=1") == "/@ana/"
    assert own_path("https://medley.example:8000/@ana/") is None
    assert own_path("https://medley.example.evil.com/@ana/") is None
    assert own_path("https://ana@medley.example/@ana/") is None


# --- Drawn ----------------------------------------------------------------------------------------


def test_links_vouch_for_nothing():
    assert rendered("see https://medley.example/a") == (
        'see <a class="outside" dir="ltr" href="https://medley.example/a"'
        ' rel="noopener noreferrer nofollow ugc" target="_blank">https://medley.example/a</a>'
    )


@pytest.mark.parametrize(
    ("words", "drawn"),
    [
        ("#Slow days", '<a class="topic" href="/tags/slow/">#Slow</a> days'),
        ("#1 and a#b and &#x27;", "#1 and a#b and &amp;#x27;"),
        ("#día", '<a class="topic" href="/tags/d%C3%ADa/">#día</a>'),
        ("it's #5", "it&#x27;s #5"),
    ],
)
def test_topics_lead_to_their_pages(words, drawn):
    assert rendered(words) == drawn


def test_a_name_leads_to_the_profile_of_whoever_has_it():
    shown = rendered("hi @Ana, @nobody and ana@home", [card("ana", "Ana Ruiz")])

    assert shown == (
        'hi <a class="mention" href="/@ana/" title="Ana Ruiz">@Ana</a>, @nobody and ana@home'
    )


def test_whoever_has_another_name_since_is_shown_under_it():
    shown = rendered("hi @ana", [card("anna")])

    assert '<a class="mention" href="/@anna/" title="Somebody">@anna</a>' in shown


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict]] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


ATTRIBUTES = {"class", "dir", "href", "rel", "target", "title", "data-host"}
HOSTILE = [
    '"><script>alert(1)</script>',
    "https://a.example/\"onmouseover='alert(1)'",
    "https://a.example/'><img src=x onerror=alert(1)>",
    "javascript:alert(document.cookie)",
    "JaVaScRiPt://a.example/%0aalert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:msgbox(1)",
    '@ana"><svg onload=alert(1)>',
    '#a"><svg/onload=alert(1)>',
    "https://a.example/\u202e\u2066x",
    "https://a.example/<b>x</b>",
    "&lt;script&gt;",
    "http://a.example\\@b.example",
    "\x00https://a.example\x00",
]


def only_ours(words: str) -> None:
    tags = _Tags()
    tags.feed(rendered(words, [card("ana", '"><script>')]))
    for tag, attrs in tags.seen:
        assert tag == "a"
        assert set(attrs) <= ATTRIBUTES
        assert re.match(r"https?://|/tags/|/@", attrs["href"], re.IGNORECASE)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_bring_no_markup(words):
    only_ours(words)


@given(st.text(st.sampled_from("aZ0é#@./:?&<>\"'() \\-_\u200b\u202e\nhtps🔥한"), max_size=80))
def test_no_words_whatever_bring_markup_or_an_error(words):
    only_ours(words)
    assert isinstance(has_outside_link(words), bool)


@given(st.text(max_size=60))
def test_nothing_is_lost_of_what_was_written(words):
    class Text(HTMLParser):
        said = ""

        def handle_data(self, data):
            self.said += data

    text = Text(convert_charrefs=True)
    text.feed(f"<p>{rendered(words)}</p>")

    assert text.said.replace("\r\n", "\n") == words.replace("\r\n", "\n")


# --- Named ----------------------------------------------------------------------------------------


def test_many_texts_ask_once(ana, ben, django_assert_num_queries):
    texts = [("hi @ana", None), ("and @old", [str(ben.pk)]), ("@nobody", None), ("plain", None)]

    with django_assert_num_queries(1):
        found = people_of(texts)

    assert [[each["username"] for each in cards] for cards in found] == [["ana"], ["ben"], [], []]


def test_texts_that_name_nobody_ask_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert people_of([("plain", None), ("words", [])]) == [[], []]
