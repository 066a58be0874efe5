"""What is compared and written for each reaction while its conversation's line is held."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Q, prefetch_related_objects
from django.http import Http404
from django.utils import timezone

from accounts import outbox
from chat import cards, events, tallies
from chat.line import Line
from chat.models import Membership, Message, Reaction
from chat.notifications import telling
from chat.parts import Job
from chat.refusals import refused
from chat.writing.drafts import Outcome, Reacted, Reacting

Place = tuple[UUID, int]  # a message's: conversation, seq
Given = tuple[UUID, UUID, str]  # a reaction's: message, user, emoji


def react(reactions: list[Reacting], lines: dict[UUID, Line]) -> list[Outcome]:
    """What becomes of each, in order. The lines are closed by the caller."""
    return _Reactions(reactions, lines).outcomes() if reactions else []


class _Reactions:
    """One transaction's reactions: three queries to know, five to write, however many."""

    def __init__(self, reactions: list[Reacting], lines: dict[UUID, Line]) -> None:
        self.reactions, self.lines, self.now = reactions, lines, timezone.now()
        self.memberships = _memberships(reactions)
        self.messages = _messages(reactions, lines)
        self.before = _given(self.messages, reactions)
        self.given = dict.fromkeys(self.before)  # in the order in which they came
        self.changed: dict[Place, Message] = {}

    def outcomes(self) -> list[Outcome]:
        found = [self.outcome(reacting) for reacting in self.reactions]
        self.write()
        outbox.enqueue_all(self.jobs())
        self.number()
        for outcome in found:
            if isinstance(outcome, Reacted):
                outcome.revision = self.messages[outcome.conversation_id, outcome.seq].revision
        return found

    def outcome(self, reacting: Reacting) -> Outcome:
        """With the message's number before; all numbers are given together."""
        place = reacting.conversation_id, reacting.seq
        try:
            message = self.permit(reacting, self.messages.get(place))
        except Exception as refusal:
            return refusal
        key = (message.pk, reacting.actor_id, reacting.emoji)
        changes = (key in self.given) != reacting.adds
        if changes:
            self.changed[place] = message
            self.toggle(key)
        return Reacted(*place, message.revision, changes)

    def permit(self, reacting: Reacting, message: Message | None) -> Message:
        """The message, where the person may see it and (to take back: always) react to it."""
        membership = self.memberships.get((reacting.conversation_id, reacting.actor_id))
        if membership is None or message is None or message.seq <= membership.from_seq:
            raise Http404
        if not membership.user.is_active:
            raise refused("account.inactive")
        if reacting.adds and message.is_unsent:
            raise refused("message.unsent")
        conversation = self.lines[reacting.conversation_id].conversation
        if reacting.adds and (code := membership.bar_to_react(conversation, self.now)):
            raise refused(code)
        return message

    def toggle(self, key: Given) -> None:
        if key in self.given:
            del self.given[key]
        else:
            self.given[key] = None

    def write(self) -> None:
        """What is different from before, whoever changed their mind on the way."""
        gone = [pk for key, pk in self.before.items() if key not in self.given]
        Reaction.objects.filter(pk__in=gone).delete()
        Reaction.objects.bulk_create(
            Reaction(message_id=message, user_id=user, emoji=emoji)
            for message, user, emoji in self.given
            if (message, user, emoji) not in self.before
        )

    def jobs(self) -> list[Job]:
        """Who wrote the messages is told of what is different, but of a channel's posts (R27)."""
        by_id = {each.pk: each for each in self.changed.values() if not self.is_counted(each)}
        return [
            job
            for given in dict.fromkeys([*self.before, *self.given])
            if given[0] in by_id and (given in self.given) != (given in self.before)
            for job in telling.of_reaction(by_id[given[0]], given[1], adds=given in self.given)
        ]

    def number(self) -> None:
        """One number and one event for each message, however many reacted to it."""
        changed = sorted(self.changed.values(), key=lambda message: message.seq)
        posts = [message for message in changed if self.is_counted(message)]
        prefetch_related_objects([m for m in changed if m not in posts], "reactions")
        for message in posts:
            self.count(message)
        for message in changed:
            line = self.lines[message.conversation_id]
            message.revision = line.number()
            line.tell(events.reaction_event(message.seq, message.revision, _told(message)))
        Message.objects.bulk_update(changed, ["revision"])
        Message.objects.bulk_update(posts, ["reaction_counts"])

    def is_counted(self, message: Message) -> bool:
        """Of a channel's posts nobody is told who reacted, and there may be too many (R27)."""
        return self.lines[message.conversation_id].conversation.is_channel

    def count(self, message: Message) -> None:
        added = [given[2] for given in self.given if given[0] == message.pk]
        before = [given[2] for given in self.before if given[0] == message.pk]
        message.reaction_counts = tallies.changed(message.reaction_counts, added, before)


def _told(message: Message) -> list[dict[str, Any]]:
    if message.reaction_counts is not None:
        return tallies.cards(message.reaction_counts)
    return cards.reaction_cards(cards.reactions_to(message))


def _memberships(reactions: list[Reacting]) -> dict[tuple[UUID, UUID], Membership]:
    found = Membership.objects.active().filter(
        conversation__in={each.conversation_id for each in reactions},
        user__in={each.actor_id for each in reactions},
    )
    return {(each.conversation_id, each.user_id): each for each in found.select_related("user")}


def _messages(reactions: list[Reacting], lines: dict[UUID, Line]) -> dict[Place, Message]:
    """Those reacted to, system lines aside, by their places."""
    places: dict[UUID, set[int]] = defaultdict(set)
    for each in reactions:
        line = lines.get(each.conversation_id)
        if line is not None and each.seq <= line.conversation.last_seq:
            places[each.conversation_id].add(each.seq)
    if not places:
        return {}
    named = Q()
    for conversation, seqs in places.items():
        named |= Q(conversation=conversation, seq__in=seqs)
    found = Message.objects.filter(named, notice__isnull=True).defer("body", "mentions")
    return {(message.conversation_id, message.seq): message for message in found}


def _given(messages: dict[Place, Message], reactions: list[Reacting]) -> dict[Given, int]:
    """The keys of what these people gave these messages before."""
    rows = Reaction.objects.filter(
        message__in=[message.pk for message in messages.values()],
        user__in={each.actor_id for each in reactions},
    ).values_list("message", "user", "emoji", "pk")
    return {(message, user, emoji): pk for message, user, emoji, pk in rows}
