"""Where a video went: into how many conversations people brought it, and how many people. Whose and
which those are nobody is told, here or anywhere."""

from dataclasses import dataclass

from videos.insights.sums import Sums
from videos.models import Video, VideoDay


@dataclass(frozen=True, slots=True)
class Sharing:
    """Since it was posted, as of the last count of its days."""

    conversations: int
    people: int


def sharing_of(video: Video) -> Sharing:
    """One query, of the days on which it was sent."""
    sums = Sums.of(VideoDay.objects.filter(video=video, sends__gt=0))
    return Sharing(len(sums.conversations), len(sums.senders))
