"""The drawer of comments under a video, and what is done to each of them."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.errors import Conflict
from accounts.requests import PageRequest, SignedInRequest
from videos import actions, rights
from videos.forms import CommentFilterForm, CommentForm
from videos.models import Comment, Video
from videos.naming import with_names
from videos.views.doors import find_video

PAGE = 30
TOP, NEWEST, HELD = "top", "newest", "held"

VERBS: dict[str, Callable[[Any, Comment], Any]] = {
    "like": actions.like_comment,
    "unlike": actions.unlike_comment,
    "pin": actions.pin_comment,
    "unpin": actions.unpin_comment,
    "heart": actions.heart_comment,
    "unheart": lambda actor, comment: actions.heart_comment(actor, comment, given=False),
    "let-through": actions.let_through,
}
# What changes one comment alone; after the others the drawer is drawn again.
ALONE = {"like", "unlike", "heart", "unheart"}


# --- Reading --------------------------------------------------------------------------------------


def comments(request: PageRequest, video_id: UUID) -> HttpResponse:
    """The drawer under a video, a page of threads at a time; POST adds one and answers with the
    drawer again."""
    video = find_video(request, video_id)
    if request.method == "POST":
        return _write(request, video)
    part = "videos/_threads.html" if request.GET.get("page") else "videos/_comments.html"
    return render(request, part, comments_context(request, video))


@require_safe
def answers(request: PageRequest, comment_id: UUID) -> HttpResponse:
    """The answers of one comment, oldest first; without htmx on a page of their own, opened where
    the answer `comment` stands."""
    thread = _comment(request, comment_id)
    video = find_video(request, thread.video_id)
    written = _readable(request, video).standing(request.user).filter(parent=thread)
    page = _page(request, written.order_by("created_at"), _number(request, written))
    context = _about(request, video) | {"thread": thread, "root": thread.pk, "page": page}
    part = "videos/_answers.html" if request.htmx else "videos/thread.html"
    return render(request, part, context)


def comments_context(
    request: HttpRequest, video: Video, form: CommentForm | None = None
) -> dict[str, Any]:
    """A page of threads as the drawer shows them: sorted as asked, or what is held (its author's
    alone)."""
    sort = request.GET.get("sort", TOP)
    threads = _readable(request, video)
    if sort == HELD:
        _must_run(request, video)
        threads = threads.held().order_by("created_at")
    else:
        threads = threads.threads().standing(request.user)
        threads = threads.newest_first() if sort == NEWEST else threads.top_first()
    page = _page(request, threads)
    return _about(request, video, form) | {"page": page, "sort": sort, "threads": page}


def _readable(request: HttpRequest, video: Video) -> Any:
    shown = Comment.objects.visible_to(request.user).liked_by(request.user)
    return shown.filter(video=video)


def _page(request: HttpRequest, comments: Any, number: int | None = None) -> Any:
    page = Paginator(comments, PAGE).get_page(number or request.GET.get("page"))
    page.object_list = with_names(page.object_list)
    return page


def _number(request: HttpRequest, answers: Any) -> int | None:
    """Of the page on which the answer `comment` stands; None where none is asked for."""
    try:
        wanted = UUID(request.GET.get("comment", ""))
    except ValueError:
        return None
    answer = answers.filter(pk=wanted).first()
    return answers.filter(created_at__lt=answer.created_at).count() // PAGE + 1 if answer else None


def _about(request: HttpRequest, video: Video, form: CommentForm | None = None) -> dict[str, Any]:
    """What every part of the drawer says besides the comments themselves."""
    refusal = rights.comment_refusal(request.user, video)
    is_run = video.author_id == request.user.pk
    return {
        "video": video,
        "closed": refusal.sentence if refusal else "",
        "comment_form": form or CommentForm(),
        "root": None,
        "is_run": is_run,
        "held_count": Comment.objects.filter(video=video).held().count() if is_run else 0,
    }


def _must_run(request: HttpRequest, video: Video) -> None:
    if video.author_id != request.user.pk:
        raise Http404


# --- Writing --------------------------------------------------------------------------------------


def _write(request: PageRequest, video: Video) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={video.get_absolute_url()}")
    form = CommentForm(request.POST)
    form.is_valid()
    try:
        _add(cast(SignedInRequest, request), video, form)
    except ValidationError as error:
        form.add_error(None, error.messages[0])
        context = comments_context(request, video, form)
        return render(request, "videos/_comments.html", context, status=422)
    return _drawer(request, video)


def _add(request: SignedInRequest, video: Video, form: CommentForm) -> None:
    parent_id = form.cleaned_data.get("parent")
    parent = Comment.objects.filter(pk=parent_id, video=video).first() if parent_id else None
    actions.add_comment(request.user, video, body=request.POST.get("body", ""), parent=parent)


@login_required
@require_POST
def act_on_comment(request: SignedInRequest, comment_id: UUID, verb: str) -> HttpResponse:
    """Like, pin, heart, let through; the other way too (VERBS)."""
    if verb not in VERBS:
        raise Http404
    comment = _comment(request, comment_id)
    video = find_video(request, comment.video_id)
    VERBS[verb](request.user, comment)
    if verb not in ALONE or not request.htmx:
        return _drawer(request, video)
    context = _about(request, video) | {"comment": _comment(request, comment_id)}
    return render(request, "videos/_comment.html", context)


@login_required
@require_POST
def delete_comment(request: SignedInRequest, comment_id: UUID) -> HttpResponse:
    """Take a comment away and show what is left."""
    comment = _comment(request, comment_id)
    video = find_video(request, comment.video_id)
    actions.delete_comment(request.user, comment)
    return _drawer(request, video)


def _comment(request: HttpRequest, comment_id: UUID) -> Comment:
    """A comment the person may read; otherwise there is none."""
    comments = Comment.objects.visible_to(request.user).liked_by(request.user)
    found = get_object_or_404(comments.select_related("video"), pk=comment_id)
    return with_names([found])[0]


def _drawer(request: PageRequest, video: Video) -> HttpResponse:
    if not request.htmx:
        return redirect(video)
    video.refresh_from_db(fields=["comment_count"])
    return render(request, "videos/_comments.html", comments_context(request, video))


# --- What is read first ---------------------------------------------------------------------------


@login_required
def comment_filter(request: SignedInRequest) -> HttpResponse:
    """Which comments one reads before others do."""
    kept = actions.comment_filter_of(request.user)
    form = CommentFilterForm(request.POST or None, initial=_as_form(kept), instance=kept)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_comment_filter(request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        except Conflict as error:
            form.begin_anew(_as_form(actions.comment_filter_of(request.user)), error.detail)
        else:
            messages.success(request, _("Saved."))
            return redirect("videos:comment_filter")
    code = 422 if form.errors else 200
    return render(request, "videos/comment_filter.html", {"form": form}, status=code)


def _as_form(kept: Any) -> dict[str, Any]:
    words = "\n".join(kept.words)
    return {"words": words, "seen": words}
