"""A person's own stickers on a page: made, sent, published, taken out; works without JavaScript."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import policy
from chat import actions
from chat.forms import StickerForm
from chat.models import Conversation, Sticker
from chat.models.media import STICKERS_LIMIT
from chat.rights import Right
from chat.views.doors import ERRORS, TalkRequest, back, for_talkers, sentence_of


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def stickers(request: TalkRequest) -> HttpResponse:
    """One's own set, the latest first, each to be sent to the conversation `for`; POST makes one
    of a picture."""
    form = StickerForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        try:
            actions.make_sticker(request.user, wanted["file"], alt=wanted["alt"])
            messages.success(request, _("Added to your stickers."))
            return redirect(request.get_full_path())
        except ERRORS as error:
            form.add_error("file", sentence_of(error))
    context = {
        "form": form,
        "stickers": Sticker.objects.kept_by(request.user),
        "limit": STICKERS_LIMIT,
        "may_publish": policy.publish_sticker(request.user.person) is None,
        "place": _place(request),
        "client_id": uuid4(),
    }
    return render(request, "chat/stickers.html", context, status=422 if form.errors else 200)


def _place(request: TalkRequest) -> Conversation | None:
    """The conversation into which a press sends one; None where the person may send no media."""
    wanted = request.GET.get("for", "")
    try:
        key = UUID(wanted)
    except ValueError:
        return None
    mine = request.user.memberships.active().select_related("conversation")
    membership = mine.filter(conversation=key).first()
    may_send = membership is not None and membership.may(Right.MEDIA)
    return membership.conversation if membership and may_send else None


@require_POST
@for_talkers
def sticker(request: TalkRequest, sticker_id: UUID) -> HttpResponse:
    """`act`: keep one that the person sees; remove, publish or unpublish one of theirs."""
    user = request.user
    act = request.POST.get("act", "")
    known = Sticker.objects.visible_to(user) if act == "keep" else Sticker.objects.kept_by(user)
    shown = get_object_or_404(known, pk=sticker_id)
    acts: dict[str, tuple[Callable[[], Any], str]] = {
        "keep": (lambda: actions.keep_sticker(user, shown), _("Added to your stickers.")),
        "remove": (lambda: actions.remove_sticker(user, shown), _("Removed from your stickers.")),
        "publish": (
            lambda: actions.publish_sticker(user, shown, is_published=True),
            _("Published: whoever follows you can add it."),
        ),
        "unpublish": (
            lambda: actions.publish_sticker(user, shown, is_published=False),
            _("It is yours alone again."),
        ),
    }
    if act not in acts:
        raise Http404
    verb, words = acts[act]
    try:
        verb()
        messages.success(request, words)
    except ERRORS as error:
        messages.error(request, sentence_of(error))
    return back(request, "chat:stickers")
