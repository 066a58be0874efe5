"""A creator's pages about products: what there is to earn with, and their showcase."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import policy
from accounts.errors import Refused
from accounts.requests import SignedInRequest
from commerce import affiliation
from commerce.actions import programmes
from commerce.actions import showcase as showcasing
from commerce.models import Product, Programme

PAGE = 30


@login_required
@require_safe
def earn(request: SignedInRequest) -> HttpResponse:
    """Programmes that one may join or takes part in; invitations first."""
    policy.permit(policy.earn(request.user.person))
    page = Paginator(affiliation.offered_to(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "commerce/earnings/earn.html", {"page": page})


@login_required
@require_POST
def programme(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Join a programme, or leave it."""
    found = get_object_or_404(Programme.objects.select_related("shop"), pk=programme_id)
    if request.POST.get("do") == "leave":
        programmes.leave(request.user, found)
        return redirect("commerce:earn")
    programmes.join(request.user, found)
    name = {"name": found.shop.name}
    messages.success(request, _("You take part. Show what %(name)s sells, and earn.") % name)
    return redirect("commerce:earn")


@login_required
def showcase(request: SignedInRequest) -> HttpResponse:
    """The products on one's profile: put in, take out, move up."""
    policy.permit(policy.earn(request.user.person))
    if request.method == "POST":
        return _change(request)
    context = {
        "items": affiliation.showcase_of(request.user),
        "addable": affiliation.addable(request.user),
    }
    return render(request, "commerce/earnings/showcase.html", context)


def _change(request: SignedInRequest) -> HttpResponse:
    product = _product(request)
    match request.POST.get("do"):
        case "add":
            try:
                showcasing.add(request.user, product)
            except Refused as error:
                messages.error(request, error.detail)
        case "remove":
            showcasing.remove(request.user, product.pk)
        case "first":
            showcasing.reorder(request.user, [product.pk])
        case _:
            raise Http404
    return redirect("commerce:showcase")


def _product(request: SignedInRequest) -> Product:
    try:
        product_id = UUID(request.POST.get("product", ""))
    except ValueError:
        raise Http404 from None
    return affiliation.product_for(request.user, product_id)
