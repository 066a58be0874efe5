"""Jinja for what a page repeats: fifty messages take it 1 ms, Django's own templates 27.

Templates that end in .jinja; the tag `drawn` puts one into a Django template. They have the same
filters, icons and faces.
"""

from datetime import datetime
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils import formats, timezone
from django.utils.translation import gettext
from jinja2 import ChainableUndefined, Environment

from accounts.routes import address
from accounts.templatetags import medley, regions
from chat.templatetags import chat, media, own
from commerce.templatetags import shop
from videos.templatetags import videos


def environment(**options: Any) -> Environment:
    """What Django's backend asks for. What is not there is drawn as nothing, however deep."""
    options |= {"undefined": ChainableUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**options)  # noqa: S701 (Django's backend escapes)
    made.filters.update(chat.register.filters | media.register.filters)
    made.filters["muted_words"] = own.muted_words
    made.filters.update(videos.register.filters)
    made.filters.update(iso=iso, hour=hour, month_day=month_day, filesize=filesizeformat)
    made.filters.update(shop.register.filters | regions.register.filters)
    made.globals.update(_=gettext, face=medley.face, icon=medley.icon, url=address)
    made.globals.update(forwarded_from=chat.forwarded_from, archive_verb=chat.archive_verb)
    return made


def iso(moment: datetime) -> str:
    """RFC 3339 in the person's zone."""
    return timezone.localtime(moment).isoformat()


def hour(moment: datetime) -> str:
    """The clock in the person's zone: 09:05."""
    return timezone.localtime(moment).strftime("%H:%M")


def month_day(moment: datetime) -> str:
    """The day in the person's zone: 22 November."""
    return formats.date_format(timezone.localtime(moment), "MONTH_DAY_FORMAT")
