"""Every kind of answer to a send: whatever keeps a message from leaving is known within 10 s, whoever said it (P13)."""

import json

import pytest

from bot.runtime.conditions import Condition, Conditions
from bot.transport.answers import Answer, Broken, NotSent, Taken, Unknown, Unreadable, read_answer
from bot.transport.api_call import PROBE, ApiCall
from bot.transport.way import WatchedChannel, Way
from core.desk.ports import OutgoingMessage
from storage.queues.addressed_call import AddressedCall
from storage.queues.cards import Shown
from storage.schema.tables import OutboxRow
from tests.story.clock import MovedClock

PAGE = "<html><title>Portal</title></html>"
MESSAGE = ApiCall(method="sendMessage", payload=b"{}")
Said = tuple[int, str] | Exception


def verdict(code: int, description: str = "No", **parameters: float) -> str:
    return json.dumps({"ok": False, "error_code": code, "description": description, "parameters": parameters})


ANSWERS: dict[str, Said] = {
    "429 without retry_after": (429, verdict(429)),
    "429 for a second": (429, verdict(429, retry_after=1)),
    "429 for less than nothing": (429, verdict(429, retry_after=-5)),
    "429 for ever": (429, verdict(429, retry_after=1e12)),
    "429 in a 200": (200, verdict(429)),
    "429 of somebody else": (429, '{"error":"slow down"}'),
    "400 to a supergroup": (400, verdict(400, migrate_to_chat_id=-1001)),
    "400 chat not found": (400, verdict(400, "Bad Request: chat not found")),
    "400 not modified": (400, verdict(400, "Bad Request: message is not modified")),
    "400 can't parse": (400, verdict(400, "Bad Request: can't parse entities")),
    "400 thread not found": (400, verdict(400, "Bad Request: message thread not found")),
    "400 topic closed": (400, verdict(400, "Bad Request: TOPIC_CLOSED")),
    "400 too long": (400, verdict(400, "Bad Request: message is too long")),
    "401": (401, verdict(401)),
    "403": (403, verdict(403, "Forbidden: bot was blocked by the user")),
    "403 of somebody else": (403, PAGE),
    "404": (404, verdict(404)),
    "409": (409, verdict(409)),
    "413": (413, verdict(413)),
    "420": (420, verdict(420)),
    "500": (500, verdict(500)),
    "502 page": (502, PAGE),
    "no code": (403, '{"ok":false,"description":"Forbidden"}'),
    "a code as a text": (403, '{"ok":false,"error_code":"403"}'),
    "a code of nobody's": (400, verdict(0)),
    "ok as a text": (200, '{"ok":"false","error_code":403}'),
    "a page": (200, PAGE),
    "nothing": (200, ""),
    "no content": (204, ""),
    "a list": (200, "[]"),
    "null": (200, "null"),
    "a yes without a result": (200, '{"ok":true}'),
    "a yes cut off": (200, '{"ok":true,"result":{"mess'),
    "a redirect": (302, PAGE),
    "a reset before": NotSent("the connection is cut"),
    "a reset after": Unknown("the connection is cut"),
    "a yes without its message": Unreadable("a yes without its message"),
    "a hang": Unknown("no answer in time"),
}
YES = (200, '{"ok":true,"result":{"message_id":7}}')


class Line:
    """A channel on which one thing is said to every call."""

    def __init__(self, said: Said) -> None:
        self.said = said

    def render(self, message: OutgoingMessage) -> AddressedCall:
        raise AssertionError("nothing is made here")

    def build_call(self, row: OutboxRow, shown: Shown | None) -> ApiCall | None:
        raise AssertionError("nothing is made here")

    async def send(self, call: ApiCall) -> Answer:
        if isinstance(self.said, Exception):
            raise self.said
        return read_answer(self.said[0], self.said[1].encode())


@pytest.mark.parametrize("kind", ANSWERS)
async def test_p13_whatever_is_said_to_every_send_is_known_within_ten_seconds(kind: str) -> None:
    """Either the way is broken, or the last word is kept for health, until a message is taken; a probe is none."""
    clock = MovedClock()
    conditions = Conditions(clock)
    way = Way(conditions, clock)
    line = Line(ANSWERS[kind])
    watched = WatchedChannel(line, way)

    async def send(call: ApiCall) -> Answer | None:
        try:
            return await watched.send(call)
        except (Broken, NotSent, Unknown):
            return None

    def known() -> bool:
        return conditions.refusal is not None or conditions.trouble(Condition.SENDING) is not None

    for _ in range(4):
        assert not isinstance(await send(MESSAGE), Taken)
        clock.advance(2)
    way.look()
    assert known()
    line.said = YES
    if conditions.refusal is not None:
        await send(ApiCall(method=PROBE, payload=b"{}"))
        assert known(), "a probe is no message"
    assert isinstance(await send(MESSAGE), Taken)
    assert not known()
