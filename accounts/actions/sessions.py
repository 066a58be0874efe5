"""Where somebody is signed in: noting it, and ending it."""

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import live
from accounts.actions.devices import forget_devices
from accounts.models import SecurityEvent, SignIn, User
from accounts.models.sign_in import NAME_LIMIT, SEEN_WITHIN
from accounts.notifications import notify
from accounts.reading import ANY_WORD, NOBODY, Prepared


@transaction.atomic
def end_sessions(actor: User, *, keep: SessionBase | None = None) -> None:
    """Sign out everywhere, browsers and apps, but for the session `keep`."""
    User.objects.filter(pk=actor.pk).update(session_epoch=F("session_epoch") + 1)
    actor.refresh_from_db(fields=["session_epoch"])
    if keep is not None:
        keep[HASH_SESSION_KEY] = actor.get_session_auth_hash()
        keep.save()
    kept = keep.session_key if keep is not None else None
    SignIn.objects.filter(user=actor).exclude(session_key=kept or "").delete()
    forget_devices(actor, keep=kept)
    note_security(actor, SecurityEvent.Kind.SESSIONS_ENDED)
    notify("accounts.sessions_ended", actor.pk)
    live.revoke_sockets(actor.pk)


@transaction.atomic
def end_session(actor: User, sign_in: SignIn) -> None:
    """Sign out in one of one's own browsers or apps; its sockets close."""
    key = sign_in.session_key
    Session.objects.filter(session_key=key).delete()
    forget_devices(actor, session_key=key)
    note_security(actor, SecurityEvent.Kind.REVOKED, name=sign_in.name)
    sign_in.delete()
    live.revoke_sockets(actor.pk, session_key=key)


def note_session(user: User, session_key: str, *, name: str, is_app: bool = False) -> None:
    """Somebody has this session, and was here now."""
    now, known = timezone.now(), _sign_in.first(NOBODY, session_key)
    if known is None:
        SignIn.objects.get_or_create(
            session_key=session_key, defaults={"user": user, "name": name, "is_app": is_app}
        )
    elif known.seen_at <= now - SEEN_WITHIN:
        SignIn.objects.filter(pk=known.pk, seen_at=known.seen_at).update(seen_at=now)


_sign_in = Prepared(
    lambda _nobody, key: SignIn.objects.filter(session_key=key).only("seen_at"), ANY_WORD
)


def note_security(user: User, kind: str, *, name: str = "") -> None:
    """Something happened to how the account is entered, in the browser or app of that name."""
    SecurityEvent.objects.create(user=user, kind=kind, name=name[:NAME_LIMIT])


def note_leaked_password(user: User, is_leaked: bool) -> None:
    """Whether the password with which they came in stands in a list of leaked ones."""
    if user.has_leaked_password != is_leaked:
        user.has_leaked_password = is_leaked
        user.save(update_fields=["has_leaked_password"])
