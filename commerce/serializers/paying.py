"""Shapes of payments."""

from typing import Any

from django.utils.functional import Promise
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from commerce.models import Payment
from commerce.refusals import SENTENCES


class FailureSerializer(serializers.Serializer[Any]):
    """Why a payment failed."""

    code = serializers.CharField()
    detail = serializers.CharField()


class PaymentSerializer(serializers.ModelSerializer[Payment]):
    """A payment; while it is `action` the buyer goes on at `action_url`."""

    failure = serializers.SerializerMethodField()
    action_url = serializers.SerializerMethodField()

    class Meta:
        model = Payment
        fields = ("id", "purchase", "state", "currency", "amount", "refunded", "failure")
        fields += ("action_url", "created_at", "changed_at")  # type: ignore[assignment]

    @extend_schema_field(FailureSerializer(allow_null=True))
    def get_failure(self, payment: Payment) -> dict[str, str | Promise] | None:
        """None while it has not failed."""
        if not payment.failure:
            return None
        return {"code": payment.failure, "detail": SENTENCES.get(payment.failure, "")}

    def get_action_url(self, payment: Payment) -> str:
        """Empty where there is nothing to do."""
        if payment.state != Payment.State.ACTION:
            return ""
        return self.context["request"].build_absolute_uri(payment.action_url)
