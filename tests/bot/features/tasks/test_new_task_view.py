"""The form of a new task: where one is, what was answered, what is asked."""

import pytest
from msgspec.structs import replace

from bot.features.tasks.new_task_view import Page, form_screen
from bot.features.tasks.task_draft import Draft, Step
from bot.ui.forms import Sheet
from bot.ui.texts import Texts
from core.queries.queries import AgentLine
from core.vocabulary.places import Place
from core.vocabulary.words import Priority, TaskType
from tests.bot.ui.people import ANA, ES, EVERY_LANGUAGE, labels, said_by, shown
from tests.bot.ui.tasks import BETO

FULL = Draft(
    type=TaskType.PATROL,
    title="Zona <norte>",
    priority=Priority.HIGH,
    place=Place(lat=-2.1862, lon=-79.8885),
    assignee=BETO.id,
)


def page(step: Step, draft: Draft = FULL, *, private: bool = True) -> Page:
    sheet = Sheet(owner=ANA.id, number=2_000_000_000, step=step.value)
    return Page(sheet=sheet, draft=draft, private=private, agents=(AgentLine(person=BETO, distance=120.0),))


def test_each_step_says_its_number_and_what_was_answered() -> None:
    screen = form_screen(page(Step.PRIORITY, Draft(type=TaskType.PATROL, title="Zona norte")), ES)
    lines = shown(screen).splitlines()
    assert lines[0] == "📝 Nueva tarea · Paso 3 de 6"
    assert "Tipo: patrullaje" in lines
    assert "Qué: Zona norte" in lines
    assert lines[-1] == "¿Qué prioridad tiene?"
    assert labels(screen)[-1] == ["Atrás", "Omitir", "Cancelar"]


def test_the_first_step_has_no_way_back_and_the_title_is_not_skipped() -> None:
    assert labels(form_screen(page(Step.TYPE, Draft()), ES))[-1] == ["Cancelar"]
    assert labels(form_screen(page(Step.TITLE, Draft()), ES)) == [["Atrás", "Cancelar"]]


def test_the_last_step_sums_up_and_asks() -> None:
    screen = form_screen(replace(page(Step.CONFIRM), assignee=BETO), ES)
    text = shown(screen)
    for words in ("Paso 6 de 6", "Zona <norte>", "🟡 alta", "-2.18620, -79.88850", "Beto Salas", "¿Está bien así?"):
        assert words in text
    assert labels(screen) == [["Confirmar", "Editar"], ["Atrás", "Cancelar"]]


def test_the_last_step_says_what_was_left_out() -> None:
    text = shown(form_screen(page(Step.CONFIRM, Draft(type=TaskType.PATROL, title="x")), ES))
    for words in ("media", "sin lugar", "sin asignar"):
        assert words in text


def test_who_is_chosen_from_the_nearest_or_oneself() -> None:
    screen = form_screen(page(Step.WHO), ES)
    assert labels(screen) == [["Yo"], ["Beto Salas · 120 m"], ["Atrás", "Omitir", "Cancelar"]]
    assert said_by(screen, "Beto Salas · 120 m") == "f:7:2000000000:quien:8"


def test_a_group_is_told_to_answer_in_reply() -> None:
    assert "Responde a este mensaje" in shown(form_screen(page(Step.TITLE, private=False), ES))
    assert "Responde a este mensaje" not in shown(form_screen(page(Step.TYPE, private=False), ES))


@EVERY_LANGUAGE
@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("user_text", ["&" * 10_000, "🚓" * 10_000, "<&>مرحبا" * 2_000])
def test_every_step_fits_whatever_was_typed(step: Step, user_text: str, texts: Texts) -> None:
    draft = replace(FULL, title=user_text, address=user_text)
    asked = replace(page(step, draft), assignee=replace(BETO, name=user_text))
    assert len(shown(form_screen(asked, texts)).encode("utf-16-le")) / 2 < 4_096
