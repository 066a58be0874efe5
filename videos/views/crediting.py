"""Pages of co-creators: whom the author asked, and what one was asked oneself."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.errors import Refused
from accounts.models import User
from accounts.requests import SignedInRequest
from videos.actions import crediting
from videos.models import Credit, Video
from videos.views.editing import own_video

PAGE = 30
FRIENDS = 200  # offered by name; others are typed


@login_required
def co_creators(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """Who stands beside the author of one's own video; POST asks somebody."""
    video = own_video(request, video_id)
    problem, typed = "", request.POST.get("username", "").strip().removeprefix("@")
    if request.method == "POST":
        problem = _invite(request, video, typed)
        if not problem:
            return redirect("videos:co_creators", video.pk)
    credits = list(video.credits.standing().select_related("user").order_by("pk"))
    asked = {credit.user_id for credit in credits}
    friends = User.objects.active().friends_of(request.user).order_by("display_name", "username")
    context = {
        "video": video,
        "credits": credits,
        "friends": [friend for friend in friends[:FRIENDS] if friend.pk not in asked],
        "is_full": len(credits) >= Credit.MOST,
        "problem": problem,
        "typed": typed,
    }
    return render(request, "videos/co_creators.html", context, status=422 if problem else 200)


def _invite(request: SignedInRequest, video: Video, username: str) -> str:
    """Why nobody was asked, or nothing."""
    person = User.objects.visible_to(request.user).named(username).first()
    if person is None:
        return _("There is nobody of that name.")
    try:
        crediting.invite_co_creator(request.user, video, person)
    except Refused as error:
        return error.detail
    messages.success(request, _("%(name)s is asked.") % {"name": person.name})
    return ""


@login_required
@require_POST
def remove_co_creator(request: SignedInRequest, video_id: UUID, username: str) -> HttpResponse:
    """Take an invitation back, or a name away."""
    person = get_object_or_404(User.objects.named(username))
    crediting.remove_co_creator(request.user, own_video(request, video_id), person)
    return redirect("videos:co_creators", video_id)


@login_required
@require_safe
def credits(request: SignedInRequest) -> HttpResponse:
    """The videos of others that one was asked to be named in, or is; invitations first."""
    # "invited" comes before "accepted" from behind.
    mine = Credit.objects.of(request.user).order_by("-state", "-asked_at", "-pk")
    page = Paginator(mine, PAGE).get_page(request.GET.get("page"))
    return render(request, "videos/credits.html", {"page": page})


@login_required
@require_POST
def answer_credit(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """Accept, decline, or be named no more."""
    video = get_object_or_404(Video, pk=video_id)
    answers = {"accept": crediting.accept_credit, "end": crediting.end_credit}
    if (answer := answers.get(request.POST.get("answer", ""))) is None:
        raise Http404
    try:
        answer(request.user, video)
    except Refused as error:
        messages.error(request, error.detail)
    return redirect("videos:credits")
