"""Cards and hosts that nobody needs any more."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.ids import uuid7_from
from accounts.models import LinkCard, LinkHost

KEPT = timedelta(days=90)
BATCH = 500


def forget_cards() -> int:
    """Cards of addresses that nobody wrote for 90 days and nothing shows; answers how many. What
    moderators blocked stays blocked."""
    before = timezone.now() - KEPT
    old = LinkCard.objects.filter(pk__lt=uuid7_from(before)).exclude(state=LinkCard.State.BLOCKED)
    old = old.filter(Q(fetched_at__isnull=True) | Q(fetched_at__lt=before))
    for relation in LinkCard._meta.related_objects:
        shown: Any = relation.related_model._base_manager.filter(
            **{relation.field.name: OuterRef("pk")}
        )
        old = old.exclude(Exists(shown))
    gone = 0
    while batch := list(old.order_by("pk")[:BATCH]):
        LinkCard.objects.filter(pk__in=[card.pk for card in batch]).delete()
        _delete_pictures(batch)
        gone += len(batch)
    return gone


def _delete_pictures(cards: Iterable[LinkCard]) -> None:
    for card in cards:
        if card.picture:
            default_storage.delete(card.picture)


def forget_hosts() -> int:
    """Hosts that nobody visited for 90 days; answers how many."""
    before = timezone.now() - KEPT
    idle = LinkHost.objects.filter(busy_until__lt=before, next_at__lt=before)
    return idle.exclude(rules_until__gt=timezone.now()).delete()[0]
