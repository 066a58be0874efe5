"""The shapes of somebody's sessions and of what happened to their account's safety."""

from typing import Any, ClassVar

from rest_framework import serializers

from accounts.models import SecurityEvent, SignIn


class SignInSerializer(serializers.ModelSerializer):
    """A browser or app in which the person is signed in; `seen_at` is exact to 15 minutes."""

    name = serializers.CharField(source="shown_name", read_only=True)
    is_this = serializers.SerializerMethodField(help_text="The session that asks.")

    class Meta:
        model = SignIn
        fields: ClassVar = ["id", "name", "is_app", "created_at", "seen_at", "is_this"]
        read_only_fields = fields

    def get_is_this(self, sign_in: SignIn) -> bool:
        return sign_in.session_key == self.context["session_key"]


class SignInListSerializer(serializers.Serializer):
    """All of them: nobody has more than a hundred."""

    results: Any = SignInSerializer(many=True)


class SecurityEventSerializer(serializers.ModelSerializer):
    """What happened to how the account is entered, and in which browser or app."""

    class Meta:
        model = SecurityEvent
        fields: ClassVar = ["id", "kind", "name", "at"]
        read_only_fields = fields
