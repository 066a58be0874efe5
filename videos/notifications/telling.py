"""What verbs say of videos and comments, inside their transactions: each with one writing query.

What is taken back here was told by the function above it.
"""

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from accounts.notifications import forgetting, noting, withdrawing
from accounts.notifications.causes import RECEIVERS, Job
from accounts.outbox import enqueue_all
from videos.models import Comment, Video

MOST_CALLED = 10  # people, by one comment


# --- Comments -------------------------------------------------------------------------------------


def tell_of_comment(comment: Comment) -> None:
    """Whom it answers, whom it names, and whose video it is under: each once, by what is nearest
    to them. Call it once everybody may read the comment."""
    jobs: list[Job] = []
    told = {comment.author_id}
    for kind, about, people in _reached(comment, comment.video):
        new = [person for person in people if person not in told]
        jobs += noting(kind, new, actor=comment.author_id, about=about, detail=comment.pk)
        told.update(new)
    enqueue_all(jobs)


def untell_of_comments(gone: Collection[Comment], video: Video) -> None:
    """These go: nobody reads of them, nor of what was told about them. Call it before they do."""
    jobs = [job for comment in gone for job in forgetting(comment.author_id, [comment.pk])]
    for comment in gone:
        by = {"actor": comment.author_id, "detail": comment.pk}
        for kind, about, people in _reached(comment, video):
            jobs += withdrawing(kind, people, about=about, **by)
    enqueue_all(jobs)


def _reached(comment: Comment, video: Video) -> Iterator[tuple[str, UUID, list[UUID]]]:
    """(kind, about, people), the nearest first."""
    if comment.parent is not None:
        yield "videos.reply", comment.parent.pk, [comment.parent.author_id]
    yield "videos.comment_mention", video.pk, _called(comment.mentions)
    yield "videos.comment", video.pk, [video.author_id]


def _called(mentions: Iterable[str] | None) -> list[UUID]:
    """Whom a comment names; of those from before that was kept, nobody."""
    return [UUID(str(person)) for person in mentions or ()][:MOST_CALLED]


# --- Videos ---------------------------------------------------------------------------------------


def tell_of_published(video: Video) -> None:
    """It is out for the first time: its author, whom it names, and whose work is in it."""
    jobs = noting("videos.ready", video.author_id, about=video.pk)
    jobs += _mentioning(video, video.mentions.values_list("pk", flat=True))
    for kind, about, person in _borrowed_from(video):
        jobs += noting(kind, person, actor=video.author_id, about=about, detail=video.pk)
    enqueue_all(jobs)


def tell_of_changed_mentions(video: Video, before: Collection[UUID]) -> None:
    """Its caption names others now: who is new hears of it, who is left out will not."""
    now = set(video.mentions.values_list("pk", flat=True))
    gone = [person for person in before if person not in now]
    jobs = _mentioning(video, now.difference(before))
    enqueue_all(
        [*jobs, *withdrawing("videos.mention", gone, actor=video.author_id, about=video.pk)]
    )


def _mentioning(video: Video, people: Iterable[UUID]) -> list[Job]:
    return noting("videos.mention", people, actor=video.author_id, about=video.pk)


def untell_of_video(video: Video) -> None:
    """It goes, and its comments with it: whatever was told of them. Call it before it does."""
    people = {video.author_id, *video.mentions.values_list("pk", flat=True)}
    people.update(video.credits.values_list("user", flat=True))
    jobs = forgetting(people, [video.pk])
    said = list(video.comments.values_list("pk", "author", "mentions"))
    for start in range(0, len(said), RECEIVERS):
        some = said[start : start + RECEIVERS]
        people = {one for _key, author, named in some for one in (author, *_called(named))}
        jobs += forgetting(people, [video.pk, *(key for key, _author, _named in some)])
    enqueue_all([*jobs, *_unborrowing(video)])


def untell_of_borrowing(video: Video) -> None:
    """Whose work is in it took that out again: they need not be told of it."""
    enqueue_all(_unborrowing(video))


def _unborrowing(video: Video) -> list[Job]:
    by = {"actor": video.author_id, "detail": video.pk}
    return [
        job
        for kind, about, person in _borrowed_from(video)
        for job in withdrawing(kind, person, about=about, **by)
    ]


def _borrowed_from(video: Video) -> Iterator[tuple[str, UUID, UUID]]:
    """(kind, about, whose work it is) of what the video takes from others."""
    parent, answered, sound = video.parent, video.reply_to_comment, video.sound
    if parent is not None and video.is_made_of_parent:
        yield f"videos.{video.parent_kind}", parent.pk, parent.author_id
    if answered is not None:
        yield "videos.answer", answered.pk, answered.author_id
    if sound is not None and sound.owner_id is not None:
        yield "videos.sound_used", sound.pk, sound.owner_id
