"""Steps of one's own work, said instead of pressing a button: ``voy``, ``llegué``, ``terminé la 3``."""

import re
from enum import StrEnum

from msgspec import Struct

from core.vocabulary.folding import folded

_WORD = re.compile(r"\w+")
_CODE = re.compile(r"t?0*([1-9]\d{0,17})")
MOST_WORDS = 8


class Step(StrEnum):
    """A step, by the words for it."""

    DECLINE = "decline"
    GO = "go"
    ARRIVE = "arrive"
    COMPLETE = "complete"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    ACKNOWLEDGE = "acknowledge"


class Said(Struct, frozen=True, kw_only=True):
    """A step that somebody says they take, and the number of the task, if they name one."""

    step: Step
    task: int | None = None


_PHRASES = {
    Step.DECLINE: """no puedo, no voy, no podre, no alcanzo, no llego, rechazo, imposible, i cant, cant, cannot,
        i cannot, not going""",
    Step.GO: """voy, vamos, ya voy, voy yo, acepto, la tomo, lo tomo, la agarro, me encargo, en camino, voy en camino,
        estoy en camino, salgo, ya salgo, saliendo, sali, going, im going, on my way, im on my way, omw, en route,
        i accept, accept, ill take it""",
    Step.ARRIVE: """llegue, llegamos, ya llegue, ya llegamos, ya estoy, estoy aqui, estoy aca, estamos aca, aqui estoy,
        en el lugar, estoy en el lugar, en sitio, en el sitio, en posicion, arribe, arribamos, arrived, i arrived,
        on scene, on site, im here, i am here""",
    Step.COMPLETE: """termine, terminamos, ya termine, terminado, terminada, termino, listo, lista, acabe, acabamos,
        finalice, finalizado, finalizada, finalizo, finalizar,
        concluido, concluida, hecho, hecha, completado,
        completada, done, finished, completed, complete, all done""",
    Step.START: """empiezo, empece, empezamos, empezar, comienzo, comenzamos, inicio, iniciamos, starting, started,
        start""",
    Step.PAUSE: "pausa, en pausa, pauso, hago una pausa, pause, paused",
    Step.RESUME: "sigo, seguimos, retomo, reanudo, resume, resuming",
    Step.ACKNOWLEDGE: """recibido, copiado, enterado, enterada, entendido, copy, copy that, received, acknowledged,
        roger""",
}
_BY_PHRASE = sorted(
    ((tuple(phrase.split()), step) for step, phrases in _PHRASES.items() for phrase in phrases.split(",")),
    key=lambda pair: -len(pair[0]),
)
_FILLERS = frozenset("ya ok okay bueno si yes hola dale central aqui che listos la lo".split())


def said_in(text: str) -> Said | None:
    """The step that a short text begins with; None for anything else."""
    words = _WORD.findall(folded(text[:200]).replace("'", "").replace("’", ""))
    if not 0 < len(words) <= MOST_WORDS:
        return None
    while True:
        for phrase, step in _BY_PHRASE:
            if tuple(words[: len(phrase)]) == phrase:
                return Said(step=step, task=_code(words[len(phrase) :]))
        if not words or words[0] not in _FILLERS:
            return None
        words = words[1:]


def _code(words: list[str]) -> int | None:
    return next((int(found[1]) for word in words if (found := _CODE.fullmatch(word)) is not None), None)
