"""Words that name an emergency where there is none: drills, what is over, what is not so, and figures of speech.

They are matched letter by letter and passed over, and the words behind them still count: *no hay heridos, hay disparos*
is a call. The words of what is over need the day that they name.
"""

from collections.abc import Iterator
from itertools import product

_FIGURES = """me muero de risa, me mato de risa, me matan de risa, me tienen harto, me tienen harta, me tienen aburrido,
    me tienen aburrida, me tienen cansado, me tienen cansada, me tienen loco, me tienen loca, me tienen podrido,
    me tienen podrida, me siguen en, me siguen debiendo, me cai de risa, me matas de risa, jaja me muero, me muero jaja,
    me mata el trabajo, me mata la espalda, me mata el calor, me mata el sueno, me cagaron a pedos,
    me atacan los mosquitos, me ataca la alergia, me pegan los horarios, tengo miedo de llegar tarde,
    gracias por la ayuda, fuera de peligro, primeros auxilios, corran la voz, pelea de box, pelea de gallos,
    tiro libre, tiro de esquina, tiro al blanco, choque de manos, bomba de agua, bomba de gasolina, dia de los muertos,
    feriado de muertos, arma de dotacion, entrego el arma, entregue el arma, entregue la pistola, revision de armas,
    help desk, help menu, informe urgente, urgente el informe, de pelicula de accion"""
_DYING_OF = "me muero de, me estoy muriendo de, muero de".split(", ")
_LONGING = "hambre sueno frio calor sed ganas amor nervios verguenza aburrimiento cansancio curiosidad risa".split()
_NOT_SO = """no hay, ya no hay, no hubo, no habia, sin, no vi, no es, no es una, no es un, no fue, no fue una,
    no fue un, no era, no era una, no son"""
_UNWANTED = "no necesito, ya no necesito, no necesitamos, ya no necesitamos, no hace falta, ya no hace falta"
_NEVER = "no vengan, ya no vengan, no corro peligro, no corremos peligro, eran cohetes no disparos"
_PRACTICE = (
    "simulacro de, simulacro, ejercicio de, practica de, prueba de, curso de, taller de, charla de, charla sobre"
)
_THINGS = """emergencia, emergencias, urgencia, heridos, heridas, herido, herida, peligro, fuego, incendio, incendios,
    disparos, tiros, robos, robo, asalto, accidente, accidentes, muertos, pelea, peleas, humo, tiroteo, terremoto,
    sismo, evacuacion"""
_HELPERS = "ayuda, apoyo, refuerzos, ambulancia"  # *no hay ambulancia* is no comfort: only who wants none is calm
_FIXTURES = "salida luz luces numero numeros telefono telefonos plan kit botiquin puerta escalera freno".split()
_OVER = """controlado, controlada, apagado, apagada, terminada, terminado, superada, superado, cerrada, cerrado,
    resuelta, resuelto, atendida, atendido, finalizada, falsa"""
_ENDED = "termino la, se acabo la, paso la, apagaron el, controlaron el, se apago el, apagamos el, llego la"
_CHORES = """informe reporte turno horario excel formulario papeleo telefono celular computadora app bot uniforme radio
    mudanza tarea""".split()
_WITH = "ayuda, ayudame, ayudenme, ayudeme, necesito ayuda, necesito apoyo, me pueden ayudar, alguien me ayuda"

# Days that are over, and words that say that it still goes on.
_PAST = """ayer, anoche, anteayer, antier, antenoche, la semana pasada, el mes pasado, el ano pasado, el lunes pasado,
    el martes pasado, el miercoles pasado, el jueves pasado, el viernes pasado, el sabado pasado, el domingo pasado,
    hace una semana, hace un mes, hace un ano, hace anos, hace meses, hace dias, hace tiempo, yesterday, last night,
    last week"""
_STILL = frozenset("ahora ahorita hoy recien todavia aun sigue siguen esta estan hay desde now still".split())


def _listed(words: str) -> list[str]:
    return [word.strip() for word in words.split(",")]


def _built() -> Iterator[str]:
    yield from (*_listed(_FIGURES), *_listed(_NEVER))
    yield from (f"{dying_of} {longing}" for dying_of, longing in product(_DYING_OF, _LONGING))
    things, helpers = _listed(_THINGS), _listed(_HELPERS)
    yield from (f"{denied} {thing}" for denied, thing in product((*_listed(_NOT_SO), *_listed(_PRACTICE)), things))
    yield from (f"{unwanted} {helper}" for unwanted, helper in product(_listed(_UNWANTED), helpers))
    yield from (f"{thing} de emergencia" for thing in _FIXTURES)
    yield from (f"{thing} {over}" for thing, over in product(things, _listed(_OVER)))
    yield from (f"{ended} {thing}" for ended, thing in product(_listed(_ENDED), (*things, *helpers)))
    yield from (f"{ask} con {the}{one}" for one in _CHORES for ask, the in product(_listed(_WITH), ("", "el ", "la ")))


_ORDINARY = frozenset(tuple(phrase.split()) for phrase in _built())
_DAYS = tuple(tuple(day.split()) for day in _listed(_PAST))
_LONGEST = max(map(len, _ORDINARY))


def ordinary_at(words: tuple[str, ...], start: int) -> int:
    """How many words from ``start`` on sound like an emergency and are none; 0 where none do."""
    return next((n for n in range(_LONGEST, 0, -1) if words[start : start + n] in _ORDINARY), 0)


def is_over(words: tuple[str, ...]) -> bool:
    """Tells whether the words tell of a day that is over, and of nothing that still goes on."""
    if not _STILL.isdisjoint(words):
        return False
    return any(words[at : at + len(day)] == day for day in _DAYS for at in range(len(words)))
