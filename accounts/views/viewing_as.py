"""One's own profile as others see it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from accounts import viewing_as
from accounts.models import User, standing_between
from accounts.requests import SignedInRequest

MOST = 50  # people offered by name


@login_required
@require_GET
def view_as(request: SignedInRequest, who: str = viewing_as.STRANGER) -> HttpResponse:
    """The profile as `who` gets it ("friend", "@ben"), with a line above it that leads back."""
    if name := request.GET.get("who"):
        return redirect("accounts:view_as", name)
    people = viewing_as.people_to_ask_for(request.user).order_by("display_name", "username")
    context = {
        "profile": _as_seen_by(request, who),
        "who": who,
        "kinds": viewing_as.KINDS.items(),
        "people": people[:MOST],
    }
    return render(request, "accounts/view_as.html", context)


def _as_seen_by(request: SignedInRequest, who: str) -> str:
    """What the profile's own template makes of it for them; its buttons press nothing."""
    person = User.objects.with_counts().get(pk=request.user.pk)
    with viewing_as.viewer(request.user, who) as viewer:
        context = {
            "person": person,
            "standing": standing_between(viewer, person),
            "waiting": 0,
            "is_preview": True,
        }
        theirs = viewing_as.request_of(request, viewer)
        return render_to_string("accounts/_profile.html", context, theirs)
