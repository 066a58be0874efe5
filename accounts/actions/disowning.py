"""What happens when somebody says that a sign-in was not theirs."""

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse

from accounts.actions.sessions import end_sessions
from accounts.models import User


@transaction.atomic
def lock_out(user: User) -> str:
    """Whoever is in the account is out: every session ends and the password opens it no more.
    Answers the path of the page on which a new one is chosen; it works for whoever has it."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_sessions(user)
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    where = {"uidb36": user_pk_to_url_str(user), "key": token}
    return reverse("account_reset_password_from_key", kwargs=where)
