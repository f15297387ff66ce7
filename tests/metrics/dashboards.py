"""Dashboards of `metrics/grafana`, as their files have them."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, json

from tests.project.imports import ROOT

FOLDER = ROOT / "metrics" / "grafana"
# Variables that Grafana fills in.
GIVEN = {"$__rate_interval": "1m"}


class Panel(Struct, frozen=True, kw_only=True):
    """A panel that shows something; ``queries`` as Prometheus gets them."""

    dashboard: str
    title: str
    description: str
    unit: str
    no_value: str
    place: dict[str, int]
    queries: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.dashboard}: {self.title}"


def dashboards() -> dict[str, Any]:
    """Each by the name of its file."""
    return {file.stem: json.decode(file.read_bytes()) for file in sorted((FOLDER / "dashboards").glob("*.json"))}


def panels() -> Iterator[Panel]:
    """All but the headings."""
    for name, dashboard in dashboards().items():
        for panel in dashboard["panels"]:
            if panel["type"] == "row":
                continue
            defaults = panel["fieldConfig"]["defaults"]
            yield Panel(
                dashboard=name,
                title=panel["title"],
                description=panel["description"],
                unit=defaults["unit"],
                no_value=defaults.get("noValue", ""),
                place=panel["gridPos"],
                queries=tuple(_filled(target["expr"]) for target in panel["targets"]),
            )


def _filled(query: str) -> str:
    for variable, value in GIVEN.items():
        query = query.replace(variable, value)
    return query
