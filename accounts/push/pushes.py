"""What a device is asked to show."""

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

# A push service takes 4,096 bytes at least (RFC 8030, section 7.2), of which encrypting takes 103
# (RFC 8291, section 4), and FCM and APNs what they wrap it in.
LARGEST = 3000
# What waited longer for a device to come back is news no more.
LIFE = timedelta(days=1)
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Push:
    """`url` is a path of this site. `tag` names what the push is about: a later one of the same
    tag takes its place. `badge` is the number on the icon, `id` the line that a press reads.
    `is_urgent` wakes a device that saves its battery.
    """

    title: str
    body: str = ""
    url: str = "/"
    tag: str = ""
    badge: int | None = None
    id: str = ""
    is_urgent: bool = False

    @property
    def card(self) -> dict[str, Any]:
        """What the device gets, and nothing else: `{title, body, url, tag}`, and `badge` and `id`
        where there are any."""
        card: dict[str, Any] = {
            "title": self.title,
            "body": self.body,
            "url": self.url,
            "tag": self.tag,
        }
        if self.badge is not None:
            card["badge"] = self.badge
        if self.id:
            card["id"] = self.id
        return card

    def payload(self) -> bytes:
        """The card as JSON, of at most `LARGEST` bytes."""
        return _encoded(self.fitting(LARGEST).card)

    def fitting(self, largest: int) -> "Push":
        """With the end of its words left out where its card would take more bytes than that: first
        the body's, then the title's."""
        push = self
        while (surplus := len(_encoded(push.card)) - largest) > 0 and (push.body or push.title):
            if push.body:
                push = replace(push, body=_cut(push.body, surplus))
            else:
                push = replace(push, title=_cut(push.title, surplus))
        return push

    def hidden(self) -> "Push":
        """The same without a name or a word of anybody's, for screens that others look at."""
        return replace(self, title="Medley", body=_("Something new is waiting for you"))


def _encoded(card: dict[str, Any]) -> bytes:
    return json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode()


def _cut(words: str, surplus: int) -> str:
    """Without its last bytes, an ellipsis in their place; never half a character."""
    room = len(words.encode()) - surplus - len(ELLIPSIS.encode())
    kept = words.encode()[: max(room, 0)].decode(errors="ignore").rstrip()
    return kept + ELLIPSIS if kept else ""
