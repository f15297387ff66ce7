"""Proxies and portals that answer in Telegram's place: nobody is blamed, nothing is lost, and it is said."""

import json
from itertools import pairwise

import pytest

from emulator import Fault
from tests.story.desk import StoryDesk
from tests.story.health import WELL, health
from tests.story.test_unreachable import known

PARK, NEAR = (-2.1862, -79.8885), (-2.1870, -79.8890)
PAGE = "<html><title>403 Forbidden</title></html>"


def proxy(code: int, body: str = PAGE, **headers: str) -> list[Fault]:
    """For six seconds every message and every change of one gets this answer."""
    headers = {"Content-Type": "text/html", **headers}
    return [
        Fault("proxy", code=code, body=body, headers=headers, method=method, times=None, lasts=6)
        for method in ("send*", "edit*")
    ]


@pytest.mark.parametrize(
    "faults",
    [
        proxy(403),
        proxy(302, Location="http://portal.example/login"),
        proxy(407),
        proxy(451, "blocked by order"),
        proxy(401, "<h1>Unauthorized</h1>"),
        proxy(404, "no such page"),
        proxy(400, '{"error":"bad request"}'),
        proxy(403, '{"ok":false,"description":"Forbidden: bot was blocked by the user"}'),
        proxy(429, "slow down"),
        proxy(200, "<html>Log in to this network</html>"),
        proxy(204, ""),
        proxy(502),
        proxy(409, '{"ok":false,"error_code":409,"description":"Conflict"}'),
        proxy(200, '{"ok":false,"error_code":420,"description":"FLOOD"}'),
        proxy(413, '{"ok":false,"error_code":413,"description":"Request Entity Too Large"}'),
    ],
)
async def test_p13_a_proxys_refusal_silences_nobody(desk: StoryDesk, faults: list[Fault]) -> None:
    """Everybody is rung within seconds of the way being free again, once, and is as reachable as before."""
    sara, luis = await desk.supervisor("Sara Luna"), await desk.supervisor("Luis Vega")
    ana, juan = await desk.agent("Ana Mora", at=NEAR), await desk.agent("Juan Pérez", at=PARK)
    people = (sara, luis, ana, juan)
    for fault in faults:
        desk.telegram.faults.add(fault)
    began = desk.clock.now()
    desk.telegram.say(juan.user, "/emergencia Robo")
    await desk.passes(5)
    assert "telegram" in (await health(desk)).unwell
    assert not any(phone.unread for phone in people)
    await desk.passes_until(lambda: all(phone.unread for phone in people), "everybody is rung")
    assert (desk.clock.now() - began).total_seconds() < 6 + 8
    for phone in (sara, luis, ana):
        phone.sees("Robo").lacks("reenvío")
    for phone in people:
        assert (await known(desk, phone)).reachable
    await desk.settle()
    assert await health(desk) == WELL
    assert await desk.asks("select count(*) from outbox where state = 4") == 0, "nothing was set aside"
    desk.telegram.say(juan.user, "/emergencia Incendio")
    began = desk.clock.now()
    await desk.passes_until(lambda: any("Incendio" in message.text for message in sara.unread), "the next is told")
    assert (desk.clock.now() - began).total_seconds() < 8
    await desk.settle()
    for phone in people:
        phone.reads_all()


@pytest.mark.parametrize(
    ("code", "parameters"),
    [(429, {}), (429, {"retry_after": 1}), (400, {"migrate_to_chat_id": -1001})],
)
async def test_p13_verdicts_that_keep_every_alarm_from_leaving_are_said_within_ten_seconds(
    desk: StoryDesk, code: int, parameters: dict[str, int]
) -> None:
    """Each is Telegram's own, judges nobody and is tried again: what it keeps from leaving is said all the same."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    body = json.dumps({"ok": False, "error_code": code, "description": "No", "parameters": parameters})
    for method in ("send*", "edit*"):
        desk.telegram.faults.add(Fault("proxy", code=code, body=body, method=method, times=None, lasts=10))
    desk.telegram.say(juan.user, "/emergencia Robo")
    await desk.passes(9)
    assert f"its message has not left; Telegram said {code} No" in (await health(desk)).unwell["emergencies"]
    await desk.passes(20)
    sara.sees("Robo").lacks("reenvío")
    assert await health(desk) == WELL
    for phone in (sara, juan):
        assert (await known(desk, phone)).reachable
        phone.reads_all()


async def test_p13_a_broken_way_is_said_once_and_its_end_once(
    desk: StoryDesk, caplog: pytest.LogCaptureFixture
) -> None:
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    desk.telegram.faults.add(Fault("status", code=502, method="send*", times=None, lasts=60))
    desk.telegram.say(juan.user, "/emergencia Robo")
    await desk.passes(10)
    assert (await health(desk)).unwell["telegram"] == "502 Bad Gateway"
    await desk.passes(60)
    said = [record.getMessage() for record in caplog.records if "sending is" in record.getMessage()]
    assert said[0] == "sending is ill: 502 Bad Gateway"
    assert [line.partition(" after")[0] for line in said[1:]] == ["sending is well again"]
    assert await health(desk) == WELL
    tries = [call.at for call in desk.telegram.calls if call.chat_id == sara.user.id]
    assert max(later - earlier for earlier, later in pairwise(tries)) <= 5.1, "an emergency is tried again soon"
    for phone in (sara, juan):
        phone.reads_all()


async def test_p13_an_answer_that_was_compressed_is_read_and_nothing_is_sent_twice(desk: StoryDesk) -> None:
    desk.telegram.faults.add(Fault("gzip", times=None))
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Robo")
    await desk.passes(60)
    assert len([message for message in sara.unread if "Robo" in message.text]) == 1
    assert await health(desk) == WELL
    for phone in (sara, juan):
        phone.reads_all()


@pytest.mark.parametrize(
    ("code", "method", "supervisors", "agents"),
    [
        (403, "send*", 1, 0),
        (403, "send*", 10, 0),
        (403, "send*", 2, 2),
        (400, "send*", 2, 2),
        (403, "sendMessage", 2, 2),
        (403, "sendMessage", 1, 0),
        (400, "sendMessage", 1, 1),
    ],
)
async def test_p13_what_everybody_is_refused_silences_nobody(
    desk: StoryDesk, code: int, method: str, supervisors: int, agents: int
) -> None:
    """Telegram's own verdict for everybody at once is one cause: the first who met it are rung like all others."""
    bosses = [await desk.supervisor(f"Jefe {number}") for number in range(supervisors)]
    helpers = [await desk.agent(f"Agente {number}", at=NEAR) for number in range(agents)]
    juan = await desk.agent("Juan Pérez", at=PARK)
    await desk.advance(61)
    desk.telegram.faults.add(Fault("status", code=code, method=method, times=None, lasts=6))
    desk.telegram.say(juan.user, "/emergencia Robo")
    await desk.passes(5)
    if supervisors + agents >= 2:
        assert "telegram" in (await health(desk)).unwell
    await desk.passes(8)
    for phone in (*bosses, *helpers):
        assert any("Robo" in message.text for message in phone.unread), phone.user.first_name
    await desk.passes(20)
    for phone in (*bosses, *helpers, juan):
        assert (await known(desk, phone)).reachable
        phone.reads_all()
    assert await health(desk) == WELL


async def test_p13_people_who_are_refused_one_by_one_on_a_quiet_night_are_one_cause(desk: StoryDesk) -> None:
    """Each gets one message in two minutes and nobody any other: the third shows that it was nobody's own doing."""
    agents = [await desk.agent(name) for name in ("Ana Mora", "Beto Salas", "Caro Gil", "Dani Paz")]
    await desk.advance(61)
    desk.telegram.faults.add(Fault("status", code=403, method="send*", times=None, lasts=8 * 60))
    for phone in agents[:3]:
        desk.telegram.say(phone.user, "/mistareas")
        await desk.passes(120)
        assert ("in a row" in (await health(desk)).unwell["telegram"]) is (phone is agents[2])
    assert all([(await known(desk, one)).reachable for one in agents])
    assert "3 people in a row" in (await health(desk)).unwell["telegram"]
    await desk.passes(130)
    desk.telegram.say(agents[3].user, "/ayuda")
    await desk.passes(30)
    assert await health(desk) == WELL
    for phone in agents:
        phone.reads_all()


async def test_p13_whoever_read_that_somebody_blocked_the_bot_reads_that_it_was_not_so(desk: StoryDesk) -> None:
    """The first two of a mass refusal are called silent before anybody can know: it is taken back in words too."""
    sara = await desk.supervisor("Sara Luna")
    agents = [await desk.agent(name) for name in ("Ana Mora", "Beto Salas", "Caro Gil")]
    await desk.advance(61)
    for phone in agents:
        desk.telegram.faults.add(Fault("status", code=403, method="send*", chat_id=phone.user.id, times=None, lasts=20))
    for phone in agents:
        desk.telegram.say(phone.user, "/mistareas")
        await desk.passes(1)
    sara.sees("Ana Mora", "bloqueó el bot. Las alertas no le llegan")
    await desk.passes(60)
    sara.sees("Ana Mora", "no bloqueó el bot", "Las alertas le llegan")
    assert len([message for message in sara.messages if "no bloqueó" in message.text]) == 2, (
        "of each who was named, once"
    )
    for phone in (sara, *agents):
        assert (await known(desk, phone)).reachable
        phone.reads_all()


async def test_p13_a_supervisor_who_was_refused_too_reads_in_the_end_that_nobody_blocked_the_bot(
    desk: StoryDesk,
) -> None:
    """Luis and Sara are called silent to each other and to Marta, while neither gets a word of it."""
    marta, sara, luis = (
        await desk.admin("Marta Solís"),
        await desk.supervisor("Sara Luna"),
        await desk.supervisor("Luis"),
    )
    ana = await desk.agent("Ana Mora")
    await desk.advance(61)
    for phone in (sara, luis, ana):
        desk.telegram.faults.add(Fault("status", code=403, method="send*", chat_id=phone.user.id, times=None, lasts=20))
    for phone in (sara, luis, ana):
        desk.telegram.say(phone.user, "/mistareas")
        await desk.passes(1)
    await desk.passes(60)
    for phone in (marta, sara, luis):
        about = [message.text for message in phone.messages if message.text.startswith(("🔕", "🔔"))]
        newest = {text.split()[1]: text for text in about}
        assert not any("bloqueó el bot. Las" in text for text in newest.values()), phone.user.first_name
        assert newest, phone.user.first_name
        phone.reads_all()
    ana.reads_all()


async def test_p13_a_lie_about_one_person_is_found_out_without_an_emergency(desk: StoryDesk) -> None:
    """A mark for one refusal, which may be a block, is proved again without a cause, ever less often."""
    ana = await desk.agent("Ana Mora")
    desk.telegram.faults.add(Fault("status", code=403, chat_id=ana.user.id, times=None, lasts=20))
    desk.telegram.say(ana.user, "/mistareas")
    await desk.passes(3)
    assert not (await known(desk, ana)).reachable
    await desk.passes(40)
    assert (await known(desk, ana)).reachable
    probes = [call.at for call in desk.telegram.calls if call.method == "sendChatAction"]
    gaps = [round(later - earlier) for earlier, later in pairwise(probes)]
    assert gaps == sorted(gaps)
    desk.telegram.block(ana.user, desk.bot)
    await desk.settle()
    desk.telegram.calls.clear()
    await desk.passes(120)
    assert not [call for call in desk.telegram.calls if call.chat_id == ana.user.id], "who says so is not asked"
    ana.reads_all()


async def test_p13_when_telegram_takes_no_message_for_what_it_is_none_is_set_aside_for_it(desk: StoryDesk) -> None:
    """Everybody takes messages, and each is refused by 400: a filter, or a rule of the Bot API that is new."""
    sara, luis = await desk.supervisor("Sara Luna"), await desk.supervisor("Luis Vega")
    ana, juan = await desk.agent("Ana Mora", at=NEAR), await desk.agent("Juan Pérez", at=PARK)
    await desk.advance(61)
    desk.telegram.faults.add(Fault("status", code=400, method="sendMessage", times=None, lasts=8))
    desk.telegram.say(juan.user, "/emergencia Robo")
    await desk.passes(5)
    assert "Telegram refuses every sendMessage (400" in (await health(desk)).unwell["telegram"]
    await desk.passes(15)
    for phone in (sara, luis, ana, juan):
        phone.sees("Robo")
    assert await health(desk) == WELL
    assert await desk.asks("select count(*) from outbox where state = 4") <= 2, "before it was known, at most"
    for phone in (sara, luis, ana, juan):
        phone.reads_all()


async def test_p13_a_persons_alerts_follow_no_group(desk: StoryDesk) -> None:
    """Only groups move; an answer that says so of a person leads their alerts nowhere."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    moved = '{"ok":false,"error_code":400,"description":"x","parameters":{"migrate_to_chat_id":-100999}}'
    desk.telegram.faults.add(Fault("proxy", code=400, body=moved, method="send*", chat_id=sara.user.id, times=1))
    await juan.says("/emergencia Robo")
    await desk.passes(10)
    assert await desk.asks("select count(*) from outbox where chat = -100999") == 0
    sara.sees("Robo")
    for phone in (sara, juan):
        phone.reads_all()
