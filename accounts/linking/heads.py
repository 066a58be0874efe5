"""The few tags of a page that speak about it, taken out of up to a megabyte in one pass.

A parser of whole pages spends seconds on one that is made for that, and what it builds is many
times as large as the page. Scripts, comments and the body are skipped here, unread.
"""

import re
from collections.abc import Iterator

TAGS = 200
TAG_LENGTH = 4096  # characters
HEAD_LENGTH = 64 * 2**10
TITLE_LENGTH = 1000

_OPENING = re.compile(r"<(!--|(?:script|style|noscript|template|svg|meta|link|title|body)\b)", re.I)
_ENDS = {
    name: re.compile(rf"</{name}\s*>", re.I)
    for name in ("script", "style", "noscript", "template", "svg", "title")
}
_ENDS["!--"] = re.compile("-->")
# Up to the ">" that stands in no quotes.
_ATTRIBUTES = re.compile(r"(?:[^>\"']|\"[^\"]*\"|'[^']*')*+>")


def head_of(text: str) -> str:
    """A small page with the first `title` and the `meta` and oEmbed's `link` tags of this one."""
    titles: list[str] = []
    tags: list[str] = []
    for name, tag in _spoken(text):
        if name == "title":
            titles.append(tag[:TITLE_LENGTH])
        elif name == "meta" or "oembed" in tag.lower():
            tags.append(tag)
        if len(tags) == TAGS:
            break
    title = f"{titles[0]}</title>" if titles else ""
    return f"<html><head>{title}{''.join(tags)[:HEAD_LENGTH]}</head><body></body></html>"


def _spoken(text: str) -> Iterator[tuple[str, str]]:
    """(name, tag) of each `meta` and `link`, and of each `title` up to where it ends."""
    at = 0
    while (found := _OPENING.search(text, at)) and (name := found.group(1).lower()) != "body":
        if name in ("meta", "link"):
            tag = _ATTRIBUTES.match(text[found.end() : found.end() + TAG_LENGTH])
            at = found.end() + (tag.end() if tag else TAG_LENGTH)
            if tag:
                yield name, f"<{name}{tag.group()}"
        elif end := _ENDS[name].search(text, found.end()):
            at = end.end()
            if name == "title":
                yield name, text[found.start() : end.start()]
        else:
            return
