"""Polls: vote, change one's mind, add an answer, close. A poll is begun by sending a message."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db.models import Max
from django.http import Http404
from django.utils import timezone

from accounts import live
from accounts.models import User
from accounts.outbox import enqueue
from chat import events, filtering
from chat.actions.messages import speaking
from chat.cards import polls
from chat.line import Line, changing
from chat.models import Conversation, Membership, Message, Poll, PollOption, PollVote
from chat.models.poll import FACES, MOST_OPTIONS
from chat.refusals import invalid, refused


@contextmanager
def _open_poll(
    actor: User, conversation: Conversation, seq: int
) -> Iterator[tuple[Line, Membership, Poll]]:
    """Hold the line, with the actor's part and the poll at `seq`, which is still open."""
    with speaking(actor, conversation, seq) as (line, membership, message):
        membership.conversation = line.conversation
        poll = polls.poll_of(message)
        if poll is None:
            raise Http404
        if poll.is_closed:
            raise refused("poll.closed")
        yield line, membership, poll


def vote(actor: User, conversation: Conversation, *, seq: int, options: Iterable[int]) -> Message:
    """Let `options` (places of answers) be the actor's votes in the poll at `seq`; none takes them
    back. The same again changes nothing. The actor's own devices hear `poll.voted`.

    Raises `ValidationError` (poll.twice, poll.unknown_option), `Refused` (poll.closed, and why the
    actor may not write to the other of a direct conversation), `Http404`.
    """
    with _open_poll(actor, conversation, seq) as (line, membership, poll):
        if membership.send_refusal and line.conversation.is_direct:
            raise refused(membership.send_refusal)
        wanted = _wanted(poll, options)
        if not _cast(poll, actor, wanted):
            return poll.message
        own = [option.position for option in wanted]
        live.tell_user(actor.pk, _voted(conversation, seq, own))
        return _tell(line, poll)


def _wanted(poll: Poll, options: Iterable[int]) -> list[PollOption]:
    by_position = {option.position: option for option in poll.options.all()}
    places = polls.clean_places(options)
    if not places <= by_position.keys():
        raise invalid("poll.unknown_option")
    if len(places) > 1 and not poll.is_multiple:
        raise invalid("poll.twice")
    return [by_position[place] for place in sorted(places)]


def _voted(conversation: Conversation, seq: int, own: list[int]) -> dict:
    """What a person's own devices hear: nobody else's business, so it has no number."""
    return {"type": "poll.voted", "conversation": str(conversation.pk), "seq": seq, "mine": own}


def _cast(poll: Poll, actor: User, wanted: list[PollOption]) -> bool:
    """Store the votes and the tallies they change; whether anything changed."""
    earlier = {vote.option_id: vote for vote in poll.votes.filter(user=actor)}
    gone = [vote for key, vote in earlier.items() if key not in {each.pk for each in wanted}]
    new = [option for option in wanted if option.pk not in earlier]
    PollVote.objects.filter(pk__in=[vote.pk for vote in gone]).delete()
    PollVote.objects.bulk_create(
        PollVote(poll=poll, option=option, user=actor, is_only=not poll.is_multiple)
        for option in new
    )
    changed = [each for each in poll.options.all() if each.pk in {vote.option_id for vote in gone}]
    for option in changed:
        option.vote_count -= 1
    for option in new:
        option.vote_count += 1
    changed += new
    _keep_latest(poll, changed)
    PollOption.objects.bulk_update(changed, ["vote_count", "latest"])
    poll.voter_count += bool(wanted) - bool(earlier)
    poll.save(update_fields=["voter_count"])
    return bool(changed)


def _keep_latest(poll: Poll, options: Iterable[PollOption]) -> None:
    if poll.is_anonymous:
        return
    for option in options:
        latest = option.votes.order_by("-voted_at", "-pk").values_list("user", flat=True)[:FACES]
        option.latest = [str(user_id) for user_id in latest]


def add_poll_option(actor: User, conversation: Conversation, *, seq: int, text: str) -> Message:
    """Add an answer where the poll lets others do so; its author always may. In a channel only
    those who run it.

    Raises `ValidationError` (poll.options: too long, or 12 are there; poll.same_option), `Refused`
    (poll.fixed, poll.closed, words.filtered, and why the actor may not write here), `Http404`.
    """
    with _open_poll(actor, conversation, seq) as (line, membership, poll):
        _permit_words(membership)
        if not poll.extendable_by(membership):
            raise refused("poll.fixed")
        option = _added(poll, polls.clean_option(text))
        if filtering.verdict(membership, line.conversation, option.text):
            raise refused("words.filtered")
        option.added_by = actor
        option.save()
        return _tell(line, poll)


def _permit_words(membership: Membership) -> None:
    """An answer is words of one's own: whoever may not write may not bring them in this way."""
    if membership.send_refusal:
        raise refused(membership.send_refusal)
    if membership.is_silenced(timezone.now()):
        raise refused("member.silenced")


def _added(poll: Poll, text: str) -> PollOption:
    present = list(poll.options.all())
    if len(present) >= MOST_OPTIONS:
        raise invalid("poll.options")
    if text.casefold() in {option.text.casefold() for option in present}:
        raise invalid("poll.same_option")
    last = poll.options.aggregate(last=Max("position"))["last"] or 0
    return PollOption(poll=poll, position=last + 1, text=text)


def close_poll(actor: User, conversation: Conversation, *, seq: int) -> Message:
    """Close a poll before its time: its author may, and who runs the group. Twice is fine.

    Raises `Refused` (role.missing), `Http404`.
    """
    with speaking(actor, conversation, seq) as (line, membership, message):
        poll = polls.poll_of(message)
        if poll is None:
            raise Http404
        if not poll.closable_by(membership):
            raise refused("role.missing")
        return _close(line, poll, actor)


def _close(line: Line, poll: Poll, actor: User | None = None) -> Message:
    if poll.closed_at is not None:
        return poll.message
    poll.closed_at = timezone.now()
    poll.save(update_fields=["closed_at"])
    closed_by = str(actor.pk) if actor else None
    enqueue("chat.tell_of_closed_poll", poll_id=str(poll.pk), closed_by=closed_by)
    return _tell(line, poll)


def close_due_polls(limit: int = 500) -> int:
    """Close the polls whose time has come and tell everybody; answers how many."""
    due = Poll.objects.due(timezone.now()).order_by("closes_at").select_related("message")[:limit]
    places: list[tuple[UUID, UUID]] = [(poll.message.conversation_id, poll.pk) for poll in due]
    for conversation_id, key in places:
        with changing(conversation_id) as line:
            messages = Message.objects.with_parts().filter(pk=key, unsent_at__isnull=True)
            poll = next((polls.poll_of(message) for message in messages), None)
            if poll is not None:
                _close(line, poll)
    return len(places)


def _tell(line: Line, poll: Poll) -> Message:
    """Number the poll's message and tell everybody how it stands; answers it, read anew."""
    message = Message.objects.with_parts().get(pk=poll.pk)
    message.revision = line.number()
    message.save(update_fields=["revision"])
    line.tell(events.poll_event(message))
    return message
