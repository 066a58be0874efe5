"""What somebody wrote as markup, the same wherever it stands: messages, captions, comments, bios,
descriptions. static/js/lib/linkify.js draws the same."""

import re
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.linking.blocking import is_blocked
from accounts.linking.finding import Address, addresses
from accounts.linking.naming import HASHTAG, NAMED, Card, read_names

_MARKED = re.compile(f"{NAMED.pattern}|{HASHTAG.pattern}")


def rendered(words: str, named: Sequence[Card] = ()) -> SafeString:
    """The words, escaped: links vouch for nothing, and none leads to a blocked host; #topics lead
    to their pages and names of those `named` (cards of people, in their present state) to their
    profiles."""
    found = addresses(words)
    if not (found or named or "#" in words):
        return escape(words)
    people = read_names(words, named) if named else {}
    # Cut up before escaping: an escaped apostrophe (&#x27;) would look like a topic.
    parts: list[SafeString] = []
    start = 0
    for address in found:
        link = escape(address.text) if is_blocked(address.href) else _anchor(address)
        parts += [*_marked(words, start, address.start, people), link]
        start = address.end
    parts += _marked(words, start, len(words), people)
    return format_html_join("", "{}", ((part,) for part in parts))


def _marked(words: str, start: int, end: int, people: Mapping[str, Card]) -> list[SafeString]:
    """What stands between two links."""
    parts: list[SafeString] = []
    for found in _MARKED.finditer(words, start, end):
        name, topic = found.groups()
        name = (name or "").rstrip(".")
        card = people.get(name.lower())
        if topic is None and card is None:
            continue
        mark = _topic(topic) if topic else _mention(name, card or {})
        parts += [escape(words[start : found.start()]), mark]
        start = found.start() + 1 + len(topic or name)
    return [*parts, escape(words[start:end])]


def _topic(topic: str) -> SafeString:
    address = reverse(settings.TOPIC_PAGE, args=[topic.casefold()])
    return format_html('<a class="topic" href="{}">#{}</a>', address, topic)


def _mention(name: str, card: Card) -> SafeString:
    """Under the name that they have now; one that stands for everybody has no profile."""
    mark = "mention is-me" if card.get("is_me") else "mention"
    if "name" not in card:
        return format_html('<b class="{}">@{}</b>', mark, name)
    address = reverse("accounts:profile", args=[card["username"]])
    return format_html(
        '<a class="{}" href="{}" title="{}">@{}</a>',
        mark,
        address,
        card["name"],
        _shown(name, card),
    )


def _shown(name: str, card: Card) -> str:
    """As it was written, unless they are called otherwise since."""
    return name if name.lower() == card["username"].lower() else card["username"]


def _anchor(address: Address) -> SafeString:
    """Read from left to right, whatever stands around it; a host of other letters is told."""
    told = format_html(' data-host="{}"', address.host) if address.host else ""
    return format_html(
        '<a class="outside" dir="ltr" href="{}"{} rel="noopener noreferrer nofollow ugc"'
        ' target="_blank">{}</a>',
        address.href,
        told,
        address.text,
    )
