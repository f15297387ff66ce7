"""Passing messages on: copies and forwards.

https://core.telegram.org/bots/api#copymessage
"""

from emulator import wire
from emulator.errors import bad_request
from emulator.messages import Message
from emulator.methods.registry import Call, ChatId, method
from emulator.methods.sending import Sending, readable_caption, send
from emulator.verbs.talking import copied, forwarded


class CopyMessage(Sending, kw_only=True):
    from_chat_id: ChatId
    message_id: int
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[wire.Entity] | None = None


class ForwardMessage(Sending, kw_only=True):
    from_chat_id: ChatId
    message_id: int


@method("copyMessage")
def copy_message(call: Call, params: CopyMessage) -> wire.MessageId:
    content = copied(_source(call, params, "to copy"))
    if params.caption is not None:
        content.update(readable_caption(params.caption, params.parse_mode, params.caption_entities))
    return wire.MessageId(send(call, params, **content).id)


@method("forwardMessage")
def forward_message(call: Call, params: ForwardMessage) -> wire.Message:
    return send(call, params, **forwarded(_source(call, params, "to forward"))).wire


def _source(call: Call, params: CopyMessage | ForwardMessage, what: str) -> Message:
    message = call.message(params.from_chat_id, params.message_id, what)
    if message.service is not None or message.wire.has_protected_content:
        raise bad_request(f"the message can't be {'copied' if 'copy' in what else 'forwarded'}")
    return message
