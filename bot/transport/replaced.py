"""Messages in whose place a newer one came: put away, so that nobody presses what is over."""

from bot.transport.api_call import ApiCall
from bot.ui.screen import Screen
from bot.ui.texts import Texts
from core.desk.ports import OutgoingMessage
from core.state.task import code_of
from core.vocabulary.card_names import task_of_card
from core.vocabulary.contents import ButtonsOff, Redrawing, Removal
from core.vocabulary.words import Lane
from storage.queues.addressed_call import destination_at
from storage.schema.tables import OutboxRow


def put_away(row: OutboxRow, api_call: ApiCall, texts: Texts) -> OutgoingMessage:
    """Put away what was replaced: a pin is taken out, a task's card shrinks to a line, others lose their buttons."""
    message_id, task = api_call.replaces or 0, task_of_card(row.card or "")
    content: Removal | Redrawing | ButtonsOff = ButtonsOff(message_id)
    if api_call.method == "sendLocation":
        content = Removal(message_id)
    elif task is not None:
        content = Redrawing(message_id, Screen(text=texts("card-goes-on", code=code_of(task))))
    return OutgoingMessage(to=destination_at(row.chat), lane=Lane.ROUTINE, content=content)
