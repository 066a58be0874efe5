"""What is said and felt under a video: hearts and comments."""

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.requests import PageRequest, SignedInRequest
from videos import actions
from videos.forms import CommentForm
from videos.models import Comment, Video
from videos.views.doors import find_video

COMMENTS = 100


@login_required
@require_POST
def like(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """Give the heart, or take it back."""
    video = find_video(request, video_id)
    verb = actions.unlike if video.is_liked else actions.like  # type: ignore[attr-defined]
    verb(request.user, video)
    if not request.htmx:
        return redirect(video)
    return render(request, "videos/_like.html", {"video": find_video(request, video_id)})


def comments_context(
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
    video = find_video(request, video_id)
    if request.method != "POST":
        return render(request, "videos/_comments.html", comments_context(request, video))
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={video.get_absolute_url()}")
    form = CommentForm(request.POST)
    form.is_valid()
    try:
        _add(cast(SignedInRequest, request), video, form)
    except ValidationError as error:
        form.add_error(None, error.messages[0])
        return render(
            request, "videos/_comments.html", comments_context(request, video, form), status=422
        )
    if not request.htmx:
        return redirect(video)
    video.refresh_from_db(fields=["comment_count"])
    return render(request, "videos/_comments.html", comments_context(request, video))


def _add(request: SignedInRequest, video: Video, form: CommentForm) -> None:
    parent_id = form.cleaned_data.get("parent")
    parent = Comment.objects.filter(pk=parent_id, video=video).first() if parent_id else None
    actions.add_comment(request.user, video, body=request.POST.get("body", ""), parent=parent)


@login_required
@require_POST
def delete_comment(request: SignedInRequest, comment_id: UUID) -> HttpResponse:
    """Take a comment away and show what is left."""
    comment = get_object_or_404(Comment.objects.select_related("video"), pk=comment_id)
    video = find_video(request, comment.video_id)
    actions.delete_comment(request.user, comment)
    if not request.htmx:
        return redirect(video)
    video.refresh_from_db(fields=["comment_count"])
    return render(request, "videos/_comments.html", comments_context(request, video))
