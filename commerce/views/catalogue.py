"""What everybody looks at: the shop's front page, a product, and one's wishlist."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts import media
from accounts.models import User
from accounts.requests import PageRequest, SignedInRequest
from commerce import commission, meeting
from commerce.actions import wishes
from commerce.finding import POPULAR, SORT_NAMES, Question, find
from commerce.models import Category, Product, ShippingRate, StockAlert, Variant
from commerce.people import PRODUCTS, rights_by, role_at

FEW, WISHES = 8, 100


@require_safe
def home(request: PageRequest) -> HttpResponse:
    """What there is; with a question, what answers it. htmx, as one types or goes on, gets that
    part alone."""
    question = Question.of(request.GET.dict())
    page = find(request.user, question, request.GET.get("after", ""))
    context: dict[str, Any] = {"question": question, "page": page, "sorts": SORT_NAMES.items()}
    context["rest"] = _without(request, "after")
    if request.htmx and not request.htmx.history_restore_request:
        part = "_more" if "after" in request.GET else "_found"
        return render(request, f"commerce/catalogue/{part}.html", context)
    return render(request, "commerce/catalogue/home.html", context | _front(request, question))


def _front(request: PageRequest, question: Question) -> dict[str, Any]:
    """Shelves, and where nothing is asked what others buy and what followed people sell."""
    shelves = Category.objects.filter(parent=None, is_prohibited=False)
    children = Category.objects.filter(is_prohibited=False)
    front: dict[str, Any] = {
        "categories": shelves.prefetch_related(Prefetch("children", children)),
    }
    if question.is_narrow or "after" in request.GET:
        return front
    shown = Product.objects.visible_to(request.user).listed().prefetch_related(None)
    front["popular"] = list(
        Question(sort=POPULAR, in_stock=True).among(shown.filter(sold_count__gt=0))[:FEW]
    )
    front["followed"] = _of_followed(request, shown)
    prefetch_related_objects([*front["popular"], *front["followed"]], "photos")
    return front


def _of_followed(request: PageRequest, shown: Any) -> list[Product]:
    if not request.user.is_authenticated:
        return []
    mine = {"followers__follower": request.user, "followers__accepted_at__isnull": False}
    followed = User.objects.filter(**mine)
    return list(shown.filter(shop__owner__in=followed).order_by("-published_at")[:FEW])


def _without(request: HttpRequest, name: str) -> str:
    asked = request.GET.copy()
    asked.pop(name, None)
    return asked.urlencode()


# --- One product ----------------------------------------------------------------------------------


@require_safe
def product(request: PageRequest, product_id: UUID) -> HttpResponse:
    """Everything about it. Where it is not shown any more, that is said kindly (410)."""
    shown = Product.objects.visible_to(request.user).wished_by(request.user)
    found = shown.select_related("shop__owner", "film__author", "category__parent")
    found = found.annotate(role=role_at(request.user, "shop"))
    product = found.filter(pk=product_id).first()
    if product is None:
        return _gone(request, product_id)
    via = request.GET.get("via", "")
    met = meeting.read(via, request.user, product)
    if request.method == "GET":
        meeting.touch(request.user, product, met)
    context = _about(request, product, via)
    context["earner"] = commission.earner(product, met.creator_id, request.user)
    return render(request, "commerce/catalogue/product.html", context)


def _about(request: PageRequest, product: Any, via: str) -> dict[str, Any]:
    rates = ShippingRate.objects.filter(zone__shop=product.shop_id)
    return {
        "product": product,
        "chosen": _chosen(product, request.GET.get("variant", "")),
        "via": via,
        "shipping": rates.order_by("price").first(),
        "awaited": _awaited(request, product),
        "may_edit": PRODUCTS in rights_by(request.user, product.shop, product.role),
    }


def _chosen(product: Product, asked: str) -> Variant | None:
    """The variant that is asked for, else the first that can be ordered, else the first."""
    offered = product.offered
    wanted = [variant for variant in offered if str(variant.pk) == asked]
    available = [variant for variant in offered if variant.is_available]
    return next(iter([*wanted, *available, *offered]), None)


def _awaited(request: PageRequest, product: Product) -> set[UUID]:
    """The variants for which the viewer waits; asked only where there is one to wait for."""
    if not request.user.is_authenticated or all(each.is_available for each in product.offered):
        return set()
    alerts = StockAlert.objects.filter(person=request.user, variant__product=product)
    return set(alerts.values_list("variant", flat=True))


def _gone(request: PageRequest, product_id: UUID) -> HttpResponse:
    """What was for sale once, of somebody whom the viewer sees; all else was never there."""
    owners = User.objects.visible_to(request.user)
    sold = Product.objects.filter(published_at__isnull=False, shop__owner__in=owners)
    if not sold.filter(pk=product_id).exists():
        raise Http404
    return render(request, "commerce/catalogue/gone.html", status=410)


@require_safe
def product_photo(request: PageRequest, name: str) -> HttpResponseBase:
    """A picture under its random name, which never changes."""
    return media.serve(request, name, public=True)


# --- What one would like to have ------------------------------------------------------------------


@login_required
@require_safe
def wishlist(request: SignedInRequest) -> HttpResponse:
    """What one wished, the latest first, as far as it is still shown."""
    wished = Product.objects.visible_to(request.user).on_wishlist_of(request.user)
    products = wished[:WISHES]
    return render(request, "commerce/catalogue/wishlist.html", {"products": products})


@login_required
@require_POST
def wish(request: SignedInRequest, product_id: UUID) -> HttpResponse:
    """Put it on the wishlist, or with `off` take it away; htmx gets the button."""
    product = get_object_or_404(Product.objects.visible_to(request.user), pk=product_id)
    verb = wishes.unwish if "off" in request.POST else wishes.wish
    verb(request.user, product)
    if request.htmx:
        product.is_wished = "off" not in request.POST
        return render(request, "commerce/catalogue/_wish.html", {"product": product})
    return redirect(product)


@login_required
@require_POST
def alert(request: SignedInRequest, variant_id: UUID) -> HttpResponse:
    """Hear when it is there again, or with `off` do not; htmx gets the button."""
    shown = Product.objects.visible_to(request.user)
    variants = Variant.objects.select_related("product").filter(product__in=shown)
    variant: Variant = get_object_or_404(variants, pk=variant_id)
    verb = wishes.stop_waiting if "off" in request.POST else wishes.wait_for
    verb(request.user, variant)
    if request.htmx:
        context = {"variant": variant, "is_awaited": "off" not in request.POST}
        return render(request, "commerce/catalogue/_alert.html", context)
    return redirect(variant.product)
