"""The sentences of system lines ("Ana added Ben"), from what is stored as codes and cards.

`static/js/talk/notices.js` says the same for lines that arrive live.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SENTENCES = {
    "group.created": gettext_noop("%(actor)s made this group"),
    "group.renamed": gettext_noop("%(actor)s named the group %(title)s"),
    "member.added": gettext_noop("%(actor)s added %(people)s"),
    "member.joined": gettext_noop("%(actor)s joined"),
    "member.removed": gettext_noop("%(actor)s removed %(people)s"),
    "member.left": gettext_noop("%(actor)s left"),
    "owner.changed": gettext_noop("%(people)s runs the group now"),
    "request.accepted": gettext_noop("%(actor)s accepted. You can write to each other now"),
}


def sentence(notice: dict[str, Any], viewer: UUID) -> str:
    """One line for `{code, actor, people, title}`, with "You" for the viewer."""
    return _(SENTENCES.get(notice["code"], gettext_noop("The group changed"))) % {
        "actor": _name(notice.get("actor"), viewer),
        "people": _names(notice.get("people") or [], viewer),
        "title": notice.get("title") or "",
    }


def _name(card: dict[str, Any] | None, viewer: UUID) -> str:
    if not card:
        return _("Someone")
    return _("You") if card["id"] == str(viewer) else card["name"]


def _names(cards: Sequence[dict[str, Any]], viewer: UUID) -> str:
    names = [_("you") if card["id"] == str(viewer) else card["name"] for card in cards]
    return get_text_list(names, _("and"))
