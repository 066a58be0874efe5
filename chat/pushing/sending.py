"""Sends what waits, if by now it is still to be told: a job for each conversation and device."""

from accounts.models import Device, User
from accounts.notifications.choices import channels_of
from accounts.notifications.kinds import Channel
from accounts.push.sending import awake, send
from accounts.regions import asking
from chat.models import Membership, Message, WaitingPush
from chat.notifications.kinds import MESSAGE
from chat.pushing import hearing
from chat.pushing.words import push_of
from chat.regions import feature_of


def push_waiting(waiting_id: int) -> None:
    """Tell the device of what waits for it; what joins meanwhile is told right after.

    Raises what `send` does (accounts/push/sending.py): the job is tried again.
    """
    while (waiting := WaitingPush.objects.filter(pk=waiting_id).first()) is not None:
        if (device := awake(waiting.device_id)) is not None:
            _tell(device, waiting)
        _settle(waiting)


def give_up(waiting: int) -> None:
    """No try reached the device: the next message is told by itself."""
    WaitingPush.objects.filter(pk=waiting).delete()


def _tell(device: Device, waiting: WaitingPush) -> None:
    members = hearing.listeners().select_related("user", "conversation")
    membership = members.filter(pk=waiting.membership_id, user=device.user_id).first()
    if membership is None or not _wants_pushes(device.user):
        return
    if asking.is_off_for(device.user, feature_of(membership.conversation.kind)):  # R45
        return
    if messages := _still_worth(membership, waiting):
        send(device, push_of(membership, messages))


def _still_worth(membership: Membership, waiting: WaitingPush) -> list[Message]:
    """Without what was read, unsent or disappeared meanwhile, and under the rules of now."""
    places = {"seq__gt": waiting.after_seq, "seq__lte": waiting.last_seq}
    said = hearing.people_said().filter(conversation=membership.conversation_id, **places)
    messages = list(said.with_parts())
    return hearing.worth_a_push(membership, messages, hearing.apart(messages, {membership.user_id}))


def _wants_pushes(user: User) -> bool:
    return Channel.PUSH in channels_of(MESSAGE, [user])[user.pk]


def _settle(waiting: WaitingPush) -> None:
    """It is told, unless more was said meanwhile: then that is what waits now."""
    rows = WaitingPush.objects.filter(pk=waiting.pk)
    if not rows.filter(last_seq=waiting.last_seq).delete()[0]:
        rows.update(after_seq=waiting.last_seq)
