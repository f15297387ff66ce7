"""The text of a scrape: the library's own, written faster."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    disable_created_metrics,
    generate_latest,
)

from metrics.exposition import Exposition

# Quotes, ends of lines, backslashes: a cause of a parked message may have any of them.
TEXTS = st.text(alphabet=st.sampled_from('aé"\\\n,={} '), max_size=6)
NUMBERS = st.floats(allow_nan=False) | st.integers(-10, 10**12).map(float) | st.just(-0.0 + 0.0)


@settings(max_examples=30)
@given(labels=st.lists(st.tuples(TEXTS, TEXTS), max_size=4), values=st.lists(NUMBERS, min_size=4, max_size=4))
def test_it_is_the_library_s_own_text_at_each_scrape(labels: list[tuple[str, str]], values: list[float]) -> None:
    disable_created_metrics()  # type: ignore[no-untyped-call]  # has no types
    registry = CollectorRegistry()
    exposition = Exposition(registry)
    gauge = Gauge("stands", "A line\nand a \\ backslash", ["zone", "cause"], registry=registry)
    counter = Counter("happens", "Counted", ["cause"], registry=registry)
    histogram = Histogram("takes", "Timed", ["of"], buckets=(0.5, 1, 2.5), registry=registry)
    Info("build", "What runs", registry=registry).info({"version": '1"0'})
    Gauge("alone", "Without labels", registry=registry).set(math.inf)
    for (zone, cause), value in zip(labels, values, strict=False):
        gauge.labels(zone, cause).set(value)
        counter.labels(cause).inc(abs(value))
        histogram.labels(zone).observe(value)
    for _ in range(2):
        assert exposition.text() == generate_latest(registry)
    if labels:
        gauge.remove(*labels[0])
        histogram.labels("another").observe(1)
    assert exposition.text() == generate_latest(registry)
