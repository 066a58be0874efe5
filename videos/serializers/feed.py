"""The feed as the REST door speaks it."""

from typing import Any

from rest_framework import serializers

from videos.models import Taste
from videos.serializers.people import PersonCardSerializer
from videos.serializers.quick import QuickSerializer
from videos.serializers.videos import VideoSerializer

AS_USUAL = 2
# Named for the schema (ENUM_NAME_OVERRIDES).
LESS_KINDS = [(kind.value, kind.label) for kind in Taste.Kind if kind != Taste.Kind.WORD]
STEERED_KINDS = [(kind.value, kind.label) for kind in (Taste.Kind.TOPIC, Taste.Kind.WORD)]
LEVELS = [(0, "None"), (1, "Less"), (AS_USUAL, "As usual"), (3, "More")]


class FeedItemSerializer(QuickSerializer):
    """One item of the feed, and why it is there: `reason` in words, `code` for programs.
    `reposted_by` is whoever showed it on, null for what was posted."""

    video = VideoSerializer()
    reason = serializers.CharField()
    code = serializers.CharField()
    reposted_by = PersonCardSerializer(allow_null=True)


class FeedSerializer(QuickSerializer):
    """A page of the feed; `next` is the cursor for `?cursor=`, null at the end."""

    results = FeedItemSerializer(many=True, source="items")
    next = serializers.CharField(allow_null=True)


class FactorSerializer(serializers.Serializer):
    """One thing that counted; `weight` from -100 to 100, the largest first."""

    words = serializers.CharField()
    weight = serializers.IntegerField()


class WhySerializer(serializers.Serializer):
    """Why a video is shown; `factors` is empty where only time and popularity decided."""

    sentence = serializers.CharField()
    code = serializers.CharField()
    factors = FactorSerializer(many=True)
    is_personal = serializers.BooleanField()


class FeedSettingsSerializer(serializers.Serializer):
    """Whether the feed is made for the person (DSA Art. 38)."""

    is_personal = serializers.BooleanField()


class LessSerializer(serializers.Serializer):
    """What there should be less of: this video, its author, its sound or one topic of it."""

    kind = serializers.ChoiceField(
        choices=LESS_KINDS,
        default=Taste.Kind.VIDEO,
    )
    topic = serializers.CharField(required=False, allow_blank=True, default="")


class TasteSerializer(serializers.ModelSerializer):
    """Something the person told their feed."""

    class Meta:
        model = Taste
        fields = ["id", "kind", "key", "level", "created_at"]
        read_only_fields = fields


class NewTasteSerializer(serializers.Serializer):
    """A topic with a level, or a muted word; level 2 is as usual and forgets the topic."""

    kind = serializers.ChoiceField(choices=STEERED_KINDS)
    key = serializers.CharField(max_length=60)
    level = serializers.ChoiceField(choices=LEVELS, default=0)


class ShareSerializer(serializers.Serializer):
    """One kind of videos, and how many of a hundred places are its."""

    words = serializers.CharField()
    percent = serializers.IntegerField()


class WeightSerializer(serializers.Serializer):
    """One thing that counts for a video, or against it where `points` is below nothing."""

    words = serializers.CharField()
    points = serializers.FloatField()


class ExplainedSerializer(serializers.Serializer):
    """What decides which videos come: how places are divided, what others did with a video, and
    what is between it and whoever watches."""

    shares: Any = ShareSerializer(many=True)
    responses: Any = WeightSerializer(many=True)
    ties: Any = WeightSerializer(many=True)
