"""What chat does when people's relations change: membership remembers what policy decides."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from accounts import live, policy
from accounts.models import Block, User, relations_of
from chat import followers
from chat.models import Conversation, Membership
from chat.models.membership import READ_ONLY
from chat.players import session as watching_session


def relation_changed(user_id: UUID, other_ids: Iterable[UUID] | None) -> None:
    """Refresh `Membership.send_refusal` in the direct conversations between these people.

    With `other_ids` None (a setting, a birthday, a strike) also what age and strikes say about
    groups (R2, R43). Two queries and three for the relations, however many conversations; only
    what changed is written.
    """
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return
    _refresh_direct(user, other_ids)
    if other_ids is None:
        _refresh_groups(user)
    else:
        _part_channels(user_id, other_ids)
    for person in (user_id, *(other_ids or ())):
        live.refresh_user(person)


def send_refusals(
    conversation: Conversation, one: User, other: User, relation: policy.Relation
) -> dict[UUID, str | None]:
    """Why each of the two may not send here now, or None; `relation` is that of `one` to `other`.

    Before a request is accepted its starter is bound by the rules for starting (R11, R14); after
    that, and for the one who is asked, only "No one", a block and age bar the way.
    """

    def code(sender: User, recipient: User, towards: policy.Relation) -> str | None:
        asks = conversation.is_request and conversation.creator_id == sender.pk
        rule = policy.start_direct if asks else policy.continue_direct
        refusal = rule(sender.person, recipient.person, towards)
        return refusal.code if refusal else None

    return {
        one.pk: code(one, other, relation),
        other.pk: code(other, one, relation.reversed()),
    }


def _refresh_direct(user: User, other_ids: Iterable[UUID] | None) -> None:
    mine = Membership.objects.filter(user=user, conversation__kind=Conversation.Kind.DIRECT)
    theirs = Membership.objects.exclude(user=user).filter(
        conversation__in=mine.values("conversation")
    )
    if other_ids is not None:
        theirs = theirs.filter(user__in=other_ids)
    sides = list(theirs.select_related("user", "conversation"))
    own = {
        membership.conversation_id: membership
        for membership in mine.filter(conversation__in=[s.conversation_id for s in sides])
    }
    relations = relations_of(user, [side.user_id for side in sides])
    changed = []
    for side in sides:
        pair = (own[side.conversation_id], side)
        refusals = send_refusals(side.conversation, user, side.user, relations[side.user_id])
        changed += [each for each in pair if _remember(each, refusals[each.user_id])]
    Membership.objects.bulk_update(changed, ["send_refusal"], batch_size=500)
    watching_session.tend_after_commit(membership.conversation_id for membership in changed)


def _refresh_groups(user: User) -> None:
    """What age (R2) and strikes (R43) say in groups and channels."""
    refusal, too_young = policy.may_write(user.person), policy.may_use_messages(user.person)
    others = Membership.objects.filter(user=user).exclude(
        conversation__kind=Conversation.Kind.DIRECT
    )
    followed = Q(conversation__kind=Conversation.Kind.CHANNEL, role=Membership.Role.MEMBER)
    others.exclude(followed).update(send_refusal=refusal and refusal.code)
    # R7: whoever is no adult, after an age was corrected, hosts nothing any more.
    if no_host := refusal or policy.run_channel(user.person):
        hosted = others.filter(conversation__kind=Conversation.Kind.CHANNEL).exclude(followed)
        hosted.update(send_refusal=no_host.code)
    # Who follows a channel reads only, at any age (R27).
    others.filter(followed).update(send_refusal=too_young.code if too_young else READ_ONLY)


def _part_channels(user_id: UUID, other_ids: Iterable[UUID]) -> None:
    """R15: nobody follows the channel of somebody from whom a block keeps them apart."""
    others = list(other_ids)
    pairs = Block.objects.filter(
        Q(blocker=user_id, blocked__in=others) | Q(blocked=user_id, blocker__in=others)
    )
    apart = {person for pair in pairs.values_list("blocker", "blocked") for person in pair}
    if not apart:
        return
    parts = Membership.objects.current().filter(
        conversation__kind=Conversation.Kind.CHANNEL,
        conversation__creator__in=apart,
        user__in=apart,
    )
    for membership in parts.select_related("conversation"):
        if membership.conversation.creator_id != membership.user_id:
            followers.end(membership)


def _remember(membership: Membership, code: str | None) -> bool:
    is_new = membership.send_refusal != code
    membership.send_refusal = code
    return is_new
