"""The rest of a text that is longer than Telegram takes: a file that continues its message."""

from bot.transport.api_call import ApiCall
from bot.ui.texts import Texts
from core.desk.ports import OutgoingMessage
from core.vocabulary.contents import TextFile
from core.vocabulary.words import Lane
from storage.queues.addressed_call import destination_at
from storage.schema.tables import OutboxRow


def tail(row: OutboxRow, api_call: ApiCall, message_id: int | None, texts: Texts) -> OutgoingMessage:
    """The file of what was cut off of a message that is there, in its topic."""
    rest = TextFile(name=texts("tail-file"), text=api_call.tail, caption=texts("tail-caption"), reply_to=message_id)
    return OutgoingMessage(to=destination_at(row.chat, api_call.topic), lane=Lane(row.rank), content=rest)
