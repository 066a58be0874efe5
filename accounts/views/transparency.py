"""What moderation did, in numbers: open to everybody."""

import csv

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import TransparencyTotal
from accounts.transparency.shown import median_of, sections

COLUMNS = ("period", "measure", "kind", "name", "value")


@require_safe
def transparency(request: HttpRequest, period: str = "") -> HttpResponse:
    """The totals of half a year, the latest where none is named."""
    periods = TransparencyTotal.objects.periods()
    if period and period not in periods:
        raise Http404
    period = period or next(iter(periods), "")
    totals = list(TransparencyTotal.objects.of(period))
    context = {
        "periods": periods,
        "period": period,
        "sections": sections(totals),
        "median": median_of(totals),
        "counted_at": max((total.counted_at for total in totals), default=None),
    }
    return render(request, "accounts/transparency.html", context)


@require_safe
def transparency_csv(request: HttpRequest, period: str) -> HttpResponse:
    """The same as CSV (RFC 4180), names as codes."""
    totals = TransparencyTotal.objects.of(period).values_list(*COLUMNS)
    if not totals:
        raise Http404
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="medley-{period}.csv"'
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    writer.writerows(totals)
    return response
