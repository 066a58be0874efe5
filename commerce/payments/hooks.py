"""What providers tell us by webhook: checked, kept, then handled by a job."""

from collections.abc import Mapping

from django.db import transaction

from accounts.outbox import enqueue
from commerce.models import ProviderEvent
from commerce.payments.port import provider

MOST_BYTES = 64 * 2**10


@transaction.atomic
def receive(name: str, body: bytes, headers: Mapping[str, str]) -> bool:
    """Keep an event; False where it is here already. Raises `Forged`, and `KeyError` for a provider
    that there is not."""
    event = provider(name).read_event(body, headers)
    told = event.body | {"payment": str(event.payment_id) if event.payment_id else ""}
    kept, is_new = ProviderEvent.objects.get_or_create(
        provider=name, event=event.key, defaults={"kind": event.kind, "body": told}
    )
    if is_new:
        enqueue("commerce.handle_payment_event", event_id=kept.pk)
    return is_new
