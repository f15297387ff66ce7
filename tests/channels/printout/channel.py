"""The printer as a channel: builds a page from a row of the outbox and feeds it through."""

from msgspec import json

from bot.transport.api_call import ApiCall
from bot.transport.request import Answer, Refused, Taken
from core.desk.ports import OutgoingMessage
from storage.queues.addressed_call import AddressedCall
from storage.queues.cards import Shown
from storage.schema.tables import OutboxRow
from tests.channels.printout import rendering


class Printout:
    """`bot.transport.channels.Channel` on paper. ``jammed``: it refuses every page for good."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = []
        self.jammed = False

    def render(self, message: OutgoingMessage) -> AddressedCall:
        return rendering.render(message)

    def build_call(self, row: OutboxRow, shown: Shown | None) -> ApiCall | None:
        """A page; none for a card that changed in silence, nor for one without lines."""
        page = json.decode(row.payload)
        if not page["lines"] or (row.card and not row.ring and shown is not None and shown.message_id is not None):
            return None
        return ApiCall(method=row.method, payload=json.encode(page))

    async def send(self, call: ApiCall) -> Answer:
        if self.jammed:
            return Refused(code=403, description="jammed")
        self.pages.append(json.decode(call.payload)["lines"])
        return Taken(result={"message_id": len(self.pages)})
