"""A desk without a network: real routes, handlers, rules and storage; messages are read in the outbox."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import json
from telegram import Update
from telegram.ext import ExtBot

from bot.conversation.arrival import Arrival, Services
from bot.conversation.card_refresh import card_refresh
from bot.conversation.context import build_application, handle
from bot.conversation.user_rate_limit import UserRateLimit
from bot.features.loading import load_features
from bot.notifications.composer import Composer
from bot.routes import add_routes
from bot.transport.rendering import render
from bot.ui.process_status import ProcessStatus
from bot.ui.texts import Texts
from core.desk.desk import Desk
from core.rules.situation import Rules
from core.state.checkins import Sighting
from core.state.person import Person
from core.vocabulary.places import Place, Position
from core.vocabulary.words import Availability, Lane, Membership, Role
from storage.engine.session import Session
from storage.engine.store import Store
from storage.ops.migrate import upgrade
from storage.queues import outbox, outbox_rows
from storage.repositories import checkins, forms, notices, people
from storage.repositories.queries import SqlQueries
from storage.repositories.unit_of_work import StoreUnitOfWork
from storage.schema.tables import OutboxRow
from tests.bot.features.seen import Seen, seen
from tests.bot.features.telegram import BOT, Offline, chat_of, user_of

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
GROUP = -1_000


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.moment = NOON

    def now(self) -> datetime:
        return self.moment

    def advance(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


class Room:
    """The desk and its people."""

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite+aiosqlite:///{folder / 'gad.db'}"
        self.clock = Clock()
        self.texts = Texts("es", ZoneInfo("America/Guayaquil"))
        self._numbers = count(1)
        self._chats: dict[int, list[Seen]] = {}

    async def open(self) -> None:
        await upgrade(self.url)
        self.store = Store(self.url)
        await self.store.start()
        self.desk = Desk(
            units=StoreUnitOfWork(self.store, render), clock=self.clock, composer=Composer(self.texts), rules=Rules()
        )
        self.queries = SqlQueries(self.store)
        self.services = Services(
            desk=self.desk,
            queries=self.queries,
            texts=self.texts,
            process_status=_facts,
            user_rate_limit=UserRateLimit(per_second=1, burst=20),
        )
        request = Offline()
        bot: ExtBot[None] = ExtBot(token="7000:room", request=request, get_updates_request=request)
        self.application = build_application(bot)
        await self.application.initialize()
        load_features()
        add_routes(self.application)

    async def close(self) -> None:
        await self.application.shutdown()
        await self.store.stop()

    async def person(self, name: str, role: Role = Role.AGENT, *, at: Place | None = None) -> Person:
        """Somebody who is in; an agent is available. ``at``: seen there just now."""
        person = Person(
            id=0,
            account=1_000 + next(self._numbers),
            name=name,
            username=name.partition(" ")[0].lower() if name.isascii() else None,
            role=role,
            membership=Membership.ACTIVE,
            availability=Availability.AVAILABLE if role is Role.AGENT else Availability.UNAVAILABLE,
        )
        person = await self.takes_in(person)
        if at is not None:
            position = Position(place=at, at=self.clock.now())
            await self.store.write(
                lambda session: people.move(session, [(person.account, Sighting(position=position))])
            )
        return person

    async def takes_in(self, person: Person) -> Person:
        """Somebody whom the desk knows from now on, however they stand with it; they have read what is kept of them."""

        async def unit(session: Session) -> Person:
            kept = await people.save(session, None, person)
            await notices.give(session, kept.id, self.clock.now())
            return kept

        return await self.store.write(unit)

    async def now(self, who: Person) -> Person:
        """The person as storage has them."""
        person = await self.queries.person(who.id)
        assert person is not None
        return person

    async def says(self, who: Person, text: str, *, chat: int | None = None, **fields: Any) -> list[Seen]:
        """They write; what there is to read then."""
        return await self.sends(who, chat=chat, text=text, **fields)

    async def sends(self, who: Person, *, chat: int | None = None, **fields: Any) -> list[Seen]:
        """They send anything; what there is to read then."""
        message = self._message(chat or who.account) | {"from": user_of(who)} | fields
        return await self._take({"message": message}, who, chat or who.account)

    async def presses(self, who: Person, data: str, *, chat: int | None = None) -> list[Seen]:
        """They press a button; what there is to read then."""
        return await self._take(self._press(who, data, chat), who, chat or who.account)

    async def is_pressing(self, who: Person, data: str, chat: int | None = None) -> Arrival:
        """They press a button: it is answered, and nothing is settled yet."""
        return await self._handle(self._press(who, data, chat), who, chat or who.account)

    async def is_saying(self, who: Person, text: str, chat: int | None = None) -> Arrival:
        """They write: it is answered, and nothing is settled yet."""
        message = self._message(chat or who.account) | {"from": user_of(who), "text": text}
        return await self._handle({"message": message}, who, chat or who.account)

    async def settles(self, arrival: Arrival) -> None:
        """The result is kept."""
        await self.store.write(lambda session: self._settle(session, arrival))

    def _press(self, who: Person, data: str, chat: int | None) -> dict[str, Any]:
        message = self._message(chat or who.account) | {"from": BOT, "text": "…"}
        query = {"id": str(next(self._numbers)), "from": user_of(who), "chat_instance": "1", "data": data}
        return {"callback_query": query | {"message": message}}

    async def reads(self, chat: int | Person) -> list[Seen]:
        """New messages in a chat."""
        await self._deliver()
        return self._chats.pop(chat.account if isinstance(chat, Person) else chat, [])

    async def _deliver(self) -> None:
        """Everything leaves, in the order in which it was put in the outbox."""
        now = self.clock.now()
        gone: list[OutboxRow] = []

        async def take(session: Session) -> list[OutboxRow]:
            return [row for lane in Lane for row in await outbox.take(session, lane, now, timedelta(minutes=1), 100)]

        async def leave(rows: list[OutboxRow], session: Session) -> None:
            await outbox_rows.queue.lock(session, *(row.line for row in rows))
            for row in rows:
                await outbox.sent(session, row, now, now)

        while rows := await self.store.write(take):
            await self.store.write(partial(leave, rows))
            gone += rows
        for row in sorted(gone, key=lambda row: int(row.id)):
            self._chats.setdefault(row.chat, []).append(seen(row.method, json.decode(row.payload)))

    def _message(self, chat: int) -> dict[str, Any]:
        return {"message_id": next(self._numbers), "date": int(self.clock.now().timestamp()), "chat": chat_of(chat)}

    async def _take(self, update: dict[str, Any], who: Person, chat: int) -> list[Seen]:
        await self.reads(chat)
        await self.settles(await self._handle(update, who, chat))
        return await self.reads(chat)

    async def _handle(self, update: dict[str, Any], who: Person, chat: int) -> Arrival:
        raw = {"update_id": next(self._numbers)} | update
        arrival = await self._begin(Update.de_json(raw, self.application.bot), who, chat)
        error = await handle(self.application, arrival)
        if error is not None:
            raise error
        return arrival

    async def _begin(self, update: Update, who: Person, chat: int) -> Arrival:
        async def look(session: Session) -> Arrival:
            return Arrival(
                services=self.services,
                update=update,
                key=f"update:{update.update_id}",
                chat=chat,
                now=self.clock.now(),
                person=await people.by_id(session, who.id),
                form=await forms.find(session, who.id, chat),
                check_in=await checkins.find(session, who.account),
            )

        return await self.store.read(look)

    async def _settle(self, session: Session, arrival: Arrival) -> None:
        results, person = arrival.results, arrival.person
        assert person is not None
        now = self.clock.now()
        messages = [*results.messages, *await card_refresh(session, arrival, now)]
        await outbox.post(session, [render(message) for message in messages], now)
        if results.form is not None:
            await forms.keep(session, person.id, arrival.chat, results.form, self.clock.now())
        elif results.form_changed:
            await forms.drop(session, person.id, arrival.chat)
        if results.sighting is not None:
            await checkins.follow(session, [(person.account, results.sighting)])


def text_of(messages: Iterable[Seen]) -> str:
    """All that they say."""
    return "\n---\n".join(message.text for message in messages)


def _facts() -> ProcessStatus:
    return ProcessStatus(version="0", uptime=timedelta(0), storage="ok", telegram="ok", redis="off")
