"""The sentences of system lines ("Ana added Ben"), from what is stored as codes and cards.

`static/js/talk/notices.js` says the same for lines that arrive live. Whether the viewer acts, or is
the one it was done to, takes a sentence of its own: in many languages the verb changes with it.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

SENTENCES = {
    "channel.created": gettext_noop("%(actor)s made this channel"),
    "group.created": gettext_noop("%(actor)s made this group"),
    "group.described": gettext_noop("%(actor)s changed what this group says of itself"),
    "group.frozen": gettext_noop("%(actor)s froze the group: only admins can write"),
    "group.pictured": gettext_noop("%(actor)s changed the group's picture"),
    "group.renamed": gettext_noop("%(actor)s named the group %(title)s"),
    "group.thawed": gettext_noop("%(actor)s lets everybody write again"),
    "group.unpictured": gettext_noop("%(actor)s removed the group's picture"),
    "host.joined": gettext_noop("%(actor)s hosts this channel from now on"),
    "member.added": gettext_noop("%(actor)s added %(people)s"),
    "member.approved": gettext_noop("%(actor)s let %(people)s in"),
    "member.banned": gettext_noop("%(actor)s banned %(people)s"),
    "member.joined": gettext_noop("%(actor)s joined"),
    "member.left": gettext_noop("%(actor)s left"),
    "member.linked": gettext_noop("%(actor)s joined by a link"),
    "member.removed": gettext_noop("%(actor)s removed %(people)s"),
    "message.pinned": gettext_noop("%(actor)s pinned a message"),
    "owner.changed": gettext_noop("%(people)s runs the group now"),
    "quiet.ended": gettext_noop("%(actor)s ended the quiet hours"),
    "quiet.started": gettext_noop("%(actor)s set quiet hours: %(title)s"),
    "request.accepted": gettext_noop("%(actor)s accepted. You can write to each other now"),
    "rights.changed": gettext_noop("%(actor)s changed who may do what here"),
    "role.admin": gettext_noop("%(actor)s made %(people)s an admin"),
    "role.member": gettext_noop("%(actor)s made %(people)s a plain member"),
    "role.moderator": gettext_noop("%(actor)s made %(people)s a moderator"),
    "slow.ended": gettext_noop("%(actor)s turned slow mode off"),
    "slow.started": gettext_noop("%(actor)s turned slow mode on"),
    "timer.day": gettext_noop("%(actor)s set new messages to disappear after 24 hours"),
    "timer.off": gettext_noop("%(actor)s turned off disappearing messages"),
    "timer.quarter": gettext_noop("%(actor)s set new messages to disappear after 90 days"),
    "timer.week": gettext_noop("%(actor)s set new messages to disappear after 7 days"),
    "watch.started": gettext_noop("%(actor)s started watching together"),
}
BY_YOU = {
    "channel.created": gettext_noop("You made this channel"),
    "group.created": gettext_noop("You made this group"),
    "group.described": gettext_noop("You changed what this group says of itself"),
    "group.frozen": gettext_noop("You froze the group: only admins can write"),
    "group.pictured": gettext_noop("You changed the group's picture"),
    "group.renamed": gettext_noop("You named the group %(title)s"),
    "group.thawed": gettext_noop("You let everybody write again"),
    "group.unpictured": gettext_noop("You removed the group's picture"),
    "host.joined": gettext_noop("You host this channel from now on"),
    "member.added": gettext_noop("You added %(people)s"),
    "member.approved": gettext_noop("You let %(people)s in"),
    "member.banned": gettext_noop("You banned %(people)s"),
    "member.joined": gettext_noop("You joined"),
    "member.left": gettext_noop("You left"),
    "member.linked": gettext_noop("You joined by a link"),
    "member.removed": gettext_noop("You removed %(people)s"),
    "quiet.ended": gettext_noop("You ended the quiet hours"),
    "quiet.started": gettext_noop("You set quiet hours: %(title)s"),
    "message.pinned": gettext_noop("You pinned a message"),
    "request.accepted": gettext_noop("You accepted. You can write to each other now"),
    "rights.changed": gettext_noop("You changed who may do what here"),
    "role.admin": gettext_noop("You made %(people)s an admin"),
    "role.member": gettext_noop("You made %(people)s a plain member"),
    "role.moderator": gettext_noop("You made %(people)s a moderator"),
    "slow.ended": gettext_noop("You turned slow mode off"),
    "slow.started": gettext_noop("You turned slow mode on"),
    "timer.day": gettext_noop("You set new messages to disappear after 24 hours"),
    "timer.off": gettext_noop("You turned off disappearing messages"),
    "timer.quarter": gettext_noop("You set new messages to disappear after 90 days"),
    "timer.week": gettext_noop("You set new messages to disappear after 7 days"),
    "watch.started": gettext_noop("You started watching together"),
}
TO_YOU = {
    "member.added": gettext_noop("%(actor)s added you"),
    "member.approved": gettext_noop("%(actor)s let you in"),
    "member.banned": gettext_noop("%(actor)s banned you"),
    "member.removed": gettext_noop("%(actor)s removed you"),
    "owner.changed": gettext_noop("You run the group now"),
    "role.admin": gettext_noop("%(actor)s made you an admin"),
    "role.member": gettext_noop("%(actor)s made you a plain member"),
    "role.moderator": gettext_noop("%(actor)s made you a moderator"),
}


def sentence(notice: dict[str, Any], viewer: UUID) -> str:
    """One line for `{code, actor, people, title}`, with "You" for the viewer."""
    return _(_template(notice, str(viewer))) % {
        "actor": (notice.get("actor") or {}).get("name") or _("Someone"),
        "people": _names(notice.get("people") or [], str(viewer)),
        "title": notice.get("title") or "",
    }


def _template(notice: dict[str, Any], viewer: str) -> str:
    code = notice["code"]
    if code in TO_YOU and [card["id"] for card in notice.get("people") or []] == [viewer]:
        return TO_YOU[code]
    if code in BY_YOU and (notice.get("actor") or {}).get("id") == viewer:
        return BY_YOU[code]
    return SENTENCES.get(code, gettext_noop("The group changed"))


def _names(cards: Sequence[dict[str, Any]], viewer: str) -> str:
    names = [card["name"] for card in cards if card["id"] != viewer]
    if len(names) < len(cards):
        names.append(pgettext("as in: Ana added Ben and you", "you"))
    return get_text_list(names, _("and"))
