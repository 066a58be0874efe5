"""The shape of the public totals."""

from rest_framework import serializers

from accounts.models import TransparencyTotal


class TotalSerializer(serializers.ModelSerializer):
    """One number: of a measure, for a kind of thing, under a code."""

    class Meta:
        model = TransparencyTotal
        fields = ["measure", "kind", "name", "value", "counted_at"]


class TransparencySerializer(serializers.Serializer):
    """Half a year; `periods` names all that can be asked for, the latest first."""

    period = serializers.CharField()
    periods = serializers.ListField(child=serializers.CharField())
    totals = TotalSerializer(many=True)
