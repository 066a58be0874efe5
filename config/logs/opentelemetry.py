"""Spans told to a collector, where `OTEL_EXPORTER_OTLP_ENDPOINT` is set: of requests, statements,
calls of Redis and jobs; how long each took, and what belongs together.

Whatever the libraries note, only what `KEPT` names leaves the house: no address, no statement, no
key, no argument, no words of an error.
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.celery import CeleryInstrumentor
from opentelemetry.instrumentation.django import DjangoInstrumentor
from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor
from opentelemetry.instrumentation.redis import RedisInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Event, ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import Span, Status

from config.logs.requests import HEADER

REQUEST = "medley.request"  # as in the log
KEPT = frozenset(
    {
        REQUEST,
        "http.method",
        "http.route",
        "http.status_code",
        "db.system",
        "celery.action",
        "celery.state",
        "celery.task_name",
        "messaging.destination",
        "messaging.message_id",
    }
)
# Of an exception: its class. What it says may quote what somebody wrote.
KEPT_OF_EVENTS = frozenset({"exception.type"})


class Reduced(SpanExporter):
    """Hands spans on to `exporter`, each with nothing but what is kept."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return self._exporter.export([reduced(span) for span in spans])

    def shutdown(self) -> None:
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._exporter.force_flush(timeout_millis)


def reduced(span: ReadableSpan) -> ReadableSpan:
    """The same span: its name, times, kin and outcome, of its attributes those in `KEPT`."""
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=_only(KEPT, span.attributes),
        events=[_event(event) for event in span.events],
        links=span.links,
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def begin(exporter: SpanExporter | None = None) -> TracerProvider:
    """Tell of all from here on: to the collector that the variables of OpenTelemetry name, or to
    `exporter`."""
    provider = TracerProvider(resource=Resource.create({"service.name": "medley"}))
    provider.add_span_processor(BatchSpanProcessor(Reduced(exporter or OTLPSpanExporter())))
    trace.set_tracer_provider(provider)
    DjangoInstrumentor().instrument(tracer_provider=provider, response_hook=_name_request)
    for instrumentor in (PsycopgInstrumentor, RedisInstrumentor, CeleryInstrumentor):
        instrumentor().instrument(tracer_provider=provider)
    return provider


def _name_request(span: Span, _request: HttpRequest, response: HttpResponse) -> None:
    span.set_attribute(REQUEST, response.headers.get(HEADER, ""))


def _event(event: Event) -> Event:
    return Event(event.name, _only(KEPT_OF_EVENTS, event.attributes), event.timestamp)


def _only(kept: frozenset[str], attributes: Any) -> dict[str, Any]:
    return {name: value for name, value in (attributes or {}).items() if name in kept}
