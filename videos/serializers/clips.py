"""The shape of a draft's source film."""

from rest_framework import serializers

from videos.models import Clip


class ClipSerializer(serializers.Serializer):
    """One film of a draft, for its owner. `code` and `detail` say why it was refused; `preview` is
    empty until it is made; `peaks` are 200 loudnesses, 0 to 100."""

    id = serializers.UUIDField()
    draft = serializers.UUIDField()
    position = serializers.IntegerField()
    state = serializers.ChoiceField(Clip.State.choices)
    code = serializers.CharField()
    detail = serializers.CharField()
    duration_ms = serializers.IntegerField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    has_audio = serializers.BooleanField()
    preview = serializers.CharField()
    peaks = serializers.ListField(child=serializers.IntegerField())
