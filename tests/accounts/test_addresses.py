"""Addresses in what people write: found, and never other than they look."""

import pytest

from accounts.addresses import addresses


def found(words: str) -> list[tuple[str, str]]:
    return [(address.text, address.href) for address in addresses(words)]


@pytest.mark.parametrize(
    ("words", "links"),
    [
        ("See https://medley.example/a?b=c#d.", ["https://medley.example/a?b=c#d"]),
        ("(HTTPS://MEDLEY.EXAMPLE/)", ["HTTPS://MEDLEY.EXAMPLE/"]),
        ("http://one.example http://two.example!", ["http://one.example", "http://two.example"]),
        ("http://[2001:db8::1]/x", ["http://[2001:db8::1]/x"]),
        ("javascript:alert(1) ftp://files.example data:text/html,x", []),
        ("https:// http://[bad", []),
        ("me@www.example", []),
        ("https://known.example@other.example/", []),
        (r"https://other.example\@known.example/", ["https://other.example"]),
        ("https://a.example/\u202egpj.exe", ["https://a.example/"]),
    ],
)
def test_what_is_a_link(words, links):
    assert [text for text, _href in found(words)] == links


def test_address_without_a_scheme_leads_by_https():
    assert found("at www.medley.example/x, yes") == [
        ("www.medley.example/x", "https://www.medley.example/x")
    ]


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://medley.example", ""),
        ("https://xn--80ak6aa92e.com", ""),
        ("https://аррӏе.com/login", "xn--80ak6aa92e.com"),  # Cyrillic letters
        ("https://straße.example", "xn--strae-oqa.example"),
        ("https://ｍedley.example", "medley.example"),
    ],
)
def test_host_of_other_letters_is_told_in_plain_ones(address, host):
    assert [each.host for each in addresses(address)] == [host]
