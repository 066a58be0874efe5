"""What templates of any app say to show videos."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from accounts.counts import short
from accounts.linking.rendering import rendered
from videos import actions
from videos.description_forms import VideoSettingsForm
from videos.models import Collection, Credit, Like, Repost, Video
from videos.shelves import with_covers

register = template.Library()
register.filter(short)

GRID = 60


@register.filter
def caption(words: str, named: Sequence[dict[str, Any]] = ()) -> SafeString:
    """What somebody wrote, with links, #topics and the names of those `named` (cards)."""
    return rendered(words, named)


@register.filter
def comments_counted(count: int) -> str:
    """`3 comments`"""
    return ngettext("%(n)s comment", "%(n)s comments", count) % {"n": count}


@register.filter
def covered_for(video: Video, viewer: Any) -> bool:
    """Whether its pictures wait for the viewer's word."""
    return video.is_covered_for(viewer)


@register.filter
def wave(peaks: list[int], bars: int = 60) -> str:
    """The path of a waveform in a box of 2 x `bars` by 100: a stroke for each bar."""
    loud = [
        max(peaks[place * len(peaks) // bars :][: len(peaks) // bars or 1] or [0])
        for place in range(bars)
    ]
    return "".join(
        f"M{2 * place + 1} {50 - max(4, each * 0.46):.0f}V{50 + max(4, each * 0.46):.0f}"
        for place, each in enumerate(loud)
    )


@register.inclusion_tag("videos/_privacy.html")
def video_privacy(person: Any) -> dict[str, Any]:
    """What a person's privacy page says of their videos: who may do what with them."""
    kept = actions.video_settings_of(person)
    return {"form": VideoSettingsForm(instance=kept, author=person)}


@register.inclusion_tag("videos/_profile.html", takes_context=True)
def profile_videos(context: Any, person: Any, viewer: Any, tab: str) -> dict[str, Any]:
    """What a person's page shows of their videos: posted, reposted, collections; to themselves
    what they liked, too."""
    is_own = viewer.pk == person.pk
    known = {"reposts", "collections", *(["liked"] if is_own else [])}
    tab = tab if tab in known else ""
    shown = Video.objects.visible_to(viewer)
    page = {"person": person, "viewer": viewer, "user": viewer, "is_own": is_own, "tab": tab}
    page["request"] = context.get("request", "")
    page["asked"] = Credit.objects.of(person).asked().count() if is_own else 0
    if tab == "collections":
        listed = Collection.objects.visible_to(viewer).filter(owner=person).lately()
        return page | {"shelf": with_covers(viewer, listed)}
    if tab:
        kind = Like if tab == "liked" else Repost
        return page | {"page": shown.kept_by(person, kind)[:GRID]}
    return page | {"videos": shown.of(person)[:GRID]}
