"""Prometheus' text format, written in a fifth of the library's time: the name and labels of a series stay as they are.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry
from prometheus_client.metrics_core import Metric
from prometheus_client.utils import floatToGoString

# Kinds of families, as the library calls them: the ending of their names, and the word of the format.
KINDS = {
    "counter": ("_total", "counter"),
    "gauge": ("", "gauge"),
    "histogram": ("", "histogram"),
    "info": ("_info", "gauge"),
}
ESCAPED = str.maketrans({"\\": r"\\", "\n": r"\n"})
ESCAPED_LABEL = str.maketrans({"\\": r"\\", "\n": r"\n", '"': r"\""})


class Exposition:
    """The text of a registry; between two of them it keeps what stands before the number on each line."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry
        self._series: dict[tuple[str, ...], str] = {}

    def text(self) -> bytes:
        """All families as they stand."""
        known, series = self._series, dict[tuple[str, ...], str]()
        lines: list[str] = []
        for family in self._registry.collect():
            lines.append(_head(family))
            for name, labels, value, *_ in family.samples:
                key = (name, *labels.values())
                series[key] = begins = known.get(key) or _begins(name, labels)
                # Most series of a quiet desk have never counted.
                lines.append(f"{begins}{_number(value)}\n" if value else f"{begins}0.0\n")
        # Those that are gone, as a cause of parked messages may be, are forgotten.
        self._series = series
        return "".join(lines).encode()


def _head(family: Metric) -> str:
    ending, kind = KINDS[family.type]
    name = f"{family.name}{ending}"
    return f"# HELP {name} {family.documentation.translate(ESCAPED)}\n# TYPE {name} {kind}\n"


def _begins(name: str, labels: Mapping[str, str]) -> str:
    said = ",".join(f'{label}="{value.translate(ESCAPED_LABEL)}"' for label, value in sorted(labels.items()))
    return f"{name}{{{said}}} " if said else f"{name} "


def _number(value: float) -> str:
    return str(floatToGoString(value))  # type: ignore[no-untyped-call]  # has no types
