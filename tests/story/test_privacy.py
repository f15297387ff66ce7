"""Privacy, as people meet it: what the desk keeps of them, and for how long (P15)."""

import json
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.config.privacy import Privacy
from bot.conversation.privacy_notice import notice
from bot.features.access.my_data import TASKS
from bot.jobs.retention import sweep
from bot.ui.texts import Texts
from core.desk.reading_log import WINDOW
from core.rules.permissions import DESK, caller_of
from core.state.person import Person
from core.vocabulary.commands import OpenTask
from core.vocabulary.desk_events import Reading
from core.vocabulary.words import Membership, Priority
from emulator.errors import Impossible
from emulator.markup import read
from emulator.utf16 import cut
from storage.audit import chain
from storage.repositories import people
from tests.bot.ui.people import EVERY_LANGUAGE
from tests.story.desk import StoryDesk
from tests.story.phone import Phone

PARK, PORT = (-2.1862, -79.8885), (-2.2800, -79.9100)
DAY = timedelta(days=1).total_seconds()


async def known(desk: StoryDesk, phone: Phone) -> Person:
    """A person as the desk knows them."""
    person = await desk.app.store.read(lambda session: people.by_account(session, phone.user.id))
    assert person is not None
    return person


async def test_p15_a_day_later_nobody_knows_where_somebody_was(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora", at=PARK)
    assert (await known(desk, ana)).position is not None
    await desk.advance(DAY + 1)
    await sweep(desk.app.store, desk.app.clock, desk.app.config)
    assert (await known(desk, ana)).position is None
    await ana.says("/fuera")
    await ana.says("/disponible")
    ana.reads_all()
    ana.has("No sé dónde estás")


async def test_p15_where_a_stranger_is_nobody_keeps(desk: StoryDesk) -> None:
    nora = await desk.admin("Nora Paz")
    eva = desk.stranger("Eva Luna")
    await eva.says("/start")
    await eva.is_at(*PARK, live=3_600)
    shared = next(m for m in desk.telegram.messages(eva.user) if m.wire.location is not None)
    await eva.does(lambda telegram: telegram.move(eva.user, shared, *PORT))
    assert (await known(desk, eva)).position is None
    assert (await known(desk, eva)).live_until is None
    for phone in (nora, eva):
        phone.reads_all()


async def recorded(desk: StoryDesk, kind: str) -> list[Any]:
    """The events of a kind, as the record has them."""
    rows = await desk.app.store.read(lambda session: chain.page(session, 0))
    return [row for row in rows if json.loads(row.body)["type"] == kind]


def file_of(phone: Phone, desk: StoryDesk) -> dict[str, Any]:
    """The newest file that they got, read."""
    message = next(m for m in reversed(phone.messages) if m.document is not None)
    assert message.document is not None
    content = desk.telegram.files.get(message.document.file_id).content
    data: dict[str, Any] = json.loads(content.decode("utf-8"))
    return data


async def test_p15_everybody_gets_what_is_kept_of_them_and_nobody_elses(desk: StoryDesk) -> None:
    ana, beto = await desk.agent("Ana Mora", at=PARK), await desk.agent("Beto Díaz", at=PORT)
    await ana.says("/nueva Patrullaje zona ñandú")
    await beto.says("/nueva Vigilancia del puerto")
    for phone in (ana, beto):
        phone.reads_all()
    await ana.says("/misdatos")
    ana.has("Lo que esta central guarda de ti", "tu tarea más reciente")
    ana.reads_all()
    data = file_of(ana, desk)
    assert data["persona"]["nombre"] == "Ana Mora"
    assert data["persona"]["último_lugar"]["latitud"] == PARK[0]
    assert [task["título"] for task in data["tareas"]] == ["Patrullaje zona ñandú"]
    assert "Beto" not in json.dumps(data, ensure_ascii=False)
    await ana.says("/misdatos")
    ana.reads_all()
    noted = await recorded(desk, "looked_up")
    me = (await known(desk, ana)).id
    assert [(row.by, row.person) for row in noted] == [(me, me)], "twice within minutes is one"


async def test_p15_much_work_comes_page_by_page(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    me = caller_of(await known(desk, ana))
    for number in range(TASKS + 3):
        await desk.app.desk.execute(
            OpenTask(title=f"Ronda {number}", sent_at=desk.clock.now(), priority=Priority.LOW), caller=me
        )
    await desk.settle()
    ana.reads_all()
    await ana.says("/misdatos")
    ana.reads_all()
    assert len(file_of(ana, desk)["tareas"]) == TASKS
    await ana.presses("Trabajo anterior")
    ana.has("3 tareas anteriores")
    ana.reads_all()
    older = file_of(ana, desk)
    assert [task["título"] for task in older["tareas"]] == ["Ronda 2", "Ronda 1", "Ronda 0"]
    assert "persona" not in older


async def test_p15_whoever_looks_where_others_are_is_in_the_record_once_in_five_minutes(desk: StoryDesk) -> None:
    luis = await desk.supervisor("Luis Vera")
    await desk.agent("Ana Mora", at=PARK)
    looks = [("/equipo", 0.0), ("/equipo", WINDOW.total_seconds()), ("/equipo", 0.0)]
    for words, wait in looks:
        await desk.advance(wait)
        await luis.says(words)
        luis.reads_all()
    noted = await recorded(desk, "looked_up")
    assert [json.loads(row.body)["what"] for row in noted] == ["team", "team"]
    assert {row.by for row in noted} == {(await known(desk, luis)).id}
    for _ in range(2):
        await desk.app.desk.readings.note(Reading.NEAREST, DESK)
    assert len(await recorded(desk, "looked_up")) == 3


async def test_p15_what_is_kept_is_said_once_before_anything_is(desk: StoryDesk) -> None:
    nora = await desk.admin("Nora Paz")
    eva = desk.stranger("Eva Luna")
    await eva.says("/start")
    eva.has("Tus datos en esta central", "la administración de este equipo", "/misdatos")
    eva.reads_all()
    await eva.says("/start")
    eva.sees("ya está con los administradores")
    nora.reads_all()
    told = await recorded(desk, "informed")
    assert [row.person for row in told].count((await known(desk, eva)).id) == 1


def test_p15_the_notice_names_who_answers_and_for_how_long() -> None:
    privacy = Privacy(controller="Seguridad <Norte>, datos@norte.example", location_retention=timedelta(hours=2))
    text = notice(privacy, Texts("es", ZoneInfo("America/Guayaquil")))
    assert "Seguridad &lt;Norte&gt;, datos@norte.example" in text
    assert "2 horas" in text
    assert "7 días" in text


@EVERY_LANGUAGE
def test_p15_the_notice_is_whole_below_its_title_and_folded(texts: Texts) -> None:
    shown, marks = read(str(notice(Privacy(), texts)), "HTML", None)
    title, _, rest = shown.partition("\n")
    folded = [mark for mark in marks if mark.type == "expandable_blockquote"]
    assert [cut(shown, mark.offset, mark.length) for mark in folded] == [rest], "a phone shows its first lines"
    assert title.startswith("🔐")
    assert len(rest.splitlines()) == 4


async def test_p15_whoever_was_never_told_is_told_with_their_first_place(desk: StoryDesk) -> None:
    eva = desk.stranger("Eva Luna")
    person = Person(id=0, account=eva.user.id, name="Eva Luna", membership=Membership.ACTIVE)
    await desk.app.store.write(lambda session: people.save(session, None, person))
    await eva.is_at(*PARK, live=3_600)
    eva.has("Tus datos en esta central")
    eva.reads_all()
    await eva.is_at(*PORT)
    eva.sees("Guardé dónde estás")
    assert len(await recorded(desk, "informed")) == 1


async def test_p15_what_is_said_in_a_group_can_not_be_forwarded(desk: StoryDesk) -> None:
    luis = await desk.supervisor("Luis Vera")
    ana = await desk.agent("Ana Mora", at=PARK)
    group, (there, _) = desk.group("Alertas", luis, ana)
    await luis.says("/ayuda")
    own = luis.messages[-1]
    assert own.wire.has_protected_content is None, "a private chat is one's own"
    await there.says("/equipo")
    there.reads_all()
    luis.reads_all()
    card = desk.telegram.messages(group)[-1]
    assert card.wire.has_protected_content
    with pytest.raises(Impossible, match="protected"):
        desk.telegram.forward(luis.user, card)
