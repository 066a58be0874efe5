"""How videos let go of somebody who left: films with all that was made of them, and what others'
videos counted of theirs."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from accounts.models import User
from accounts.ports import Purger
from videos import actions
from videos.actions.answering import Mark, unmark
from videos.actions.crediting import remove_co_creator
from videos.actions.sounds import silence_uses
from videos.models import (
    Collection,
    Comment,
    CommentLike,
    Credit,
    Like,
    Repost,
    Saved,
    Sound,
    Taste,
    Video,
    WatchEvent,
)

FILMS = 20  # in one batch: each has files and rows by the dozen
BATCH = 200


def _videos(person_id: UUID) -> int:
    """Their videos, whatever their state, films and all."""
    return _each(Video.objects.filter(author=person_id)[:FILMS], person_id, actions.delete_video)


def _comments(person_id: UUID) -> int:
    """What they said under others', with the answers to it; answers of their own first."""
    own = Comment.objects.filter(author=person_id).select_related("video")
    newest = own.order_by("-pk")[:BATCH]
    gone = 0
    for comment in newest:
        if Comment.objects.filter(pk=comment.pk).exists():
            actions.delete_comment(User(pk=person_id), comment)
            gone += 1
    return gone


def _marks(kind: Mark, person_id: UUID) -> int:
    """Hearts, saves and reposts, each counted off."""
    marks: list[Any] = list(kind.objects.filter(user=person_id).select_related("video")[:BATCH])
    for mark in marks:
        unmark(kind, User(pk=person_id), mark.video)
    return len(marks)


def _comment_likes(person_id: UUID) -> int:
    likes = CommentLike.objects.filter(user=person_id).select_related("comment__video")
    liked = [like.comment for like in likes[:BATCH]]
    for comment in liked:
        actions.unlike_comment(User(pk=person_id), comment)
    return len(liked)


def _credits(person_id: UUID) -> int:
    """They are named beside nobody any more."""
    named = Credit.objects.standing().filter(user=person_id)
    credits = list(named.select_related("video__author")[:BATCH])
    for credit in credits:
        remove_co_creator(credit.video.author, credit.video, User(pk=person_id))
    return len(credits)


def _collections(person_id: UUID) -> int:
    own = Collection.objects.filter(owner=person_id)[:BATCH]
    return _each(own, person_id, actions.delete_collection)


def _sounds(person_id: UUID) -> int:
    """Those that outlived their videos, taken out of others' films first."""
    sounds = list(Sound.objects.filter(owner=person_id)[:FILMS])
    for sound in sounds:
        silence_uses(sound.pk, for_good=True)
    return len(sounds)


def _watching(person_id: UUID) -> int:
    """What they watched counts for the videos, and says nothing of anybody."""
    keys = list(WatchEvent.objects.filter(user=person_id).values_list("pk", flat=True)[:2000])
    return WatchEvent.objects.filter(pk__in=keys).update(user=None) if keys else 0


def _tastes(person_id: UUID) -> int:
    """What others told their feeds of them."""
    return Taste.objects.filter(kind=Taste.Kind.AUTHOR, key=str(person_id)).delete()[0]


def _each(rows: Any, person_id: UUID, verb: Callable[[User, Any], None]) -> int:
    found = list(rows)
    for row in found:
        verb(User(pk=person_id), row)
    return len(found)


PURGER = Purger(
    (
        _videos,
        _comments,
        *(partial(_marks, kind) for kind in (Like, Saved, Repost)),
        _comment_likes,
        _credits,
        _collections,
        _sounds,
        _watching,
        _tastes,
    ),
    {
        "videos.Comment.mentions": "ids in others' words, which lead nowhere any more",
    },
)
