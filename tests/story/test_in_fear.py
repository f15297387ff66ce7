"""People in fear: every row of `in_fear.md` is sent to a real desk, and its presses to the alert are counted."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from msgspec import Struct

from bot.ui.buttons import Action
from core.desk.outcome import TaskDone
from core.rules.permissions import DESK
from core.vocabulary import commands as c
from emulator.markup import detect
from tests.story.desk import StoryDesk
from tests.story.phone import Phone

TABLE = Path(__file__).with_name("in_fear.md")
AT_ONCE = 20  # rows; so long is the place known that was sent at first
PARK = (-2.1862, -79.8885)
FILES = {
    "photo": "send_photo",
    "video": "send_video",
    "voice": "send_voice",
    "document": "send_document",
    "animation": "send_animation",
    "audio": "send_audio",
    "round video": "send_video_note",
}
OTHERS = {"sticker": "send_sticker", "dice": "send_dice", "contact": "send_contact", "venue": "send_venue"}
CALL = f"{Action.CALL.value}:"
ROW = re.compile(
    r"\| (?P<where>[^|]+) \| `(?P<text>[^|]*)` \| (?P<gives>[^|]+) \| (?P<presses>[-\d]+) \| (?P<words>.+) \|"
)


class Row(Struct, frozen=True):
    """One way to call for help; ``words`` go with the alert, None: not asked."""

    where: str
    text: str
    gives: str
    presses: int | None
    words: str | None


def rows() -> list[Row]:
    """The table as it is written."""
    found = [ROW.fullmatch(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
    return [_row(match) for match in found if match is not None and match["where"] != "where"]


def parts() -> list[Any]:
    """The rows in turns of one desk each: a chat with hundreds of messages takes longer with every one."""
    found = sorted(rows(), key=lambda row: row.where)
    turns = [found[start : start + AT_ONCE] for start in range(0, len(found), AT_ONCE)]
    return [pytest.param(turn, id=f"{turn[0].where}-{number}") for number, turn in enumerate(turns)]


def _row(match: re.Match[str]) -> Row:
    text = re.sub(r"\\(u[0-9a-f]{4}|n)", lambda mark: mark[0].encode().decode("unicode_escape"), match["text"])
    words = {"=": text, "*": None}.get(match["words"], match["words"].strip("`"))
    presses = int(match["presses"]) if match["presses"].isdigit() else None
    return Row(match["where"], text, match["gives"], presses, words)


class Scene:
    """One desk, Eva who is in fear, Sara who hears of it, and the groups that they share."""

    def __init__(self, desk: StoryDesk, sara: Phone, eva: Phone, views: dict[str, Phone]) -> None:
        self.desk, self.sara, self.eva, self._views, self._friend = desk, sara, eva, views, desk.stranger("Inés Paz")
        self._friends = desk.telegram.add_group("Amigos", [self._friend.user, eva.user])
        self.helper = desk.telegram.add_bot("7001:helper", "helper_bot", "Helper")

    async def tried(self, row: Row) -> str:
        """Try a row: the words say what is wrong with it; none when it holds."""
        phone = self._views.get(row.where, self.eva)
        if row.where == "form":
            await self.eva.says("/nueva")
            await self.eva.presses("Patrullaje")
        phone.reads_all()
        before = await self._emergencies()
        await self._act(row, phone)
        gives = await self._gives(row, phone, before)
        wrong = f"gives {gives}" if gives != row.gives else await self._wrong_words(row, before)
        await self._put_away(row, phone)
        return wrong

    async def _act(self, row: Row, phone: Phone) -> None:
        shares = (FILES | OTHERS).get(row.where)
        if shares is not None:
            words = (row.text,) if row.text else ()
            await self.eva.does(lambda telegram: getattr(telegram, shares)(self.eva.user, *words))
        elif row.where == "via bot":
            wire, marks = self.helper.wire, detect(row.text, []) or None
            await self.eva.does(lambda t: t.put(self.eva.user, None, text=row.text, entities=marks, via_bot=wire))
        elif row.where == "forwarded":
            said = self.desk.telegram.say(self._friend.user, row.text, self._friends)
            await self.eva.does(lambda telegram: telegram.forward(self.eva.user, said))
        elif row.where.endswith("reply"):
            answered = self.desk.telegram.messages(phone._chat or self.eva.user)[-1]
            await phone.does(lambda telegram: telegram.say(self.eva.user, row.text, phone._chat, reply_to=answered))
        else:
            await phone.says(row.text)

    async def _gives(self, row: Row, phone: Phone, before: int) -> str:
        if await self._emergencies() > before:
            return "alert"
        asked = [message for message in phone.unread if message.keyboard]
        if drafts := [button.url for m in asked for line in m.keyboard for button in line if button.url]:
            await self.eva.says(parse_qs(urlsplit(drafts[-1]).query)["text"][0])
            return "draft" if await self._emergencies() == before + 1 else "a draft that alerts nobody"
        calls = [m for m in asked if any((b.data or "").startswith(CALL) for line in m.keyboard or () for b in line)]
        if not calls:
            return "the form goes on" if row.where == "form" and asked else ("prose" if phone.unread else "nothing")
        question = calls[-1]
        buttons = [button for line in question.keyboard or () for button in line]
        pressed = next(button for button in buttons if (button.data or "").startswith(CALL))
        self.desk.telegram.press_button(self.eva.user, question, pressed)
        await phone.does(lambda telegram: telegram.press_button(self.eva.user, question, pressed))
        if await self._emergencies() != before + 1:
            return f"{await self._emergencies() - before} emergencies after two presses"
        return "one button" if len(buttons) == 1 else "hint"

    async def _wrong_words(self, row: Row, before: int) -> str:
        if await self._emergencies() == before:
            return ""
        title = str(await self.desk.asks("SELECT title FROM task WHERE kind = 'emergency' ORDER BY id DESC LIMIT 1"))
        if row.words is not None and title != " ".join(row.words.split()):
            return f"takes along {title!r}"
        field = FILES[row.where].removeprefix("send_") if row.where in FILES else None
        if field is not None and not any(getattr(message.wire, field) for message in self.sara.unread):
            return f"loses the {row.where}"
        return ""

    async def _put_away(self, row: Row, phone: Phone) -> None:
        """The emergency is over, and nothing is asked any more."""
        number = await self.desk.asks("SELECT id FROM task WHERE kind = 'emergency' AND open ORDER BY id LIMIT 1")
        if number is not None:
            outcome = await self.desk.app.desk.execute(c.Cancel(task=number), caller=DESK)
            assert isinstance(outcome, TaskDone)
        if await self.desk.asks("SELECT (SELECT count(*) FROM form) + (SELECT count(*) FROM topic_form)"):
            await phone.says("/cancelar@gad_bot")
        # For some minutes, words of whoever called belong to what was closed (test_second_thoughts).
        await self.desk.advance(30 if number is None else 16 * 60)
        for view in (self.sara, self.eva, *self._views.values()):
            view.reads_all()

    async def _emergencies(self) -> int:
        return int(await self.desk.asks("SELECT count(*) FROM task WHERE kind = 'emergency'"))


async def scene(desk: StoryDesk) -> Scene:
    """People and places of the table."""
    sara, eva = await desk.supervisor("Sara Luna"), await desk.agent("Eva Mora", at=PARK)
    views: dict[str, Phone] = {}
    group = desk.telegram.add_group("Guardia", [sara.user, eva.user, desk.bot])
    forum = desk.telegram.add_group("Zonas", [sara.user, eva.user, desk.bot], forum=True)
    for place in (group, forum):
        desk.telegram.promote(place, sara.user, sara.user)
        desk.telegram.promote(place, desk.bot, sara.user)
    hidden = desk.telegram.add_group("Oculta", [sara.user, eva.user, desk.bot])
    desk.telegram.promote(hidden, eva.user, sara.user)
    desk.telegram.promote(hidden, desk.bot, sara.user)
    desk.telegram.hide(hidden, eva.user)
    views["anonymous"] = Phone(desk.telegram, eva.user, desk.settle, hidden)
    number = desk.telegram.create_topic(forum, "Norte", sara.user)
    views["group"] = views["reply"] = Phone(desk.telegram, eva.user, desk.settle, group)
    views["topic"] = Phone(desk.telegram, eva.user, desk.settle, forum, number)
    await views["group"].says("buenas")
    return Scene(desk, sara, eva, views)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("tried", parts())
async def test_whoever_is_afraid_is_understood(desk: StoryDesk, tried: list[Row]) -> None:
    stage = await scene(desk)
    wrong = []
    for row in tried:
        if why := await stage.tried(row):
            wrong.append(f"{row.where}: {row.text!r} {why}, not {row.gives}")
    assert not wrong, "\n".join(wrong)


def test_the_table_is_long_and_its_presses_are_those_of_its_answers() -> None:
    assert len(rows()) >= 150
    assert {(row.gives, row.presses) for row in rows()} == {
        ("alert", 0),
        ("one button", 1),
        ("hint", 1),
        ("draft", 2),
        ("nothing", None),
        ("the form goes on", None),
    }
