"""One's own data in REST: how the copy stands, and when the account is deleted."""

from rest_framework import serializers

from accounts.models import Export, User


class ExportSerializer(serializers.ModelSerializer):
    """`url` is where this session fetches it, while it is `ready`: until `expires_at`."""

    url = serializers.SerializerMethodField()
    next_at = serializers.DateTimeField(help_text="When the next one may be asked for.")
    percent = serializers.IntegerField(help_text="How far it is.")

    class Meta:
        model = Export
        fields = ["id", "state", "percent", "size", "asked_at", "expires_at", "next_at", "url"]
        read_only_fields = fields

    def get_url(self, export: Export) -> str:
        return str(self.context["url"])


class DeletionSerializer(serializers.ModelSerializer):
    """`leaving_at`: when the account is deleted for good."""

    class Meta:
        model = User
        fields = ["leaving_at"]
        read_only_fields = fields
