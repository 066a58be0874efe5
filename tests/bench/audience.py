"""A year of watching, made straight in the database: a million videos, twenty million watch events,
and members who follow, like and were taught on; their feeds are then measured.

Rows are copies of one that the ORM made (tests/bench/archive.py). Who watches what follows two
laws: few videos get most of the watching, and people keep to one of a hundred scenes.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.bench.archive import PEOPLE, crowd
from tests.bench.bulk import copies, without_indexes
from tests.bench.world import Person, people

if TYPE_CHECKING:
    from django.db.models import Model

SCENES = 100
TAGS = 5_000
VIEWERS = 50  # members whose feeds are measured
FOLLOWED = 200  # people each of them follows
LEARNED = 100_000  # videos with neighbours: those that enough people liked
PATTERNS = 1_000


@dataclass(frozen=True)
class Size:
    """How much there is; fewer for a quick look (VIDEOS=)."""

    videos: int = 1_000_000

    @classmethod
    def asked(cls, otherwise: int = videos) -> Size:
        """As VIDEOS says, or `otherwise`."""
        return cls(int(os.environ.get("VIDEOS") or otherwise))

    @property
    def events(self) -> int:
        return 20 * self.videos


@dataclass(frozen=True)
class Audience:
    """Whose feeds are measured."""

    viewers: list[Person]


def made(size: Size) -> Audience:
    """All of it, in the database that Django knows; says how long each part took."""
    from django.db import connection

    viewers = people()[:VIEWERS]
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SET session_replication_role = replica")  # no look at any foreign key
        cursor.execute("TRUNCATE videos_video, videos_hashtag CASCADE")
        cursor.execute("SELECT setseed(0.5)")
        for name, make in PARTS.items():
            began = time.monotonic()
            make(cursor, size, viewers)
            print(f"  {name}: {time.monotonic() - began:.0f} s", flush=True)
        cursor.execute("SET statement_timeout = '15s'")
        cursor.execute("SET synchronous_commit = on")
        cursor.execute("SET session_replication_role = origin")
    return Audience(viewers)


def _people(cursor, size: Size, viewers: list[Person]) -> None:
    crowd(cursor, viewers[0])


def _person(number: str) -> str:
    return f"('aa' || lpad(to_hex({number}), 30, '0'))::uuid"


def _video(number: str) -> str:
    return f"lpad(to_hex({number}), 32, '0')::uuid"


def _videos(cursor, size: Size, viewers: list[Person]) -> None:
    """The last is the newest; each names a topic."""
    from django.utils import timezone

    from videos.models import Video

    pattern = Video.objects.create(
        author_id=viewers[0].id,
        state="published",
        published_at=timezone.now(),
        caption="w",
        duration_ms=20_000,
        width=720,
        height=1280,
        peaks=[1] * 200,
        cover="cover.jpg",
        cover_small="small.jpg",
    )
    copies(
        cursor,
        pattern,
        f"generate_series(1, {size.videos}) as n",
        id=_video("n"),
        author_id=_person(f"1 + n %% {PEOPLE}"),
        caption=f"'a walk w' || n %% 5000 || ' #t' || n %% {TAGS}",
        published_at=f"now() - ({size.videos} - n) * interval '30 seconds'",
        duration_ms="5000 + n %% 55000",
        like_count="floor(power(random(), 8) * 1000)",
        comment_count="floor(power(random(), 8) * 100)",
        share_count="floor(power(random(), 8) * 50)",
    )
    Video.objects.filter(pk=pattern.pk).delete()


def _renditions(cursor, size: Size, viewers: list[Person]) -> None:
    from videos.models import Rendition

    for kind, width in (("720", 720), ("360", 360)):
        pattern = Rendition.objects.create(
            video_id=viewers[0].id, kind=kind, file="x.mp4", width=width, height=1280, size=1
        )
        _numbered(cursor, pattern, f"generate_series(1, {size.videos}) as n", video_id=_video("n"))
        pattern.delete()


def _numbered(cursor, pattern: Model, rows: str, **different: str) -> None:
    """Copies with ids of the table's own sequence."""
    table = pattern._meta.db_table
    copies(
        cursor, pattern, rows, id=f"nextval(pg_get_serial_sequence('{table}', 'id'))", **different
    )


def _topics(cursor, size: Size, viewers: list[Person]) -> None:
    cursor.execute(
        "insert into videos_hashtag (name, created_at)"
        " select 't' || n, now() from generate_series(0, %s) as n",
        [TAGS - 1],
    )
    with without_indexes(cursor, "videos_video_hashtags"):
        cursor.execute(
            f"insert into videos_video_hashtags (video_id, hashtag_id)"
            f" select {_video('n')}, tag.id from generate_series(1, %s) as n"
            f" join videos_hashtag as tag on tag.name = 't' || n %% {TAGS}",
            [size.videos],
        )


# Who watches what: within one's scene, early numbers often; a table that the next parts read.
def _watched(cursor, size: Size, viewers: list[Person]) -> None:
    cursor.execute(
        f"""
        create temporary table seen as
        select {_person("person")} as user_id, {_video("video")} as video_id, watched, at
        from (
            select 1 + n %% {PEOPLE} as person,
                1 + (floor(power(random(), 3) * %s / {SCENES})::int * {SCENES}
                    + (n %% {PEOPLE}) %% {SCENES}) %% %s as video,
                (power(random(), 0.6) * 30000)::int as watched,
                now() - random() * interval '180 days' as at
            from generate_series(1, %s) as n
        ) as one
        """,
        [size.videos, size.videos, size.events],
    )


def _events(cursor, size: Size, viewers: list[Person]) -> None:
    with without_indexes(cursor, "videos_watchevent"):
        cursor.execute(
            """
            insert into videos_watchevent (
                video_id, user_id, source, watched_ms, duration_ms, loops, region, at, counted_at
            )
            select video_id, user_id, 'for_you', watched, 20000, watched / 25000, '', at, at
            from seen
            """
        )


def _affinities(cursor, size: Size, viewers: list[Person]) -> None:
    """Of everybody, and of each viewer what one of the people watched."""
    with without_indexes(cursor, "videos_affinity"):
        cursor.execute(
            """
            insert into videos_affinity (user_id, video_id, score, finished, times, last_at)
            select user_id, video_id, max(watched) / 20000.0,
                count(*) filter (where watched >= 18000), count(*), max(at)
            from seen group by user_id, video_id
            """
        )
    for place, viewer in enumerate(viewers):
        for table, columns, values in (
            (
                "videos_affinity",
                "score, finished, times, last_at",
                "score, finished, times, last_at",
            ),
            ("videos_view", "times, first_at, seen_at", "times, last_at, last_at"),
        ):
            cursor.execute(
                f"insert into {table} (user_id, video_id, {columns}) select %s, video_id, {values}"
                f" from videos_affinity where user_id = {_person(str(1 + place))}",
                [viewer.id],
            )


def _receptions(cursor, size: Size, viewers: list[Person]) -> None:
    with without_indexes(cursor, "videos_reception"):
        cursor.execute(
            """
            insert into videos_reception (
                video_id, shown, finished, skipped, rewatched, watched_ms, unwanted
            )
            select video_id, count(*), count(*) filter (where watched >= 18000),
                count(*) filter (where watched < 2000), 0, sum(watched), 0
            from seen group by video_id
            """
        )


def _trends(cursor, size: Size, viewers: list[Person]) -> None:
    """What was watched in the last two weeks is warm still."""
    with without_indexes(cursor, "videos_trend"):
        cursor.execute(
            """
            insert into videos_trend (region, video_id, heat)
            select region, video_id, max(extract(epoch from at)) / 86400 + log(count(*)) / log(2)
            from seen, (values (''), ('ES')) as place (region)
            where at > now() - interval '14 days' group by region, video_id
            """
        )


def _neighbourhoods(cursor, size: Size, viewers: list[Person]) -> None:
    """A hundred each, of one's own scene; a thousand patterns for all."""
    from videos.feed.kernels import NEAREST

    learned = min(LEARNED, size.videos)
    cursor.execute(
        f"""
        create temporary table pattern as
        select p, string_agg(decode(lpad(to_hex(
            1 + (floor(random() * {learned // SCENES})::int * {SCENES} + p %% {SCENES})
        ), 32, '0'), 'hex') || decode('0000003f', 'hex'), '') as near
        from generate_series(0, {PATTERNS - 1}) as p, generate_series(1, {NEAREST}) as k
        group by p
        """,
        [],
    )
    cursor.execute(
        f"insert into videos_neighbourhood (video_id, near, made_at)"
        f" select {_video('n')}, near, now() from generate_series(1, %s) as n"
        f" join pattern on p = (n - 1) %% {PATTERNS}",
        [learned],
    )


def _follows(cursor, size: Size, viewers: list[Person]) -> None:
    for place, viewer in enumerate(viewers):
        cursor.execute(
            f"insert into accounts_follow (follower_id, followed_id, created_at, accepted_at)"
            f" select %s, {_person(f'1 + (n * 97 + {place}) %% {PEOPLE}')}, now(), now()"
            f" from generate_series(1, {FOLLOWED}) as n on conflict do nothing",
            [viewer.id],
        )


def _likes(cursor, size: Size, viewers: list[Person]) -> None:
    cursor.execute(
        "insert into videos_like (user_id, video_id, created_at) select user_id, video_id, last_at"
        " from videos_affinity where user_id = any(%s) and score > 1.3",
        [[viewer.id for viewer in viewers]],
    )


def _statistics(cursor, size: Size, viewers: list[Person]) -> None:
    cursor.execute("drop table seen")
    cursor.execute("vacuum analyze")


PARTS = {
    "people": _people,
    "videos": _videos,
    "renditions": _renditions,
    "topics": _topics,
    "who watched what": _watched,
    "watch events": _events,
    "affinities": _affinities,
    "receptions": _receptions,
    "trends": _trends,
    "neighbourhoods": _neighbourhoods,
    "follows": _follows,
    "likes": _likes,
    "statistics": _statistics,
}
