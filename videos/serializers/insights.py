"""Insights as the REST door speaks them; lists that are null hold too few people to be told."""

from typing import Any

from rest_framework import serializers

from videos.insights.report import Report
from videos.insights.tables import tables_of
from videos.models import WatchEvent


class FigureSerializer(serializers.Serializer):
    """A number over the period, over the one before, and the change in percent (null: there was
    nothing to compare with)."""

    value = serializers.IntegerField()
    before = serializers.IntegerField()
    change = serializers.IntegerField(allow_null=True)


class FiguresSerializer(serializers.Serializer):
    """Times in seconds. Viewers are people who are signed in, each counted once."""

    views = FigureSerializer()
    viewers = FigureSerializer()
    watch_seconds = FigureSerializer()
    average_seconds = FigureSerializer()
    average_percent = FigureSerializer()
    conversations = FigureSerializer()
    senders = FigureSerializer()


class CreatorFiguresSerializer(FiguresSerializer):
    """With those who follow."""

    followers = FigureSerializer()


class DaySerializer(serializers.Serializer):
    """`views_before`: on the day that has its place in the period before."""

    day = serializers.DateField()
    views = serializers.IntegerField()
    views_before = serializers.IntegerField()
    viewers = serializers.IntegerField()
    watch_seconds = serializers.IntegerField()
    sends = serializers.IntegerField()


class RetentionSerializer(serializers.Serializer):
    """How many percent of people were still there at a percent of the video."""

    percent = serializers.IntegerField()
    still_watching = serializers.FloatField()


class SourceSerializer(serializers.Serializer):
    """From where views came."""

    # REST framework has an attribute of that name; a field may have it all the same.
    source = serializers.ChoiceField(choices=WatchEvent.Source.choices)  # type: ignore[assignment]
    name = serializers.CharField()
    views = serializers.IntegerField()
    percent = serializers.IntegerField()


class FollowersSerializer(serializers.Serializer):
    """`is_estimate`: from before anybody counted; who left since is missing."""

    day = serializers.DateField()
    followers = serializers.IntegerField()
    gained = serializers.IntegerField()
    is_estimate = serializers.BooleanField()


class HourSerializer(serializers.Serializer):
    """How busy an hour of the week is with watching followers: 100 is the busiest."""

    weekday = serializers.IntegerField(help_text="1 is Monday.")
    hour = serializers.IntegerField()
    activity = serializers.IntegerField()


class WatchedVideoSerializer(serializers.Serializer):
    """One of the hundred most watched videos."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    published = serializers.DateField(allow_null=True)
    views = serializers.IntegerField()
    watch_seconds = serializers.IntegerField()
    average_seconds = serializers.IntegerField()
    sends = serializers.IntegerField()


class HeardSoundSerializer(serializers.Serializer):
    """A sound of these videos; `videos_of_all`: how many videos of anybody have it."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    by = serializers.CharField()
    views = serializers.IntegerField()
    videos = serializers.IntegerField()
    videos_of_all = serializers.IntegerField()


class VideoInsightsSerializer(serializers.Serializer):
    """One video over a period; days are its author's."""

    time_zone = serializers.CharField()
    first = serializers.DateField()
    last = serializers.DateField()
    figures = FiguresSerializer()
    days = DaySerializer(many=True)
    retention = RetentionSerializer(many=True, allow_null=True)
    sources = SourceSerializer(many=True, allow_null=True)


class SharingSerializer(serializers.Serializer):
    """Into how many conversations it was brought, by how many people, since it was posted."""

    conversations = serializers.IntegerField()
    people = serializers.IntegerField()


class OneVideoInsightsSerializer(VideoInsightsSerializer):
    """The same with where it went; never whose conversations those are."""

    sharing = SharingSerializer()


class InsightsSerializer(VideoInsightsSerializer):
    """Everything that somebody posted, over a period."""

    figures = CreatorFiguresSerializer()
    followers = FollowersSerializer(many=True)
    hours = HourSerializer(many=True, allow_null=True)
    videos = WatchedVideoSerializer(many=True)
    sounds = HeardSoundSerializer(many=True)


def answer_of(report: Report) -> dict[str, Any]:
    """What these serializers show of a report."""
    return {
        "time_zone": report.time_zone,
        "first": report.period.first,
        "last": report.period.last,
        "figures": report.figures,
        **{name: table.rows(report) for name, table in tables_of(report).items()},
    }
