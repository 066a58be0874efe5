"""Single-use tickets with which an app opens its socket."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

LIFETIME = timedelta(seconds=30)


def _digest(ticket: str) -> str:
    return hashlib.sha256(ticket.encode()).hexdigest()


class SocketTicketManager(models.Manager["SocketTicket"]):
    """Issues and redeems tickets; only their hashes are stored."""

    def issue(self, user, session_key: str) -> str:
        """A new ticket (256 bits, URL-safe) for the signed-in session, valid for 30 s."""
        ticket = secrets.token_urlsafe(32)
        self.filter(expires_at__lt=timezone.now()).delete()
        self.create(
            digest=_digest(ticket),
            user=user,
            session_key=session_key,
            expires_at=timezone.now() + LIFETIME,
        )
        return ticket

    def redeem(self, ticket: str) -> "SocketTicket | None":
        """The ticket's row, once: None when unknown, used or expired."""
        row = self.filter(digest=_digest(ticket), expires_at__gte=timezone.now()).first()
        if row is None:
            return None
        # Two sockets may race for one ticket; the row's deletion decides who had it.
        deleted, _rows = self.filter(pk=row.pk).delete()
        return row if deleted else None


class SocketTicket(models.Model):
    """The right of one session to open one socket."""

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40)
    expires_at = models.DateTimeField(db_index=True)

    objects = SocketTicketManager()

    def __str__(self) -> str:
        return f"ticket of {self.user_id}"
