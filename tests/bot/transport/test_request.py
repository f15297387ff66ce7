"""Outcomes of a call: taken, refused, never sent, or unknown; against real servers on loopback."""

import asyncio
import gzip
import logging
import socket
import zlib
from collections.abc import Callable

import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import unused_port

from bot.transport.request import AiohttpRequest, Broken, NotSent, Refused, Taken, Unknown
from tests.bot.transport.peer import (
    PAYLOAD,
    SENT,
    TOKEN,
    Answer,
    Telegram,
    drips,
    hangs_up,
    hangs_up_in_its_answer,
    pours,
    refuses,
    says,
    says_nothing,
    sends_elsewhere,
    speaks_another_language,
    tells_no_secret,
)


async def test_what_telegram_did_comes_back_as_it_said(telegram: Telegram, outgoing: AiohttpRequest) -> None:
    taken = await outgoing.call(telegram.method, PAYLOAD)
    taken_as_it_is = await outgoing.call(telegram.method, b'{"chat_id":5,"text":"hola"}')

    assert taken == taken_as_it_is == Taken(SENT)
    assert [msgspec.json.decode(body) for body in telegram.effects] == [PAYLOAD, PAYLOAD]


@pytest.mark.parametrize(
    ("answer", "refused"),
    [
        (refuses(403, "Forbidden: blocked"), Refused(code=403, description="Forbidden: blocked")),
        (refuses(429, retry_after=9), Refused(code=429, description="no", retry_after=9)),
        (refuses(400, migrate_to_chat_id=-1007), Refused(code=400, description="no", migrate_to=-1007)),
        (says(200, {"ok": False, "error_code": 401, "description": "x"}), Refused(code=401, description="x")),
        (
            says(502, {"ok": False, "error_code": 502, "description": "Bad Gateway"}),
            Refused(code=502, description="Bad Gateway"),
        ),
    ],
)
async def test_a_refusal_says_its_code_and_what_to_do(
    telegram: Telegram, outgoing: AiohttpRequest, answer: Answer, refused: Refused
) -> None:
    telegram.answer = answer

    assert await outgoing.call(telegram.method, PAYLOAD) == refused


@pytest.mark.parametrize(
    "answer",
    [
        hangs_up,
        hangs_up_in_its_answer,
        says_nothing,
        speaks_another_language,
        says(200, b'{"ok":true,"result":{"message_id":'),
        says(200, b'{"ok":true}'),
        says(200, b"\x8b\x03\x80 brotli \xff"),
    ],
)
async def test_whether_a_send_without_a_readable_answer_was_taken_is_unknown(
    telegram: Telegram, outgoing: AiohttpRequest, answer: Answer
) -> None:
    telegram.answer = answer

    with pytest.raises(Unknown) as unknown:
        await outgoing.call(telegram.method, PAYLOAD)

    assert len(telegram.effects) == 1, "it was, and it was not sent twice"
    tells_no_secret(unknown.value)


@pytest.mark.parametrize(
    "answer",
    [
        says(502, b"<html>nginx</html>"),
        says(599, b""),
        sends_elsewhere,
        says(200, b"<html>Log in to the hotel's network</html>"),
        says(200, b"[]"),
        says(403, {"error": "blocked"}),
        says(403, {"ok": False}),
    ],
)
async def test_an_answer_that_is_not_telegrams_is_a_broken_way(
    telegram: Telegram, outgoing: AiohttpRequest, answer: Answer
) -> None:
    telegram.answer = answer

    with pytest.raises(Broken) as broken:
        await outgoing.call(telegram.method, PAYLOAD)

    tells_no_secret(broken.value)


@pytest.mark.parametrize(
    ("encoding", "encode"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("", gzip.compress)]
)
async def test_an_answer_that_was_compressed_on_its_way_is_read(
    telegram: Telegram, outgoing: AiohttpRequest, encoding: str, encode: Callable[[bytes], bytes]
) -> None:
    async def compressed(request: web.BaseRequest) -> web.Response:
        headers = {"Content-Encoding": encoding} if encoding else {}
        return web.Response(body=encode(msgspec.json.encode({"ok": True, "result": SENT})), headers=headers)

    telegram.answer = compressed

    assert await outgoing.call(telegram.method, PAYLOAD) == Taken(SENT)


@pytest.mark.parametrize("answer", [drips, pours])
async def test_p13_an_answer_that_never_ends_is_given_up(
    telegram: Telegram, outgoing: AiohttpRequest, answer: Answer
) -> None:
    """Each part came in time: without a bound to the whole, the alarm that waits for it would wait for ever."""
    telegram.answer = answer

    with pytest.raises(Unknown):
        await asyncio.wait_for(outgoing.call(telegram.method, PAYLOAD), 20)

    assert len(telegram.effects) == 1


async def test_a_reset_before_the_effect_is_as_unknown_as_one_after_it(
    telegram: Telegram, outgoing: AiohttpRequest
) -> None:
    telegram.deaf = True

    with pytest.raises(Unknown):
        await outgoing.call(telegram.method, PAYLOAD)

    assert telegram.effects == []


@pytest.mark.parametrize("host", ["http://127.0.0.1:{port}", "http://nobody.invalid:{port}", "http://", "ftp://x"])
async def test_without_a_connection_nothing_was_sent(outgoing: AiohttpRequest, host: str) -> None:
    url = f"{host.format(port=unused_port())}/bot{TOKEN}/sendMessage"

    with pytest.raises(NotSent) as not_sent:
        await outgoing.call(url, PAYLOAD)

    tells_no_secret(not_sent.value)


async def test_a_server_that_speaks_no_tls_gets_nothing(telegram: Telegram, outgoing: AiohttpRequest) -> None:
    with pytest.raises(NotSent):
        await outgoing.call(telegram.method.replace("http:", "https:"), PAYLOAD)


async def test_a_connection_that_takes_too_long_to_open_sends_nothing(outgoing: AiohttpRequest) -> None:
    with socket.socket() as full, socket.socket() as first, socket.socket() as second:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for caller in (first, second):
            caller.setblocking(False)
            caller.connect_ex(full.getsockname())
        url = f"http://127.0.0.1:{full.getsockname()[1]}/bot{TOKEN}/sendMessage"

        with pytest.raises(NotSent) as not_sent:
            await outgoing.call(url, PAYLOAD)

    tells_no_secret(not_sent.value)


async def test_a_pool_without_a_free_place_sends_nothing(telegram: Telegram, outgoing: AiohttpRequest) -> None:
    telegram.answer = says_nothing
    patient = [asyncio.create_task(outgoing.call(telegram.method, PAYLOAD, read_timeout=5)) for _ in range(2)]
    await telegram.has_taken(2)

    with pytest.raises(NotSent):
        await outgoing.call(telegram.method, PAYLOAD)

    assert len(telegram.effects) == 2
    await outgoing.shutdown()
    ended = await asyncio.gather(*patient, return_exceptions=True)
    assert [type(end) for end in ended] == [Unknown, Unknown], "what was in flight at the end is unknown"


async def test_a_connection_closed_before_the_first_byte_sent_nothing(outgoing: AiohttpRequest) -> None:
    """The peer closes a kept connection in the moment between its choice and the first write."""
    loop = asyncio.get_running_loop()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/bot{TOKEN}/sendMessage"
        first = asyncio.create_task(outgoing.call(url, PAYLOAD))
        peer, _ = await loop.sock_accept(listener)
        with peer:
            peer.setblocking(False)
            await loop.sock_recv(peer, 10_000)
            body = msgspec.json.encode({"ok": True, "result": True})
            await loop.sock_sendall(peer, b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
            assert await first == Taken(result=True)
        # Once around the loop: its close is read right after the next call has chosen the connection.
        await asyncio.sleep(0)

        with pytest.raises(NotSent):
            await outgoing.call(url, PAYLOAD)


async def test_a_long_poll_waits_longer_than_a_send(telegram: Telegram, outgoing: AiohttpRequest) -> None:
    async def answers_late(request: web.BaseRequest) -> web.StreamResponse:
        await asyncio.sleep(0.4)
        return await says(200, {"ok": True, "result": []})(request)

    telegram.answer = answers_late

    assert await outgoing.call(telegram.method, {}, read_timeout=5) == Taken([])


async def test_it_must_be_opened_and_may_be_opened_and_closed_twice() -> None:
    request = AiohttpRequest()
    with pytest.raises(RuntimeError, match="not initialized"):
        await request.call("http://127.0.0.1/", PAYLOAD)

    await request.initialize()
    await request.initialize()
    await request.shutdown()
    await request.shutdown()


async def test_nothing_is_logged_with_the_token(
    telegram: Telegram, outgoing: AiohttpRequest, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await outgoing.call(telegram.method, PAYLOAD)
    telegram.answer = hangs_up
    with pytest.raises(Unknown):
        await outgoing.call(telegram.method, PAYLOAD)

    ours = [record.getMessage() for record in caplog.records if record.name != "aiohttp.access"]
    assert not any(TOKEN in line for line in ours)
