"""What lies behind others' addresses, as far as a card shows it; and which hosts show none."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7

URL_LIMIT = 2048
HOST_LIMIT = 253  # RFC 1035, section 2.3.4, as text
TITLE_LIMIT = 200
DESCRIPTION_LIMIT = 300
SITE_LIMIT = 80


def host_and_parents(host: str) -> list[str]:
    """ "a.b.example": itself, "b.example" and "example"."""
    labels = host.split(".")
    return [".".join(labels[start:]) for start in range(len(labels))]


class LinkCardQuerySet(models.QuerySet["LinkCard"]):
    """Cards, as sets."""

    def ready(self) -> Self:
        """Those that have something to show."""
        return self.filter(state=LinkCard.State.READY)

    def of_host(self, host: str) -> Self:
        """Those of a host and of whatever lies below it."""
        return self.filter(Q(host=host) | Q(host__endswith=f".{host}"))


class LinkCard(models.Model):
    """What one address of somebody else's shows. Whoever writes the address gets the same card.

    `url` is the address as `accounts.linking.targets` writes it, `url_hash` its SHA-256 in hex.
    """

    class State(models.TextChoices):
        NEW = "new", _("Not fetched yet")
        READY = "ready", _("Shown")
        NONE = "none", _("Nothing to show")
        BLOCKED = "blocked", _("Blocked")

    class Kind(models.TextChoices):
        PAGE = "page", _("Page")
        VIDEO = "video", _("Video")
        PICTURE = "picture", _("Picture")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    url_hash = models.CharField(max_length=64)
    url = models.CharField(max_length=URL_LIMIT)
    host = models.CharField(max_length=HOST_LIMIT)
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PAGE)
    title = models.CharField(max_length=TITLE_LIMIT, blank=True)
    description = models.CharField(max_length=DESCRIPTION_LIMIT, blank=True)
    site = models.CharField(max_length=SITE_LIMIT, blank=True)
    author = models.CharField(max_length=SITE_LIMIT, blank=True)
    picture = models.CharField(max_length=200, blank=True, help_text="Name in the file storage.")
    picture_width = models.PositiveSmallIntegerField(default=0, help_text="Pixels.")
    picture_height = models.PositiveSmallIntegerField(default=0, help_text="Pixels.")
    etag = models.CharField(max_length=200, blank=True)
    failure = models.CharField(max_length=40, blank=True, help_text="Why there is nothing to show.")
    created_at = models.DateTimeField(default=timezone.now, db_default=Now())
    fetched_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True, help_text="Fetched again after that.")

    objects = LinkCardQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["url_hash"], name="link_card_once")]
        indexes = [models.Index(fields=["host"], name="link_card_host")]

    def __str__(self) -> str:
        return self.url

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def is_due(self) -> bool:
        """Whether it is to be fetched now."""
        return self.state == self.State.NEW or self.is_stale

    @property
    def is_stale(self) -> bool:
        """Whether whoever writes the address now makes us look at it again."""
        if self.state in (self.State.NEW, self.State.BLOCKED):
            return False
        return self.expires_at is None or self.expires_at <= timezone.now()

    @property
    def picture_url(self) -> str:
        return reverse("accounts:link_picture", args=[self.picture]) if self.picture else ""


class LinkBlockQuerySet(models.QuerySet["LinkBlock"]):
    """Blocked hosts, as sets."""

    def covering(self, host: str) -> Self:
        """What blocks this host: itself, or one it lies below."""
        return self.filter(host__in=host_and_parents(host))

    def blocked_among(self, hosts: Iterable[str]) -> set[str]:
        """Which of these hosts are blocked, with one query."""
        asked = {host: host_and_parents(host) for host in hosts}
        names = {name for names in asked.values() for name in names}
        found = set(self.filter(host__in=names).values_list("host", flat=True)) if names else set()
        return {host for host, names in asked.items() if not found.isdisjoint(names)}


class LinkBlock(models.Model):
    """A host of which nothing is shown, nor of any below it; moderators keep the list."""

    host = models.CharField(max_length=HOST_LIMIT, unique=True)
    reason = models.CharField(max_length=200, blank=True)
    blocked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, db_default=Now())

    objects = LinkBlockQuerySet.as_manager()

    def __str__(self) -> str:
        return self.host


class LinkHost(models.Model):
    """How politely a host is visited: one request after the other, and only where it lets us.

    `rules` are the lines of its robots.txt that speak to us, as [allows, path], and hold until
    `rules_until`; null where that file could not be had, which forbids everything (RFC 9309,
    section 2.3.1.4).
    """

    host = models.CharField(primary_key=True, max_length=HOST_LIMIT)
    busy_until = models.DateTimeField(default=timezone.now, help_text="Nobody visits before.")
    next_at = models.DateTimeField(default=timezone.now, help_text="The next turn to give away.")
    rules = models.JSONField(null=True, blank=True)
    rules_until = models.DateTimeField(null=True, blank=True, help_text="Asked for again then.")

    def __str__(self) -> str:
        return self.host
