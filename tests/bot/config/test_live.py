"""Keys that change while the desk runs, and those that want a restart: every key is one of them."""

from collections.abc import Iterator

import pytest

from bot.config.live import LIVE, LiveConfig, differences, is_live
from bot.config.renamed import Key
from bot.config.schema import Config
from bot.config.section import Section

DEFAULT = Config()
# Parts are built with these: sockets, pools, catalogues, and what several processes must have alike.
AT_START = """
timezone language telegram.token telegram.api_base_url telegram.proxy_url telegram.mode telegram.webhook_url
telegram.webhook_secret storage.url redis.url server.host server.port server.public_host server.public_port
alerts.group_chat_id alerts.group_topic_id intake.workers intake.lease intake.max_attempts intake.canary
delivery.per_second delivery.chat_burst delivery.in_flight delivery.lease audit.key_file audit.erased_file backup.folder
tracing.endpoint tracing.share
""".split()
OTHER: dict[str, object] = {
    "shutdown_grace": "7s",
    "telegram": {"watch_every": "5s"},
    "server": {"api_tokens": ["ab" * 32], "port": 9},
    "access": {"admins": [7], "groups": [-9]},
    "escalation": {"baja": [{"after": "5m", "notify": [-77]}], "repeat": 2},
    "privacy": {"messages": "3d"},
    "backup": {"keep": 3, "folder": "there"},
    "language": "en",
}


def keys(section: Section, table: Key = ()) -> Iterator[Key]:
    """Every key of a table and of those inside."""
    for name in type(section).model_fields:
        value = getattr(section, name)
        yield from keys(value, (*table, name)) if isinstance(value, Section) else [(*table, name)]


def test_every_key_either_changes_while_the_desk_runs_or_is_listed_as_one_that_does_not() -> None:
    assert [".".join(key) for key in keys(DEFAULT) if not is_live(key)] == AT_START


@pytest.mark.parametrize("live", sorted(LIVE))
def test_each_that_changes_is_a_key_or_a_table(live: Key) -> None:
    assert any(key[: len(live)] == live for key in keys(DEFAULT))


def test_a_new_configuration_is_taken_in_part_and_all_that_is_made_of_it_is_new() -> None:
    live, wanted = LiveConfig(DEFAULT), Config.model_validate(OTHER)
    change = live.take(wanted)
    assert change.restart == ("language", "server.port", "backup.folder")
    assert change.taken == (
        "shutdown_grace",
        "telegram.watch_every",
        "server.api_tokens",
        "access.admins",
        "access.groups",
        "escalation.repeat",
        "escalation.baja",
        "backup.keep",
        "privacy.messages",
    )
    assert [".".join(key) for key in differences(live.now, wanted)] == list(change.restart)
    assert live.now.server.port == DEFAULT.server.port
    assert live.rooms == {-9, -77}
    assert live.rules.admins == {7}
    assert live.api_tokens() == ("ab" * 32,)
    assert LiveConfig(live.now).rules == live.rules
    assert live.take(wanted).taken == (), "the same file again changes nothing more"
