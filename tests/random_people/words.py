"""Words that people write: commands with and without what they need, answers to questions, anything else."""

from __future__ import annotations

import random
from collections.abc import Sequence

from emulator import Person

HELP = ("/emergencia", "/emergencia Herido en la plaza", "/emergencia Robo con arma", "/emergency Fire", "auxilio")
PAGES = ("/usuarios", "/unidades", "/guardia", "/equipo", "/tareas", "/mistareas", "/estado", "/historial")
LINES = """/nueva
/nueva Ronda norte !alta
/nueva Ronda sur {who}
/nueva Vigilancia del mercado !urgente {who}
/nueva Patrullaje
/disponible
/disponible
/fuera
/turno inicio
/turno fin
/control 30
/control 15
/control fin
/tarea {n}
/nota {n} visto
/finalizar {n}
/asignar {n} {who}
/escalar {n} nadie responde
/cancelar
/buscar ronda
/invitar agente
/invitar supervisor
/plan {n}
/porque {n}
/simulacro
/auditoria
/reporte
/ayuda
/start""".splitlines()
NAMES = ("Ana", "Eva", "Beto", "Mora", "Lía", "Zoé", "Paz")
ANSWERS = (
    "1", "2", "12", "hola", "sí", "no", "mañana 07:00", "hoy 18:00", "-2.18, -79.9", "Av. Quito y Colón", "Norte",
    "estoy bien", "America/Guayaquil", "ñandú 🚓", "voy", "x" * 300, "@nadie", "30", "alta",
)  # fmt: skip


def emergency(chance: random.Random) -> str:
    """A call for help."""
    return chance.choice(HELP)


def anything(chance: random.Random, people: Sequence[Person]) -> str:
    """A command or a few words."""
    if chance.random() < 0.2:
        return answer(chance)
    line = chance.choice((*LINES, *PAGES))
    return line.format(n=chance.randint(1, 12), who=f"@{chance.choice(people).username or 'nadie'}")


def answer(chance: random.Random) -> str:
    """Words for a question of the desk."""
    return chance.choice(ANSWERS)


def to_the_bot(line: str, username: str) -> str:
    """The line as it is written in a group: the command names the bot."""
    command, blank, rest = line.partition(" ")
    return f"{command}@{username}{blank}{rest}" if command.startswith("/") else line
