"""What every page draws with: icons, faces and form fields."""

from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.template import Context, engines
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from accounts.linking.naming import people_named
from accounts.linking.rendering import rendered
from accounts.models import User
from accounts.sessions import mark_of

register = template.Library()

# Lines on a grid of 24, drawn with round ends 1.9 wide.
ICONS = {
    "alert": "M12 4l9 16H3zM12 10v4M12 17h.01",
    "archive": "M4 5h16v4H4zM5.500 9v10h13V9M10 13h4",
    "back": "M15 5l-7 7 7 7",
    "bag": "M5 8h14l-1 12H6zM9 8V7a3 3 0 0 1 6 0v1",
    "bell": "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
    "bell-off": "M9 5.800A6 6 0 0 1 18 11v4.500M6.300 9.500A6 6 0 0 0 6 11v5l-2 2h13"
    "M10 21h4M4 4l16 16",
    "block": "M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18M5.700 5.700l12.600 12.600",
    "camera": "M4 8h3l2-3h6l2 3h3v11H4zM12 10a3.500 3.500 0 1 1 0 7a3.500 3.500 0 0 1 0-7",
    "cart": "M3 4h2.500l2 11h10l2.500-8H6.500M9 18.500a1 1 0 1 1 0 2a1 1 0 0 1 0-2"
    "M16 18.500a1 1 0 1 1 0 2a1 1 0 0 1 0-2",
    "check": "M5 12.500l4.500 4.500L19 7.500",
    "checks": "M2 12.500l4.500 4.500L16 7.500M11.500 17L21 7.500",
    "bookmark": "M6.500 4h11v16l-5.500-4-5.500 4z",
    "clock": "M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18M12 7v5l3.500 2",
    "close": "M6 6l12 12M18 6L6 18",
    "comment": "M4 5h16v11H10l-5 4v-4H4z",
    "copy": "M9 9h10v11H9zM15 9V4H5v11h4",
    "cut": "M6 4.500a2.500 2.500 0 1 1 0 5a2.500 2.500 0 0 1 0-5"
    "M6 14.500a2.500 2.500 0 1 1 0 5a2.500 2.500 0 0 1 0-5M8 8.500L20 18M8 15.500L20 6",
    "down": "M6 10l6 6 6-6",
    "download": "M12 4v11M7 10.500l5 5 5-5M5 20h14",
    "duet": "M3.500 5H11v14H3.500zM13 5h7.500v14H13z",
    "edit": "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
    "expand": "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
    "eye": "M2 12s3.500-7 10-7 10 7 10 7-3.500 7-10 7S2 12 2 12M12 9a3 3 0 1 1 0 6a3 3 0 0 1 0-6",
    "eye-off": "M4 4l16 16"
    "M9.900 5.300A9.500 9.500 0 0 1 12 5c6.500 0 10 7 10 7a17 17 0 0 1-2.700 3.500"
    "M6.500 6.800C3.600 8.700 2 12 2 12s3.500 7 10 7a9.500 9.500 0 0 0 4.500-1.100"
    "M9.900 10a3 3 0 0 0 4.100 4.100",
    "file": "M6 3h8l5 5v13H6zM14 3v5h5",
    "film": "M4 5h16v14H4zM8 5v14M16 5v14M4 9.700h4M4 14.300h4M16 9.700h4M16 14.300h4",
    "flag": "M5 21V4h13l-3 4.500L18 13H5",
    "flame": "M12 3c1 3.500 5 5.500 5 10a5 5 0 0 1-10 0c0-2 1-3.500 2-4.500"
    " .3 1.500 1 2.300 2 2.500 -.5-3 0-5.500 1-8z",
    "flip": "M4 9h12l-3-3M20 15H8l3 3",
    "folder": "M3.500 6h6l2 2.500h9V19h-17z",
    "forward": "M9 5l7 7-7 7",
    "forward-message": "M14 6l6 6-6 6M20 12h-9a7 7 0 0 0-7 7",
    "gauge": "M4.500 18a9 9 0 1 1 15 0M12 14.500l4-5.500M12 14.500h.01",
    "globe": "M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18",
    "hash": "M9.500 4l-2 16M16.500 4l-2 16M4 9h16.500M3.500 15H20",
    "heart": "M12 20s-7.500-4.600-7.500-10A4.300 4.300 0 0 1 12 7.200 4.300 4.300 0 0 1 19.500 10"
    "c0 5.400-7.500 10-7.500 10z",
    "home": "M4 11 12 4l8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z",
    "image": "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9h.01",
    "inbox": "M4 5h16v11H10l-5 4v-4H4z",
    "info": "M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18M12 11v5M12 8h.01",
    "key": "M8 11a4 4 0 1 1 0 8a4 4 0 0 1 0-8M11 12l8-8M16 7l3 3",
    "link": "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1"
    "M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
    "list": "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
    "lock": "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
    "looks": "M9 4.500a5 5 0 1 1 0 10a5 5 0 0 1 0-10M15 9.500a5 5 0 1 1 0 10a5 5 0 0 1 0-10",
    "mic": "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3M6 11a6 6 0 0 0 12 0M12 17v4",
    "logout": "M10 4H5v16h5M15 8l4 4-4 4M19 12H9",
    "mail": "M3 6h18v12H3zM3 7l9 7 9-7",
    "minus": "M5 12h14",
    "monitor": "M3 5h18v11H3zM9 20h6M12 16v4",
    "moon": "M20 14.500A8.500 8.500 0 1 1 9.500 4a7 7 0 0 0 10.500 10.500z",
    "more": "M5 12h.01M12 12h.01M19 12h.01",
    "music": "M9 18V6l11-2v12M9 18a3 3 0 1 1-3-3 3 3 0 0 1 3 3M20 16a3 3 0 1 1-3-3 3 3 0 0 1 3 3",
    "mute": "M4 9h4l5-4v14l-5-4H4zM17 9l5 6M22 9l-5 6",
    "next": "M5 5.500v13l10-6.500zM19 5v14",
    "pause": "M8 5v14M16 5v14",
    "pen": "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
    "phone": "M7.500 3h9v18h-9zM11 17.500h2",
    "pin": "M9 4h6l-1 6 4 4H6l4-4zM12 14v6",
    "play": "M8 5.500v13l11-6.500z",
    "plus": "M12 5v14M5 12h14",
    "poll": "M5 20v-8M12 20V4M19 20v-5",
    "record": "M3 7h12v10H3zM15 10.500l6-3v9l-6-3z",
    "redo": "M20 8H10a6 6 0 0 0 0 12h3M20 8l-4-4M20 8l-4 4",
    "reply": "M10 6L4 12l6 6M4 12h9a7 7 0 0 1 7 7",
    "retry": "M20 11a8 8 0 1 0-2 6M20 4v7h-7",
    "save": "M6 4h12v16l-6-4-6 4z",
    "schedule": "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M12 13v3l2 1",
    "search": "M11 4.500a6.500 6.500 0 1 1 0 13a6.500 6.500 0 0 1 0-13M16 16l4.500 4.500",
    "send": "M5 12h13M12 5l7 7-7 7",
    "settings": "M4 7h8M18 7h2M15 4.500a2.500 2.500 0 1 1 0 5a2.500 2.500 0 0 1 0-5"
    "M4 17h2M12 17h8M9 14.500a2.500 2.500 0 1 1 0 5a2.500 2.500 0 0 1 0-5",
    "share": "M13 5l7 6-7 6v-4c-5 0-8 2-9 5 0-6 3-10 9-10z",
    "shield": "M12 3l8 3v6c0 5-3.500 8-8 9-4.500-1-8-4-8-9V6z",
    "repost": "M7 7h9a2 2 0 0 1 2 2v4M15 10l3 3 3-3M17 17H8a2 2 0 0 1-2-2v-4M9 14l-3-3-3 3",
    "shuffle": "M3 7h3.500c3.500 0 6.500 10 10.500 10h4M18 14l3 3-3 3"
    "M3 17h3.500c1.500 0 2.800-1.800 4-4"
    "M13.500 9c1-1.200 2.200-2 3.500-2h4M18 4l3 3-3 3",
    "smile": "M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18M8.500 14.500a4.500 4.500 0 0 0 7 0"
    "M9 9.500h.01M15 9.500h.01",
    "sound": "M4 9h4l5-4v14l-5-4H4zM16.500 9a4 4 0 0 1 0 6M19 6.500a8 8 0 0 1 0 11",
    "sticker": "M20 12a8 8 0 1 0-8 8c1.500 0 8-6.500 8-8M12 20c-.500-4 3-8 8-8"
    "M9 9.500h.01M14 9h.01",
    "subtitles": "M4 5h16v14H4zM7.500 13h4M14 13h2.500M7.500 16h2M12 16h4.500",
    "sun": "M12 8a4 4 0 1 1 0 8a4 4 0 0 1 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.500 1.500"
    "M17.500 17.500L19 19M19 5l-1.500 1.500M6.500 17.500L5 19",
    "text": "M5 7V5h14v2M12 5v14M9 19h6",
    "thread": "M4 5h16v9H9l-5 4zM8 9h8",
    "timer": "M12 6a7.500 7.500 0 1 1 0 15a7.500 7.500 0 0 1 0-15"
    "M12 10v4M10 2.500h4M12 2.500v3.500",
    "trash": "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
    "undo": "M4 8h10a6 6 0 0 1 0 12h-3M4 8l4-4M4 8l4 4",
    "up": "M6 14l6-6 6 6",
    "upload": "M12 16V5M7 10l5-5 5 5M5 19h14",
    "user": "M12 4a4 4 0 1 1 0 8a4 4 0 0 1 0-8M4 20c1-4 4-6 8-6s7 2 8 6",
    "user-plus": "M10 5a4 4 0 1 1 0 8a4 4 0 0 1 0-8M3 20c1-4 3.500-5 7-5s6 1 7 5M19 8v6M16 11h6",
    "users": "M9 5a3.500 3.500 0 1 1 0 7a3.500 3.500 0 0 1 0-7"
    "M2.500 19c.8-3.500 3-5 6.500-5s5.700 1.500 6.500 5"
    "M16 5.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2 .6 3 2 3.500 4.500",
    "wallet": "M4 7h15v12H4zM4 7l11-3v3M15 13h.01",
}


@register.filter
def linked(words: str) -> SafeString:
    """What somebody wrote of themselves or of a group, with links, #topics and people's names: one
    query where it names any. Of many texts at once: `linkified`, `caption`."""
    return rendered(words, [person.card() for person in people_named(words)])


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A line drawing that says nothing by itself: the control around it has the words."""
    return format_html(
        '<svg class="icon icon--{}" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>',
        name,
        ICONS[name],
    )


@register.simple_tag
def face(who: Any, size: str = "m") -> SafeString:
    """The round face of a person or of a card; sizes xs, s, m, l, xl."""
    card = who.card() if isinstance(who, User) else who or {}
    return format_html(
        '<span class="face face--{} face--h{}" aria-hidden="true">{}</span>',
        size,
        card.get("hue") or 0,
        _picture(str(card["avatar"])) if card.get("avatar") else card.get("initials", ""),
    )


def _picture(address: str) -> SafeString:
    return format_html('<img src="{}" alt="" loading="lazy" decoding="async">', address)


@register.simple_tag(takes_context=True)
def drawn(context: template.Context, name: str, **values: Any) -> SafeString:
    """A Jinja template in its place: `{% drawn "chat/_messages.jinja" messages=talk.messages %}`.

    It sees these values and nothing else of the page.
    """
    values["_"] = _words_in(get_language()).__getitem__
    # Jinja has escaped what needs it.
    return mark_safe(engines["jinja2"].get_template(name).render(values, context.get("request")))  # noqa: S308


class _Words(dict[str, str]):
    """What templates say, in one language: a page says the same few words a hundred times."""

    def __missing__(self, text: str) -> str:
        self[text] = gettext(text)
        return self[text]


@cache
def _words_in(_language: str | None) -> _Words:
    return _Words()


@register.simple_tag
def still(name: str) -> SafeString:
    """A template that sees nothing of the page, and so says the same on all of them: it is drawn
    once a process and language. Anew each time while templates are being written (DEBUG)."""
    draw = _still.__wrapped__ if settings.DEBUG else _still
    return draw(name, get_language())


@cache
def _still(name: str, _language: str | None) -> SafeString:
    # Django has escaped what needs it.
    return mark_safe(engines["django"].get_template(name).render())  # noqa: S308


@register.inclusion_tag("_field.html")
def field(bound: BoundField, hint: str | None = None, label: str = "") -> dict[str, Any]:
    """A form field with its label, hint and errors, tied together for screen readers.

    `hint` stands in for the field's own help text, `label` for its label.
    """
    label = label or str(bound.label)
    hint = str(bound.help_text) if hint is None else hint
    described = [f"{bound.id_for_label}-error"] if bound.errors else []
    described += [f"{bound.id_for_label}-hint"] if hint else []
    kind = getattr(bound.field.widget, "input_type", "")
    attributes: dict[str, Any] = {}
    if kind not in {"checkbox", "radio", "file"}:
        attributes["class"] = "input"
        # A placeholder repeats the label, faintly, and is gone when one types.
        attributes["placeholder"] = False
    if bound.field.required:
        attributes["required"] = "required"
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return {
        "field": bound,
        "widget": bound.as_widget(attrs=attributes),
        "kind": kind,
        "label": label,
        "hint": hint,
    }


@register.simple_tag(takes_context=True)
def session_mark(context: Context) -> str:
    """What tells this page's session from another of the person's (static/js/lib/devices.js)."""
    request = context.get("request")
    return mark_of(request.session.session_key) if request else ""
