"""The HTML door of videos."""

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.media import serve
from accounts.models import User
from accounts.requests import PageRequest, SignedInRequest
from videos import actions, feed
from videos.forms import CommentForm, EditForm, UploadForm
from videos.models import Comment, Video

COMMENTS = 100
GRID = 60


def _video(request: HttpRequest, video_id: UUID) -> Video:
    """A video the viewer may see; otherwise there is none."""
    videos = Video.objects.visible_to(request.user).liked_by(request.user)
    return get_object_or_404(videos, pk=video_id)


# --- Watching -------------------------------------------------------------------------------------


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The feed; a fragment of clips for the pages after the first."""
    tab = request.GET.get("tab", feed.FOR_YOU)
    if tab not in feed.TABS:
        raise Http404
    cursor = request.GET.get("cursor", "")
    try:
        page = feed.page(request.user, tab=tab, cursor=cursor)
    except ValidationError:
        return redirect("videos:feed")
    context = {"page": page, "tab": tab, "tabs": _tabs(tab), "feed_url": reverse("videos:feed")}
    return render(request, "videos/_clips.html" if cursor else "videos/feed.html", context)


def _tabs(current: str) -> list[dict[str, Any]]:
    names = {feed.FOR_YOU: _("For you"), feed.FOLLOWING: _("Following"), feed.FRIENDS: _("Friends")}
    return [{"key": key, "name": name, "is_on": key == current} for key, name in names.items()]


@require_safe
def detail(request: HttpRequest, video_id: UUID) -> HttpResponse:
    """One video with its comments; one's own that is not published yet shows how it stands."""
    video = _video(request, video_id)
    if not video.is_published:
        return render(request, "videos/unpublished.html", _standing(video))
    context = {"video": video, "item": feed.Item(video, ""), **_comments(request, video)}
    return render(request, "videos/detail.html", context)


def _standing(video: Video) -> dict[str, Any]:
    """How an unpublished video stands; only what the machine failed at is worth another try."""
    return {
        "video": video,
        "percent": round(actions.progress_of(video) * 100),
        "is_worth_retrying": video.failure_code == "video.encode_failed",
    }


@require_safe
def status(request: HttpRequest, video_id: UUID) -> HttpResponse:
    """How far the preparing is, asked again every two seconds until it is done."""
    video = _video(request, video_id)
    response = render(request, "videos/_status.html", _standing(video))
    if video.is_published:
        response["HX-Redirect"] = video.get_absolute_url()
    return response


@require_safe
def media(request: HttpRequest, video_id: UUID, name: str) -> HttpResponseBase:
    """One file of a video, for whoever may watch it; the source is nobody's to fetch."""
    video = _video(request, video_id)
    wanted = f"videos/{video.pk}/{name}"
    if wanted not in video.shown_files:
        raise Http404
    return serve(request, wanted, public=video.is_public)


@require_POST
def view(request: HttpRequest, video_id: UUID) -> HttpResponse:
    """The player says that the video has been watched for two seconds."""
    actions.note_view(request.user, _video(request, video_id))
    return HttpResponse(status=204)


# --- Answering ------------------------------------------------------------------------------------


@login_required
@require_POST
def like(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """Give the heart, or take it back."""
    video = _video(request, video_id)
    verb = actions.unlike if video.is_liked else actions.like  # type: ignore[attr-defined]
    verb(request.user, video)
    if not request.htmx:
        return redirect(video)
    return render(request, "videos/_like.html", {"video": _video(request, video_id)})


def _comments(
    request: HttpRequest, video: Video, form: CommentForm | None = None
) -> dict[str, Any]:
    """Threads, newest first; answers below, oldest first."""
    comments = Comment.objects.visible_to(request.user).filter(video=video)
    threads = list(comments.filter(parent=None).order_by("-created_at")[:COMMENTS])
    answers: dict[UUID | None, list[Comment]] = {}
    for answer in comments.filter(parent__in=threads).order_by("created_at"):
        answers.setdefault(answer.parent_id, []).append(answer)
    refusal = actions.comment_refusal(request.user, video)
    return {
        "video": video,
        "closed": refusal.sentence if refusal else "",
        "threads": [(thread, answers.get(thread.pk, [])) for thread in threads],
        "comment_form": form or CommentForm(),
        "deletes_all": video.author_id == request.user.pk,
    }


def comments(request: PageRequest, video_id: UUID) -> HttpResponse:
    """The drawer under a video; POST adds one and answers with the drawer again."""
    video = _video(request, video_id)
    if request.method != "POST":
        return render(request, "videos/_comments.html", _comments(request, video))
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={video.get_absolute_url()}")
    form = CommentForm(request.POST)
    form.is_valid()
    try:
        _add(cast(SignedInRequest, request), video, form)
    except ValidationError as error:
        form.add_error(None, error.messages[0])
        return render(request, "videos/_comments.html", _comments(request, video, form), status=422)
    if not request.htmx:
        return redirect(video)
    video.refresh_from_db(fields=["comment_count"])
    return render(request, "videos/_comments.html", _comments(request, video))


def _add(request: SignedInRequest, video: Video, form: CommentForm) -> None:
    parent_id = form.cleaned_data.get("parent")
    parent = Comment.objects.filter(pk=parent_id, video=video).first() if parent_id else None
    actions.add_comment(request.user, video, body=request.POST.get("body", ""), parent=parent)


@login_required
@require_POST
def delete_comment(request: SignedInRequest, comment_id: UUID) -> HttpResponse:
    """Take a comment away and show what is left."""
    comment = get_object_or_404(Comment.objects.select_related("video"), pk=comment_id)
    video = _video(request, comment.video_id)
    actions.delete_comment(request.user, comment)
    if not request.htmx:
        return redirect(video)
    video.refresh_from_db(fields=["comment_count"])
    return render(request, "videos/_comments.html", _comments(request, video))


# --- Making ---------------------------------------------------------------------------------------


@login_required
def upload(request: SignedInRequest) -> HttpResponse:
    """Choose a file, say something about it, post it."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        file = fields.pop("file")
        try:
            return redirect(actions.upload_video(request.user, file, **fields))
        except ValidationError as error:
            form.add_error(None, error)
    code = 422 if form.is_bound and form.errors else 200
    return render(request, "videos/upload.html", {"form": form}, status=code)


@login_required
def edit(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """Change the words and the audience of one's own video."""
    video = get_object_or_404(Video.objects.filter(author=request.user), pk=video_id)
    form = EditForm(request.POST or None, instance=video)
    if request.method == "POST" and form.is_valid():
        actions.edit_video(request.user, video, **form.cleaned_data)
        return redirect(video)
    code = 422 if form.is_bound else 200
    return render(request, "videos/edit.html", {"form": form, "video": video}, status=code)


@login_required
@require_POST
def retry(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """Prepare a failed video once more."""
    return redirect(actions.retry_video(request.user, _video(request, video_id)))


@login_required
@require_POST
def delete(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """Take one's own video away for good."""
    actions.delete_video(request.user, _video(request, video_id))
    return redirect("accounts:profile", request.user.get_username())


# --- Finding --------------------------------------------------------------------------------------


@require_safe
def discover(request: HttpRequest) -> HttpResponse:
    """Search people, topics and videos; without words, what is going on."""
    words = request.GET.get("q", "").strip()[:80]
    videos = Video.objects.visible_to(request.user).published()
    people = User.objects.none()
    tags = feed.trending()
    if words:
        bare = words.lstrip("@#")
        people = User.objects.visible_to(request.user).matching(bare).order_by("username")[:12]
        tags = feed.topics(bare)
        videos = videos.filter(caption__icontains=words)
    found = videos.order_by("-published_at")[:GRID]
    context = {"words": words, "people": people, "tags": tags, "videos": found}
    return render(request, "videos/discover.html", context)


@require_safe
def tag(request: HttpRequest, name: str) -> HttpResponse:
    """Videos that name one topic."""
    videos = (
        Video.objects.visible_to(request.user).published().filter(hashtags__name=name.casefold())
    )
    context = {"name": name, "videos": videos.order_by("-published_at")[:GRID]}
    return render(request, "videos/tag.html", context)
