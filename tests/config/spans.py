"""Does what a person and a worker do, and prints the spans that would leave the house, as JSON.

In a process of its own, since what is instrumented stays so: `python -m tests.config.spans
CONVERSATION USERNAME WORDS`.
"""

import json
import os
import sys
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from celery import current_app, shared_task  # noqa: E402  (what they instrument comes before)
from django.core.cache import cache  # noqa: E402
from django.test import Client  # noqa: E402
from opentelemetry.sdk.trace.export.in_memory_span_exporter import (  # noqa: E402
    InMemorySpanExporter,
)

from accounts.models import User  # noqa: E402
from config.logs import opentelemetry  # noqa: E402


@shared_task(name="spans.fail")
def fail(words: str) -> None:
    raise ValueError(words)


def main(conversation: str, username: str, words: str) -> None:
    kept = InMemorySpanExporter()
    provider = opentelemetry.begin(kept)
    client = Client(headers={"host": "localhost", "x-request-id": "the-request-1"})
    client.force_login(User.objects.get(username=username))
    address = f"/api/v1/conversations/{conversation}/messages/"
    message = {"body": words, "client_id": str(uuid4())}
    said = client.post(address + f"?q={words}", message, "application/json")
    cache.set(f"words {words}", words)
    current_app.tasks["spans.fail"].apply(args=[words])
    provider.force_flush()
    spans = [json.loads(span.to_json()) for span in kept.get_finished_spans()]
    print(json.dumps({"status": said.status_code, "spans": spans}))


main(*sys.argv[1:])
