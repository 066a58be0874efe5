"""Beginning and ending to follow a channel: one row, no number and no event for the others (R27).

A hundred thousand people do it, so nobody waits for the channel's number line. The person's own
devices hear of it through `user.refresh`.
"""

from django.db import transaction
from django.utils import timezone

from accounts import live
from accounts.models import User
from chat.models import Channel, Conversation, Membership
from chat.models.membership import READ_ONLY

State, Role = Membership.State, Membership.Role


@transaction.atomic
def begin(channel: Channel, user: User) -> Membership:
    """`user` follows from now on; who takes part already stays as they are."""
    line = Conversation.objects.get(pk=channel.pk)  # how far it has come by now
    place = {
        "role": Role.MEMBER,
        "state": State.ACTIVE,
        "send_refusal": READ_ONLY,
        "from_seq": 0 if line.shows_history else line.last_seq,
        "read_seq": line.last_seq,
        "joined_at": timezone.now(),
        "ended_at": None,
    }
    mine = Membership.objects.filter(conversation=line, user=user)
    _row, is_new = mine.get_or_create(defaults=place, conversation=line, user=user)
    if is_new or mine.filter(state=State.ENDED).update(**place):
        channel.count(1)
        live.refresh_user(user.pk)
    return mine.get()


@transaction.atomic
def end(membership: Membership) -> None:
    """Nothing more of the channel reaches them; ending it twice counts once."""
    rows = Membership.objects.filter(pk=membership.pk, role=Role.MEMBER).current()
    if rows.update(state=State.ENDED, ended_at=timezone.now()):
        Channel(pk=membership.conversation_id).count(-1)
        live.refresh_user(membership.user_id)
