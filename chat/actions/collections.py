"""A conversation's collection: videos that its people save for each other."""

from uuid import UUID

from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.models import User
from chat import events
from chat.line import Line, changing
from chat.models import CollectedVideo, Conversation, Membership
from chat.models.collection import COLLECTION_LIMIT
from chat.players import playables
from chat.refusals import invalid, refused
from chat.rights import Right
from chat.writing.drafts import as_uuid


def collect_video(actor: User, conversation: Conversation, *, video: UUID | str) -> CollectedVideo:
    """Save a video that the actor may watch; what is there already stays as it is, whoever saved
    it.

    Raises `Refused` (role.missing, collection.full, policy.*, what bars writing), `ValidationError`
    (share.unknown), `Http404` where the actor takes no part.
    """
    video_id = as_uuid(video, "share.unknown")
    policy.permit(policy.may_use_messages(actor.person))
    with changing(conversation.pk) as line:
        membership = _part_in(line, actor)
        _permit_saving(membership)
        if video_id not in playables.cards(actor, [video_id]):
            raise invalid("share.unknown")
        known = line.conversation.collection.filter(video_id=video_id).first()
        if known is not None:
            return known
        if line.conversation.collection.count() >= COLLECTION_LIMIT:
            raise refused("collection.full")
        saved = line.conversation.collection.create(video_id=video_id, saved_by=actor)
        _changed(line)
    return saved


def remove_from_collection(actor: User, conversation: Conversation, *, video: UUID | str) -> None:
    """Take a video out: one's own, or as somebody who may tidy up. One that is not there is fine.

    Raises `Refused` (role.missing, policy.*), `ValidationError` (share.unknown), `Http404`.
    """
    video_id = as_uuid(video, "share.unknown")
    policy.permit(policy.may_use_messages(actor.person))
    with changing(conversation.pk) as line:
        membership = _part_in(line, actor)
        saved = line.conversation.collection.filter(video_id=video_id).first()
        if saved is None:
            return
        if not saved.removable_by(membership):
            raise refused("role.missing")
        saved.delete()
        _changed(line)


def _part_in(line: Line, actor: User) -> Membership:
    active = line.conversation.memberships.active().select_related("conversation")
    membership = active.filter(user=actor).first()
    if membership is None:
        raise Http404
    return membership


def _permit_saving(membership: Membership) -> None:
    # What is saved reaches the others as a message does.
    if bar := membership.bar(membership.conversation, timezone.now()):
        raise refused(bar)
    if membership.conversation.is_request:
        raise policy.waiting_request().error()
    if not membership.may(Right.COLLECT):
        raise refused("role.missing")


def _changed(line: Line) -> None:
    """One number, one event: whoever looks at the collection fetches it anew."""
    line.conversation.collected_revision = line.number()
    line.changed.add("collected_revision")
    line.tell(events.collection_event(line.conversation))
