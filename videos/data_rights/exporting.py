"""Everything about videos that is somebody's: their films with what was said under them, and what
they did with others'."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.ports import Exporter, ExportPart, Row, StoredFile
from accounts.rights.tables import Table, meaning_of
from videos.models import Comment, Video

FOLDER = "videos/files"
TOGETHER = 100
# What JSON tells of a video as the database has it.
SAID = [
    "id",
    "caption",
    "alt_text",
    "state",
    "audience",
    "comments_by",
    "duets_by",
    "stitches_by",
    "downloads_by",
    "sensitivity",
    "duration_ms",
    "width",
    "height",
    "like_count",
    "comment_count",
    "share_count",
    "view_count",
    "save_count",
    "repost_count",
    "created_at",
    "published_at",
    "publish_at",
]

_WHOSE = "video_id caption=video__caption author=video__author__username"

TABLES = (
    Table(
        "videos.Like", "videos/likes", gettext_lazy("Videos you liked"), f"{_WHOSE} at=created_at"
    ),
    Table(
        "videos.Saved", "videos/saved", gettext_lazy("Videos you saved"), f"{_WHOSE} at=created_at"
    ),
    Table(
        "videos.Repost",
        "videos/reposts",
        gettext_lazy("Videos you reposted"),
        f"{_WHOSE} at=created_at",
    ),
    Table(
        "videos.Share",
        "videos/shares",
        gettext_lazy("Videos you sent into conversations"),
        f"{_WHOSE} conversation_count at=created_at",
    ),
    Table(
        "videos.View",
        "videos/history",
        gettext_lazy("What you watched"),
        f"{_WHOSE} times first_at seen_at is_in_history",
    ),
    Table(
        "videos.WatchEvent",
        "videos/watching",
        gettext_lazy("When you watched what, and how far"),
        f"{_WHOSE} source watched_ms loops at",
    ),
    Table(
        "videos.Affinity",
        "feed/learned",
        gettext_lazy("What your feed learned from that"),
        f"{_WHOSE} score finished times last_at",
    ),
    Table(
        "videos.Taste",
        "feed/told",
        gettext_lazy("What you told your feed"),
        "kind key level created_at",
    ),
    Table(
        "videos.FeedProfile",
        "feed/settings",
        gettext_lazy("Settings of your feed"),
        "is_personal",
    ),
    Table(
        "videos.CommentLike",
        "videos/liked-comments",
        gettext_lazy("Comments you liked"),
        "comment_id body=comment__body author=comment__author__username at=created_at",
    ),
    Table(
        "videos.Credit",
        "videos/credits",
        gettext_lazy("Videos that name you beside their author"),
        f"{_WHOSE} state",
    ),
    Table(
        "videos.Collection",
        "videos/collections",
        gettext_lazy("Your collections"),
        "id name is_public video_count created_at",
        of="owner",
    ),
    Table(
        "videos.CollectionItem",
        "videos/collected",
        gettext_lazy("What is in them"),
        f"collection=collection__name {_WHOSE} added_at",
        of="collection__owner",
    ),
    Table(
        "videos.CollectionMember",
        "videos/shared-collections",
        gettext_lazy("Collections that others share with you"),
        "collection=collection__name owner=collection__owner__username since=created_at",
    ),
    Table(
        "videos.SavedSound",
        "videos/saved-sounds",
        gettext_lazy("Sounds you saved"),
        "sound_id title=sound__title at=created_at",
    ),
    Table(
        "videos.Sound",
        "videos/sounds",
        gettext_lazy("Your sounds"),
        "id title duration_ms is_open use_count created_at",
        of="owner",
    ),
    Table(
        "videos.VideoSettings",
        "videos/settings",
        gettext_lazy("With what your videos begin"),
        "comments_by duets_by stitches_by downloads_by shows_sensitive",
    ),
    Table(
        "videos.CommentFilter",
        "videos/comment-filter",
        gettext_lazy("Which comments you read first"),
        "words holds_links holds_all",
    ),
    Table(
        "videos.WatchHistory",
        "videos/history-settings",
        gettext_lazy("Whether your history is kept"),
        "is_paused",
    ),
)

VIDEO_FIELDS = {
    **{name: meaning_of(Video, name) for name in SAID},
    "files": "its films, and what you sent in, beside this file",
    "comments": "what was said under it: [{author, body, at}]",
}


def parts(person: User) -> Iterator[ExportPart]:
    """The films, the comments, then the tables."""
    yield ExportPart(
        "videos/videos",
        _("Your videos"),
        _("With what was said under them."),
        VIDEO_FIELDS,
        partial(_videos, person),
        files=partial(_files, person),
        template="videos/export/_video.html",
    )
    yield ExportPart(
        "videos/comments",
        _("Your comments"),
        "",
        {
            "id": "its id",
            "video": "under which video (id)",
            "caption": "what that video says",
            "author": "whose video it is",
            "answers": "the comment that it answers, or nothing",
            "body": "what you wrote",
            "at": "when",
        },
        partial(_comments, person),
        template="videos/export/_comment.html",
    )
    yield from (table.part(person) for table in TABLES)


def _own(person: User) -> Any:
    videos = Video.objects.filter(author=person).order_by("pk")
    return videos.prefetch_related("renditions", "clips", "versions")


def _videos(person: User) -> Iterator[Row]:
    for video in _own(person).iterator(chunk_size=TOGETHER):
        said = {name: getattr(video, name) for name in SAID}
        yield {**said, "files": _names(video), "comments": list(_under(video))}


def _under(video: Video) -> Iterator[Row]:
    """What was said under it, by whoever is there."""
    comments = Comment.objects.filter(
        video=video, author__is_active=True, removed_at=None
    ).order_by("pk")
    rows = comments.values_list("author__username", "body", "created_at")
    for author, body, at in rows.iterator(chunk_size=2000):
        yield {"author": author, "body": body, "at": at}


def _names(video: Video) -> list[str]:
    return [stored.path.removeprefix("videos/") for stored in _files_of(video)]


def _files(person: User) -> Iterator[StoredFile]:
    for video in _own(person).iterator(chunk_size=TOGETHER):
        yield from _files_of(video)


def _files_of(video: Video) -> Iterator[StoredFile]:
    """What came in, and the best that was made of it; smaller ones say nothing more."""
    best = next(iter(video.playable_files.values()), "")
    came = [clip.source for clip in video.clips.all()]
    came += [version.source for version in video.versions.all()]
    for number, name in enumerate(filter(None, came), 1):
        yield StoredFile(f"{FOLDER}/{video.pk}/sent-{number}", name)
    for kind, name in (("film.mp4", best), ("cover.webp", video.cover)):
        if name:
            ending = name.rpartition(".")[2]
            yield StoredFile(f"{FOLDER}/{video.pk}/{kind.partition('.')[0]}.{ending}", name)


def _comments(person: User) -> Iterator[Row]:
    comments = Comment.objects.filter(author=person).order_by("pk")
    names = ["id", "video", "caption", "author", "answers", "body", "at"]
    rows = comments.values_list(
        "pk", "video", "video__caption", "video__author__username", "parent", "body", "created_at"
    )
    for values in rows.iterator(chunk_size=2000):
        yield dict(zip(names, values, strict=True))


EXPORTER = Exporter(
    parts,
    frozenset({"videos.Video", "videos.Comment", *(table.model for table in TABLES)}),
    {
        "videos.CreatorDay": "counts of others, made of what is in the copy",
        "videos.FollowerDay": "counts of others",
        "videos.FollowerHours": "counts of others",
        "videos.SlateItem": "what the feed would show next; made anew all the time",
        "videos.VideoDay": "counts of others, made of what is in the copy",
        "videos.VideoVersion": "its film is among the videos' files",
        "videos.Video_chosen": "who chose the person is the authors' to know",
        "videos.Video_mentions": "others' words",
    },
)
