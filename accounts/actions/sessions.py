"""Ending sessions."""

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import F

from accounts import live
from accounts.actions.devices import forget_devices
from accounts.models import User
from accounts.notifications import notify


@transaction.atomic
def end_sessions(actor: User, *, keep: SessionBase | None = None) -> None:
    """Sign out everywhere, browsers and apps, but for the session `keep`."""
    User.objects.filter(pk=actor.pk).update(session_epoch=F("session_epoch") + 1)
    actor.refresh_from_db(fields=["session_epoch"])
    if keep is not None:
        keep[HASH_SESSION_KEY] = actor.get_session_auth_hash()
        keep.save()
    forget_devices(actor, keep=keep.session_key if keep is not None else None)
    notify("accounts.sessions_ended", actor.pk)
    live.revoke_sockets(actor.pk)
