"""Traces by OpenTelemetry over OTLP/HTTP. Imported only where they are wanted: its packages are an extra.

The trace's number is made of the cause's name, so that processes that never speak of it add to the same one.
"""

import asyncio
import logging
import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.id_generator import IdGenerator, RandomIdGenerator
from opentelemetry.sdk.trace.sampling import TraceIdRatioBased
from opentelemetry.trace import NonRecordingSpan, SpanContext, set_span_in_context

from core.vocabulary.causes import DUE, cause_now
from metrics.log_lines import Fact, OncePerSpell
from metrics.spans import NONE

log = logging.getLogger(__name__)

# Seconds: of one sending with its repetitions, and of a stop.
PATIENCE = 2.0
NANOSECOND = 10**9


class OtlpSpans:
    """Sends steps to ``endpoint`` from a thread of its own; while nobody takes them, the oldest are lost.

    ``share`` of all causes are traced, the same ones in each process; ``desk`` tells the causes of two desks apart.
    """

    def __init__(self, endpoint: str, *, share: float, desk: str) -> None:
        logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)  # says each try; `_Heard` says what changed
        self._desk = desk
        self._ids = _Ids()
        self._provider = TracerProvider(
            sampler=TraceIdRatioBased(share),
            resource=Resource.create({"service.name": "gad", "service.version": version("grupo-gad")}),
            id_generator=self._ids,
            shutdown_on_exit=False,
        )
        exporter = OTLPSpanExporter(endpoint=endpoint, timeout=PATIENCE)
        self._provider.add_span_processor(BatchSpanProcessor(_Heard(exporter)))
        self._tracer = self._provider.get_tracer("gad")

    def took(
        self, step: str, begun: datetime, ended: datetime, facts: Mapping[str, Fact] = NONE, *, whole: bool = False
    ) -> None:
        """Note a step of the cause in hand; without a cause there is no trace."""
        cause = cause_now()
        if not cause:
            return
        first = self._first(cause)
        self._ids.trace, self._ids.span = first.trace_id, first.span_id if whole else None
        # A due time comes back: none of its spans is the whole, and they stand side by side.
        alone = whole or cause.startswith(DUE)
        span = self._tracer.start_span(
            step,
            context=Context() if alone else set_span_in_context(NonRecordingSpan(first), Context()),
            attributes={"gad.id": cause, **{f"gad.{name}": fact for name, fact in facts.items()}},
            start_time=_nanoseconds(begun),
        )
        span.end(_nanoseconds(ended))

    async def stop(self) -> None:
        """Send what is left, for two seconds at most."""
        ending = threading.Thread(target=self._provider.shutdown, daemon=True)
        ending.start()
        await asyncio.to_thread(ending.join, PATIENCE)

    def _first(self, cause: str) -> SpanContext:
        """The span of the whole cause, whichever process notes it, and whenever."""
        digest = sha256(f"{self._desk}:{cause}".encode()).digest()
        trace, span = int.from_bytes(digest[:16]), int.from_bytes(digest[16:24])
        return SpanContext(trace_id=trace, span_id=span, is_remote=True)


class _Ids(IdGenerator):
    """Numbers of the next span: its trace's is known, its own may be."""

    def __init__(self) -> None:
        self._random = RandomIdGenerator()
        self.trace = 0
        self.span: int | None = None

    def generate_trace_id(self) -> int:
        """The one that the cause has."""
        return self.trace

    def generate_span_id(self) -> int:
        """The one that the whole cause has, or any."""
        return self.span if self.span is not None else self._random.generate_span_id()


class _Heard(SpanExporter):
    """An exporter; the log has one line when spans begin to be lost, and one when they are taken again."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter
        self._spell = OncePerSpell(log)

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send them."""
        result = self._exporter.export(spans)
        if result is SpanExportResult.SUCCESS:
            self._spell.works("sending traces")
        else:
            self._spell.fails("sending traces", "tracing.endpoint takes none")
        return result

    def shutdown(self) -> None:
        """Send nothing more."""
        self._exporter.shutdown()


def _nanoseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000) * (NANOSECOND // 1_000_000)
