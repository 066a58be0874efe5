"""Which signed-in sessions are still good, and how a page tells one from the next."""

from collections.abc import Iterable

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User


def living(session_keys: Iterable[str]) -> set[str]:
    """Which of these are still good: not signed out, expired, revoked or of somebody inactive.

    The stored fingerprint covers password and session epoch. Two queries, however many keys.
    """
    rows = Session.objects.filter(session_key__in=set(session_keys), expire_date__gt=timezone.now())
    held = {row.session_key: row.get_decoded() for row in rows}
    people = User.objects.active().in_bulk({said.get(SESSION_KEY) for said in held.values()})
    fingerprints = {str(key): user.get_session_auth_hash() for key, user in people.items()}
    return {
        key
        for key, said in held.items()
        if constant_time_compare(
            said.get(HASH_SESSION_KEY, ""), fingerprints.get(said.get(SESSION_KEY, ""), "-")
        )
    }


def mark_of(session_key: str | None) -> str:
    """The same for every page of one session and for no other's; the key cannot be told from it."""
    return salted_hmac("accounts.sessions.mark", session_key or "").hexdigest()[:16]
