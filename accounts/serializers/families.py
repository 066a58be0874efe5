"""The shapes of families and of a person's day in REST."""

from datetime import datetime
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import GuardianLink, TimeRequest
from accounts.serializers.people import CardSerializer


class ScreenTimeSerializer(serializers.Serializer):
    """Today in minutes; `limit` and `left` are null for a day without an end."""

    limit = serializers.IntegerField(allow_null=True)
    used = serializers.IntegerField()
    extra = serializers.IntegerField(help_text="Granted today, beyond the limit.")
    left = serializers.IntegerField(allow_null=True)
    is_over = serializers.BooleanField()


class ScreenLimitSerializer(serializers.Serializer):
    """One's own limit, in minutes; null for none, which people under 18 cannot choose."""

    limit = serializers.IntegerField(min_value=1, max_value=24 * 60 - 1, allow_null=True)


class PasscodeSerializer(serializers.Serializer):
    """Four digits; the account's password where another passcode is there already."""

    passcode = serializers.CharField(max_length=20)
    password = serializers.CharField(required=False, default="", allow_blank=True)


class EnterPasscodeSerializer(serializers.Serializer):
    """The passcode that opens a quarter of an hour."""

    passcode = serializers.CharField(max_length=20)


class MoreTimeAnswerSerializer(serializers.Serializer):
    """What a guardian says to a question for more time."""

    grants = serializers.BooleanField()


class TimeRequestSerializer(serializers.ModelSerializer):
    """A question for a quarter of an hour more; `is_granted` is null while it waits."""

    class Meta:
        model = TimeRequest
        fields: ClassVar = ["id", "asked_at", "answered_at", "is_granted"]
        read_only_fields: ClassVar = fields


class PairingCodeSerializer(serializers.Serializer):
    """A pairing code, told this once."""

    code = serializers.CharField(source="digits", read_only=True)
    expires_at = serializers.DateTimeField(read_only=True)


class EnterPairingCodeSerializer(serializers.Serializer):
    """The code that the other side shows."""

    code = serializers.CharField(max_length=20)


class FamilyLinkSerializer(serializers.ModelSerializer):
    """One link; `role` is the asking person's. What the guardian narrows is theirs to change."""

    role = serializers.SerializerMethodField()
    other = serializers.SerializerMethodField()
    is_in_force = serializers.BooleanField(read_only=True)

    class Meta:
        model = GuardianLink
        fields: ClassVar = [
            *("id", "role", "other", "is_in_force", "created_at", "consented_at"),
            *("minutes", "quiet_from", "quiet_until", "messages_from"),
            *("is_restricted", "is_search_off"),
        ]
        read_only_fields: ClassVar = ["id", "created_at", "consented_at"]

    def get_role(self, link: GuardianLink) -> str:
        return "guardian" if link.guardian_id == self.context["person"].pk else "teen"

    def get_other(self, link: GuardianLink) -> CardSerializer:
        return CardSerializer(link.other(self.context["person"])).data  # type: ignore[return-value]


class SeenPeopleSerializer(serializers.Serializer):
    """Some people and how many there are."""

    number = serializers.IntegerField()
    shown = CardSerializer(many=True)


class ScreenDaySerializer(serializers.Serializer):
    """One day and its minutes."""

    day = serializers.DateField()
    minutes = serializers.IntegerField()


class SightSerializer(serializers.Serializer):
    """What a guardian sees of a teenager, and the teenager too; `looks` are the guardian's."""

    contacts = SeenPeopleSerializer(help_text="Talked with in the last 7 days.")
    followers = SeenPeopleSerializer()
    following = SeenPeopleSerializer()
    blocked = SeenPeopleSerializer()
    days = ScreenDaySerializer(many=True)
    today = ScreenTimeSerializer()
    looks = serializers.SerializerMethodField()
    waiting = serializers.SerializerMethodField()

    def get_looks(self, sight: Any) -> list[datetime]:
        """When the guardian looked, the latest first."""
        return [look.at for look in sight.looks]

    @extend_schema_field(TimeRequestSerializer(allow_null=True))
    def get_waiting(self, sight: Any) -> dict[str, Any] | None:
        """The question for more time that waits."""
        waiting = self.context.get("waiting")
        return TimeRequestSerializer(waiting).data if waiting else None
