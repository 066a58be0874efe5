"""The public totals of moderation by REST."""

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import TransparencyTotal
from accounts.serializers.transparency import TransparencySerializer


class Transparency(APIView):
    """What moderation did in half a year, for everybody."""

    permission_classes = [AllowAny]

    @extend_schema(responses=TransparencySerializer, auth=[])
    def get(self, request: Request, period: str = "") -> Response:
        """The totals of a period ("2026-2": its second half), the latest where none is named."""
        periods = TransparencyTotal.objects.periods()
        if period and period not in periods:
            raise Http404
        period = period or next(iter(periods), "")
        totals = TransparencyTotal.objects.of(period)
        told = {"period": period, "periods": periods, "totals": totals}
        return Response(TransparencySerializer(told).data)


@extend_schema_view(get=extend_schema(operation_id="transparency_period_retrieve"))
class TransparencyOfPeriod(Transparency):
    """The same of one half-year."""
