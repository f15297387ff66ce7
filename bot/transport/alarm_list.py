"""Words of a list: several alarms in one message, each with a line and buttons of its own.

A chat takes one message a second. In a storm the only supervisor would hear of the hundredth emergency after minutes,
so what waits for one chat leaves together (DESIGN 6), and each line leads to its card.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import json
from telegram.constants import MessageLimit, ParseMode

from bot.transport.channels import channel_number
from bot.ui.buttons import Action, button, parse
from bot.ui.texts import Texts
from core.state.task import code_of
from core.vocabulary.card_names import task_of_card
from storage.queues.addressed_call import BRIEF, PROTECTED, THREAD
from storage.queues.alarm_lists import FEWEST
from storage.schema.tables import OutboxRow

# Marks of HTML are counted too, so this is less than Telegram takes; the mark of what is sent again follows.
LONGEST = int(MessageLimit.MAX_TEXT_LENGTH) - 100


class AlarmList:
    """Puts alarms into one message, in one language."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def compose(self, rows: list[OutboxRow]) -> tuple[Mapping[str, Any], int] | None:
        """The parameters of the message, and how many of the rows, from the first on, it holds; None: send them alone.

        None where the first can't be said in a line, and for another channel than Telegram.
        """
        first = json.decode(rows[0].payload)
        if channel_number(rows[0].chat):
            return None
        lines: list[str] = []
        keyboard: list[list[dict[str, str]]] = []
        room = LONGEST - len(self._texts("alarms-waiting", count=len(rows)))
        for row in rows:
            payload = first if row is rows[0] else json.decode(row.payload)
            task, line = task_of_card(row.card or ""), str(payload.get(BRIEF, ""))
            room -= _units(line) + 1
            if task is None or not line or room < 0 or payload.get(THREAD) != first.get(THREAD):
                break
            lines.append(line)
            keyboard.append(list(self._buttons(payload, task)))
        if len(lines) < FEWEST:
            return None
        return self._message(first, lines, keyboard), len(lines)

    def _message(self, first: Any, lines: list[str], keyboard: list[list[dict[str, str]]]) -> Mapping[str, Any]:
        heading = self._texts("alarms-waiting", count=len(lines))
        as_first = {name: first[name] for name in (THREAD, PROTECTED) if name in first}
        return {
            "chat_id": first["chat_id"],
            "text": "\n".join([heading, *lines]),
            "parse_mode": ParseMode.HTML.value,
            "link_preview_options": {"is_disabled": True},
            "reply_markup": {"inline_keyboard": keyboard},
            **as_first,
        }

    def _buttons(self, payload: Any, task: int) -> Iterator[dict[str, str]]:
        """*Recibido*, where its card has it, as its card has it; and the one that shows the card."""
        texts, code = self._texts, code_of(task)
        for row in payload.get("reply_markup", {}).get("inline_keyboard", ()):
            for one in row:
                press = parse(one.get("callback_data", ""))
                if press is not None and press.action is Action.ACKNOWLEDGE:
                    yield {**one, "text": texts("button-of", label=one["text"], code=code)}
        shows = button(texts("button-see", code=code), Action.OPEN_CARD, task)
        yield {"text": shows.text, "callback_data": shows.data}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
