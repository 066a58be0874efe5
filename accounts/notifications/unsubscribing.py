"""The address that ends the digest without signing in (RFC 8058): a signature stands for the
person, and lets whoever has it do this one thing."""

from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.urls import reverse

from accounts.models import User

PURPOSE = "accounts.digest"
VALID = timedelta(days=180)


def address_for(user: User) -> str:
    """The path of that page for one mail to this person."""
    return reverse("accounts:stop_digest", args=[signing.dumps(user.pk.hex, salt=PURPOSE)])


def whose(token: str) -> User:
    """Whom an address was made for. Raises `signing.SignatureExpired` after 180 days, and
    `signing.BadSignature` for what is no address of ours or of somebody who is gone."""
    key = UUID(signing.loads(token, salt=PURPOSE, max_age=VALID))
    user = User.objects.active().filter(pk=key).first()
    if user is None:
        raise signing.BadSignature
    return user
