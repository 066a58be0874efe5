"""How allauth makes, changes and signs out an account of Medley's."""

import datetime
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import actions, age_screen, known_browsers, live, policy, standing
from accounts.agents import name_of
from accounts.ids import uuid7
from accounts.models import SecurityEvent, User
from accounts.notifications import notify
from accounts.notifications.own import CREDENTIALS
from accounts.passwords import is_leaked
from accounts.passwords.validators import SENTENCE

OLDEST = 120


class AccountAdapter(DefaultAccountAdapter):
    """allauth's adapter with the age screen, Medley's defaults and word to the open sockets."""

    def screen_birth_date(
        self, request: HttpRequest, birth_date: datetime.date, *, today: datetime.date
    ) -> datetime.date:
        """R1: the date itself, or `ValidationError` with `policy.R1`, the same for 24 h."""
        age = policy.age_on(birth_date, today)
        if not 0 <= age <= OLDEST:
            raise ValidationError(_("Check the year."), code="birth_date.implausible")
        if age_screen.was_refused(request):
            age = 0
        if refusal := policy.sign_up(age):
            age_screen.remember(request)
            raise ValidationError(str(refusal.sentence), code=refusal.code)
        return birth_date

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """A new account with the defaults of its age (R2, R3, R4, R6)."""
        chosen = form.cleaned_data
        user.birth_date = chosen["birth_date"]
        user.time_zone = chosen["time_zone"]
        user.language = get_language() or ""
        actions.apply_age_defaults(user, audience=chosen["audience"])
        try:
            with transaction.atomic():
                return super().save_user(request, user, form, commit=commit)
        except IntegrityError:
            # Two sign-ups took the same name in the same moment; the form had found it free.
            messages.error(request, _("This username was taken a moment ago. Choose another."))
            raise ImmediateHttpResponse(redirect("account_signup"))

    def set_password(self, user: User, password: str) -> None:
        """A new password ends every other session, every socket, and what devices are told: the one
        at hand registers anew with its next page (behaviours/pushes.js)."""
        user.has_leaked_password = False  # the rules for new ones have seen to that
        super().set_password(user, password)
        actions.forget_devices(user)
        live.revoke_sockets(user.pk)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where it was begun."""
        return reverse("accounts:security")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """As allauth's; a password that everybody can look up opens the account, and is noted."""
        if credentials.get("email"):
            # allauth would try the address as a username as well, and hash twice where it is known:
            # slow enough to tell. No username of ours looks like an address.
            credentials.pop("username", None)
        user = super().authenticate(request, **credentials)
        if user is not None and (password := credentials.get("password")):
            actions.note_leaked_password(user, is_leaked(password))
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        """Whoever was here before hears of a sign-in from a browser that they never used."""
        if user.last_login and not known_browsers.is_known(request, user):
            notify("accounts.new_device", user.pk, detail=uuid7(), device=_device(request))
        super().login(request, user)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """The password was right, and the account is closed: what was decided, an appeal, one's
        data. An app gets a token for those (accounts/standing.py)."""
        if not standing.is_for(user):
            return super().respond_user_inactive(request, user)
        if hasattr(request.allauth, "headless"):  # type: ignore[attr-defined]
            raise standing.Closed(user)
        standing.begin(request.session, user)
        return redirect("accounts:standing")

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        """The browser is known from now on."""
        actions.note_security(user, SecurityEvent.Kind.SIGNED_IN, name=_device(request))
        response = super().post_login(request, user, **how)
        known_browsers.remember(request, response, user)
        return _asking_for_another_password(request, user, response)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """allauth says here what was changed about how somebody signs in: they hear of it, at their
        address by a mail of ours (accounts/notifications/mails.py), at the one that it names, which
        is theirs no more, by this one."""
        if email is not None:
            super().send_notification_mail(template_prefix, user, context, email)
        change = template_prefix.rpartition("/")[2]
        if change in CREDENTIALS.alone.sentences:
            device = _device(self.request)
            notify(CREDENTIALS.name, user.pk, detail=uuid7(), change=change, device=device)
            actions.note_security(user, change, name=device)

    def logout(self, request: HttpRequest) -> None:
        """Signing out ends this session's sockets as well."""
        user, session_key = request.user, request.session.session_key
        super().logout(request)
        if user.is_authenticated and session_key:
            actions.note_security(user, SecurityEvent.Kind.SIGNED_OUT, name=_device(request))
            actions.forget_devices(user, session_key=session_key)
            live.revoke_sockets(user.pk, session_key=session_key)


def _asking_for_another_password(
    request: HttpRequest, user: User, response: HttpResponse
) -> HttpResponse:
    """On the way in to a page, past the form that changes a password that anybody can know."""
    if not user.has_leaked_password or not isinstance(response, HttpResponseRedirect):
        return response
    messages.warning(request, SENTENCE)
    onwards = urlencode({"next": response.url})
    asking = redirect(f"{reverse('account_change_password')}?{onwards}")
    asking.cookies = response.cookies
    return asking


def _device(request: HttpRequest | None) -> str:
    """What it calls itself; nothing where somebody changed it by a command."""
    return name_of(request.headers.get("User-Agent", "")) if request else ""
