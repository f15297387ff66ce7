"""Dashboards as code: each panel says what it shows, of metrics that there are, and Grafana finds them all."""

import re
from itertools import combinations

import pytest
from msgspec import yaml

from tests.metrics.dashboards import FOLDER, Panel, dashboards, panels
from tests.project.imports import ROOT

PANELS = {panel.name: panel for panel in panels()}
# Made by Prometheus itself, or by the library for each process.
OTHERS = {"ALERTS", "up"} | {
    f"process_{name}"
    for name in ("start_time_seconds", "cpu_seconds_total", "resident_memory_bytes", "open_fds", "max_fds")
}


@pytest.mark.parametrize("panel", PANELS.values(), ids=PANELS)
def test_a_panel_has_a_unit_a_description_and_metrics_that_the_docs_explain(panel: Panel) -> None:
    assert panel.unit
    assert re.fullmatch(r"(?:[A-Z0-9]|p9).*\.", panel.description), "a sentence or more"
    explained = set(re.findall(r"`(gad_\w+)`", (ROOT / "docs" / "metrics.md").read_text("utf-8")))
    rules = dict(
        re.findall(
            r"- record: (gad:\S+)\n +expr: ((?:.*\n(?! +-))*.*)", (ROOT / "metrics" / "alerts.yml").read_text("utf-8")
        )
    )
    for query in panel.queries:
        recorded = re.findall(r"\bgad:[\w:]+", query)
        assert [name for name in recorded if name not in rules] == []
        metrics = set(
            re.findall(r"\b(?:gad_|process_)\w+|\bALERTS\b|\bup\b", " ".join([query, *(rules[it] for it in recorded)]))
        )
        plain = {re.sub("_(bucket|count|sum)$", "", name) for name in metrics}
        assert plain, "it asks for something"
        assert plain - explained <= OTHERS


def test_no_title_is_there_twice_and_no_panel_covers_another() -> None:
    assert len(PANELS) == len(list(panels()))
    for name, dashboard in dashboards().items():
        places = [panel["gridPos"] for panel in dashboard["panels"]]
        assert all(place["x"] + place["w"] <= 24 for place in places)
        for one, other in combinations(places, 2):
            apart = [
                one[at] + one[size] <= other[at] or other[at] + other[size] <= one[at] for at, size in ("xw", "yh")
            ]
            assert any(apart), f"{name}: {one} covers {other}"


def test_every_dashboard_is_found_by_its_file_and_leads_to_the_others() -> None:
    for name, dashboard in dashboards().items():
        assert dashboard["uid"] == name
        assert "gad" in dashboard["tags"]
        assert dashboard["links"][0]["tags"] == ["gad"]
        assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])


def test_staging_gives_grafana_its_source_and_its_dashboards() -> None:
    grafana = yaml.decode((ROOT / "docker-compose.staging.yml").read_bytes())["services"]["grafana"]
    mounted = dict(volume.split(":")[1::-1] for volume in grafana["volumes"])
    assert (ROOT / mounted["/etc/grafana/provisioning"]).samefile(FOLDER / "provisioning")
    [provider] = yaml.decode((FOLDER / "provisioning" / "dashboards" / "gad.yml").read_bytes())["providers"]
    assert (ROOT / mounted[provider["options"]["path"]]).samefile(FOLDER / "dashboards")
    home = grafana["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
    assert (FOLDER / "dashboards" / home.rpartition("/")[2]).exists()
    [source] = yaml.decode((FOLDER / "provisioning" / "datasources" / "prometheus.yml").read_bytes())["datasources"]
    assert (source["type"], source["isDefault"]) == ("prometheus", True)
