"""Words by radio, as a supervisor types them: who, the step that they said, the task, and what else was said.

``@beto llegó T-12 canal 3``: the mentions are taken out before; a name stands before the step, or first after it.
"""

from collections.abc import Sequence

from msgspec import Struct

from bot.parsing.codes import code_in
from core.vocabulary.folding import folded
from core.vocabulary.radio_steps import RadioStep


class Heard(Struct, frozen=True, kw_only=True):
    """The words before the step, the step, the task's number, and the words after it.

    ``goes_on``: those that follow it at once: a name, or "está bien lejos", which says another thing than "está bien".
    """

    name: str = ""
    step: RadioStep | None = None
    task: int | None = None
    words: str = ""
    goes_on: str = ""


_PHRASES = {  # nobody takes a step back by radio: whoever noted it does, by its button
    RadioStep.GO: """voy, va, vamos, van, va el, va ella, ya va, si va, si puede, acepta, acepto, la toma, lo toma, la
        tomo, lo tomo, se encarga, going, is going, goes, accepts, takes it""",
    RadioStep.DECLINE: """no puede, no pueden, no puedo, no va, no van, no voy, no podra, no alcanza, rechaza,
        imposible, cant, cannot, cant go, is not going, declines""",
    RadioStep.DEPART: """en camino, va en camino, voy en camino, van en camino, esta en camino, en ruta, sale, salio,
        sigue en camino, siguen en camino, salieron, salen, salgo, saliendo, on the way, on his way, on her way, en
        route, left""",
    RadioStep.ARRIVE: """llego, llegue, llegaron, llegamos, ya llego, ya llegaron, en el lugar, esta en el lugar,
        sigue en el lugar, siguen en el lugar, en sitio, en el sitio, arribo, arribaron, arrived, on
        scene, on site, is there""",
    RadioStep.START: "inicio, inicia, inician, empezo, empieza, empezaron, comenzo, comienza, started, starts",
    RadioStep.PAUSE: "en pausa, pausa, pauso, paused",
    RadioStep.RESUME: "reanuda, reanudo, sigue, siguen, retoma, retomo, resumed, resumes",
    RadioStep.COMPLETE: """finalizo, finaliza, finalizaron, finalizado, termino, termina, terminaron, terminado, acabo,
        acabaron, concluyo, listo, lista, hecho, finished, done, completed""",
    RadioStep.FINE: """esta bien, estan bien, estoy bien, bien, todo bien, sin novedad, sin novedades, esta ok, ok,
        fine, is fine, all well, is well""",
}
_BY_PHRASE = sorted(
    ((tuple(phrase.split()), step) for step, phrases in _PHRASES.items() for phrase in phrases.split(",")),
    key=lambda pair: -len(pair[0]),
)
# "llegó sin novedad" is an arrival all the same.
_WELL = frozenset(phrase for phrase, step in _BY_PHRASE if step is RadioStep.FINE)
_ENDS, _CHANNEL = ".,;:!", frozenset({"canal", "channel", "por", "by"})
_AROUND = ".,;:!?¡¿()[]«»\"'"
# "no llegó" is no arrival: whoever says that nothing happened yet is asked which step it is.
_NOT_YET = frozenset("no aun todavia nunca ni nada tampoco sin casi se not never hasnt isnt wont".split())
# Words between a name and a step: "Beto ya salió", "Beto dice que va".
_BETWEEN = frozenset("ya esta estan dice dicen que aviso avisa reporta is are has says".split())


def going_on(rest: Sequence[str]) -> str:
    """The words behind a step that may change what it says; a channel does not, nor that all is well."""
    plain = tuple(_plain(word) for word in rest)
    return "" if not plain or plain in _WELL or plain[0] in _CHANNEL else " ".join(rest)


def _plain(word: str) -> str:
    return folded(word.strip(_AROUND)).replace("'", "").replace("’", "")


def heard_in(text: str) -> Heard:
    """The parts of what was typed; the first phrase that is a step counts, the longest where several begin there."""
    words, task, cut = _without_code(text.split())
    plain = tuple(map(_plain, words))
    for start, word in enumerate(plain):
        for phrase, step in _BY_PHRASE:
            end = start + len(phrase)
            if plain[start:end] == phrase:
                ends = words[end - 1][-1] in _ENDS
                return Heard(
                    name=_name(words, plain, start),
                    step=step,
                    task=task,
                    words=" ".join(words[end:]),
                    goes_on="" if ends else going_on(words[end : cut if cut is not None and cut >= end else None]),
                )
        if word in _NOT_YET:
            return Heard(name=_name(words, plain, start), task=task)
    return Heard(name=" ".join(words), task=task)


def _name(words: list[str], plain: tuple[str, ...], end: int) -> str:
    while end and plain[end - 1] in _BETWEEN:
        end -= 1
    return " ".join(words[:end])


def _without_code(words: list[str]) -> tuple[list[str], int | None, int | None]:
    """The words without the first that can only be a task's code, and where it stood.

    A bare number may be a channel's.
    """
    for number, word in enumerate(words):
        if word[:1] in "Tt#" and (task := code_in(word)) is not None:
            return words[:number] + words[number + 1 :], task, number
    return words, None, None
