"""Where a shop's own servers are told what happens: addresses, secrets, and telling them again.

Each verb raises `Http404` for those who do not work there and for what is not the shop's, `Refused`
(policy.R7, shop.not_yours).
"""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.linking.targets import target
from accounts.models import User
from commerce.models import Shop, WebhookDelivery, WebhookEndpoint, WebhookEvent
from commerce.models.webhook import NAME_LIMIT
from commerce.people import SETTINGS, demand
from commerce.refusals import conflict, invalid
from commerce.webhooks.shapes import TestEventSerializer
from commerce.webhooks.signing import new_secret
from commerce.webhooks.telling import send, tell

MOST = 10
AT_ONCE = 500
OLD_SECRET_SIGNS = timedelta(hours=24)
# A name that ends in letters: nobody has a certificate for anything else.
_NAMED = re.compile(r".+\.[a-z][a-z0-9-]*")

State = WebhookDelivery.State


@transaction.atomic
def add(
    actor: User, shop: Shop, *, url: str, events: Sequence[str], name: str = ""
) -> WebhookEndpoint:
    """Tell this address of these kinds of events from now on. Its `secret` is shown to whoever adds
    it, and to nobody after that.

    Raises `ValidationError` (webhook.url, webhook.events, webhook.twice, webhook.full)."""
    _permit(actor, shop)
    if shop.webhooks.count() >= MOST:
        raise invalid("webhook.full", count=MOST)
    endpoint = WebhookEndpoint(shop=shop, secret=new_secret())
    _set(endpoint, url=url, events=events, name=name)
    endpoint.save()
    return endpoint


@transaction.atomic
def change(actor: User, shop: Shop, endpoint_id: UUID, **fields: Any) -> WebhookEndpoint:
    """Another `url`, `name`, `events`, or on and off (`is_on`); what is left out stays. What waits
    for one that is turned off is given up. Raises as `add` does."""
    _permit(actor, shop)
    endpoint = _held(shop, endpoint_id)
    is_on = fields.pop("is_on", endpoint.is_on)
    _set(endpoint, **fields)
    if is_on != endpoint.is_on:
        endpoint.state = WebhookEndpoint.State.ON if is_on else WebhookEndpoint.State.OFF
        endpoint.failing_since = None
    endpoint.save()
    if not is_on:
        _deliveries(endpoint).give_up()
    return endpoint


@transaction.atomic
def remove(actor: User, shop: Shop, endpoint_id: UUID) -> None:
    """It is told no more, and its log goes."""
    _permit(actor, shop)
    _held(shop, endpoint_id).delete()


@transaction.atomic
def rotate(actor: User, shop: Shop, endpoint_id: UUID) -> WebhookEndpoint:
    """A new secret, shown this once. The one before signs beside it for a day, so that a receiver
    can change without missing anything."""
    _permit(actor, shop)
    endpoint = _held(shop, endpoint_id)
    endpoint.old_secret, endpoint.secret = endpoint.secret, new_secret()
    endpoint.old_secret_until = timezone.now() + OLD_SECRET_SIGNS
    endpoint.save(update_fields=["secret", "old_secret", "old_secret_until"])
    return endpoint


@transaction.atomic
def test(actor: User, shop: Shop, endpoint_id: UUID) -> WebhookDelivery:
    """Send it an event of the kind "webhook.test". Raises `Conflict` (webhook.off)."""
    _permit(actor, shop)
    endpoint = _told(_held(shop, endpoint_id))
    return tell(shop, [endpoint], WebhookEvent.TEST, TestEventSerializer(endpoint))[0]


@transaction.atomic
def replay(actor: User, shop: Shop, delivery_id: UUID) -> WebhookDelivery:
    """Send an event once more, with all its tries: what failed, or came through and was lost there.
    Raises `Conflict` (webhook.off, webhook.waiting)."""
    _permit(actor, shop)
    held = WebhookDelivery.objects.of_shop(shop).select_for_update(of=("self",))
    if (delivery := held.filter(pk=delivery_id).first()) is None:
        raise Http404
    _told(delivery.endpoint)
    if delivery.state == State.WAITING:
        raise conflict("webhook.waiting")
    _again([delivery])
    return delivery


@transaction.atomic
def replay_failed(actor: User, shop: Shop, endpoint_id: UUID) -> int:
    """Send all that failed once more, the oldest first; answers how many: at most 500 at once.
    Raises `Conflict` (webhook.off)."""
    _permit(actor, shop)
    endpoint = _told(_held(shop, endpoint_id))
    failed = _deliveries(endpoint).filter(state=State.FAILED).select_for_update(of=("self",))
    found = list(failed.order_by("pk")[:AT_ONCE])
    _again(found)
    return len(found)


def _again(deliveries: list[WebhookDelivery]) -> None:
    for each in deliveries:
        each.state, each.tries, each.due_at = State.WAITING, 0, None
    WebhookDelivery.objects.bulk_update(deliveries, ["state", "tries", "due_at"])
    send(deliveries)


# --- Who, which, and what may be ------------------------------------------------------------------


def _permit(actor: User, shop: Shop) -> None:
    """The shop's row holds whoever else adds one at once."""
    demand(actor, shop, SETTINGS)
    policy.permit(policy.sell(actor.person))
    Shop.objects.select_for_update(of=("self",)).get(pk=shop.pk)


def _held(shop: Shop, endpoint_id: UUID) -> WebhookEndpoint:
    held = shop.webhooks.select_for_update(of=("self",)).filter(pk=endpoint_id).first()
    if held is None:
        raise Http404
    return held


def _deliveries(endpoint: WebhookEndpoint) -> Any:
    return WebhookDelivery.objects.filter(endpoint=endpoint)


def _told(endpoint: WebhookEndpoint) -> WebhookEndpoint:
    if not endpoint.is_on:
        raise conflict("webhook.off")
    return endpoint


def _set(endpoint: WebhookEndpoint, **fields: Any) -> None:
    if "url" in fields:
        endpoint.url = _checked_url(endpoint, fields["url"])
    if "events" in fields:
        endpoint.events = _checked_events(fields["events"])
    if "name" in fields:
        endpoint.name = " ".join(fields["name"].split())[:NAME_LIMIT]


def _checked_url(endpoint: WebhookEndpoint, url: str) -> str:
    """https, at its own port, of a host with a name that is not ours. Whether its address is a
    public one is asked anew at each try."""
    found = target(url)
    if found is None or urlsplit(found.url).scheme != "https" or not _NAMED.fullmatch(found.host):
        raise invalid("webhook.url", "url")
    others = WebhookEndpoint.objects.filter(shop=endpoint.shop_id, url=found.url)
    if others.exclude(pk=endpoint.pk).exists():
        raise invalid("webhook.twice", "url")
    return found.url


def _checked_events(events: Sequence[str]) -> list[str]:
    if not events or any(kind not in WebhookEvent.Kind for kind in events):
        raise invalid("webhook.events", "events")
    return [kind.value for kind in WebhookEvent.Kind if kind in events]
