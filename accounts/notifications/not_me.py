"""The address in a mail about somebody's account by which they say "that was not me": a signature
stands for the person and the epoch of their sessions, so that it works once."""

from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.urls import reverse

from accounts.models import User

PURPOSE = "accounts.not_me"
VALID = timedelta(days=3)


def address_for(user: User) -> str:
    """The path of that page for one mail to this person."""
    token = signing.dumps([user.pk.hex, user.session_epoch], salt=PURPOSE)
    return reverse("accounts:not_me", args=[token])


def whose(token: str) -> User:
    """Whom an address was made for. Raises `signing.BadSignature` for what is no address of ours,
    was used, or is of somebody who is gone; `signing.SignatureExpired` after three days."""
    key, epoch = signing.loads(token, salt=PURPOSE, max_age=VALID)
    user = User.objects.active().filter(pk=UUID(key), session_epoch=epoch).first()
    if user is None:
        raise signing.BadSignature
    return user
