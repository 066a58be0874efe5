"""Products in videos: what players show of them, and the author's page about them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import policy
from accounts.errors import Refused
from accounts.requests import SignedInRequest
from commerce import affiliation, tags
from commerce.actions import tagging
from commerce.forms.tagging import TagForm
from commerce.models import Product, ProductTag, ShowcaseItem
from videos.models import Video


@require_GET
def in_videos(request: HttpRequest) -> HttpResponse:
    """What stands in the videos `?v=<id>&v=<id>`, a template for each that has something: asked
    for once a page of the feed is there, so that no feed waits for it."""
    wanted = {key for text in request.GET.getlist("v")[: tags.MOST_VIDEOS] if (key := _uuid(text))}
    found = tags.tags_in(wanted, request.user)
    return render(request, "commerce/tags/in_videos.html", {"videos": dict(found)})


@require_GET
def in_video(request: HttpRequest, video_id: UUID) -> HttpResponse:
    """The products of one video: a sheet, or without a script a page."""
    video = get_object_or_404(Video.objects.visible_to(request.user), pk=video_id)
    found = tags.tags_in([video.pk], request.user).get(video.pk, [])
    template = "_products.html" if request.headers.get("HX-Request") else "products.html"
    return render(request, f"commerce/tags/{template}", {"tags": found, "video": video})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tag_products(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """The author's page: what stands in the video and what may; POST puts one there or moves it."""
    policy.permit(policy.earn(request.user.person))
    video = _own_video(request, video_id)
    form = TagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            tagging.tag_product(request.user, video, form.cleaned_data["product"], **form.said)
            messages.success(request, _("Saved."))
            return redirect("commerce:tag-products", video.pk)
        except (ValidationError, Refused) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else error.detail)
    context = {"video": video, "form": form, **_chosen_from(request, video)}
    return render(request, "commerce/tags/edit.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def untag_product(request: SignedInRequest, video_id: UUID, product_id: UUID) -> HttpResponse:
    """Take a product out of one's video."""
    tagging.untag_product(request.user, _own_video(request, video_id), product_id)
    return redirect("commerce:tag-products", video_id)


def _own_video(request: SignedInRequest, video_id: UUID) -> Video:
    mine = Video.objects.filter(author=request.user).with_parts().prefetch_related("clips")
    return get_object_or_404(mine, pk=video_id)


def _chosen_from(request: SignedInRequest, video: Video) -> dict[str, Any]:
    """What is shown already, and what else could be."""
    shown = tags.own_tags(video)
    kept = ShowcaseItem.objects.filter(creator=request.user).values("product")
    showcase = Product.objects.listed().filter(pk__in=kept).with_card()
    known = {tag.product_id for tag in shown}
    offered = [*showcase, *affiliation.addable(request.user)]
    return {
        "tags": [(tag, TagForm.of(tag)) for tag in shown],
        "addable": [product for product in offered if product.pk not in known],
        "is_full": len(shown) >= ProductTag.MOST,
        "film": _film(video),
    }


def _film(video: Video) -> str:
    """What plays on the page: of a draft, its first clip."""
    if not video.is_draft:
        return video.small_url
    return video.first_preview.preview_url if video.first_preview else ""


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
