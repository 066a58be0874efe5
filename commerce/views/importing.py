"""Products as a file: bringing one, reading what becomes of each line, taking all along."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from commerce.actions import imports
from commerce.forms.selling import ImportForm
from commerce.importing import COLUMNS
from commerce.people import PRODUCTS
from commerce.sheets import sheet_of_products
from commerce.views.selling import find_shop
from commerce.views.shop_settings import page


@login_required
@require_http_methods(["GET", "POST"])
def sell_import(request: SignedInRequest) -> HttpResponse:
    """A file to look through; the imports of before."""
    shop = find_shop(request, PRODUCTS)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            brought = imports.check(request.user, shop, form.cleaned_data["file"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("commerce:sell-import-report", brought.pk)
    before = shop.imports.exclude(state="checked").order_by("-created_at")[:10]
    return page(request, "import", shop, {"form": form, "before": before, "columns": COLUMNS})


@login_required
@require_http_methods(["GET", "POST"])
def sell_import_report(request: SignedInRequest, import_id: UUID) -> HttpResponse:
    """Line by line what becomes, or became, of the file; and the word to begin."""
    shop = find_shop(request, PRODUCTS)
    brought = get_object_or_404(shop.imports, pk=import_id)
    if request.method == "POST":
        imports.start(request.user, brought)
        return redirect("commerce:sell-import-report", brought.pk)
    part = "_import_report" if request.htmx else "import_report"
    return page(request, part, shop, {"brought": brought})


@login_required
@require_safe
def sell_products_sheet(request: SignedInRequest) -> HttpResponseBase:
    """All products as CSV, in the columns that an import reads."""
    return sheet_of_products(find_shop(request, PRODUCTS))
