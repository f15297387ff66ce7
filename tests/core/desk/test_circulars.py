"""A crowd hears of a person or a unit page by page: each once, nobody forgotten, what is over not at all (P3, P11)."""

from functools import partial

import pytest

from core.desk.circulars import tell_administrators
from core.rules.permissions import DESK
from core.state.directory import PAGE
from core.vocabulary import access_commands as ac
from core.vocabulary import commands as c
from core.vocabulary import unit_commands as uc
from core.vocabulary.contents import Screen
from core.vocabulary.words import Lane, Role
from tests.core.crowded import DAY, MONDAY, Watch
from tests.core.dispatch import Dispatch

CROWD = 3 * PAGE + 5
STRANGER = 90_000
# Of the swap: Ana that it was taken; Beto the question, which changes in place.
SAID = {"Ana": 1, "Beto": 1}


@pytest.fixture
async def watch(dispatch: Dispatch) -> Watch:
    """Ana's watch in a unit that nobody leads."""
    watch = Watch(dispatch)
    await watch.begins()
    return watch


def waiting(dispatch: Dispatch) -> dict[int, list[str]]:
    """The messages that the outbox has for each of the crowd."""
    rows = dispatch.direct.connection.execute("SELECT chat, payload FROM outbox WHERE chat >= 50000 ORDER BY id")
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row["chat"], []).append(row["payload"])
    return found


async def turns_every_page(watch: Watch) -> int:
    """Every page that is due at once; how many there were."""
    pages = 0
    while pages < 100 and _is_due(watch.dispatch):
        pages += await watch.turns_the_page()
    return pages


def _is_due(dispatch: Dispatch) -> bool:
    return bool(dispatch.direct.connection.execute("SELECT 1 FROM timer WHERE kind = 'circular'").fetchall())


def left(dispatch: Dispatch) -> int:
    return len(dispatch.direct.connection.execute("SELECT 1 FROM circular").fetchall())


async def hears_page_by_page(watch: Watch, crowd: list[int], words: str, *, times: int = 1) -> None:
    """The first page at once, the others each in a unit of its own, also when a process dies in between."""
    dispatch = watch.dispatch
    assert len(waiting(dispatch)) == PAGE, "the first page in the transaction of the event"
    await watch.turns_the_page()
    dispatch.direct.reopen()
    dispatch.open()
    assert len(waiting(dispatch)) == 2 * PAGE, "a page is a unit of its own"
    assert await turns_every_page(watch) == 2
    heard = waiting(dispatch)
    assert sorted(heard) == crowd, "everybody"
    assert all(len(texts) == times and words in texts[0] for texts in heard.values()), "once, and the same"
    assert left(dispatch) == 0


async def test_p3_everybody_who_leads_hears_whom_no_message_reaches(watch: Watch) -> None:
    crowd = watch.crowd(CROWD, Role.SUPERVISOR)
    await watch.dispatch.desk.execute(c.MarkSilenced(person=watch.ana.id), caller=DESK)
    await hears_page_by_page(watch, crowd, "Ana")


async def test_a_control_that_its_person_ended_is_told_page_by_page(watch: Watch) -> None:
    crowd = watch.crowd(CROWD, Role.SUPERVISOR, unit=watch.unit)
    watch.crowd(3, Role.SUPERVISOR)
    await watch.asks_for_words()
    await watch.ends_her_control()
    await hears_page_by_page(watch, crowd, "Ana")


async def test_a_late_handover_is_told_page_by_page(watch: Watch) -> None:
    crowd = watch.crowd(CROWD, Role.SUPERVISOR, unit=watch.unit)
    watch.dispatch.moment = MONDAY + DAY
    await watch.dispatch.desk.fire_due()
    watch.dispatch.moment += watch.dispatch.rules.handover_timeout
    await watch.dispatch.desk.fire_due(limit=1)
    await hears_page_by_page(watch, crowd, "Beto")


async def test_a_turn_is_offered_to_the_whole_unit_page_by_page(watch: Watch) -> None:
    crowd = watch.crowd(CROWD, Role.AGENT, unit=watch.unit)
    await watch.offers()
    assert len(waiting(watch.dispatch)) == PAGE - 2, "Ana and Beto are on the first page"
    await turns_every_page(watch)
    heard = waiting(watch.dispatch)
    assert sorted(heard) == crowd
    assert all(len(texts) == 1 and "Ana ofrece un turno" in texts[0] for texts in heard.values())
    await watch.takes()
    await turns_every_page(watch)
    assert all("Beto" in texts[-1] for texts in waiting(watch.dispatch).values()), "no question stands"


async def test_a_turn_that_is_taken_is_offered_to_nobody_more(watch: Watch) -> None:
    watch.crowd(CROWD, Role.AGENT, unit=watch.unit)
    await watch.offers()
    await watch.takes()
    await turns_every_page(watch)
    assert len(waiting(watch.dispatch)) == PAGE - 2
    assert left(watch.dispatch) == 0


async def test_the_leaders_of_a_unit_hear_of_a_swap_but_neither_of_the_two_twice(watch: Watch) -> None:
    crowd = watch.crowd(CROWD, Role.SUPERVISOR, unit=watch.unit)
    dispatch = watch.dispatch
    dispatch.direct.connection.execute("UPDATE person SET role = 2 WHERE name IN ('Ana', 'Beto')")
    await watch.offers()
    await watch.takes()
    await turns_every_page(watch)
    heard = waiting(dispatch)
    assert sorted(heard) == crowd
    for person, words in ((watch.ana, "Beto"), (watch.beto, "Ana")):
        rows = dispatch.direct.connection.execute("SELECT payload FROM outbox WHERE chat = ?", (person.account,))
        assert sum(words in row["payload"] for row in rows.fetchall()) == SAID[person.name], person.name


async def test_p9_every_administrator_is_asked_and_whoever_was_not_asked_yet_need_not_be(watch: Watch) -> None:
    crowd, dispatch = watch.crowd(CROWD, Role.ADMIN), watch.dispatch
    stranger = c.Enter(account=STRANGER, name="Nora")
    nora = (await dispatch.desk.execute(stranger, caller=DESK)).person
    assert nora is not None
    assert len(waiting(dispatch)) == PAGE - 1, "Ada is on the first page"
    await watch.turns_the_page()
    await dispatch.does(watch.ada, c.Admit(person=nora.id, role=Role.AGENT))
    await turns_every_page(watch)
    heard = waiting(dispatch)
    asked = {chat for chat in heard if chat < STRANGER}
    assert asked == set(crowd[: 2 * PAGE - 1])
    assert all("Ada" in heard[chat][-1] for chat in asked), "their card says who let her in"
    assert left(dispatch) == 0


async def test_p14_every_administrator_is_asked_of_a_freeze_until_one_of_them_answers(watch: Watch) -> None:
    crowd, dispatch = watch.crowd(CROWD, Role.ADMIN), watch.dispatch
    await dispatch.does(watch.ada, ac.Freeze(person=watch.beto.id))
    assert len(waiting(dispatch)) == PAGE - 1, "Ada is on the first page"
    await watch.turns_the_page()
    await dispatch.does(watch.ada, ac.Thaw(person=watch.beto.id))
    await turns_every_page(watch)
    heard = waiting(dispatch)
    assert sorted(heard) == crowd[: 2 * PAGE - 1]
    assert all("Lo congeló Ada" in texts[0] and "tiene acceso otra vez" in texts[-1] for texts in heard.values())
    assert left(dispatch) == 0


async def test_p5_a_frozen_phones_call_for_help_goes_before_all_else_that_is_told_of_them(watch: Watch) -> None:
    crowd, dispatch = watch.crowd(CROWD, Role.ADMIN), watch.dispatch
    await dispatch.does(watch.ada, ac.Freeze(person=watch.beto.id))
    await dispatch.desk.execute(ac.CallFrozen(person=watch.beto.id, words="ayuda"), caller=DESK)
    (timer,) = dispatch.direct.connection.execute("SELECT urgent FROM timer WHERE kind = 'circular'").fetchall()
    assert timer["urgent"] == 1, "before what else is due"
    for page in range(2, 5):
        await watch.turns_the_page()
        called = [chat for chat, texts in waiting(dispatch).items() if any("«ayuda»" in text for text in texts)]
        assert len(called) == min(page * PAGE - 1, CROWD), "its next page"
    assert sum("Lo congeló Ada" in text for texts in waiting(dispatch).values() for text in texts) == PAGE - 1
    await turns_every_page(watch)
    heard = waiting(dispatch)
    assert sorted(heard) == crowd
    assert all(sum("Lo congeló Ada" in text for text in texts) == 1 for texts in heard.values()), "asked of all as well"
    assert left(dispatch) == 0


async def test_p14_whoever_is_frozen_hears_nothing_of_what_is_told_page_by_page(watch: Watch) -> None:
    crowd, dispatch = watch.crowd(CROWD, Role.SUPERVISOR), watch.dispatch
    await dispatch.desk.execute(c.MarkSilenced(person=watch.ana.id), caller=DESK)
    last = dispatch.direct.connection.execute("SELECT id FROM person WHERE telegram_id = ?", (crowd[-1],)).fetchone()
    await dispatch.does(watch.ada, ac.Freeze(person=last["id"]))
    await turns_every_page(watch)
    assert not any("Ana" in text for text in waiting(dispatch).get(crowd[-1], ()))
    assert crowd[-2] in waiting(dispatch)


async def test_p9_every_administrator_hears_who_leads_now_and_who_linked_a_group(watch: Watch) -> None:
    crowd, dispatch = watch.crowd(CROWD, Role.ADMIN), watch.dispatch
    await dispatch.does(watch.ada, c.Promote(person=watch.ana.id, role=Role.SUPERVISOR))
    await turns_every_page(watch)
    assert {*crowd} == {*waiting(dispatch)}, "who leads now"
    await dispatch.does(watch.ada, uc.LinkGroup(unit=watch.unit, room=-77, title="Patrulla"))
    await turns_every_page(watch)
    heard = waiting(dispatch)
    assert {*crowd} == {*heard}
    assert all(len(texts) == 2 and "Patrulla" in texts[1] for texts in heard.values())


async def test_whoever_is_put_out_between_two_pages_hears_nothing(watch: Watch) -> None:
    crowd, dispatch = watch.crowd(CROWD, Role.SUPERVISOR), watch.dispatch
    await dispatch.desk.execute(c.MarkSilenced(person=watch.ana.id), caller=DESK)
    last = dispatch.direct.connection.execute("SELECT id FROM person WHERE telegram_id = ?", (crowd[-1],)).fetchone()
    await dispatch.does(watch.ada, c.Disable(person=last["id"]))
    await turns_every_page(watch)
    assert not any("Ana" in text for text in waiting(dispatch).get(crowd[-1], ()))
    assert crowd[-2] in waiting(dispatch)


@pytest.mark.parametrize("there", ["own", "others", "nobody"])
async def test_the_units_own_supervisors_hear_it_else_all_else_the_administrators(watch: Watch, there: str) -> None:
    own = watch.crowd(2, Role.SUPERVISOR, unit=watch.unit)
    others, admins = watch.crowd(3, Role.SUPERVISOR), watch.crowd(4, Role.ADMIN)
    deaf = {"own": [], "others": own, "nobody": [*own, *others]}[there]
    for account in deaf:
        watch.dispatch.direct.connection.execute("UPDATE person SET reachable = 0 WHERE telegram_id = ?", (account,))
    await watch.asks_for_words()
    await watch.ends_her_control()
    assert [*waiting(watch.dispatch)] == {"own": own, "others": others, "nobody": admins}[there]


async def test_p14_a_phone_that_is_frozen_again_is_asked_of_all_whatever_they_were_still_to_be_shown(
    watch: Watch,
) -> None:
    crowd, dispatch = watch.crowd(CROWD, Role.ADMIN), watch.dispatch
    await dispatch.does(watch.ada, ac.Freeze(person=watch.beto.id))
    await turns_every_page(watch)
    await dispatch.does(watch.ada, ac.Thaw(person=watch.beto.id))
    await dispatch.does(watch.ada, ac.Freeze(person=watch.beto.id))
    await turns_every_page(watch)
    heard = waiting(dispatch)
    assert sorted(heard) == crowd
    assert all("Lo congeló Ada" in texts[-1] for texts in heard.values()), "the question stands"
    assert left(dispatch) == 0


async def test_p4_a_late_handover_whose_only_supervisor_is_late_is_told_to_others(watch: Watch) -> None:
    others, dispatch = watch.crowd(2, Role.SUPERVISOR), watch.dispatch
    dispatch.direct.connection.execute("UPDATE person SET role = 2 WHERE name = 'Beto'")
    dispatch.moment = MONDAY + DAY
    await dispatch.desk.fire_due()
    dispatch.moment += dispatch.rules.handover_timeout
    await dispatch.desk.fire_due(limit=1)
    assert [*waiting(dispatch)] == others


async def test_p4_a_frozen_phones_call_for_help_goes_to_supervisors_where_no_administrator_is_reached(
    watch: Watch,
) -> None:
    supervisors, dispatch = watch.crowd(2, Role.SUPERVISOR), watch.dispatch
    await dispatch.does(watch.ada, ac.Freeze(person=watch.beto.id))
    dispatch.direct.connection.execute("UPDATE person SET reachable = 0 WHERE name = 'Ada'")
    await dispatch.desk.execute(ac.CallFrozen(person=watch.beto.id, words="ayuda"), caller=DESK)
    heard = waiting(dispatch)
    assert [*heard] == supervisors
    assert all("«ayuda»" in texts[-1] for texts in heard.values())


async def test_p11_administrators_are_told_of_the_desk_itself_page_by_page(watch: Watch) -> None:
    """Of a backup that failed, a part that is ill, a message or an update that was set aside."""
    dispatch, crowd = watch.dispatch, watch.crowd(CROWD, Role.ADMIN)
    screen = Screen(text="La copia de seguridad falló")
    tell = partial(tell_administrators, screen=screen, lane=Lane.ROUTINE, now=dispatch.moment)
    assert await dispatch.direct.write(tell)
    assert len(waiting(dispatch)) == PAGE - 1, "Ada is on the first page"
    await turns_every_page(watch)
    assert {chat: len(texts) for chat, texts in waiting(dispatch).items()} == dict.fromkeys(crowd, 1)
    assert left(dispatch) == 0
