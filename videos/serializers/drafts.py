"""Drafts as the REST door speaks them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from videos.draft_card import draft_card
from videos.models import Circle, Video
from videos.serializers.clips import ClipSerializer
from videos.serializers.describing import DescriptionSerializer, LocksField
from videos.serializers.remixing import MadeWithSerializer


@extend_schema_field({"type": "object", "additionalProperties": True})
class RecipeField(serializers.JSONField):
    """The edit as videos/recipes has it; `{}` takes all clips as they are."""


class DraftSerializer(serializers.Serializer):
    """A draft with its clips; `version` grows with every change of the recipe."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(Video.State.choices)
    version = serializers.IntegerField()
    recipe = RecipeField()
    clips = ClipSerializer(many=True)
    caption = serializers.CharField()
    alt_text = serializers.CharField()
    audience = serializers.ChoiceField(Video.Audience.choices)
    chosen = serializers.ListField(child=serializers.CharField())
    lends_sound = serializers.BooleanField()
    comments_by = serializers.ChoiceField(Circle.choices)
    duets_by = serializers.ChoiceField(Circle.choices)
    stitches_by = serializers.ChoiceField(Circle.choices)
    downloads_by = serializers.ChoiceField(Circle.choices)
    is_ai_made = serializers.BooleanField()
    is_paid_partnership = serializers.BooleanField()
    is_sensitive = serializers.BooleanField()
    locks = LocksField()
    made_with = MadeWithSerializer(allow_null=True)
    publish_at = serializers.DateTimeField(allow_null=True)
    edited_at = serializers.DateTimeField()
    url = serializers.CharField()

    def to_representation(self, instance: Video) -> dict[str, Any]:
        return draft_card(instance)


class NewDraftSerializer(DescriptionSerializer):
    """What a draft begins with; all of it may come later."""

    recipe = RecipeField(required=False)


class DraftChangeSerializer(NewDraftSerializer):
    """What is to be different; `version` is the one that was seen."""

    version = serializers.IntegerField(required=False, min_value=1)


class PostDraftSerializer(serializers.Serializer):
    """When it goes out; without `publish_at`, at once."""

    publish_at = serializers.DateTimeField(required=False, allow_null=True)
