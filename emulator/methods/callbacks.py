"""Answering presses of buttons.

https://core.telegram.org/bots/api#answercallbackquery
"""

from msgspec import Struct
from telegram.constants import CallbackQueryLimit

from emulator import events
from emulator.callbacks import Answer
from emulator.errors import bad_request
from emulator.methods.registry import Call, method

_MOST = int(CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)


class AnswerCallbackQuery(Struct):
    callback_query_id: str
    text: str = ""
    show_alert: bool = False


@method("answerCallbackQuery")
def answer_callback_query(call: Call, params: AnswerCallbackQuery) -> bool:
    """Settle a press.

    Raises:
        ApiError: 400 when the text is too long or the press is too old.
    """
    if len(params.text) > _MOST:
        raise bad_request("MESSAGE_TOO_LONG")
    query = call.world.queries.answer(call.bot, params.callback_query_id, Answer(params.text, params.show_alert))
    call.world.emit(events.CallbackAnswered(query))
    return True
