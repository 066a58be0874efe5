"""A table of insights as a file for spreadsheets, through whichever door."""

from django.http import Http404, HttpResponse

from videos.insights.report import Report
from videos.insights.tables import tables_of


def sheet(report: Report, table: str) -> HttpResponse:
    """CSV to be saved. Raises `Http404` where the report has no such table."""
    try:
        text = tables_of(report)[table].as_csv(report)
    except KeyError:
        raise Http404 from None
    name = f"medley-{table}-{report.period.first}-{report.period.last}.csv"
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
