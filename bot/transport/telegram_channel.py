"""Telegram as a channel: renders for the Bot API, builds its calls and makes them."""

from bot.transport import rendering
from bot.transport.answers import Answer, Taken, Unreadable
from bot.transport.api_call import PROBE, ApiCall, build_call
from bot.transport.request import AiohttpRequest
from bot.ui.epoch import Epoch
from core.desk.ports import OutgoingMessage
from storage.queues.addressed_call import AddressedCall
from storage.queues.cards import Shown
from storage.schema.tables import OutboxRow


class TelegramChannel:
    """`bot.transport.channels.Channel` over the Bot API; ``resent_mark`` follows words that may be there already.

    ``epoch`` marks the buttons.
    """

    def __init__(self, request: AiohttpRequest, base_url: str, resent_mark: str, epoch: Epoch | None = None) -> None:
        self._request = request
        self._base_url = base_url
        self._resent_mark = resent_mark
        self._epoch = epoch or Epoch()

    def render(self, message: OutgoingMessage) -> AddressedCall:
        """A method and its parameters."""
        return rendering.render(message)

    def build_call(self, row: OutboxRow, shown: Shown | None) -> ApiCall | None:
        """A new message, or a change of the one that shows its card."""
        return build_call(row, shown, self._resent_mark, self._epoch)

    async def send(self, call: ApiCall) -> Answer:
        """Call the method; the errors are those of `AiohttpRequest.call`.

        Raises:
            Unreadable: a yes to a message, without the message.
        """
        answer = await self._request.call(f"{self._base_url}/{call.method}", call.payload, upload=call.upload)
        made = call.method.startswith("send") and call.method != PROBE
        if made and isinstance(answer, Taken) and answer.message_id is None:
            raise Unreadable("a yes without its message")
        return answer
