"""What a shop's people do with its products, page by page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.errors import Coded, Conflict
from accounts.ports import share_reach
from accounts.requests import SignedInRequest
from commerce.actions import photos, products, variants
from commerce.forms.products import NewProductForm, OptionsForm, ProductForm, rows_of
from commerce.models import Product, ProductPhoto
from commerce.people import PRODUCTS, demand, rights, shops_of
from commerce.views.selling import find_shop

PAGE = 30
STATES = Product.State.choices


def find_own(request: SignedInRequest, product_id: UUID) -> Product:
    """A product of a shop the person works for, whatever its state. `Http404` for all others'."""
    own = Product.objects.with_card().filter(shop__in=shops_of(request.user).order_by())
    product = get_object_or_404(own.select_related("category"), pk=product_id)
    demand(request.user, product.shop, PRODUCTS)
    return product


@login_required
@require_safe
def sell_products(request: SignedInRequest) -> HttpResponse:
    """All that the shop has, changed last first; of one state where it is asked for."""
    shop = find_shop(request, PRODUCTS)
    listed = Product.objects.with_card().filter(shop=shop).order_by("-changed_at", "-pk")
    state = request.GET.get("state", "")
    if state in Product.State.values:
        listed = listed.filter(state=state)
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    context = {"shop": shop, "rights": rights(request.user, shop), "page": page}
    context |= {"state": state, "states": STATES}
    return render(request, "commerce/sell/products.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def sell_new_product(request: SignedInRequest) -> HttpResponse:
    """Begin one: what it is, what it costs, how many there are."""
    shop = find_shop(request, PRODUCTS)
    form = NewProductForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            product = products.create(request.user, shop, **form.cleaned_data)
            return redirect("commerce:sell-product", product.pk)
        except ValidationError as error:
            form.add_error(None, error)
    context = {"shop": shop, "form": form, "rights": rights(request.user, shop)}
    status = 422 if form.errors else 200
    return render(request, "commerce/sell/new_product.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def sell_product(request: SignedInRequest, product_id: UUID) -> HttpResponse:
    """All of one product; POST changes its words. Whoever comes second is told (409)."""
    product = find_own(request, product_id)
    form = ProductForm(request.POST or None, product=product)
    if request.method == "POST" and form.is_valid():
        revision, fields = form.said
        return _changed(
            request,
            product,
            lambda: products.edit(request.user, product, revision=revision, **fields),
            form,
        )
    return _shown(request, product, form, 422 if form.errors else 200)


@login_required
@require_POST
def sell_options(request: SignedInRequest, product_id: UUID) -> HttpResponse:
    """What can be chosen: every combination becomes a variant."""
    product = find_own(request, product_id)
    form = OptionsForm(request.POST, product=product)
    form.is_valid()
    revision, options = form.said
    return _changed(
        request,
        product,
        lambda: variants.set_options(request.user, product, options, revision=revision),
    )


@login_required
@require_POST
def sell_variants(request: SignedInRequest, product_id: UUID) -> HttpResponse:
    """Prices and stock of all variants."""
    product = find_own(request, product_id)
    revision, rows = rows_of(product, request.POST)
    return _changed(
        request,
        product,
        lambda: variants.set_variants(request.user, product, rows, revision=revision),
    )


@login_required
@require_POST
def sell_state(request: SignedInRequest, product_id: UUID) -> HttpResponse:
    """Publish, archive, or delete a draft."""
    product = find_own(request, product_id)
    revision = int(request.POST.get("revision") or 0)
    if request.POST.get("verb") == "delete":
        products.delete_draft(request.user, product)
        return redirect("commerce:sell-products")
    verb = products.archive if request.POST.get("verb") == "archive" else products.publish
    return _changed(request, product, lambda: verb(request.user, product, revision=revision))


# --- Photos ---------------------------------------------------------------------------------------


@login_required
@require_POST
def sell_photos(request: SignedInRequest, product_id: UUID) -> HttpResponse:
    """Add pictures, several at once."""
    product = find_own(request, product_id)
    files = request.FILES.getlist("files")

    def add() -> None:
        for file in files:
            photos.add_photo(request.user, product, file, alt=request.POST.get("alt", ""))

    return _changed(request, product, add)


@login_required
@require_POST
def sell_photo(request: SignedInRequest, photo_id: UUID) -> HttpResponse:
    """Describe one, put it first, or take it away."""
    photo = get_object_or_404(ProductPhoto.objects.select_related("product"), pk=photo_id)
    product = find_own(request, photo.product_id)
    verbs: dict[str, Callable[[], Any]] = {
        "remove": lambda: photos.remove_photo(request.user, photo),
        "first": lambda: photos.order_photos(request.user, product, [photo.pk]),
    }
    describe = lambda: photos.describe_photo(  # noqa: E731
        request.user, photo, request.POST.get("alt", "")
    )
    return _changed(request, product, verbs.get(request.POST.get("verb", ""), describe))


# --- What all of them answer ----------------------------------------------------------------------


def _changed(
    request: SignedInRequest,
    product: Product,
    verb: Callable[[], Any],
    form: ProductForm | None = None,
) -> HttpResponse:
    """The page again; what was refused stands above it with what was typed."""
    try:
        verb()
    except Conflict as error:
        messages.error(request, error.detail)
        return _shown(request, product, form, 409)
    except Coded as error:
        messages.error(request, error.detail)
        return _shown(request, product, form, 403)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return _shown(request, product, form, 422)
    messages.success(request, _("Saved."))
    return redirect("commerce:sell-product", product.pk)


def _shown(
    request: SignedInRequest, product: Product, form: ProductForm | None, status: int = 200
) -> HttpResponse:
    context = {
        "shop": product.shop,
        "rights": rights(request.user, product.shop),
        "product": product,
        "form": form or ProductForm(product=product),
        "options_form": OptionsForm(product=product),
        "missing": products.missing(product) if not product.is_published else {},
        "most_photos": ProductPhoto.MOST,
        "reach": share_reach("product", product.pk),
    }
    return render(request, "commerce/sell/product.html", context, status=status)
