"""Which of the things that can be shared play: the videos of watching together and collections."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import models

# Of SHAREABLE_MODELS: its cards have `video`, an address to play, and `duration_ms`.
KIND = "video"

Card = dict[str, Any]


def _model() -> Any:
    return apps.get_model(settings.SHAREABLE_MODELS[KIND])


def content_type() -> ContentType:
    """By which messages hold them."""
    return ContentType.objects.get_for_model(_model())


def visible_to(viewer: Any) -> models.QuerySet[Any]:
    """Everything that this person (None: anybody at all) may watch."""
    return _model().objects.visible_to(viewer or AnonymousUser())


def cards(viewer: Any, video_ids: Iterable[UUID | str]) -> dict[UUID, Card]:
    """The cards of those that this person may watch and that play, by id; one query or two."""
    wanted = set(video_ids)
    if not wanted:
        return {}
    found = {video.pk: video.share_card() for video in visible_to(viewer).filter(pk__in=wanted)}
    return {pk: card for pk, card in found.items() if card.get("video") and card.get("duration_ms")}
