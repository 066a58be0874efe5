"""The videos that brought sales, beside the sums of what they brought."""

from typing import Any

from videos.models import Video

MOST_ROWS = 50


def with_videos(rows: list[dict[str, Any]]) -> list[tuple[Video, dict[str, Any]]]:
    """Each row of `line__video` with its video, but for those that are gone; one query."""
    videos = Video.objects.in_bulk([row["line__video"] for row in rows])
    return [(videos[row["line__video"]], row) for row in rows if row["line__video"] in videos]
