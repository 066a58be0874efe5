"""What a page says about itself, and what a host says to robots: whatever they say."""

import random
import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.linking.pages import Facts, facts_of, facts_of_file, facts_of_oembed
from accounts.linking.robots import allows, fits, rules_for
from accounts.linking.targets import target
from tests.accounts.web import head, og

URL = "https://news.example/a/b"


def facts(page: str | bytes, content_type: str = "text/html; charset=utf-8") -> Facts:
    return facts_of(page.encode() if isinstance(page, str) else page, content_type, URL)


def test_open_graph_goes_before_all_else():
    page = head(
        "<title>Plain</title>",
        '<meta name="description" content="Plain words">',
        '<meta name="twitter:title" content="Twitter">',
        '<meta property="og:title" content="Open Graph">',
        '<meta property="og:description" content="What it is about">',
        '<meta property="og:site_name" content="The News">',
        '<meta property="og:image" content="../c.jpg">',
        '<meta property="og:type" content="video.other">',
        '<meta name="author" content="Ana">',
        '<link rel="alternate" type="application/json+oembed" href="/oembed?x=1&amp;y=2">',
    )

    assert facts(page) == Facts(
        title="Open Graph",
        description="What it is about",
        site="The News",
        author="Ana",
        kind="video",
        picture="https://news.example/c.jpg",
        oembed="https://news.example/oembed?x=1&y=2",
    )


@pytest.mark.parametrize(
    ("tags", "title", "description"),
    [
        (['<meta name="twitter:title" content="T">'], "T", ""),
        (["<title>\n  A &amp; B\n</title>", '<meta name="description" content="D">'], "A & B", "D"),
        (["<title>One</title><title>Two</title>"], "One", ""),
        (["<TITLE>Loud</TITLE>", "<META NAME=description CONTENT=short>"], "Loud", "short"),
        (['<meta property="og:title">', "<title>Plain</title>"], "Plain", ""),
        (['<meta property="og:title" content="">', "<title>Plain</title>"], "Plain", ""),
        (["<script>var x = '<title>No</title>';</script>", "<title>Yes</title>"], "Yes", ""),
        (["<!-- <title>No</title> -->", "<title>Yes</title>"], "Yes", ""),
        (['<meta content="a > b" property="og:title">'], "a > b", ""),
        (["<svg><title>No</title></svg>", "<title>Yes</title>"], "Yes", ""),
    ],
)
def test_words_are_found_where_pages_put_them(tags, title, description):
    found = facts(head(*tags))

    assert (found.title, found.description) == (title, description)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),
        ("\u202egpj.exe", "gpj.exe"),
        ("\u2066A\u2069\u200b\ufeffB", "AB"),
        ("a\0b\x07c\x1b[31m", None),
        ("  many \n\n\t spaces  ", "many spaces"),
        ("שלום עולם", "שלום עולם"),
        ("👩‍👩‍👧 family", "👩‍👩‍👧 family"),
    ],
)
def test_titles_are_one_line_without_disguises(title, shown):
    found = facts(f"<title>{title}</title>").title

    if shown is not None:
        assert found == shown
    assert not any(ord(letter) < 32 for letter in found)


def test_title_of_a_hundred_thousand_letters_is_cut():
    found = facts(og(title="a" * 100_000) + f"<title>{'b' * 100_000}</title>")

    assert len(found.title) <= 200


def test_markup_in_an_answer_stays_words_for_whoever_shows_it():
    found = facts(og(title="&quot;&gt;&lt;img src=x onerror=alert(1)&gt;"))

    assert found.title == '"><img src=x onerror=alert(1)>'


ÉTÉ = "<title>Été à Noël</title>"


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (ÉTÉ.encode(), "text/html"),
        (ÉTÉ.encode(), "text/html; charset=nonsense"),
        (ÉTÉ.encode(), 'text/html; charset="UTF-8"'),
        (ÉTÉ.encode("latin-1"), "text/html; charset=ISO-8859-1"),
        (ÉTÉ.encode("latin-1"), "text/html; charset=utf-8"),
        (ÉTÉ.encode("latin-1"), "text/html"),
        (b"<meta charset=windows-1252>" + ÉTÉ.encode("cp1252"), "text/html"),
        (b"\xef\xbb\xbf" + ÉTÉ.encode(), "text/html; charset=iso-8859-1"),
        (b"\xff\xfe" + ÉTÉ.encode("utf-16-le"), "text/html"),
        (ÉTÉ.encode(), "text/html; charset=base64"),
        (ÉTÉ.encode(), "text/html; charset=zip"),
        (ÉTÉ.encode(), "text/html; charset=punycode"),
        (ÉTÉ.encode(), "text/html; charset=utf-7"),
        (ÉTÉ.encode(), "text/html; charset=unicode_escape"),
        (ÉTÉ.encode(), "text/html; charset=../../etc"),
    ],
)
def test_letters_are_read_whatever_is_said_of_them(content, content_type):
    assert facts(content, content_type).title == "Été à Noël"


@pytest.mark.parametrize("charset", ["shift_jis", "euc-jp", "gb18030", "big5", "koi8-r", "euc-kr"])
def test_letters_of_other_scripts_are_read(charset):
    words = {"koi8-r": "Новости", "big5": "新聞", "euc-kr": "뉴스"}.get(charset, "日本")

    found = facts(f"<title>{words}</title>".encode(charset), f"text/html; charset={charset}")

    assert found.title == words


def test_page_cut_in_the_middle_of_a_letter_is_read():
    page = "<title>Été</title><p>été".encode()[:-1]

    assert facts(page).title == "Été"


HOSTILE = [
    "<" * 1_000_000,
    "<a " * 330_000,
    "<!" * 500_000,
    "<!--" * 250_000,
    "<meta " * 160_000,
    '<meta content="' * 60_000,
    "<meta content='x" * 60_000,
    "<script" * 140_000,
    "<title>" * 140_000,
    "</title>" * 120_000,
    "<div>" * 200_000,
    "&" * 1_000_000,
    "<title>" + "&amp" * 250_000,
    "<meta property=og:title content=" + "x" * 1_000_000,
    "<link " + "a=b " * 250_000 + ">",
    "<meta property='og:title' content='a'>" * 25_000,
    "\ufeff" * 300_000,
    "\0" * 1_000_000,
]


@pytest.mark.parametrize("page", HOSTILE, ids=range(len(HOSTILE)))
def test_page_made_to_be_slow_is_not(page):
    began = time.process_time()

    facts(page)

    assert time.process_time() - began < 1.5


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=2000), st.text(max_size=60))
def test_any_bytes_are_read_without_a_fault(content, content_type):
    found = facts(content, content_type)

    assert len(found.title) <= 200


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "<meta",
                    "<title>",
                    "</title>",
                    "<!--",
                    "-->",
                    "property=og:title",
                    "content=",
                    ">",
                ),
                *(
                    "'",
                    '"',
                    "x",
                    " ",
                    "<link",
                    "href=http://[",
                    "<script>",
                    "</script>",
                    "&#x110000;",
                ),
                *("type=application/json+oembed", "og:image", "name", "=", "<", "\n", "<![CDATA["),
            ]
        ),
        max_size=40,
    )
)
def test_any_mixture_of_tags_is_read_without_a_fault(pieces):
    facts("".join(pieces))


@pytest.mark.parametrize(
    "said",
    [None, [], "x", 1, {"title": 1, "thumbnail_url": {}}, {"html": "<script>"}, {"title": None}],
)
def test_oembed_that_makes_no_sense_says_nothing(said):
    assert facts_of_oembed(said, URL) == Facts()


def test_oembed_gives_words_and_a_picture_alone():
    said = {
        "title": "A \u202efilm",
        "author_name": "Ben",
        "provider_name": "Films",
        "thumbnail_url": "/t.jpg",
        "html": "<iframe src=https://evil.example></iframe>",
        "type": "video",
    }

    assert facts_of_oembed(said, URL) == Facts(
        title="A film", author="Ben", site="Films", picture="https://news.example/t.jpg"
    )


def test_picture_is_called_as_its_file():
    assert facts_of_file("https://a.example/x/my%20cat.jpg?size=2").title == "my cat.jpg"


# --- Addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("http://News.EXAMPLE", "http://news.example/"),
        ("https://news.example:443/a#part", "https://news.example/a"),
        ("https://news.example./a", "https://news.example/a"),
        ("https://bücher.example/ü?ß=1", "https://xn--bcher-kva.example/%C3%BC?%C3%9F=1"),
        ("https://news.example/%7Ea%2Fb?x=a%20b&y=+", "https://news.example/%7Ea%2Fb?x=a%20b&y=+"),
        ("https://news.example/a b", "https://news.example/a%20b"),
    ],
)
def test_address_is_written_in_one_way(href, url):
    found = target(href)

    assert found is not None
    assert (found.url, target(found.url)) == (url, found)


@pytest.mark.parametrize("href", ["", "news", "http://", "http://localhost:8000/", "x" * 5000])
def test_what_is_no_address_of_others_has_no_card(href):
    assert target(href) is None


def test_address_that_is_too_long_has_no_card():
    assert target("https://news.example/" + "a" * 2048) is None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=100))
def test_any_text_is_an_address_or_none(text):
    for href in (text, f"https://{text}", f"https://a.example/{text}"):
        found = target(href)
        assert found is None or found.url.isascii()


# --- Robots ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "path", "does"),
    [
        ("/", "/a", True),
        ("/a", "/ab", True),
        ("/a$", "/ab", False),
        ("/a$", "/a", True),
        ("/*.php$", "/x/y.php", True),
        ("/*.php$", "/x/y.php?z", False),
        ("/*.php", "/x/y.php?z", True),
        ("/a*c*", "/abc", True),
        ("/a*c*d", "/abc", False),
        ("*", "/x", True),
        ("/ab*b$", "/ab", False),
        ("/ab*b$", "/abb", True),
        ("", "/x", True),
    ],
)
def test_patterns(pattern, path, does):
    assert fits(pattern, path) is does


FILE = """
# Everybody
User-agent: *
Disallow: /private
Allow: /private/open
Disallow: /*.zip$

User-agent: OtherBot
User-agent: Medley-LinkBot/2.0
Crawl-delay: 5
Disallow: /ours  # and nothing else
Disallow:
"""


def test_the_group_that_names_us_is_ours_alone():
    rules = rules_for("Medley-LinkBot", FILE)

    assert rules == [(False, "/ours")]
    assert (allows(rules, "/private"), allows(rules, "/ours/x")) == (True, False)


def test_others_go_by_the_rules_for_all_and_the_longest_wins():
    rules = rules_for("Nobody", FILE)

    verdicts = [allows(rules, path) for path in ("/", "/private", "/private/open/a", "/a.zip")]
    assert verdicts == [True, False, True, False]


def test_of_two_rules_as_long_the_kinder_wins():
    assert allows([(False, "/a"), (True, "/a")], "/a") is True


def test_groups_of_one_name_are_one():
    text = "User-agent: *\nDisallow: /a\n\nUser-agent: *\nDisallow: /b"

    assert rules_for("x", text) == [(False, "/a"), (False, "/b")]


@pytest.mark.parametrize(
    "text",
    [
        "Disallow: /" + "*a" * 250_000,
        "User-agent: *\nDisallow: /" + "*a" * 200,
        "User-agent: x\n" * 35_000,
        "User-agent: *\n" + "Disallow: /*a*b*c*d*e*f*g*h*i*j$\n" * 14_000,
        "User-agent: *\n" + "\n".join("Allow: /" + "*" * 400 for _ in range(1200)),
    ],
)
def test_file_made_to_be_slow_is_not(text):
    path = "/" + "abcdefghi" * 220
    began = time.process_time()

    allows(rules_for("Medley-LinkBot", text), path)

    assert time.process_time() - began < 1.5


def test_any_file_is_read_without_a_fault():
    chance = random.Random(6)
    for _ in range(200):
        lines = [
            chance.choice(["User-agent", "Disallow", "Allow", "", "x"])
            + chance.choice([":", " :", "", "::"])
            + "".join(chance.choices(string.printable + "é☃*$", k=12))
            for _ in range(20)
        ]
        allows(rules_for("Medley-LinkBot", "\n".join(lines)), "/a?b=c")
