"""Traces: spans of requests and packs for an OpenTelemetry collector, where one is named; elsewhere nothing of it is even imported.

A pack belongs to the trace of the request that brought it, whichever machine makes it and however often: the name of the trace is
kept with the pack. Spans carry routes, states and stages, never an order, a name or an address.
"""

import time
from collections.abc import Mapping

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from opentelemetry.util.types import AttributeValue

from jobs.engine.job_queue import QueuedTask
from jobs.records.pack_store import Accepted

_PATH = "/v1/traces"
_SECONDS = 5
_PARENT = "traceparent"
_WIRE = TraceContextTextMapPropagator()


class Traces:
    """The spans of one process; sent in the background, dropped when the collector does not keep up."""

    def __init__(self, collector: str, about: Mapping[str, str]) -> None:
        """``collector`` takes OTLP over HTTP, such as ``http://127.0.0.1:4318``; ``about`` describes this process."""
        self._provider = TracerProvider(resource=Resource.create(dict(about)), shutdown_on_exit=False)
        exporter = OTLPSpanExporter(endpoint=collector.rstrip("/") + _PATH, timeout=_SECONDS)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("evidence_packer")

    def request(self, method: str, parent: str) -> Span:
        """Begin the span of a request; ``parent`` is its ``traceparent`` header, or empty."""
        return self._tracer.start_span(
            method, _context(parent), SpanKind.SERVER, attributes={"http.request.method": method}
        )

    def answered(self, span: Span, route: str, status: int) -> None:
        """End the span of a request."""
        span.update_name(f"{span.name} {route}")  # type: ignore[attr-defined]  # the SDK's span has its name
        span.set_attributes({"http.route": route, "http.response.status_code": status})
        if status >= 500 or status == 0:
            span.set_status(Status(StatusCode.ERROR))
        span.end()

    def attempt(self, ticket: QueuedTask, asked: Accepted | None) -> None:
        """The span of one attempt at a pack, which has ended, with one below it for each stage."""
        if asked is None or not ticket.stages:
            return
        begin, end, error = ticket.stages[0].at, time.time_ns(), ticket.future.exception()
        about: dict[str, AttributeValue] = {"pack.platform": asked.platform, "pack.procedure": asked.procedure}
        about["pack.files"] = len(asked.uploads)
        span = self._tracer.start_span("pack", _context(asked.trace), SpanKind.CONSUMER, about, start_time=begin)
        inside = set_span_in_context(span)
        for stage, after in zip(ticket.stages, [*(one.at for one in ticket.stages[1:]), end], strict=True):
            self._tracer.start_span(stage.name, inside, start_time=stage.at).end(after)
        if error is not None:
            span.set_status(Status(StatusCode.ERROR, str(getattr(error, "code", ""))))
        span.end(end)

    def name(self, span: Span) -> str:
        """The name under which others hang their spans below ``span`` (``traceparent`` of W3C Trace Context)."""
        found: dict[str, str] = {}
        _WIRE.inject(found, set_span_in_context(span))
        return found.get(_PARENT, "")

    def close(self) -> None:
        """Send what is left; a collector that does not answer is waited for a few seconds."""
        self._provider.shutdown()


def _context(parent: str) -> Context:
    return _WIRE.extract({_PARENT: parent} if parent else {}, Context())
