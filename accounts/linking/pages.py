"""What a page says about itself, as words that are safe to show beside people's own."""

from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import unquote, urljoin

from bs4 import BeautifulSoup
from bs4.exceptions import ParserRejectedMarkup
from linkpreview import Link
from linkpreview.preview import Generic, OpenGraph, TwitterCard

from accounts.linking.charsets import decoded
from accounts.linking.heads import head_of
from accounts.models import LinkCard
from accounts.models.link import DESCRIPTION_LIMIT, SITE_LIMIT, TITLE_LIMIT
from accounts.text import clean_name

# Words are cleaned in time that grows with them: nobody shows a hundred thousand.
_LONGEST = 2000
# In the order in which they are believed. What linkpreview would also read, JSON in scripts and
# microdata, is not in a head, and what is broken there stops it.
_SOURCES = (OpenGraph, TwitterCard, Generic)
_VIDEO = ("video", "player")


@dataclass(frozen=True, slots=True)
class Facts:
    """Words for a card; `picture` and `oembed` are addresses, as others wrote them."""

    title: str = ""
    description: str = ""
    site: str = ""
    author: str = ""
    kind: str = LinkCard.Kind.PAGE
    picture: str = ""
    oembed: str = ""

    def cleaned(self) -> Self:
        """One line each, of bounded length, without marks that turn or hide letters."""
        return replace(
            self,
            title=_line(self.title, TITLE_LIMIT),
            description=_line(self.description, DESCRIPTION_LIMIT),
            site=_line(self.site, SITE_LIMIT),
            author=_line(self.author, SITE_LIMIT),
        )

    def completed_by(self, other: "Facts") -> Self:
        """What these do not say the others may."""
        names = ("title", "description", "site", "author", "picture")
        return replace(
            self, **{name: getattr(self, name) or getattr(other, name) for name in names}
        )

    def fill(self, card: LinkCard) -> None:
        """Write the words onto a card."""
        card.title, card.description = self.title, self.description
        card.site, card.author, card.kind = self.site, self.author, self.kind


def facts_of(content: bytes, content_type: str, url: str) -> Facts:
    """What a page at `url` says in Open Graph, for Twitter, or plainly. Never raises."""
    head = _Head(decoded(content, content_type), url)
    return Facts(
        title=head.said("title"),
        description=head.said("description"),
        site=head.said("site_name"),
        author=head.meta("author"),
        kind=head.kind,
        picture=_address(url, head.said("image")),
        oembed=_address(url, head.oembed),
    ).cleaned()


def facts_of_oembed(said: Any, url: str) -> Facts:
    """The words and the picture of an oEmbed answer, as JSON gives it; never its markup."""
    if not isinstance(said, dict):
        return Facts()
    words = {name: text for name, text in said.items() if isinstance(text, str)}
    return Facts(
        title=words.get("title", ""),
        site=words.get("provider_name", ""),
        author=words.get("author_name", ""),
        picture=_address(url, words.get("thumbnail_url", "")),
    ).cleaned()


def facts_of_file(url: str) -> Facts:
    """An address that is a picture has nothing to say but its name."""
    path = url.partition("?")[0]
    name = unquote(path.rpartition("/")[2], errors="replace")
    return Facts(title=name, kind=LinkCard.Kind.PICTURE).cleaned()


class _Head:
    """The head of a page, parsed once."""

    def __init__(self, text: str, url: str) -> None:
        try:
            self._soup = BeautifulSoup(head_of(text), "html.parser")
        except ParserRejectedMarkup:
            self._soup = BeautifulSoup("", "html.parser")
        self._sources = [source(Link(url), soup=self._soup) for source in _SOURCES]

    def said(self, name: str) -> str:
        """What the first source says that says anything."""
        return next((words for one in self._sources if (words := getattr(one, name, None))), "")

    def meta(self, name: str) -> str:
        """A `meta` tag's content, whether it is called a name or a property."""
        called = self._soup.find("meta", {"name": name, "content": True})
        found = called or self._soup.find("meta", {"property": name, "content": True})
        return str(found["content"]) if found else ""

    @property
    def kind(self) -> str:
        said = self.meta("og:type") or self.meta("twitter:card")
        is_video = said.lower().startswith(_VIDEO)
        return LinkCard.Kind.VIDEO if is_video else LinkCard.Kind.PAGE

    @property
    def oembed(self) -> str:
        """Where the page's oEmbed lies (oEmbed 1.0, section 4)."""
        found = self._soup.find("link", {"type": "application/json+oembed", "href": True})
        return str(found["href"]) if found else ""


def _line(words: str, limit: int) -> str:
    """Cut where it is too long, with a sign that more follows."""
    line = clean_name(words[:_LONGEST])
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def _address(base: str, href: str) -> str:
    """Where a tag leads from its page; empty where there is no such place."""
    try:
        return urljoin(base, href.strip()) if href.strip() else ""
    except ValueError:
        return ""
