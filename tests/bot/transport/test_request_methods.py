"""python-telegram-bot's own methods over the desk's requests."""

import socket

import msgspec
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.transport.request import AiohttpRequest, Broken, Unknown
from tests.bot.transport.peer import TOKEN, Answer, Telegram, hangs_up, refuses, says, says_nothing, tells_no_secret


@pytest.fixture
def bot(telegram: Telegram, outgoing: AiohttpRequest) -> Bot:
    return Bot(TOKEN, base_url=f"{telegram.url}/bot", base_file_url=f"{telegram.url}/file/bot", request=outgoing)


async def test_python_telegram_bots_methods_send_json(telegram: Telegram, bot: Bot) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Voy", callback_data="v")]])

    message = await bot.send_message(5, "¿Vas?", parse_mode=ParseMode.HTML, reply_markup=keyboard)

    assert message.message_id == 7
    assert msgspec.json.decode(telegram.effects[0]) == {
        "chat_id": 5,
        "text": "¿Vas?",
        "parse_mode": "HTML",
        "reply_markup": {"inline_keyboard": [[{"text": "Voy", "callback_data": "v"}]]},
    }


async def test_python_telegram_bots_methods_send_files(telegram: Telegram, bot: Bot) -> None:
    await bot.send_document(5, InputFile(b"el resto", filename="parte.txt"), caption="Señal")

    assert telegram.form == {"chat_id": "5", "caption": "Señal", "document": ("parte.txt", b"el resto")}


async def test_an_upload_that_nobody_reads_ends(bot: Bot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        elsewhere = Bot(TOKEN, base_url=f"http://127.0.0.1:{deaf.getsockname()[1]}/bot", request=bot.request)
        with pytest.raises(Unknown):
            await elsewhere.send_document(5, bytes(8_000_000))


async def test_a_file_is_downloaded(telegram: Telegram, bot: Bot) -> None:
    telegram.answer = says(200, b"\x00evidence")

    assert await bot.request.retrieve(f"{telegram.url}/file/bot{TOKEN}/photos/1.jpg") == b"\x00evidence"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refuses(429, retry_after=9), RetryAfter),
        (refuses(400, migrate_to_chat_id=-1007), ChatMigrated),
        (refuses(403), Forbidden),
        (refuses(400), BadRequest),
        (says(502, b"<html>nginx</html>"), NetworkError),
        (says(502, b"<html>nginx</html>"), Broken),
        (says(403, b"<html>Forbidden</html>"), Broken),
        (says(401, b"<html>Unauthorized</html>"), Broken),
        (says(404, {"detail": "no such page"}), Broken),
        (says(200, b"<html>"), Broken),
        (says(200, {"ok": False, "error_code": 403, "description": "Forbidden"}), Forbidden),
        (says(200, b'{"ok":true,"result":{'), Unknown),
        (hangs_up, Unknown),
        (says_nothing, TimedOut),
    ],
)
async def test_python_telegram_bots_methods_raise_its_errors(
    telegram: Telegram, bot: Bot, answer: Answer, error: type[Exception]
) -> None:
    telegram.answer = answer

    with pytest.raises(error) as raised:
        await bot.send_message(5, "hola")

    tells_no_secret(raised.value)
