"""Watching together: one player for a conversation, in step for everybody who joins.

The server's clock and the row of the player are the truth (chat/players/clock.py); what happens is
told under a version of its own (chat/players/news.py). Whoever buffers stops nobody: they catch up.
Each verb answers the report after it, as the actor may see it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.errors import Refused
from accounts.models import User
from chat.actions.groups import say
from chat.line import changing
from chat.models import Conversation, Membership, Watching
from chat.models.watching import QUEUE_LIMIT
from chat.players import playables
from chat.players.clock import begin
from chat.players.news import Report
from chat.players.session import Session, beginning, company_in, holding, part_in, tend
from chat.refusals import invalid, refused
from chat.rights import Right
from chat.writing.drafts import as_uuid

Videos = list[tuple[UUID, int]]  # (id, milliseconds)


def start_watching(
    actor: User,
    conversation: Conversation,
    *,
    video: UUID | str,
    queue: Iterable[UUID | str] = (),
) -> Report:
    """Begin with `video`, `queue` behind it, and be its host; a system line tells the others.

    Where it is under way the actor joins, and the videos are put at the end of the queue. Of
    `queue` at most 50 are taken, and only what the actor may watch. Raises `Refused` (role.missing,
    watch.not_host, watch.full_queue, rate.flood, policy.*, what bars writing), `ValidationError`
    (watch.unknown_video), `Http404`.
    """
    _permit_start(company_in(actor, conversation))
    videos = _playable(actor, [video, *list(queue)[:QUEUE_LIMIT]])
    with changing(conversation.pk) as line, beginning(line.conversation) as session:
        if session.watching.is_live:
            session.come(actor)
            _add(session, actor, videos)
            session.note(actor, "add", outline=True)
        else:
            _begin(session, actor, videos)
            say(line, "watch.started", actor)
    return session.report


def _permit_start(membership: Membership) -> None:
    if membership.conversation.is_request:
        raise policy.waiting_request().error()
    if not membership.may(Right.WATCH):
        raise refused("role.missing")
    # Beginning says something, and calls everybody (R26).
    if bar := membership.bar(membership.conversation, timezone.now()):
        raise refused(bar)


def _begin(session: Session, actor: User, videos: Videos) -> None:
    watching = session.watching
    if watching.begins_too_soon(session.now):
        raise refused("rate.flood")
    is_channel = watching.conversation.kind == Conversation.Kind.CHANNEL
    watching.ended_at, watching.started_at = None, session.now
    watching.host, watching.host_only, watching.queue = actor, is_channel, []
    session.come(actor)
    (first, duration_ms), *others = videos
    _show(session, first, duration_ms)
    for video_id, length in others:
        watching.enqueue(video_id, length, actor)
    session.note(actor, "start", outline=True)


def join_watching(actor: User, conversation: Conversation) -> Report:
    """Be there; said again every ten seconds, it keeps one there and answers how things stand.

    Raises `Refused` (watch.none, policy.*), `Http404`.
    """
    company_in(actor, conversation)
    with holding(conversation.pk) as session:
        if session.come(actor):
            session.note(actor, "join", outline=True)
    return session.report


def leave_watching(actor: User, conversation: Conversation) -> None:
    """Watch no more: the next one hosts, and without anybody it is over after a minute. Twice is
    fine. Raises `Http404`."""
    part_in(actor, conversation)
    try:
        with holding(conversation.pk) as session:
            if session.go(actor):
                session.note(actor, "leave", outline=True)
    except Refused as refusal:
        if refusal.code != "watch.none":
            raise


# --- Control --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wish:
    """What goes with an action: a place in the video, the version it is about, yes or no, whom."""

    position_ms: int = 0
    version: int | None = None
    on: bool = False
    to: UUID | None = None


def control_watching(
    actor: User, conversation: Conversation, *, action: str, **wish: Any
) -> Report:
    """Do one of `CONTROLS` at the player, as somebody who joined.

    `seek` takes `position_ms`; `next` and `ended` the `version` they are about, so that two who
    press at once skip one video; `host_only` takes `on`; `host` hands over `to` somebody there.
    Raises `Refused` (watch.none, watch.not_there, watch.not_host, rate.flood, policy.*),
    `ValidationError` (frame.malformed), `Http404`.
    """
    control = CONTROLS.get(action)
    if control is None:
        raise invalid("frame.malformed")
    with _acting(actor, conversation) as (session, membership):
        control(session, membership, actor, _wish(**wish))
    return session.report


@contextmanager
def _acting(actor: User, conversation: Conversation) -> Iterator[tuple[Session, Membership]]:
    """Hold the player for somebody who joined, and does not act too often."""
    membership = company_in(actor, conversation)
    with holding(conversation.pk) as session:
        viewer = session.viewers.get(actor.pk)
        if viewer is None:
            raise refused("watch.not_there")
        if not viewer.act(session.now):
            raise refused("rate.flood")
        viewer.save(update_fields=["busy_until"])
        yield session, membership


def _wish(
    *,
    position_ms: object = None,
    version: object = None,
    on: object = None,
    to: object = None,
) -> Wish:
    for number in (position_ms, version):
        if number is not None and (not isinstance(number, int) or isinstance(number, bool)):
            raise invalid("frame.malformed")
    return Wish(
        position_ms=position_ms or 0,  # type: ignore[arg-type]
        version=version,  # type: ignore[arg-type]
        on=bool(on),
        to=as_uuid(to, "frame.malformed") if to else None,
    )


def _permit_control(session: Session, actor: User) -> None:
    if not session.watching.controllable_by(actor):
        raise refused("watch.not_host")


def _permit_host(session: Session, actor: User) -> None:
    if session.watching.host_id != actor.pk:
        raise refused("watch.not_host")


def _play(session: Session, _part: Membership, actor: User, wish: Wish) -> None:
    _permit_control(session, actor)
    if session.set(session.watching.playback.play(session.now)):
        session.note(actor, "play")


def _pause(session: Session, _part: Membership, actor: User, wish: Wish) -> None:
    _permit_control(session, actor)
    if session.watching.is_playing:
        session.set(session.watching.playback.pause(session.now))
        session.note(actor, "pause")


def _seek(session: Session, _part: Membership, actor: User, wish: Wish) -> None:
    _permit_control(session, actor)
    session.set(session.watching.playback.seek(session.now, wish.position_ms))
    session.note(actor, "seek")


def _next(session: Session, _part: Membership, actor: User, wish: Wish) -> None:
    _permit_control(session, actor)
    if wish.version in {None, session.watching.version} and session.watching.queue:
        _advance(session)
        session.note(actor, "next", outline=True)


def _ended(session: Session, _part: Membership, actor: User, wish: Wish) -> None:
    """Anybody may say so, since the clock does too: the first who does brings the next one."""
    watching = session.watching
    if wish.version == watching.version and watching.playback.is_over(session.now):
        _advance(session)
        session.note(actor, "ended", outline=True)


def _advance(session: Session) -> None:
    entry = session.watching.queue.pop(0)
    _show(session, UUID(entry["video"]), entry["duration_ms"])


def _show(session: Session, video_id: UUID, duration_ms: int) -> None:
    session.watching.video_id = video_id
    session.watching.playback = begin(session.now, duration_ms)


def _restrict(session: Session, _part: Membership, actor: User, wish: Wish) -> None:
    _permit_host(session, actor)
    session.watching.host_only = wish.on
    session.note(actor, "host_only")


def _hand_over(session: Session, _part: Membership, actor: User, wish: Wish) -> None:
    _permit_host(session, actor)
    if wish.to not in session.viewers:
        raise Http404
    session.watching.host_id = wish.to
    session.note(actor, "host", outline=True)


def _end(session: Session, membership: Membership, actor: User, wish: Wish) -> None:
    """For its host, and whoever may tidy up."""
    if not membership.may_tidy():
        _permit_host(session, actor)
    session.end()
    session.note(actor, "end", outline=True)


CONTROLS: dict[str, Callable[[Session, Membership, User, Wish], None]] = {
    "play": _play,
    "pause": _pause,
    "seek": _seek,
    "next": _next,
    "ended": _ended,
    "host_only": _restrict,
    "host": _hand_over,
    "end": _end,
}


# --- The queue ------------------------------------------------------------------------------------


def add_to_queue(actor: User, conversation: Conversation, *, video: UUID | str) -> Report:
    """Let `video` come last; 50 at most wait.

    Raises as `control_watching`, and `Refused` (watch.full_queue), `ValidationError`
    (watch.unknown_video).
    """
    videos = _playable(actor, [video])
    with _acting(actor, conversation) as (session, _membership):
        _add(session, actor, videos)
        session.note(actor, "add")
    return session.report


def remove_from_queue(actor: User, conversation: Conversation, *, entry: str) -> Report:
    """Take an entry out; one that is not there (any more) is fine. Raises as `control_watching`."""
    with _acting(actor, conversation) as (session, _membership):
        _permit_control(session, actor)
        session.set(session.watching.playback.settle(session.now))
        session.watching.dequeue(entry)
        session.note(actor, "remove")
    return session.report


def move_in_queue(actor: User, conversation: Conversation, *, entry: str, place: int) -> Report:
    """Let an entry stand at `place`, 0 being next. Raises as `control_watching`."""
    if not isinstance(place, int) or isinstance(place, bool) or place < 0:
        raise invalid("frame.malformed")
    with _acting(actor, conversation) as (session, _membership):
        _permit_control(session, actor)
        session.watching.move(entry, place)
        session.note(actor, "move")
    return session.report


def _add(session: Session, actor: User, videos: Videos) -> None:
    _permit_control(session, actor)
    watching = session.watching
    if watching.room < len(videos):
        raise refused("watch.full_queue")
    # With something behind it, what loops comes to its end: from where it stands now.
    session.set(watching.playback.settle(session.now))
    for video_id, duration_ms in videos:
        watching.enqueue(video_id, duration_ms, actor)


def _playable(actor: User, wanted: list[UUID | str]) -> Videos:
    """The first of `wanted`, which must be there, and of the others those that are."""
    keys = list(dict.fromkeys(as_uuid(each, "watch.unknown_video") for each in wanted))
    cards = playables.cards(actor, keys)
    if keys[0] not in cards:
        raise invalid("watch.unknown_video")
    return [(key, cards[key]["duration_ms"]) for key in keys if key in cards]


def tend_watchings() -> None:
    """Let go of whoever fell silent anywhere, and of players that nobody came back to."""
    untended = Watching.objects.untended(timezone.now())
    for conversation_id in untended.values_list("pk", flat=True):
        tend(conversation_id)
