"""Statements of reasons and appeals as apps get them."""

from typing import Any, ClassVar

from rest_framework import serializers

from accounts.models import Appeal, Decision
from accounts.models.appeal import WORDS_LIMIT
from accounts.moderation.statement import Statement


class NewAppealSerializer(serializers.Serializer):
    """Why a decision is wrong."""

    words = serializers.CharField(max_length=WORDS_LIMIT)


class AppealSerializer(serializers.ModelSerializer):
    """One's appeal, and what became of it."""

    class Meta:
        model = Appeal
        fields: ClassVar = ["id", "words", "state", "answer", "made_at", "decided_at"]
        read_only_fields: ClassVar = fields


class MeasureSerializer(serializers.Serializer):
    """One thing that was done: its code, a sentence, for a limit the features, for a profile its
    parts, and until when."""

    name = serializers.CharField()
    words = serializers.CharField()
    features = serializers.ListField(child=serializers.CharField())
    parts = serializers.ListField(child=serializers.CharField())
    until = serializers.DateTimeField(allow_null=True)


class RuleSerializer(serializers.Serializer):
    """The house rule that it rests on; `is_law` where a law says it."""

    code = serializers.CharField()
    name = serializers.CharField()
    words = serializers.CharField()
    is_law = serializers.BooleanField()


class StatementSerializer(serializers.Serializer):
    """A statement of reasons (DSA Art. 17). Who reported and who decided is not in it."""

    id = serializers.UUIDField(source="decision.pk")
    kind = serializers.CharField(source="decision.case.kind")
    object_id = serializers.UUIDField(source="decision.case.object_id")
    what = serializers.CharField()
    title = serializers.CharField()
    measures = MeasureSerializer(many=True)
    reason = serializers.CharField(source="decision.reason")
    words = serializers.CharField(source="decision.words")
    rule = RuleSerializer()
    how = serializers.CharField()
    is_automated = serializers.BooleanField(source="decision.is_automated")
    territory = serializers.CharField()
    state = serializers.ChoiceField(source="decision.state", choices=["standing", "undone"])
    began_at = serializers.DateTimeField(source="decision.began_at")
    undone_at = serializers.DateTimeField(source="decision.undone_at", allow_null=True)
    undone_words = serializers.CharField(source="decision.undone_words")
    may_appeal = serializers.BooleanField()
    appeal_until = serializers.DateTimeField(source="decision.appeal_until")
    appeal = AppealSerializer(allow_null=True)

    def to_representation(self, instance: Decision) -> dict[str, Any]:
        return super().to_representation(Statement(instance))
