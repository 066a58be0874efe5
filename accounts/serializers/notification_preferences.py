"""The shapes of how somebody wants to be told in REST."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts import policy
from accounts.models import NotificationPreferences
from accounts.notifications import Channel, Section, kinds
from accounts.notifications.choices import Channels, choices_of

CLOCK = "%H:%M"


class HoursSerializer(serializers.Serializer):
    """A part of every day by the person's clock, over midnight where it ends earlier."""

    start = serializers.TimeField(format=CLOCK)
    end = serializers.TimeField(format=CLOCK)


class KindChoiceSerializer(serializers.Serializer):
    """One kind, and by channel whether one is told of it so; a channel that it cannot use is not
    named. While a channel is off as a whole, or the digest never comes, its choices wait."""

    kind = serializers.CharField()
    section = serializers.ChoiceField(choices=Section.choices)
    title = serializers.CharField(help_text="In the request's language.")
    is_locked = serializers.BooleanField(help_text="Urgent: always on, whatever is chosen.")
    channels = serializers.DictField(child=serializers.BooleanField())


class NotificationPreferencesSerializer(serializers.ModelSerializer):
    """How, when and of what the person is told."""

    quiet_from = serializers.TimeField(format=CLOCK, allow_null=True)
    quiet_until = serializers.TimeField(format=CLOCK, allow_null=True)
    locked_quiet_hours = serializers.SerializerMethodField()
    kinds = serializers.SerializerMethodField()

    class Meta:
        model = NotificationPreferences
        fields: ClassVar = [
            *("in_app", "push", "digest", "hides_content", "quiet_from", "quiet_until"),
            *("locked_quiet_hours", "kinds"),
        ]
        read_only_fields: ClassVar = fields

    @extend_schema_field(HoursSerializer(allow_null=True))
    def get_locked_quiet_hours(self, own: NotificationPreferences) -> Any:
        """What age sets besides (R8), for those under 18."""
        locked = policy.locked_quiet_hours(self.context["user"].age)
        return HoursSerializer(locked).data if locked else None

    @extend_schema_field(KindChoiceSerializer(many=True))
    def get_kinds(self, own: NotificationPreferences) -> Any:
        chosen = choices_of(self.context["user"])
        rows = [_row(name, wanted) for name, wanted in chosen.items()]
        return KindChoiceSerializer(rows, many=True).data


def _row(name: str, wanted: Channels) -> dict[str, Any]:
    kind = kinds()[name]
    return {
        "kind": name,
        "section": kind.section,
        "title": kind.title,
        "is_locked": kind.is_urgent,
        "channels": {each.value: each in wanted for each in Channel if each in kind.ways},
    }


class KindWishSerializer(serializers.Serializer):
    """How to be told of one kind from now on; channels that are not named stay."""

    kind = serializers.CharField(max_length=40)
    channels = serializers.DictField(child=serializers.BooleanField())


class NotificationPreferencesChangeSerializer(serializers.ModelSerializer):
    """What is to change; quiet hours go with both times, or with both null."""

    kinds = KindWishSerializer(many=True, required=False)

    class Meta:
        model = NotificationPreferences
        fields: ClassVar = [
            *("in_app", "push", "digest", "hides_content", "quiet_from", "quiet_until", "kinds"),
        ]
        extra_kwargs: ClassVar = {
            name: {"required": False} for name in ("in_app", "push", "digest", "hides_content")
        }

    def validate_kinds(self, wishes: list[dict[str, Any]]) -> dict[str, dict[str, bool]]:
        """As the verb takes them."""
        return {wish["kind"]: wish["channels"] for wish in wishes}
