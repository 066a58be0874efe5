"""A person's own folders."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.shortcuts import get_object_or_404

from accounts import policy
from accounts.models import User
from accounts.text import clean_name, validate_name
from chat.actions.inbox import own_part, tell_devices
from chat.models import Conversation, Folder
from chat.models.folder import FOLDERS, NAME_LIMIT
from chat.refusals import invalid


def make_folder(user: User, *, name: str) -> Folder:
    """At most twenty, no two by one name; the new one comes last.

    Raises `ValidationError` (folder.too_many, folder.name_taken, name.blank, folder.name_too_long).
    """
    with _arranging(user):
        folders = Folder.objects.filter(owner=user)
        if folders.count() >= FOLDERS:
            raise invalid("folder.too_many")
        last = folders.aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
        return Folder.objects.create(owner=user, name=_name(user, name), position=position)


def rename_folder(user: User, folder_id: UUID, *, name: str) -> Folder:
    """Raises `ValidationError` as `make_folder`, `Http404`."""
    with _arranging(user):
        folder = own_folder(user, folder_id)
        folder.name = _name(user, name, besides=folder)
        folder.save(update_fields=["name"])
    return folder


def move_folder(user: User, folder_id: UUID, *, place: int) -> None:
    """Put it at this place among the others, counted from 0."""
    with _arranging(user):
        folder = own_folder(user, folder_id)
        order = [each for each in Folder.objects.filter(owner=user) if each.pk != folder.pk]
        order.insert(max(0, place), folder)
        for position, each in enumerate(order):
            each.position = position
        Folder.objects.bulk_update(order, ["position"])


def drop_folder(user: User, folder_id: UUID) -> None:
    """Its conversations stay where they were."""
    with _arranging(user):
        own_folder(user, folder_id).delete()


def file_conversation(
    user: User, folder_id: UUID, conversation: Conversation | UUID, *, inside: bool
) -> None:
    """Put a conversation into a folder, or take it out; twice is once."""
    membership = own_part(user, conversation)
    folder = own_folder(user, folder_id)
    with transaction.atomic():
        if inside:
            folder.memberships.add(membership)
        else:
            folder.memberships.remove(membership)
        tell_devices(user.pk, membership.conversation_id)


def fill_folder(user: User, folder_id: UUID, conversations: Sequence[UUID]) -> None:
    """Let exactly these lie in it, of those that the person takes part in."""
    with _arranging(user):
        mine = user.memberships.active().filter(conversation__in=conversations)
        own_folder(user, folder_id).memberships.set(mine)


def own_folder(user: User, folder_id: UUID) -> Folder:
    """`Http404` for those of others."""
    return get_object_or_404(Folder, pk=folder_id, owner=user)


@contextmanager
def _arranging(user: User) -> Iterator[None]:
    """One at a time for each person, so that counts and places hold; then their devices hear."""
    policy.permit(policy.may_use_messages(user.person))
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        yield
        tell_devices(user.pk)


def _name(user: User, name: str, besides: Folder | None = None) -> str:
    cleaned = clean_name(name)
    if len(cleaned) > NAME_LIMIT:
        raise invalid("folder.name_too_long")
    validate_name(cleaned)
    others = Folder.objects.filter(owner=user, name__iexact=cleaned)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    if others.exists():
        raise invalid("folder.name_taken")
    return cleaned
