"""Words by radio, as a supervisor types them: who, which step, which task, and the rest."""

import pytest

from bot.parsing.radio_words import Heard, heard_in
from core.vocabulary.radio_steps import RadioStep

HEARD = {
    "llegó T-12": Heard(step=RadioStep.ARRIVE, task=12),
    "T-12 llegó": Heard(step=RadioStep.ARRIVE, task=12),
    "LLEGO t12": Heard(step=RadioStep.ARRIVE, task=12),
    "ya llegó, #12.": Heard(step=RadioStep.ARRIVE, task=12),
    "Beto Salas va en camino T-000012": Heard(name="Beto Salas", step=RadioStep.DEPART, task=12),
    "va T-12": Heard(step=RadioStep.GO, task=12),
    "no puede T-12 se le pinchó una llanta": Heard(step=RadioStep.DECLINE, task=12, words="se le pinchó una llanta"),
    "no va": Heard(step=RadioStep.DECLINE),
    "Finalizó, canal 3: todo en orden": Heard(step=RadioStep.COMPLETE, words="canal 3: todo en orden"),
    "está bien": Heard(step=RadioStep.FINE),
    "Eva sin novedad canal 2": Heard(name="Eva", step=RadioStep.FINE, words="canal 2"),
    "beto arrived T-12": Heard(name="beto", step=RadioStep.ARRIVE, task=12),
    "can't go T-12": Heard(step=RadioStep.DECLINE, task=12),
    "Beto no llegó T-12": Heard(name="Beto", task=12),
    "Beto todavía no ha llegado": Heard(name="Beto"),
    "Beto aún no finalizó": Heard(name="Beto"),
    "not there yet, arrived nobody": Heard(),
    "Vania Novoa T-12": Heard(name="Vania Novoa", task=12),
    "Beto ya salió": Heard(name="Beto", step=RadioStep.DEPART),
    "Beto dice que va T-12": Heard(name="Beto", step=RadioStep.GO, task=12),
    "Beto sigue en camino": Heard(name="Beto", step=RadioStep.DEPART),
    "llegó sin novedad T-12": Heard(step=RadioStep.ARRIVE, task=12, words="sin novedad"),
    "Beto no llega T-12": Heard(name="Beto", task=12),
    "Beto nada bien": Heard(name="Beto"),
    "Beto tampoco va": Heard(name="Beto"),
    "llegó Beto T-12": Heard(step=RadioStep.ARRIVE, task=12, words="Beto", goes_on="Beto"),
    "T-12": Heard(task=12),
    "Tito": Heard(name="Tito"),
    "": Heard(),
}


GOES_ON = (
    "Beto sigue sin llegar",
    "Beto ya está listo para salir T-12",
    "Beto está bien herido",
    "Ana está bien lejos",
    "bien jodido",
    "va a demorar T-12",
    "salió herido T-12",
    "llegó la policía T-12",
    "Beto finalizó hace rato pero sigue ahí T-12",
    "si no puede que avise T-12",
    "Beto ok no",
)


@pytest.mark.parametrize("typed", GOES_ON)
def test_a_step_whose_words_go_on_is_none_by_itself(typed: str) -> None:
    assert heard_in(typed).goes_on


@pytest.mark.parametrize("typed", HEARD)
def test_what_was_typed_is_taken_apart(typed: str) -> None:
    assert heard_in(typed) == HEARD[typed]


def test_a_number_without_its_letter_is_a_channels_and_no_tasks() -> None:
    assert heard_in("llegó canal 3") == Heard(step=RadioStep.ARRIVE, words="canal 3")
