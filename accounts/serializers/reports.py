"""Reports as apps get them, and asking for another look."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Report
from accounts.moderation import appeals
from accounts.serializers.decisions import AppealSerializer


class NewReportSerializer(serializers.Serializer):
    """What is wrong with something; limits are those of the verb."""

    kind = serializers.CharField(max_length=20, help_text="user, video, comment, message, ...")
    id = serializers.UUIDField()
    reason = serializers.ChoiceField(choices=Report.Reason.choices)
    words = serializers.CharField(required=False, allow_blank=True, default="")
    block = serializers.BooleanField(required=False, default=False)


class ReportSerializer(serializers.ModelSerializer):
    """One of one's own reports; the evidence stays with the moderators. `appeal`: the other look
    that was asked for, null where none was."""

    outcome = serializers.CharField(
        source="get_state_display", read_only=True, help_text="What `state` says, in words."
    )
    may_appeal = serializers.SerializerMethodField()
    appeal = serializers.SerializerMethodField()

    class Meta:
        model = Report
        fields: ClassVar = [
            *("id", "kind", "object_id", "title", "reason", "words"),
            *("state", "outcome", "created_at", "closed_at", "may_appeal", "appeal"),
        ]
        read_only_fields: ClassVar = fields

    def get_may_appeal(self, report: Report) -> bool:
        return appeals.may_ask_again(report)

    @extend_schema_field(AppealSerializer(allow_null=True))
    def get_appeal(self, report: Report) -> dict[str, object] | None:
        made = getattr(report, "appeal", None)
        return AppealSerializer(made).data if made else None
