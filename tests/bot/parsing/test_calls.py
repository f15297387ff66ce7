"""Plain words: a cry for help, a sign of an emergency, a step of one's own work; by lists, whatever the accents."""

import pytest

from bot.parsing.calls import call_in, cry_in, nothing_but_cries
from bot.parsing.danger_words import DANGERS
from bot.parsing.steps_said import Said, Step, said_in

CRIES = (
    "auxilio",
    "AYUDAAAA",
    "S.O.S",
    "s o s",
    "ausilio",
    "ayúdenme",
    "por favor ayuda",
    "me disparan",
    "help me!",
    "🆘",
    "alluda por favor",
    "hayuda",
    "me encañonan",
    "me están apuntando con un arma",
    "nos emboscaron en el puente",
    "estamos rodeados",
    "me va a matar",
    "me violaron",
    "estoy sangrando mucho",
    "no puedo moverme",
    "me está siguiendo un carro",
    "solicito apoyo en la 10",
    "requerimos apoyo",
    "sáquenme de aquí",
    "compañero herido",
    "oficial caído",
    "clave roja",
    "I can't breathe",
    "don't shoot",
)
BUILT = (
    "me querés matar",
    "loco me quieren chorear",
    "me están afanando",
    "me afanaron",
    "me kieren matar",
    "quieren matarme",
    "van a matarme",
    "mi marido me pega",
    "mi esposo me quiere matar",
    "un hombre me viene siguiendo",
    "están ahorcándome",
    "nos andan persiguiendo",
    "me estrangula",
    "manden un patrullero",
    "necesitamos la ambulancia",
    "mandá a alguien ya",
    "boludo vení que me matan",
    "nos están cagando a tiros",
    "plz help",
    "hepl me",
    "he's got a gun",
    "someone is in my house",
    "requesting backup",
    "me ajuda",
    "pelo amor de Deus, socorro",
    "estão atirando em mim",
    "vão me matar",
    "não consigo respirar",
    "mandem reforço",
    "estou sendo seguida",
    "estoy escondida en el baño",
    "hay alguien en mi casa",
)
BUILT_SIGNS = ("se está incendiando", "explotó la garrafa", "me caí y no me levanto", "fogo na casa", "no puedo hablar")
ORDINARY = (
    "me pagaron",
    "me contaron que llueve",
    "me apunto para el turno",
    "me está quedando bien",
    "me sigue doliendo",
    "me toca guardia",
    "nos miraron raro",
    "me muero de risa",
    "me tienen harto",
    "me siguen en las redes",
    "gracias por la ayuda",
    "fuera de peligro",
    "mandame el informe",
    "necesito el teléfono de Sara",
    "te puedo ayudar mañana",
    "obrigado, bom dia",
)
NO_EMERGENCY = (
    "mañana hay simulacro de tiroteo",
    "simulacro de emergencia mañana",
    "no hubo heridos",
    "salida de emergencia revisada",
    "apagaron el incendio",
    "el año pasado me asaltaron",
    "ayer me pegó un perro",
    "me estoy muriendo de risa",
    "ayúdame con el turno",
    "ya no necesito ayuda",
)
PICTURES = {"🚨🚨🚨": True, "😱🔫": True, "👍": False, "🚨 reunión a las 5": False}
STILL_ONE = (
    "no hay heridos, hay disparos",
    "esto no es un simulacro, me disparan",
    "ayer me robaron y ahora me siguen",
    "desde ayer me persiguen",
    "hace días me amenazan",
    "el simulacro terminó pero hay un herido",
    "no hay ambulancia",
)
SIGNS = ("robo en la tienda", "hay un herido", "fuga de gas en la 10 y 9", "shots near the bank")
MORE_SIGNS = (
    "hay un tipo con machete",
    "lo quieren linchar",
    "se va a tirar del puente",
    "huele a gas",
    "entraron a robar",
)
OTHER_SIGNS = (
    "mataron a uno",
    "se está ahogando un niño",
    "volcamiento en la vía",
    "paro cardíaco",
    "smoke in the office",
)
NEITHER = ("hola", "ok", "", "gracias", "termino a las 8", "👍", "ronda sin novedad", "x" * 5_000)
NEAR_MISSES = ("ayudo mañana", "me caigo de sueño", "apoyé en la 3", "compañero nuevo")
SAID = {
    "terminé la 3": Said(step=Step.COMPLETE, task=3),
    "Terminé T-000003": Said(step=Step.COMPLETE, task=3),
    "ya terminé": Said(step=Step.COMPLETE),
    "listo!": Said(step=Step.COMPLETE),
    "llegué": Said(step=Step.ARRIVE),
    "ya llegué a la #12": Said(step=Step.ARRIVE, task=12),
    "voy": Said(step=Step.GO),
    "ok, voy en camino": Said(step=Step.GO),
    "no voy": Said(step=Step.DECLINE),
    "No puedo, estoy lejos": Said(step=Step.DECLINE),
    "recibido": Said(step=Step.ACKNOWLEDGE),
    "I'm on my way": Said(step=Step.GO),
    "can't": Said(step=Step.DECLINE),
    "done with 7": Said(step=Step.COMPLETE, task=7),
    "el camión llegó tarde": None,
    "voy a revisar si la señora de la esquina sigue esperando": None,
    "": None,
}


@pytest.mark.parametrize("text", [*CRIES, *BUILT])
def test_a_cry_is_heard(text: str) -> None:
    assert cry_in(text)
    assert call_in(text)


@pytest.mark.parametrize("text", [*SIGNS, *MORE_SIGNS, *OTHER_SIGNS, *BUILT_SIGNS])
def test_a_sign_is_a_call_and_no_cry(text: str) -> None:
    assert call_in(text)
    assert not cry_in(text)


@pytest.mark.parametrize("text", [*NEITHER, *NEAR_MISSES, *ORDINARY])
def test_other_words_are_no_call(text: str) -> None:
    assert not call_in(text)
    assert not cry_in(text)


@pytest.mark.parametrize("phrase", sorted(DANGERS)[::97], ids="-".join)
def test_whatever_is_built_is_heard_behind_other_words_too(phrase: tuple[str, ...]) -> None:
    said = " ".join(phrase)
    assert cry_in(f"¡¡{said.upper()}!!")
    assert cry_in(f"por favor {said} ahora")
    assert call_in(f"en la esquina de siempre {said}")


@pytest.mark.parametrize("text", NO_EMERGENCY)
def test_a_drill_what_is_over_and_what_is_not_so_are_no_call(text: str) -> None:
    assert not call_in(text)
    assert not cry_in(text)


@pytest.mark.parametrize("text", STILL_ONE)
def test_words_behind_them_still_count(text: str) -> None:
    assert call_in(text)


@pytest.mark.parametrize(
    ("text", "call"), [("🚨🚨🚨", True), ("😱🔫", True), ("👍", False), ("🚨 reunión a las 5", False)]
)
def test_pictures_alone_may_be_a_call(text: str, call: bool) -> None:
    assert call_in(text) is call


def test_thanks_for_help_ask_for_none() -> None:
    assert not cry_in("gracias por la ayuda")


def test_only_cries_alone_leave_no_doubt_about_what_follows() -> None:
    assert nothing_but_cries("por favor ayuda!! ")
    assert not nothing_but_cries("ayuda a todos: ")
    assert not nothing_but_cries("")


@pytest.mark.parametrize(("text", "said"), SAID.items())
def test_a_step_is_what_a_short_text_begins_with(text: str, said: Said | None) -> None:
    assert said_in(text) == said
