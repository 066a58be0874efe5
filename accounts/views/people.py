"""Profiles, follows and requests to follow."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import actions, media
from accounts.models import Block, Follow, User, relations_of, standing_between
from accounts.requests import PageRequest, SignedInRequest

PAGE = 30


def _anybody(username: str) -> User:
    """Who has this username, whatever lies between; actions decide."""
    return get_object_or_404(User.objects.active().with_counts().named(username))


# --- Profiles -----------------------------------------------------------------------------------


@require_GET
def profile(request: PageRequest, username: str) -> HttpResponse:
    """Somebody's page: to whom they block it does not exist, who blocks them may take that back."""
    person = _anybody(username)
    if Block.objects.made_by(request.user, person).exists():
        return render(request, "accounts/blocked.html", {"person": person})
    if not User.objects.visible_to(request.user).filter(pk=person.pk).exists():
        raise Http404
    return render(request, "accounts/profile.html", _profile_context(request, person))


def _profile_context(request: PageRequest, person: User) -> dict[str, Any]:
    waiting = Follow.objects.for_answer(person) if person == request.user else None
    return {
        "person": person,
        "standing": standing_between(request.user, person),
        "waiting": waiting.count() if waiting is not None else 0,
    }


def _list_page(request: SignedInRequest, username: str, *, end: str, title: str) -> HttpResponse:
    """One page of follows of a person; a private account's are for its followers."""
    person = get_object_or_404(User.objects.visible_to(request.user).named(username))
    if not standing_between(request.user, person).sees_posts:
        raise Http404
    other_end = "followed" if end == "follower" else "follower"
    shown = User.objects.visible_to(request.user)
    follows = Follow.objects.accepted().filter(**{other_end: person, f"{end}__in": shown})
    ordered = follows.select_related(end).order_by("-created_at", "-pk")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    people = [getattr(follow, end) for follow in page]
    relations = relations_of(request.user, [other.pk for other in people])
    rows = [(other, relations[other.pk]) for other in people]
    template = "accounts/_people.html" if request.htmx else "accounts/people.html"
    context = {"person": person, "rows": rows, "page": page, "title": title, "end": end}
    return render(request, template, context)


@login_required
@require_GET
def followers(request: SignedInRequest, username: str) -> HttpResponse:
    """Who follows this person."""
    return _list_page(request, username, end="follower", title=_("Followers"))


@login_required
@require_GET
def following(request: SignedInRequest, username: str) -> HttpResponse:
    """Whom this person follows."""
    return _list_page(request, username, end="followed", title=_("Following"))


@login_required
@require_POST
def follow(request: SignedInRequest, username: str) -> HttpResponse:
    """Follow, or stop where the form says so by its `stop` field; answers the changed part."""
    person = _anybody(username)
    if _wants_to_stop(request, person):
        actions.unfollow(request.user, person)
    else:
        actions.follow(request.user, person)
    if not request.htmx:
        return redirect(person)
    if request.POST.get("part") == "header":
        person = _anybody(username)
        return render(request, "accounts/_header.html", _profile_context(request, person))
    context = {"person": person, "standing": standing_between(request.user, person)}
    return render(request, "accounts/_follow.html", context)


def _wants_to_stop(request: SignedInRequest, person: User) -> bool:
    """What the button said when it was pressed; without that, the other of what is."""
    if "stop" in request.POST:
        return request.POST["stop"] == "1"
    return Follow.objects.filter(follower=request.user, followed=person).exists()


@login_required
@require_POST
def bell(request: SignedInRequest, username: str) -> HttpResponse:
    """Be told of their new videos, or not, as the form says by `on`; answers the button."""
    person = _anybody(username)
    actions.set_bell(request.user, person, on=request.POST.get("on") == "1")
    if not request.htmx:
        return redirect(person)
    context = {"person": person, "standing": standing_between(request.user, person)}
    return render(request, "accounts/_bell.html", context)


@login_required
@require_POST
def block(request: SignedInRequest, username: str) -> HttpResponse:
    """Block, or take one's own block back."""
    person = _anybody(username)
    if Block.objects.made_by(request.user, person).exists():
        actions.unblock(request.user, person)
        messages.success(request, _("You no longer block %(name)s.") % {"name": person.name})
    else:
        actions.block(request.user, person)
    return _go(request, "accounts:privacy" if request.POST.get("next") == "settings" else person)


@login_required
@require_POST
def remove_follower(request: SignedInRequest, username: str) -> HttpResponse:
    """They follow no longer and are not told."""
    actions.remove_follower(request.user, _anybody(username))
    if request.htmx:
        return HttpResponse()
    return redirect("accounts:followers", request.user.username)


def _go(request: PageRequest, target: Any) -> HttpResponse:
    """A redirect that htmx follows as a whole page."""
    response = redirect(target)
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": response["Location"]})
    return response


@require_GET
def avatar(request: PageRequest, name: str) -> HttpResponseBase:
    """A picture under its random name, which never changes."""
    return media.serve(request, name, public=True)


@login_required
@require_GET
def follow_requests(request: SignedInRequest) -> HttpResponse:
    """Who asks to follow, newest first."""
    waiting = Follow.objects.for_answer(request.user).select_related("follower")
    page = Paginator(waiting.order_by("-created_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/follow_requests.html", {"page": page})


@login_required
@require_POST
def answer_request(request: SignedInRequest, username: str) -> HttpResponse:
    """Accept or decline one request; answers the row's new state."""
    person = _anybody(username)
    accepted = request.POST.get("answer") == "accept"
    verb = actions.accept_follow if accepted else actions.decline_follow
    verb(request.user, person)
    if not request.htmx:
        return redirect("accounts:follow_requests")
    return render(request, "accounts/_answered.html", {"person": person, "accepted": accepted})
