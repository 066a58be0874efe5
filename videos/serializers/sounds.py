"""Sounds as the REST door speaks them."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from videos.models import Sound
from videos.models.sound import TEMPOS
from videos.rights import may_reuse_sound
from videos.serializers.people import PersonCardSerializer
from videos.sounds.finding import LISTS


class SoundSerializer(serializers.ModelSerializer):
    """A sound: AAC in MP4, served by Range. `owner` and `video` are those an original sound was
    lifted from; `peaks` 200 loudnesses of 0 to 100."""

    title = serializers.CharField(source="name")
    artist = serializers.CharField(source="by")
    owner = PersonCardSerializer(allow_null=True)
    file = serializers.CharField(source="file_url")
    cover = serializers.CharField(source="cover_url")
    url = serializers.CharField(source="get_absolute_url")
    source_url = serializers.CharField(help_text="Empty where it came from nowhere else.")
    is_saved = serializers.SerializerMethodField()

    class Meta:
        model = Sound
        fields: ClassVar = [
            *("id", "kind", "title", "artist", "owner", "video", "url", "file", "cover"),
            *("duration_ms", "peaks", "mood", "bpm", "licence", "credit", "source_url"),
            *("is_open", "is_saved", "use_count", "created_at"),
        ]
        read_only_fields: ClassVar = fields

    def get_is_saved(self, sound: Any) -> bool:
        return bool(getattr(sound, "is_saved", False))


class OneSoundSerializer(SoundSerializer):
    """A sound, and what the asking person may do with it; `contains` is a known sound in it."""

    may_use = serializers.SerializerMethodField()
    contains = serializers.SerializerMethodField()

    class Meta(SoundSerializer.Meta):
        fields: ClassVar = [*SoundSerializer.Meta.fields, "may_use", "contains"]

    def get_may_use(self, sound: Sound) -> bool:
        return may_reuse_sound(self.context["request"].user, sound)

    @extend_schema_field(SoundSerializer(allow_null=True))
    def get_contains(self, sound: Sound) -> Any:
        found = Sound.objects.visible_to(self.context["request"].user)
        contained = found.filter(contained_in=sound).first()
        return SoundSerializer(contained).data if contained else None


class SoundBriefSerializer(serializers.Serializer):
    """A sound in one line."""

    id = serializers.UUIDField(source="pk")
    title = serializers.CharField(source="name")
    artist = serializers.CharField(source="by")
    url = serializers.CharField(source="get_absolute_url")


class SoundSearchSerializer(serializers.Serializer):
    """What is looked for; `list` is one of the person's lists instead, and takes nothing else."""

    q = serializers.CharField(required=False, allow_blank=True, default="", max_length=80)
    mood = serializers.CharField(required=False, allow_blank=True, default="", max_length=30)
    tempo = serializers.ChoiceField(
        [*TEMPOS], required=False, allow_blank=True, default="", help_text="90 and 120 beats part."
    )
    list = serializers.ChoiceField([*LISTS], required=False, allow_blank=True, default="")


class LendingSerializer(serializers.Serializer):
    """Whether others may use the sound of one's video from now on."""

    is_open = serializers.BooleanField()
