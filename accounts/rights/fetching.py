"""The address under which a copy is fetched: for a day, and in the session that was shown it."""

from django.core import signing

from accounts.models.data_request import FETCHABLE, Export
from accounts.sessions import mark_of

SALT = "accounts.rights.fetching"


def key_of(export: Export, session_key: str | None) -> str:
    """What is added to the address for this session; no other can use it."""
    return signing.dumps([str(export.pk), mark_of(session_key)], salt=SALT)


def opens(export: Export, session_key: str | None, key: str) -> bool:
    """Whether the key was given for this copy, in this session, within a day."""
    try:
        said = signing.loads(key, salt=SALT, max_age=FETCHABLE)
    except signing.BadSignature:
        return False
    return bool(session_key) and said == [str(export.pk), mark_of(session_key)]
