"""The files of a deployment fit the desk: keys exist, probes are answered, and nothing gets more than it needs."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from typing import Any

import pytest
from msgspec import yaml

from bot.cli.health import Page
from bot.cli.main import app
from bot.config.renamed import FILE, PREFIX
from bot.config.schema import Config
from tests.project.imports import ROOT

DEPLOY = ROOT / "deploy"
STAGING = yaml.decode((ROOT / "docker-compose.staging.yml").read_bytes())
MANIFESTS = [yaml.decode(part) for part in (DEPLOY / "kubernetes.yaml").read_text("utf-8").split("\n---\n")]
DEPLOYMENT = next(each for each in MANIFESTS if each["kind"] == "Deployment")
POD = DEPLOYMENT["spec"]["template"]["spec"]
CONTAINER = POD["containers"][0]
UNIT = (DEPLOY / "gad.service").read_text("utf-8")
# `gad` with its subcommand, or a script of ours, as a page types it.
TYPED = re.compile(r"(?:^|[ /`(;])(gad (?!gad )(?:--version|[a-z][a-z-]+)|scripts/[a-z_]+\.\w+)", re.MULTILINE)
GRACE: timedelta = Config().shutdown_grace
# Files that the containers' own images bring, or that only a person has.
GIVEN = {"telegram-token"}


def variables() -> Iterator[str]:
    """The desk's variables that the files set."""
    yield from STAGING["services"]["desk"]["environment"]
    yield from (each["name"] for each in CONTAINER["env"])
    yield from re.findall(r"^Environment=(\w+)=", UNIT, re.MULTILINE)


def commands(page: str) -> list[str]:
    """The commands in the code of a page, each once."""
    text = (ROOT / "docs" / f"{page}.md").read_text("utf-8")
    code = re.findall(r"```\n(.*?)```|`([^`\n]+)`", text, re.DOTALL)
    return sorted({command for parts in code for part in parts for command in TYPED.findall(part)})


@pytest.mark.parametrize("variable", sorted(set(variables())))
def test_a_variable_that_is_set_is_a_key_of_the_configuration(variable: str) -> None:
    section, _, key = variable.removeprefix(PREFIX).removesuffix(FILE).lower().partition("__")
    assert key in type(getattr(Config(), section)).model_fields


def test_a_stop_waits_for_longer_than_the_desk_needs() -> None:
    stops = [
        STAGING["services"]["desk"]["stop_grace_period"].removesuffix("s"),
        POD["terminationGracePeriodSeconds"],
        re.findall(r"^TimeoutStopSec=(\d+)$", UNIT, re.MULTILINE)[0],
    ]
    assert [stop for stop in stops if timedelta(seconds=int(stop)) <= GRACE] == []


def test_staging_makes_each_secret_that_it_uses() -> None:
    secrets: dict[str, dict[str, str]] = STAGING["secrets"]
    used = set(chain.from_iterable(service.get("secrets", ()) for service in STAGING["services"].values()))
    made = set(re.findall(r"^keep ([a-z-]+) ", (DEPLOY / "staging" / "secrets.sh").read_text("utf-8"), re.MULTILINE))
    assert set(secrets) == used == made | GIVEN
    assert {secret["file"] for secret in secrets.values()} == {f"var/staging/{name}" for name in used}


def test_outside_sees_the_front_alone() -> None:
    open_ports = {name: service["ports"] for name, service in STAGING["services"].items() if "ports" in service}
    public = {name for name, ports in open_ports.items() if any(not port.startswith("127.0.0.1:") for port in ports)}
    assert public == {"front"}
    front = (DEPLOY / "staging" / "Caddyfile").read_text("utf-8")
    assert set(re.findall(r"\bdesk:?\s*(\d+)", front)) == {str(Config().server.public_port)}


@pytest.mark.parametrize("name", [name for name, each in STAGING["services"].items() if name != "postgres"])
def test_a_container_gets_no_more_than_it_needs(name: str) -> None:
    service: dict[str, Any] = STAGING["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_what_staging_mounts_is_there() -> None:
    volumes = chain.from_iterable(service.get("volumes", ()) for service in STAGING["services"].values())
    sources = {volume.partition(":")[0] for volume in volumes}
    files = {source for source in sources if source.startswith("./")}
    # An empty folder is what Docker makes of a file that is missing.
    there = {file for file in files if (ROOT / file).is_file() or any((ROOT / file).glob("*"))}
    assert sorted(files - there) == []
    assert sources - files == set(STAGING["volumes"])


def test_a_pod_may_write_nowhere_but_in_its_folders() -> None:
    assert POD["securityContext"]["runAsNonRoot"] is True
    assert POD["automountServiceAccountToken"] is False
    may = CONTAINER["securityContext"]
    assert (may["allowPrivilegeEscalation"], may["readOnlyRootFilesystem"]) == (False, True)
    assert may["capabilities"] == {"drop": ["ALL"]}


@pytest.mark.parametrize("probe", ["startupProbe", "livenessProbe", "readinessProbe"])
def test_a_probe_asks_a_page_of_health(probe: str) -> None:
    asked = CONTAINER[probe]["httpGet"]
    assert asked["path"] in {page.path for page in Page}
    assert asked["port"] in {port["name"] for port in CONTAINER["ports"]}


def test_the_ports_of_a_pod_are_the_desks() -> None:
    server = Config().server
    assert {port["containerPort"] for port in CONTAINER["ports"]} == {server.port, server.public_port}


def test_a_deployment_chooses_the_pods_that_it_makes() -> None:
    labels = DEPLOYMENT["spec"]["template"]["metadata"]["labels"].items()
    chosen = [DEPLOYMENT["spec"]["selector"]["matchLabels"]]
    chosen += [each["spec"]["selector"] for each in MANIFESTS if each["kind"] == "Service"]
    chosen += [each["spec"]["selector"]["matchLabels"] for each in MANIFESTS if each["kind"] == "PodDisruptionBudget"]
    assert len(chosen) == 4
    assert [selector for selector in chosen if not selector.items() <= labels] == []


def test_the_unit_gives_up_what_a_desk_does_not_need() -> None:
    """The exposure that systemd computes is at most 2.5 of 10; where it is not installed, its lines are there."""
    assert {"DynamicUser=yes", "ProtectSystem=strict", "NoNewPrivileges=yes", "UMask=0077"} <= set(UNIT.splitlines())
    assert "StartLimitIntervalSec=0" in UNIT
    if (analyze := shutil.which("systemd-analyze")) is None:
        return
    words = [analyze, "security", "--offline=true", str(DEPLOY / "gad.service")]
    said = subprocess.run(words, capture_output=True, text=True, check=False).stdout
    exposure = re.findall(r"Overall exposure level for gad\.service: ([0-9.]+)", said)
    assert not exposure or float(exposure[0]) <= 2.5


PAGES = [(page, command) for page in ("deployment", "go-live") for command in commands(page)]


@pytest.mark.parametrize(("page", "command"), PAGES, ids=[f"{page}: {command}" for page, command in PAGES])
def test_a_page_names_commands_that_there_are(page: str, command: str) -> None:
    program, *words = command.split()
    if program == "gad":
        known = {each.name or (each.callback.__name__ if each.callback else "") for each in app.registered_commands}
        known |= {each.name for each in app.registered_groups if each.name}
        assert words[0].removeprefix("--") in {"version", *(name.replace("_", "-") for name in known)}
    else:
        assert (ROOT / program).is_file()
