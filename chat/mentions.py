"""Who a message mentions: which of those named count, who is marked, and what a text names.

A mention is an id beside the words, so that it survives another name; "all" stands for everybody
in a group. Those outside, and those whom a block keeps apart from the author (R15), are dropped.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Lower

from accounts.linking.naming import names_in
from accounts.models import Block, User
from chat.models import Conversation, Membership, Message
from chat.refusals import refused
from chat.rights import Right
from chat.writing.drafts import ALL, MENTIONS_LIMIT, Draft

NEAREST = 200  # unread messages with mentions that are looked through


class Mentioned:
    """Of the drafts of one transaction: at most three queries, and none where nobody is named."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        wanted = [draft for draft in drafts if draft.mentions]
        self._present = _taking_part(wanted)
        self._apart = _apart(wanted) if wanted else set()

    def by(self, draft: Draft, conversation: Conversation) -> list[str]:
        """Those of the draft's mentions that count, in their order."""
        return [who for who in draft.mentions if self._counts(who, draft, conversation)]

    def _counts(self, who: str, draft: Draft, conversation: Conversation) -> bool:
        if who == ALL:
            return conversation.kind == Conversation.Kind.GROUP
        present = (conversation.pk, who) in self._present
        return present and (str(draft.author_id), who) not in self._apart

    def mark(self, messages: Iterable[Message]) -> None:
        """Let each of those mentioned know of the newest message that does it."""
        for message in messages:
            if message.mentions:
                _mark(message)


def _mark(message: Message) -> None:
    members = Membership.objects.active().filter(conversation=message.conversation_id)
    if ALL in message.mentions:
        blocks = Block.objects.filter(Q(blocker=message.author_id) | Q(blocked=message.author_id))
        apart = {person for pair in blocks.values_list("blocker", "blocked") for person in pair}
        members = members.exclude(user__in=apart - {message.author_id})
    else:
        members = members.filter(user__in=message.mentions)
    members.update(mention_seq=message.seq)


def _taking_part(drafts: list[Draft]) -> set[tuple[UUID, str]]:
    """(conversation, user) of those mentioned who take part."""
    pairs = Q()
    for draft in drafts:
        if people := _people(draft):
            pairs |= Q(conversation=draft.conversation_id, user__in=people)
    if not pairs:
        return set()
    members = Membership.objects.active().filter(pairs)
    return {(where, str(who)) for where, who in members.values_list("conversation_id", "user_id")}


def _apart(drafts: list[Draft]) -> set[tuple[str, str]]:
    """(author, mentioned) between whom a block stands, either way."""
    authors = {str(draft.author_id) for draft in drafts if draft.author_id}
    people = {person for draft in drafts for person in _people(draft)}
    blocks = Block.objects.filter(
        Q(blocker__in=authors, blocked__in=people) | Q(blocker__in=people, blocked__in=authors)
    )
    pairs = {(str(one), str(other)) for one, other in blocks.values_list("blocker", "blocked")}
    return pairs | {(other, one) for one, other in pairs}


def _people(draft: Draft) -> list[str]:
    return [who for who in draft.mentions if who != ALL]


def counted(membership: Membership, wanted: tuple[str, ...]) -> list[str]:
    """Of those whom a member names in changed words, the ones that count; `Refused` (role.missing)
    where they name everybody without the right."""
    draft = Draft(membership.conversation_id, membership.user_id, mentions=wanted)
    if not permits(draft, membership):
        raise refused("role.missing")
    return Mentioned([draft]).by(draft, membership.conversation)


def permits(draft: Draft, membership: Membership) -> bool:
    """Whether the author may mention those: everybody only with the right (R24)."""
    return ALL not in draft.mentions or membership.may(Right.MENTION_ALL)


def named_in(body: str, author: Membership) -> list[str]:
    """Whom the words of somebody without a script name: ids of members, and "all" where they have
    the right; one query, or none."""
    names = names_in(body)
    if not names:
        return []
    people = User.objects.alias(lower=Lower("username")).filter(
        lower__in=names,
        memberships__conversation=author.conversation_id,
        memberships__state=Membership.State.ACTIVE,
    )
    known = {name.lower(): str(pk) for pk, name in people.values_list("pk", "username")}
    if author.may(Right.MENTION_ALL):
        known[ALL] = ALL
    return [known[name] for name in names if name in known][:MENTIONS_LIMIT]


def unread(membership: Membership) -> list[int]:
    """The places of unread messages that mention the person, oldest first; no query without any."""
    if not membership.is_mentioned:
        return []
    after = max(membership.read_seq, membership.from_seq)
    messages = Message.objects.unexpired().filter(
        conversation=membership.conversation_id, seq__gt=after, seq__lte=membership.mention_seq
    )
    rows = messages.exclude(mentions=[]).filter(unsent_at__isnull=True).order_by("-seq")
    found = list(rows.values_list("seq", "mentions")[:NEAREST])
    me = {str(membership.user_id), ALL}
    return [seq for seq, mentions in found if me & set(mentions)][::-1]
