"""The shapes of families and of a person's day in REST."""

from typing import Any, ClassVar

from rest_framework import serializers

from accounts.models import GuardianLink, TimeRequest
from accounts.serializers.people import CardSerializer


class DaySerializer(serializers.Serializer):
    """Today in minutes; `limit` and `left` are null for a day without an end."""

    limit = serializers.IntegerField(allow_null=True)
    used = serializers.IntegerField()
    extra = serializers.IntegerField(help_text="Granted today, beyond the limit.")
    left = serializers.IntegerField(allow_null=True)
    is_over = serializers.BooleanField()


class LimitSerializer(serializers.Serializer):
    """One's own limit, in minutes; null for none, which people under 18 cannot choose."""

    limit = serializers.IntegerField(min_value=1, max_value=24 * 60 - 1, allow_null=True)


class PasscodeSerializer(serializers.Serializer):
    """Four digits; the account's password where another passcode is there already."""

    passcode = serializers.CharField(max_length=20)
    password = serializers.CharField(required=False, default="", allow_blank=True)


class UnlockSerializer(serializers.Serializer):
    """The passcode that opens a quarter of an hour."""

    passcode = serializers.CharField(max_length=20)


class AnswerSerializer(serializers.Serializer):
    """What a guardian says to a question for more time."""

    grants = serializers.BooleanField()


class TimeRequestSerializer(serializers.ModelSerializer):
    """A question for a quarter of an hour more; `is_granted` is null while it waits."""

    class Meta:
        model = TimeRequest
        fields: ClassVar = ["id", "asked_at", "answered_at", "is_granted"]
        read_only_fields: ClassVar = fields


class CodeSerializer(serializers.Serializer):
    """A pairing code, told this once."""

    code = serializers.CharField(source="digits", read_only=True)
    expires_at = serializers.DateTimeField(read_only=True)


class EnterCodeSerializer(serializers.Serializer):
    """The code that the other side shows."""

    code = serializers.CharField(max_length=20)


class LinkSerializer(serializers.ModelSerializer):
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


class PeopleSerializer(serializers.Serializer):
    """Some people and how many there are."""

    number = serializers.IntegerField()
    shown = CardSerializer(many=True)


class ScreenDaySerializer(serializers.Serializer):
    """One day and its minutes."""

    day = serializers.DateField()
    minutes = serializers.IntegerField()


class SightSerializer(serializers.Serializer):
    """What a guardian sees of a teenager, and the teenager too; `looks` are the guardian's."""

    contacts = PeopleSerializer(help_text="Talked with in the last 7 days.")
    followers = PeopleSerializer()
    following = PeopleSerializer()
    blocked = PeopleSerializer()
    days = ScreenDaySerializer(many=True)
    today = DaySerializer()
    looks = serializers.SerializerMethodField()
    waiting = serializers.SerializerMethodField(help_text="The question that waits, or null.")

    def get_looks(self, sight: Any) -> list[Any]:
        return [look.at for look in sight.looks]

    def get_waiting(self, sight: Any) -> TimeRequestSerializer | None:
        waiting = self.context.get("waiting")
        return TimeRequestSerializer(waiting).data if waiting else None  # type: ignore[return-value]
