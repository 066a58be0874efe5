"""An order's papers: its invoice, and what was paid back of it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from commerce import invoicing


@login_required
@require_safe
def invoice(request: SignedInRequest, order_id: UUID) -> HttpResponse:
    """The invoice, for its buyer and for the shop."""
    order = invoicing.order_for(request.user, order_id)
    return _pdf(invoicing.invoice(order), f"{order.name}.pdf")


@login_required
@require_safe
def refund_note(request: SignedInRequest, order_id: UUID, refund_id: UUID) -> HttpResponse:
    """What was paid back, for both as well."""
    order = invoicing.order_for(request.user, order_id)
    refund = get_object_or_404(order.refunds.all(), pk=refund_id)
    refund.order = order
    return _pdf(invoicing.refund_note(refund), f"{order.name}-credit-note.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
