"""What templates of any app say to show videos."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from videos.models import Video
from videos.models.hashtag import HASHTAG, MENTION

register = template.Library()

GRID = 60


@register.filter
def caption(words: str) -> SafeString:
    """A caption, escaped, with its #topics and @people as links."""
    text = str(conditional_escape(words))
    text = HASHTAG.sub(_topic, text)
    return mark_safe(MENTION.sub(_person, text))  # noqa: S308  (escaped above; links are ours)


def _topic(found: Any) -> str:
    name = found.group(1)
    return format_html('<a href="{}">#{}</a>', reverse("videos:tag", args=[name.casefold()]), name)


def _person(found: Any) -> str:
    name = found.group(1)
    return format_html('<a href="{}">@{}</a>', reverse("accounts:profile", args=[name]), name)


@register.filter
def short(count: int) -> str:
    """A count as it fits under an icon: 318, 12.4K, 3M."""
    for size, sign in ((1_000_000, "M"), (1_000, "K")):
        if count >= size:
            return f"{count / size:.1f}".removesuffix(".0") + sign
    return str(count)


@register.inclusion_tag("videos/_grid.html")
def video_grid(person: Any, viewer: Any) -> dict[str, Any]:
    """One person's videos as the viewer may see them, newest first; their own with their state."""
    videos = Video.objects.visible_to(viewer).of(person)[:GRID]
    return {"videos": videos, "person": person, "is_own": viewer.pk == person.pk}
