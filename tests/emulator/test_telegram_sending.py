"""Sending: what a bot may send, to whom, and what it is told when it may not."""

import aiohttp
import pytest
import telegram as ptb
from telegram.error import BadRequest, Forbidden, InvalidToken

from emulator import Bot, Person, Server, Telegram
from tests.emulator.by_hand import Clock, answer_of, client, refusal_of


async def test_a_message_arrives_as_written(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    sent = await api.send_message(juan.id, "<b>Hola</b> &amp; adiós", parse_mode="HTML", disable_notification=True)
    shown = world.messages(juan)[-1]
    assert (shown.id, shown.text, shown.silent, shown.from_bot) == (sent.message_id, "Hola & adiós", True, True)
    assert sent.entities[0].type == "bold"
    assert sent.chat.id == juan.id
    assert sent.from_user is not None
    assert sent.from_user.username == "gad_bot"


async def test_a_bot_can_not_write_first(api: ptb.Bot, world: Telegram) -> None:
    stranger = world.add_person("Eva Desconocida")
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await api.send_message(stranger.id, "hola")
    world.say(stranger, "hola")
    await api.send_message(stranger.id, "hola")


async def test_who_blocked_the_bot_gets_nothing(api: ptb.Bot, world: Telegram, bot: Bot, juan: Person) -> None:
    world.block(juan, bot)
    with pytest.raises(Forbidden, match="blocked by the user"):
        await api.send_message(juan.id, "hola")
    world.unblock(juan, bot)
    await api.send_message(juan.id, "hola")
    changes = [update.my_chat_member for update in await api.get_updates()]
    assert [change and change.new_chat_member.status for change in changes] == ["kicked", "member"]


async def test_a_deleted_account_gets_nothing(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    world.delete_account(juan)
    with pytest.raises(Forbidden, match="user is deactivated"):
        await api.send_message(juan.id, "hola")


@pytest.mark.parametrize("where", [99, -99, "@nadie", "juan", 4242])
async def test_an_unknown_chat(api: ptb.Bot, juan: Person, where: int | str) -> None:
    with pytest.raises((BadRequest, Forbidden)) as refusal:
        await api.send_message(where, "hola")
    assert refusal.value.message in ("Chat not found", "Forbidden: bots can't send messages to bots")


async def test_an_unknown_token(server: Server) -> None:
    stranger = client(server, "1:nobody")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


async def test_an_unknown_method(server: Server, bot: Bot) -> None:
    status, answer = await answer_of(server, "doMagic", json={})
    assert (status, answer["description"]) == (404, "Not Found: method not found")
    assert (await answer_of(server, ""))[0] == 404


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("", "text is empty"), ("  \n", "text is empty"), ("<b></b>", "text is empty"), ("x" * 4097, "is too long")],
)
async def test_a_text_has_1_to_4096_characters(api: ptb.Bot, juan: Person, text: str, refusal: str) -> None:
    with pytest.raises(BadRequest, match=refusal):
        await api.send_message(juan.id, text, parse_mode="HTML")


async def test_length_counts_after_parsing_and_in_utf_16(api: ptb.Bot, juan: Person) -> None:
    await api.send_message(juan.id, "<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match="too long"):
        await api.send_message(juan.id, "😀" * 2049)


async def test_parameters_come_in_any_shape(server: Server, bot: Bot, world: Telegram, juan: Person) -> None:
    markup = '{"inline_keyboard": [[{"text": "Voy", "callback_data": "v"}]]}'
    form = {"chat_id": str(juan.id), "text": "form", "disable_notification": "true", "reply_markup": markup}
    multipart = aiohttp.FormData({**form, "text": "multipart"}, default_to_multipart=True)
    assert (await answer_of(server, "sendMessage", data=form))[0] == 200
    assert (await answer_of(server, "sendMessage", data=multipart))[0] == 200
    assert (await answer_of(server, "SENDMESSAGE", params={**form, "text": "query"}))[0] == 200
    assert (await answer_of(server, "sendMessage", json={**form, "text": "json", "unknown": 1}))[0] == 200
    assert (await answer_of(server, "sendMessage", json={"text": 7}, params={"chat_id": juan.id}))[0] == 200
    written = [(m.text, m.silent, bool(m.keyboard)) for m in world.messages(juan) if m.from_bot]
    shapes = [(name, True, True) for name in ("form", "multipart", "query", "json")]
    assert written == [*shapes, ("7", False, False)]


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"text": "hola"}, "chat_id is empty"),
        ({"chat_id": 1001}, "message text is empty"),
        ({"chat_id": [1], "text": "x"}, "can't parse chat_id"),
        ({"chat_id": 1001, "text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup"),
        ({"chat_id": 1001, "text": "x", "reply_markup": {"inline_keyboard": 7}}, "can't parse reply keyb"),
        ({"chat_id": 1001, "text": "x", "reply_to_message_id": 77}, "message to be replied not found"),
    ],
)
async def test_wrong_parameters(
    server: Server, bot: Bot, juan: Person, parameters: dict[str, object], refusal: str
) -> None:
    assert (await refusal_of(server, "sendMessage", parameters)).startswith(refusal)


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b'{"text": "\\ud800"}'])
async def test_a_body_that_is_no_json_object(server: Server, bot: Bot, body: bytes) -> None:
    status, _ = await answer_of(server, "sendMessage", data=body, headers={"Content-Type": "application/json"})
    assert status == 400


async def test_an_answer_quotes_what_it_answers(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    question = world.say(juan, "¿dónde?")
    reply = await api.send_message(juan.id, "aquí", reply_parameters=ptb.ReplyParameters(question.id))
    assert reply.reply_to_message is not None
    assert reply.reply_to_message.text == "¿dónde?"
    kind = ptb.ReplyParameters(999, allow_sending_without_reply=True)
    assert (await api.send_message(juan.id, "aquí", reply_parameters=kind)).reply_to_message is None


async def test_copies_and_forwards(api: ptb.Bot, world: Telegram, juan: Person, ana: Person) -> None:
    original = world.say(juan, "con /orden")
    copy = await api.copy_message(ana.id, juan.id, original.id)
    forward = await api.forward_message(ana.id, juan.id, original.id)
    assert [m.id for m in world.messages(ana)][-2:] == [copy.message_id, forward.message_id]
    assert isinstance(forward.forward_origin, ptb.MessageOriginUser)
    assert forward.forward_origin.sender_user.id == juan.id
    assert forward.text == "con /orden"


async def test_deleting(api: ptb.Bot, world: Telegram, clock: Clock, juan: Person) -> None:
    mine = await api.send_message(juan.id, "uno")
    theirs = world.say(juan, "dos")
    await mine.delete()
    await api.delete_message(juan.id, theirs.id)
    assert (theirs.deleted, [m.text for m in world.messages(juan)]) == (True, ["/start"])
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await mine.delete()
    old = await api.send_message(juan.id, "viejo")
    clock.advance(48 * 3600 + 1)
    with pytest.raises(BadRequest, match="can't be deleted"):
        await old.delete()


async def test_memory_stays_flat(clock: Clock) -> None:
    world = Telegram(now=clock, messages_per_chat=10, messages_in_all=25)
    world.add_bot("1:T", "gad_bot")
    people = [world.add_person(f"Persona {n}") for n in range(5)]
    for n in range(100):
        for person in people:
            world.say(person, f"mensaje {n}")
    assert [len(world.messages(person)) for person in people] == [5] * 5
