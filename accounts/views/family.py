"""Families as pages have them: pairing, the link of two people, questions for more time."""

from typing import Any
from uuid import UUID

import qrcode
import qrcode.image.svg
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import families
from accounts.errors import Refused
from accounts.families.links import links_of
from accounts.family_forms import CodeForm, PasscodeForm, TightenForm
from accounts.models import GuardianLink
from accounts.requests import SignedInRequest


@never_cache
@login_required
@require_GET
def family(request: SignedInRequest) -> HttpResponse:
    """Who guards whom, what waits for an answer, and how to pair."""
    return _page(request)


def _page(request: SignedInRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"rows": links_of(request.user), "code_form": CodeForm(), **more}
    return render(request, "accounts/family/family.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def family_code(request: SignedInRequest) -> HttpResponse:
    """A new code, shown this once, as digits and as a picture for the other's camera."""
    if request.method == "GET":  # the page again, after it was shown
        return redirect("accounts:family")
    code = families.make_code(request.user)
    join = request.build_absolute_uri(reverse("accounts:family_join"))
    return _page(request, code=code, picture=_picture(f"{join}?code={code.digits}"))


def _picture(address: str) -> SafeString:
    drawn = qrcode.make(address, image_factory=qrcode.image.svg.SvgPathImage, border=2)
    return mark_safe(drawn.to_string(encoding="unicode"))  # noqa: S308 (our own drawing)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def family_join(request: SignedInRequest) -> HttpResponse:
    """Enter a code; one that came by a picture is filled in already."""
    form = CodeForm(request.POST or None, initial={"code": request.GET.get("code", "")[:20]})
    if request.method == "POST" and form.is_valid():
        try:
            link = families.enter_code(request.user, form.cleaned_data["code"])
        except ValidationError as error:
            form.add_error("code", error)
        except Refused as error:
            form.add_error("code", error.detail)
        else:
            return redirect("accounts:family_link", link.pk)
    status = 422 if form.errors else 200
    return render(request, "accounts/family/join.html", {"form": form}, status=status)


@never_cache
@login_required
@require_GET
def family_link(request: SignedInRequest, link_id: UUID) -> HttpResponse:
    """The link as both see it: to consent to, to wait for, or in force with all that is seen."""
    return _link_page(request, families.find_link(request.user, link_id))


def _link_page(
    request: SignedInRequest, link: GuardianLink, *, status: int = 200, **forms: Any
) -> HttpResponse:
    is_guardian = link.guardian_id == request.user.pk
    context: dict[str, Any] = {
        "link": link,
        "other": link.other(request.user),
        "is_guardian": is_guardian,
    }
    if not link.is_in_force:
        return render(request, "accounts/family/asked.html", context, status=status)
    context |= {
        "sight": families.see(request.user, link),
        "tighten_form": TightenForm(instance=link) if is_guardian else None,
        "passcode_form": PasscodeForm() if is_guardian else None,
        "waiting": families.waiting_request(link.teen),
        **forms,
    }
    return render(request, "accounts/family/link.html", context, status=status)


@login_required
@require_POST
def consent_family(request: SignedInRequest, link_id: UUID) -> HttpResponse:
    """The teenager's yes."""
    link = families.consent(request.user, families.find_link(request.user, link_id))
    name = link.guardian.name
    messages.success(request, _("%(name)s is your guardian here now.") % {"name": name})
    return redirect("accounts:family_link", link.pk)


@login_required
@require_POST
def end_family(request: SignedInRequest, link_id: UUID) -> HttpResponse:
    """Either side's no, or no more."""
    link = families.find_link(request.user, link_id)
    families.end_link(request.user, link)
    name = link.other(request.user).name
    messages.success(request, _("The pairing with %(name)s has ended.") % {"name": name})
    return redirect("accounts:family")


@login_required
@require_POST
def tighten_family(request: SignedInRequest, link_id: UUID) -> HttpResponse:
    """What the guardian narrows, all of the form at once."""
    link = families.find_link(request.user, link_id)
    form = TightenForm(request.POST, instance=families.find_link(request.user, link_id))
    if form.is_valid():
        try:
            families.tighten(request.user, link, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. It holds from now on."))
            return redirect("accounts:family_link", link.pk)
    return _link_page(request, link, status=422, tighten_form=form)


@login_required
@require_POST
def family_passcode(request: SignedInRequest, link_id: UUID) -> HttpResponse:
    """The guardian's digits for more time."""
    link = families.find_link(request.user, link_id)
    form = PasscodeForm(request.POST)
    if form.is_valid():
        try:
            families.set_guardian_passcode(request.user, link, form.cleaned_data["passcode"])
        except ValidationError as error:
            form.add_error("passcode", error)
        else:
            messages.success(request, _("Your passcode is set."))
            return redirect("accounts:family_link", link.pk)
    return _link_page(request, link, status=422, passcode_form=form)


@login_required
@require_POST
def answer_time(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    """“15 more minutes”: yes, or not now."""
    grants = request.POST.get("answer") == "yes"
    families.answer_request(request.user, request_id, grants=grants)
    if "HX-Request" in request.headers:
        return HttpResponse()
    said = _("15 minutes more, from now.") if grants else _("They are told: not now.")
    messages.success(request, said)
    return redirect("accounts:family")
