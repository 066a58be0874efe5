"""What buyers say about a product: read, written, changed, answered."""

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts import media
from accounts.requests import PageRequest, SignedInRequest
from commerce import people
from commerce.actions import reviews as actions
from commerce.forms.reviews import ReviewForm
from commerce.models import Product, Review, ReviewPhoto
from commerce.views.signing_in import to_log_in

PAGE = 10


def find_product(request: HttpRequest, product_id: UUID) -> Product:
    """A product as this person may see it, with its shop."""
    products = Product.objects.visible_to(request.user).select_related("shop")
    return get_object_or_404(products, pk=product_id)


def reviews(request: PageRequest, product_id: UUID) -> HttpResponse:
    """A page of them, narrowed by `stars` and `photos`; POST adds the person's own."""
    product = find_product(request, product_id)
    if request.method == "POST":
        if not request.user.is_authenticated:
            return to_log_in(product.get_absolute_url())
        return _write(cast(SignedInRequest, request), product)
    return _shown(request, product)


def _write(request: SignedInRequest, product: Product) -> HttpResponse:
    line = actions.reviewable(request.user, product)
    if line is None:
        raise Http404
    form = ReviewForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.write(request.user, line, **form.said)
            return redirect("commerce:reviews", product.pk)
        except ValidationError as error:
            form.add_error(None, error.messages[0])
    return _shown(request, product, form, status=422)


def _shown(
    request: PageRequest, product: Product, form: ReviewForm | None = None, status: int = 200
) -> HttpResponse:
    context = _listed(request, product) | {"form": form or ReviewForm()}
    context["line"] = None
    if request.user.is_authenticated:
        context["line"] = actions.reviewable(request.user, product)
    part = "commerce/reviews/_list.html" if request.htmx else "commerce/reviews/page.html"
    return render(request, part, context, status=status)


def _listed(request: HttpRequest, product: Product) -> dict[str, Any]:
    """A page of reviews, how many have how many stars, and what was asked for."""
    stars = request.GET.get("stars", "")
    chosen = int(stars) if stars in {"1", "2", "3", "4", "5"} else None
    with_photos = request.GET.get("photos") == "1"
    shown = Review.objects.visible_to(request.user).filter(product=product)
    narrowed = shown.narrowed(chosen, with_photos=with_photos).order_by("-created_at", "-pk")
    return {
        "product": product,
        "page": Paginator(narrowed, PAGE).get_page(request.GET.get("page")),
        "distribution": Review.objects.standing().filter(product=product).distribution(),
        "stars": chosen,
        "with_photos": with_photos,
        "answers": people.may(request.user, product.shop, people.SUPPORT),
    }


@login_required
def edit_review(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Change what one wrote."""
    found = Review.objects.select_related("product__shop").prefetch_related("photos")
    review = get_object_or_404(found, pk=review_id, author=request.user)
    if not review.editable_by(request.user):
        raise Http404
    form = ReviewForm(request.POST or None, request.FILES or None, initial=_as_form(review))
    if request.method == "POST" and form.is_valid():
        try:
            dropped = [photo.pk for photo in review.photos.all() if f"drop-{photo.pk}" in form.data]
            actions.edit(request.user, review, **form.said, dropped=dropped)
            return redirect("commerce:reviews", review.product_id)
        except ValidationError as error:
            form.add_error(None, error.messages[0])
    context = {"review": review, "product": review.product, "form": form}
    status = 422 if form.errors else 200
    return render(request, "commerce/reviews/edit.html", context, status=status)


def _as_form(review: Review) -> dict[str, Any]:
    return {"stars": review.stars, "words": review.words}


@login_required
@require_POST
def answer_review(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """The shop's answer, for all to read; empty it is taken back."""
    found = Review.objects.visible_to(request.user).select_related("product__shop")
    review = get_object_or_404(found, pk=review_id)
    actions.answer(request.user, review, request.POST.get("words", ""))
    return redirect("commerce:reviews", review.product_id)


@require_safe
def review_photo(request: PageRequest, name: str) -> HttpResponseBase:
    """A picture under its random name, while its review stands."""
    whole = ReviewPhoto.whole_name(name)
    if not Review.objects.standing().filter(photos__image=whole).exists():
        raise Http404
    return media.serve(request, name, public=True)
