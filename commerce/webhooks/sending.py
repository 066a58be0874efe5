"""How an event reaches an endpoint: tried at once, then by the clock with growing pauses.

Whatever is not 2xx is a failure, redirects too: nobody is led anywhere by them. 410 turns the
endpoint off, and so does nothing coming through for three days.
"""

import random
import time
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import requests
from django.db import transaction
from django.utils import timezone

from accounts.linking.client import Client, user_agent
from accounts.linking.deadline import Deadline
from accounts.linking.failures import Failure
from accounts.notifications import notify
from commerce.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from commerce.models.webhook import ANSWER_LIMIT
from commerce.people import SETTINGS, people_with
from commerce.webhooks.signing import signed
from commerce.webhooks.telling import send

SECONDS = 15.0  # for a whole try
# Between one try and the next; ten tries in 76 hours.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 300, 600, 840, 1200, 1440))
JITTER = 0.1
LONGEST_WAIT = 24 * 60 * 60  # seconds that an endpoint may ask for by Retry-After
OFF_AFTER = timedelta(days=3)
AT_ONCE = 500
NAME = "Medley-Webhooks"

State = WebhookEndpoint.State


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a try; `wait`: seconds for which the endpoint asks."""

    status: int | None = None
    words: str = ""
    failure: str = ""
    wait: int = 0


def deliver(delivery_id: UUID) -> None:
    """Try it, unless it has come to an end meanwhile. Twice is harmless: receivers know events by
    their ids."""
    found = WebhookDelivery.objects.select_related("endpoint", "event")
    delivery = found.filter(pk=delivery_id, state=WebhookDelivery.State.WAITING).first()
    if delivery is None:
        return
    begun = time.monotonic()
    answer = _post(delivery)
    _note(delivery, answer, round((time.monotonic() - begun) * 1000))


def lose(delivery_id: UUID) -> None:
    """Our own worker ended in the middle of it, three times: that was one try."""
    waiting = WebhookDelivery.objects.filter(state=WebhookDelivery.State.WAITING)
    if delivery := waiting.filter(pk=delivery_id).first():
        _note(delivery, Answer(failure="lost"), 0)


@transaction.atomic
def send_due() -> int:
    """Have those tried whose pause is over; answers how many. By the clock."""
    due = WebhookDelivery.objects.due().select_for_update(skip_locked=True).order_by("due_at")
    found = list(due[:AT_ONCE])
    WebhookDelivery.objects.filter(pk__in=[each.pk for each in found]).update(due_at=None)
    send(found)
    return len(found)


# --- The request ----------------------------------------------------------------------------------


def _post(delivery: WebhookDelivery) -> Answer:
    content = delivery.event.body.encode()
    headers = {
        "User-Agent": user_agent(NAME),
        "Content-Type": "application/json",
        **signed(str(delivery.event_id), content, delivery.endpoint.secrets, int(time.time())),
    }
    try:
        with Deadline(SECONDS) as deadline, Client(deadline) as client:
            response = client.post(delivery.endpoint.url, content, headers=headers)
            wait = _asked_wait(response.headers.get("Retry-After", ""))
            return Answer(response.status_code, _words(client, response), wait=wait)
    except Failure as failure:
        return Answer(failure=failure.code)


def _words(client: Client, response: requests.Response) -> str:
    """How the answer begins. Where its body does not come, its status has been said already."""
    try:
        found = client.first_bytes(response, ANSWER_LIMIT)
    except Failure:
        return ""
    return found.decode(errors="replace").replace("\0", "\N{REPLACEMENT CHARACTER}")


def _asked_wait(said: str) -> int:
    """Retry-After in seconds (RFC 9110, section 10.2.3); its other form, a date, is left aside."""
    return min(int(said), LONGEST_WAIT) if said.isascii() and said.isdecimal() else 0


# --- What came of it ------------------------------------------------------------------------------


@transaction.atomic
def _note(delivery: WebhookDelivery, answer: Answer, took: int) -> None:
    """Under the endpoint's lock, then the delivery's, as people take them. Of what they removed
    meanwhile nothing is noted."""
    endpoints = WebhookEndpoint.objects.select_for_update(of=("self",), no_key=True)
    endpoint = endpoints.select_related("shop").filter(pk=delivery.endpoint_id).first()
    deliveries = WebhookDelivery.objects.select_for_update(of=("self",), no_key=True)
    held = deliveries.filter(pk=delivery.pk).first()
    if endpoint is None or held is None:
        return
    attempt = WebhookAttempt.objects.create(
        delivery=held,
        took=took,
        status=answer.status,
        answer=answer.words,
        failure=answer.failure,
    )
    held.tries += 1
    if attempt.is_ok:
        _came_through(endpoint, held)
    else:
        _failed(endpoint, held, answer)


def _came_through(endpoint: WebhookEndpoint, delivery: WebhookDelivery) -> None:
    delivery.state, delivery.due_at = WebhookDelivery.State.DELIVERED, None
    delivery.save(update_fields=["state", "tries", "due_at"])
    if endpoint.failing_since:
        endpoint.failing_since = None
        endpoint.save(update_fields=["failing_since"])


def _failed(endpoint: WebhookEndpoint, delivery: WebhookDelivery, answer: Answer) -> None:
    """What was given up during this try stays so."""
    now = timezone.now()
    if delivery.state == WebhookDelivery.State.WAITING:
        if delivery.tries <= len(PAUSES):
            delivery.due_at = now + _pause(delivery.tries, answer.wait)
        else:
            delivery.state = WebhookDelivery.State.FAILED
    delivery.save(update_fields=["state", "tries", "due_at"])
    if not endpoint.is_on:
        return
    endpoint.failing_since = endpoint.failing_since or now
    endpoint.save(update_fields=["failing_since"])
    if answer.status == 410:
        _turn_off(endpoint, State.GONE)
    elif now - endpoint.failing_since >= OFF_AFTER:
        _turn_off(endpoint, State.FAILING)


def _pause(tries: int, asked: int) -> timedelta:
    """A little longer than it says, each time by another bit: what failed together is not tried
    again together."""
    pause = PAUSES[tries - 1] * random.uniform(1, 1 + JITTER)  # noqa: S311
    return max(pause, timedelta(seconds=asked))


def _turn_off(endpoint: WebhookEndpoint, state: WebhookEndpoint.State) -> None:
    """What is on its way to it is given up, and those who can mend it hear of it."""
    endpoint.state = state
    endpoint.save(update_fields=["state"])
    endpoint.deliveries.give_up()
    shop = endpoint.shop
    people = people_with(shop, SETTINGS)
    notify("commerce.webhook_off", people, about=endpoint.pk, shop=shop.name, address=endpoint.url)
