"""Data of a button: an action and its numbers, in the 64 bytes that Telegram carries.

``voy:123:7``: *Voy* on task 123 as it stood at version 7.
"""

import re
from enum import StrEnum
from zlib import crc32

from msgspec import Struct
from msgspec.structs import replace
from telegram.constants import InlineKeyboardButtonLimit

from bot.ui.screen import Button

SEPARATOR = ":"
MARK = ":~"  # before the epoch's six letters (`bot.ui.epoch`)
OWNER = "^"  # before the id of the person whom a screen answered, where others read along
LONGEST = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA) - len(MARK) - 6
UNREACHED = 2**62
_OWNED = re.compile(r"\^[1-9][0-9]{0,17}", re.ASCII)


class Action(StrEnum):
    """Everything that can be pressed. On a task: task id, version, then what else it needs."""

    ACCEPT = "voy"
    DECLINE = "no"
    DEPART = "salgo"
    ARRIVE = "llego"
    START = "inicio"
    PAUSE = "pausa"
    RESUME = "sigo"
    COMPLETE = "fin"
    NOTE = "nota"
    LOCATE = "lugar"
    ACKNOWLEDGE = "recibido"
    ASSIGN = "asignar"
    ASSIGN_TO = "a"
    ESCALATE = "escalar"
    CANCEL_TASK = "anular"
    UNDO = "deshacer"
    REOPEN = "reabrir"
    OPEN_CARD = "ver"
    HISTORY = "historia"
    ADMIT = "admitir"
    REJECT = "rechazar"
    PEOPLE = "gente"
    PERSON = "persona"
    SET_ROLE = "rol"
    DISABLE = "baja"
    SAME_PERSON = "misma"
    PAGE = "pag"
    FORM = "f"
    REFRESH = "otra"
    FINE = "bien"
    NEED_HELP = "ayuda"
    STOP_CHECK_IN = "basta"
    LEAVE = "salir"
    STILL_ON = "vigente"
    UNIT = "u"
    ONCALL = "g"
    SHIFT = "turno"
    SWAP = "cambio"
    TAKE_OVER = "recibo"
    DRILL = "simulacro"
    CALL = "sos"
    TAKE = "llevar"
    INVITE = "invitar"
    INVITATIONS = "invitaciones"
    REVOKE = "revocar"
    CONFIRM_RISE = "confirmo"
    REFUSE_RISE = "niego"
    CHECK_IN = "control"
    WHY = "porque"
    POINT = "punto"
    ONCALL_AT = "guardia-el"
    PLAN_AT = "plan-el"
    TAKE_OUT = "aparte"
    REPORTS = "sumadas"
    CLOSE_ALL = "todas"
    REQUESTS = "piden"
    MY_DATA = "mios"
    FREEZE = "congelar"
    THAW = "descongelar"
    CUT = "cortar"
    MEMBER = "quien"
    ERASE_DATA = "borrar"
    ASK_ERASURE = "pido-borrar"
    ON_BEHALF = "radio"
    REINFORCE = "refuerzo"
    RELIEVE = "relevo"
    MAYDAY = "mayday"
    ROUND = "lista"
    DISPOSE = "cierre"
    KIND = "clase"
    EQUIP = "capacidad"


# Presses that want help.
CALLS = frozenset({Action.CALL, Action.NEED_HELP, Action.MAYDAY})


class NotOurs(ValueError):
    """A button says what none of ours does: it was made up, or is older than this version of the desk."""


class Press(Struct, frozen=True):
    """A button that was pressed, with the words after its action; ``owner`` is the person whose it is, by its mark."""

    action: Action
    words: tuple[str, ...] = ()
    owner: int | None = None

    def number(self, index: int) -> int:
        """The word at ``index`` as a number.

        Raises:
            NotOurs: there is none, or one that no desk ever reaches.
        """
        try:
            number = int(self.words[index])
        except (ValueError, IndexError) as error:
            raise NotOurs(self.action.value) from error
        if abs(number) >= UNREACHED:
            raise NotOurs(self.action.value)
        return number


def button(text: str, action: Action, *words: object) -> Button:
    """A button with its callback data.

    Raises:
        ValueError: the data is longer than Telegram carries (64 bytes) with the epoch's mark behind it.
    """
    data = SEPARATOR.join((action.value, *(str(word) for word in words)))
    if len(data.encode()) > LONGEST:
        raise ValueError(f"a button can't carry {data!r}")
    return Button(text, data)


def word_key(word: str) -> str:
    """The key of one of the agency's own words: the same as long as the word is, wherever it stands in its list."""
    return f"{crc32(word.encode()):08x}"


def parse(data: str) -> Press | None:
    """The press that some callback data means, or None for what no button of ours says."""
    action, *words = data.split(SEPARATOR)
    owner = int(words.pop()[1:]) if words and _OWNED.fullmatch(words[-1]) else None
    try:
        return Press(Action(action), tuple(words), owner)
    except ValueError:
        return None


def owned(one: Button, owner: int) -> Button:
    """The button as one person's.

    Raises:
        ValueError: the data is longer than Telegram carries with the mark.
    """
    data = f"{one.data}{SEPARATOR}{OWNER}{owner}"
    if len(data.encode()) > LONGEST:
        raise ValueError(f"a button can't carry {data!r}")
    return replace(one, data=data)
