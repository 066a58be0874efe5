"""Subtitles as the REST door speaks of them."""

from typing import Any

from rest_framework import serializers

from videos.models import CaptionTrack
from videos.subtitles import Cue, make_cue
from videos.subtitles.cue import plain

MOST_MS = 24 * 60 * 60 * 1000


class SubtitlesSerializer(serializers.Serializer):
    """One language in which a video can be read along: `url` is a WebVTT file, for whoever may
    watch the video."""

    language = serializers.CharField()
    name = serializers.CharField()
    url = serializers.CharField()


class CueSerializer(serializers.Serializer):
    """What is read from when to when: up to 300 characters in 4 lines, without markup."""

    from_ms = serializers.IntegerField(min_value=0, max_value=MOST_MS)
    to_ms = serializers.IntegerField(min_value=0, max_value=MOST_MS)
    text = serializers.CharField(max_length=2000)


class TrackSerializer(serializers.Serializer):
    """The subtitles of one language, whole; `version` grows with each change."""

    language = serializers.CharField()
    name = serializers.CharField()
    version = serializers.IntegerField()
    changed_at = serializers.DateTimeField()
    cues = CueSerializer(many=True)

    def to_representation(self, instance: CaptionTrack) -> dict[str, Any]:
        return {
            "language": instance.language,
            "name": instance.name,
            "version": instance.version,
            "changed_at": instance.changed_at.isoformat(),
            "cues": instance.cues,
        }


class NewTrackSerializer(serializers.Serializer):
    """A file (WebVTT or SubRip, 512 KB) in a language by its code, as in HTML: "en", "pt-br"."""

    language = serializers.CharField(max_length=12)
    file = serializers.FileField(allow_empty_file=True)


class TrackChangeSerializer(serializers.Serializer):
    """What the subtitles are from now on; `version` is the one that was seen, 0 for none."""

    cues = CueSerializer(many=True, allow_empty=True)
    version = serializers.IntegerField(required=False, min_value=0)

    def validate_cues(self, cues: list[dict[str, Any]]) -> list[Cue]:
        return [
            make_cue(cue["from_ms"], cue["to_ms"], plain(cue["text"]), row=row)
            for row, cue in enumerate(cues, start=1)
        ]
