"""Collections: made, named, filled, opened to friends."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.http import Http404
from django.utils import timezone

from accounts import ports
from accounts.models import User, relations_of
from accounts.text import clean_name, validate_name
from videos.actions.answering import mark, must_see
from videos.models import Collection, CollectionItem, CollectionMember, Saved, Video
from videos.models.collection import NAME_LENGTH
from videos.refusals import invalid, refused


def make_collection(actor: User, *, name: str, is_public: bool = False) -> Collection:
    """A new one, empty. Raises `ValidationError` (name.blank, collection.too_long), `Refused`
    (collection.too_many)."""
    if actor.collections.count() >= Collection.MOST:
        raise refused("collection.too_many")
    return Collection.objects.create(owner=actor, name=_named(name), is_public=is_public)


def change_collection(
    actor: User, collection: Collection, *, name: str | None = None, is_public: bool | None = None
) -> Collection:
    """Another name, shown on the profile or not; None leaves as it is. Its owner's to do."""
    _must_own(actor, collection)
    if name is not None:
        collection.name = _named(name)
    if is_public is not None:
        collection.is_public = is_public
    with transaction.atomic():
        collection.save(update_fields=["name", "is_public"])
        ports.card_changed("collection", collection.pk)
    return collection


def delete_collection(actor: User, collection: Collection) -> None:
    """The collection goes; the videos stay saved."""
    _must_own(actor, collection)
    collection_id = collection.pk
    with transaction.atomic():
        collection.delete()
        ports.card_changed("collection", collection_id)


# --- What is in it --------------------------------------------------------------------------------


def put_in(actor: User, collection: Collection, video: Video) -> None:
    """Add a video that one sees, and keep it. Raises `Http404` where the collection is not there
    for the actor, `PermissionDenied` where they may only look, `Refused` (collection.full)."""
    must_see(actor, video)
    _must_run(actor, collection)
    with transaction.atomic():
        held = Collection.objects.select_for_update().get(pk=collection.pk)
        if held.items.filter(video=video).exists():
            return
        if held.video_count >= Collection.MOST_VIDEOS:
            raise refused("collection.full")
        CollectionItem.objects.create(collection=held, video=video, added_by=actor)
        _touched(held, by=1)
        mark(Saved, actor, video)


def take_out(actor: User, collection: Collection, video: Video) -> None:
    """Remove a video: whoever added it may, and the owner."""
    item = CollectionItem.objects.filter(collection=collection, video=video).first()
    if item is None:
        return
    if not item.removable_by(actor):
        raise PermissionDenied
    with transaction.atomic():
        held = Collection.objects.select_for_update().get(pk=collection.pk)
        removed, _rows = held.items.filter(video=video).delete()
        _touched(held, by=-removed)


def _touched(collection: Collection, *, by: int) -> None:
    """Count, and let the newest video be the cover."""
    newest = collection.items.order_by("-added_at").values("video")[:1]
    Collection.objects.filter(pk=collection.pk).update(
        video_count=F("video_count") + by, touched_at=timezone.now(), cover=newest
    )


# --- With whom ------------------------------------------------------------------------------------


@transaction.atomic
def let_in(actor: User, collection: Collection, people: Iterable[User]) -> None:
    """Let friends add to it. Raises `Refused` (collection.friends_only,
    collection.too_many_people)."""
    _must_own(actor, collection)
    chosen = {person.pk: person for person in people if person.pk != actor.pk}
    relations = relations_of(actor, chosen)
    if not all(relations[pk].friends for pk in chosen):
        raise refused("collection.friends_only")
    Collection.objects.select_for_update().get(pk=collection.pk)
    CollectionMember.objects.bulk_create(
        [CollectionMember(collection=collection, user=person) for person in chosen.values()],
        ignore_conflicts=True,
    )
    if collection.members.count() > Collection.MOST_PEOPLE:
        raise refused("collection.too_many_people")


def let_go(actor: User, collection: Collection, person: Any) -> None:
    """End somebody's part: the owner anybody's, everybody their own. What they added stays."""
    if actor.pk not in {collection.owner_id, person.pk}:
        raise PermissionDenied
    collection.members.filter(user=person).delete()


def _must_own(actor: User, collection: Collection) -> None:
    if collection.owner_id != actor.pk:
        raise PermissionDenied


def _must_run(actor: User, collection: Collection) -> None:
    if Collection.objects.run_by(actor).filter(pk=collection.pk).exists():
        return
    if Collection.objects.visible_to(actor).filter(pk=collection.pk).exists():
        raise PermissionDenied
    raise Http404


def _named(name: str) -> str:
    cleaned = clean_name(name)
    try:
        validate_name(cleaned)
    except ValidationError as blank:
        raise ValidationError({"name": blank}) from blank
    if len(cleaned) > NAME_LENGTH:
        raise invalid("collection.too_long", "name")
    return cleaned
