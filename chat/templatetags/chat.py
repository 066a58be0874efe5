"""What chat's templates, and others' that show a piece of chat, say with tags and filters."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.linking.rendering import rendered
from accounts.models import User
from chat import pages
from chat.actions import EMOJI
from chat.models import Conversation, Membership, Message
from chat.pages import channels
from chat.pages.faces import group_card

register = template.Library()

QUICK_PLACES = 3
DOCK_MESSAGES = 20


@register.filter
def linkified(words: str, named: Sequence[dict[str, Any]] = ()) -> SafeString:
    """What somebody wrote, with links, #topics and the names of those `named` (cards)."""
    return rendered(words, named)


@register.filter
def own_page(message: Message) -> str:
    """The address of its own page, worked out once a conversation: there are fifty on a page."""
    return f"{_talk_page(message.conversation_id)}message/{message.seq}/"


@lru_cache(1024)
def _talk_page(conversation_id: UUID) -> str:
    return reverse("chat:conversation", args=[conversation_id])


@register.filter
def gone_words(kind: str) -> str:
    """In place of a card that the viewer may not see (any more)."""
    return pages.gone_words(kind)


@register.filter
def group_words(group: dict[str, Any]) -> str:
    """How a group that buys together stands."""
    return pages.group_words(group)


@register.filter
def offer_words(together: dict[str, Any]) -> str:
    """What a product's shop offers to groups."""
    return pages.offer_words(together)


@register.filter
def replies_counted(count: int) -> str:
    """`3 replies`"""
    return ngettext("%(count)d reply", "%(count)d replies", count) % {"count": count}


@register.simple_tag
def forwarded_from() -> str:
    """Before the name of whom forwarded words come from."""
    return pgettext("as in: Forwarded from Ana", "from")


@register.simple_tag
def archive_verb() -> str:
    """On what puts a conversation into the archive; the list of those is a noun."""
    return pgettext("to put into the archive", "Archive")


@register.filter
def as_poll(card: dict[str, Any] | None) -> pages.ShownPoll | None:
    """What hangs on a message as `poll`, ready to be drawn."""
    return pages.shown_poll(card) if card else None


@register.filter
def day_name(day: date) -> str:
    """A separator's words: Today, Yesterday, Friday, November 20 or viernes, 20 de noviembre."""
    back = (timezone.localdate() - day).days
    if back == 0:
        return _("Today")
    if back == 1:
        return _("Yesterday")
    if back < 300:
        return formats.date_format(day, pgettext("a date as Django writes formats", "l, F j"))
    return formats.date_format(day, pgettext("a date as Django writes formats", "F j, Y"))


@register.filter
def moment_name(moment: datetime) -> str:
    """A moment ahead in the person's zone: `Tomorrow, 09:00` or `Friday, November 20, 09:00`."""
    here = timezone.localtime(moment)
    clock = formats.date_format(here, "H:i")
    if (here.date() - timezone.localdate()).days == 1:
        day = _("Tomorrow")
    elif here.date() > timezone.localdate():
        return full_moment(moment)
    else:
        day = day_name(here.date())
    return f"{day}, {clock}"


def full_moment(moment: datetime) -> str:
    """Day and time in the person's zone: `Friday, November 20, 09:00`."""
    here = timezone.localtime(moment)
    day = formats.date_format(here, pgettext("a date as Django writes formats", "l, F j"))
    return f"{day}, {formats.date_format(here, 'H:i')}"


@register.filter
def briefly(moment: datetime) -> str:
    """When a row last changed: now, the clock today, the weekday this week, else the date."""
    here = timezone.localtime(moment)
    back = (timezone.localdate() - here.date()).days
    if (timezone.now() - moment).total_seconds() < 60:
        return _("now")
    if back <= 0:
        return formats.date_format(here, "H:i")
    if back < 7:
        return formats.date_format(here, "D")
    return formats.date_format(here, pgettext("a date as Django writes formats", "M j"))


@register.filter
def more_about(name: str) -> str:
    """What a row's menu button says to those who do not see it."""
    return _("More about %(name)s") % {"name": name}


@register.filter
def capped(count: int) -> str:
    """A count that fits a dot."""
    return "99+" if count > 99 else str(count)


@register.simple_tag
def blank_message() -> SimpleNamespace:
    """A message with nothing in it, for the page's template element."""
    return SimpleNamespace(
        message=Message(seq=0),
        mentions=[],
        hanging={},
        author={"id": "", "name": "", "initials": "", "hue": 0, "avatar": ""},
        blank_link={},
        blank_reaction={"emoji": "", "count": "", "is_mine": False},
    )


@register.simple_tag
def quick_emoji() -> tuple[str, ...]:
    """The reactions that are one press away."""
    return tuple(EMOJI)


@register.simple_tag
def unread_total(user: User) -> int:
    """How many messages wait unread: the number on the rail."""
    return pages.unread_total(user) if user.is_authenticated else 0


def _recent_rows(user: User) -> list[pages.Row]:
    """The places the person wrote in last; asked once a page, however many clips show them."""
    if not hasattr(user, "_recent_rows"):
        rows = pages.inbox_rows(user, limit=QUICK_PLACES + 3) if user.is_authenticated else []
        user._recent_rows = [row for row in rows if row.may_send]  # type: ignore[attr-defined]
    return user._recent_rows  # type: ignore[attr-defined]


@register.inclusion_tag("chat/_quick_send.html")
def quick_send(user: User, share: str = "") -> dict[str, Any]:
    """One tap sends `share` ("video:<id>", else the `data-share` around it) to a recent place."""
    return {"rows": _recent_rows(user)[:QUICK_PLACES], "share": share}


@register.inclusion_tag("chat/_dock.html", takes_context=True)
def dock(context: template.Context, user: User) -> dict[str, Any]:
    """The person's latest conversation, live, beside the video; nothing where there is none."""
    rows = _recent_rows(user)
    if not rows:
        return {}
    membership: Membership = rows[0].membership
    return {
        "talk": pages.talk_of(user, membership, limit=DOCK_MESSAGES),
        "csrf_token": context.get("csrf_token"),
        "request": context.get("request"),
    }


@register.inclusion_tag("chat/channels/_places.html", takes_context=True)
def creator_places(context: template.Context, person: User, viewer: User) -> dict[str, Any]:
    """The channels and fan groups that a person runs, on their profile, for who may chat."""
    if not viewer.is_authenticated or not viewer.may_chat:
        return {}
    return {
        "channels": channels.of_person(person, viewer),
        "fan_groups": channels.fan_groups_of(person, viewer),
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def group_face(group: Conversation) -> dict[str, Any]:
    """The face of a group or channel."""
    return group_card(group)
