"""Collections and what one keeps, as the REST door speaks them."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.serializers.reach import ReachSerializer
from videos.models import Collection
from videos.serializers.people import PersonCardSerializer


class CollectionSerializer(serializers.ModelSerializer):
    """A collection. `is_mine`: one may rename and delete it; `may_add`: one may put videos in."""

    owner = PersonCardSerializer(read_only=True)
    cover = serializers.SerializerMethodField()
    is_mine = serializers.SerializerMethodField()
    may_add = serializers.SerializerMethodField()
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    shared = ReachSerializer(
        source="reach",
        read_only=True,
        default=None,
        allow_null=True,
        help_text="For its owner; null in lists.",
    )

    class Meta:
        model = Collection
        fields: ClassVar = [
            *("id", "owner", "name", "is_public", "video_count", "cover", "is_mine", "may_add"),
            *("url", "shared", "created_at", "touched_at"),
        ]
        read_only_fields: ClassVar = ["id", "video_count", "created_at", "touched_at"]

    @extend_schema_field(serializers.CharField())
    def get_cover(self, collection: Collection) -> str:
        return self.context["covers"].get(collection.cover_id, "")

    def get_is_mine(self, collection: Collection) -> bool:
        return bool(collection.owner_id == self.context["viewer"].pk)

    def get_may_add(self, collection: Any) -> bool:
        return self.get_is_mine(collection) or collection.pk in self.context["parts"]


class NewCollectionSerializer(serializers.Serializer):
    """A name of up to 60 characters, and whether it is on one's profile."""

    name = serializers.CharField(allow_blank=True)
    is_public = serializers.BooleanField(required=False, default=False)


class CollectionChangeSerializer(serializers.Serializer):
    """What is to be different."""

    name = serializers.CharField(required=False, allow_blank=True)
    is_public = serializers.BooleanField(required=False)


class PeopleSerializer(serializers.Serializer):
    """People by their usernames."""

    usernames = serializers.ListField(
        child=serializers.CharField(), allow_empty=False, max_length=20
    )


class KeptSerializer(serializers.Serializer):
    """How one stands to a video after keeping it, or not."""

    is_saved = serializers.BooleanField()
    save_count = serializers.IntegerField()
    is_reposted = serializers.BooleanField()
    repost_count = serializers.IntegerField()


class HistorySettingSerializer(serializers.Serializer):
    """Whether what one watches is kept in one's history."""

    is_paused = serializers.BooleanField()
