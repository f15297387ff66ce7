"""Handles what is in the inbox: in order in a chat, chats side by side, emergencies first (P1, P2, P5)."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from telegram import Update

from bot.config.schema import Intake
from bot.conversation import update_lines
from bot.conversation.albums import album_of, picture_in
from bot.conversation.arrival import Arrival, Results, Services, topic_of
from bot.conversation.asked_by import asked_by
from bot.conversation.canary import LOOK_AGAIN, Canary
from bot.conversation.card_refresh import card_refresh
from bot.conversation.context import TurnApplication, handle
from bot.conversation.reading import CantRead, read_kept, read_update
from bot.conversation.seen_names import rename
from bot.conversation.standing import stand_of
from bot.conversation.standings import Stand
from bot.runtime.clock import Timepiece
from bot.runtime.in_flight import InFlight
from bot.runtime.pulse import Pulse
from bot.runtime.reasons import failure
from bot.runtime.retry import retry_while_down
from bot.transport.callback_answers import PressAnswerer, told_in_press
from bot.transport.pressed import Pressed, pressed_in
from bot.transport.waiting_words import WaitingWords
from bot.ui.screen import Screen
from core.desk.circulars import tell_administrators
from core.desk.ports import OutgoingMessage, Repository
from core.vocabulary.causes import Cause, because
from core.vocabulary.words import Lane
from storage.engine.errors import StorageError
from storage.engine.session import Session
from storage.engine.store import Store
from storage.queues import alarm_lists, inbox, outbox, rooms
from storage.queues.addressed_call import Render, destination_at
from storage.repositories import albums, checkins, forms, notices, people
from storage.repositories.repository import over_repository
from storage.schema.instants import from_ms
from storage.schema.tables import InboxRow

log = logging.getLogger(__name__)

NO_CHAT = 0
PAUSES = (timedelta(seconds=1), timedelta(seconds=5))


class WorkObserver(Struct, frozen=True, kw_only=True):
    """Callbacks for the worker's events, for metrics."""

    handled: Callable[[], None] = lambda: None
    failed: Callable[[], None] = lambda: None
    parked: Callable[[], None] = lambda: None
    worked: Callable[[InboxRow, datetime, str], None] = lambda row, begun, outcome: None


class Worker:
    """Takes updates and hands each to python-telegram-bot's application.

    Its answers are committed with the mark that it is handled. ``posted`` is called after a commit that put messages in
    the outbox.
    """

    def __init__(
        self,
        *,
        store: Store,
        application: TurnApplication,
        services: Services,
        presses: PressAnswerer,
        waiting: WaitingWords,
        clock: Timepiece,
        posted: Callable[[], None],
        render: Render,
        intake: Intake,
        canary: Canary,
        watch: WorkObserver | None = None,
    ) -> None:
        self._store = store
        self._application = application
        self._services = services
        self._presses = presses
        self._waiting = waiting
        self._clock = clock
        self._posted = posted
        self._render = render
        self._watch = watch or WorkObserver()
        self._intake = intake
        self.canary = canary
        self.in_flight = InFlight()
        self.last_round: datetime | None = None

    async def run(self, pulse: Pulse) -> None:
        """Handle what comes until cancelled, or until what is in flight is told to `finish`."""
        while self.in_flight.open:
            pulse.begins()
            async with self.in_flight.taking:
                next_look = await self._take_all()
            self.last_round = self._clock.now()
            pulse.rests(next_look)
            await self._clock.wait(self.in_flight.bell, next_look)

    async def _take_all(self) -> datetime | None:
        """Take as many as may be in flight; when to look again, None for when one of them ends."""
        while self.in_flight.open and (free := self._intake.workers - len(self.in_flight)) > 0:
            rows, due = await self._store.write(partial(self._take, most=free))
            for row in rows:
                self.in_flight.begin(retry_while_down(self._clock, partial(self._handle, row)))
            if len(rows) < free:
                return due
        return None

    async def _take(self, session: Session, most: int) -> tuple[list[InboxRow], datetime | None]:
        now, share = self._clock.now(), self.canary.share
        rows = await inbox.take(session, now, self._intake.lease, most, share)
        due = await inbox.next_due(session) if len(rows) < most else None
        if due is None or share is None:
            return rows, from_ms(due) if due is not None else None
        return rows, max(from_ms(due), now + LOOK_AGAIN)

    async def _handle(self, row: InboxRow) -> None:
        with because(f"update:{row.update_id}") as cause:
            begun = self._clock.now()
            self._watch.worked(row, begun, await self._handle_by(row, cause))

    async def _handle_by(self, row: InboxRow, cause: Cause) -> str:
        begun = time.perf_counter()
        try:
            raw = read_kept(row.payload)
        except CantRead as unreadable:
            return await self._try_again(row, unreadable, None)
        press = pressed_in(raw)
        if press is not None and press.private and press.stands:
            self._presses.answer(raw)
        if row.rank == inbox.URGENT:
            # A long report may take its time: only emergencies are waited for by the clock.
            self._waiting.taken(raw)
        arrival, error = await self._take_turn(row, raw, press)
        if error is None:
            error = await self._settle(row, arrival)
        if isinstance(error, StorageError):
            self._waiting.refused([raw])
            raise error
        self._waiting.handled(raw)
        if error is not None:
            return await self._try_again(row, error, arrival)
        update_lines.handled(row, raw, press, cause, time.perf_counter() - begun)
        return "handled"

    async def _take_turn(
        self, row: InboxRow, raw: dict[str, Any], press: Pressed | None
    ) -> tuple[Arrival | None, Exception | None]:
        """The update as it was handled, with the error that ended its turn; neither for an update without a chat."""
        arrival: Arrival | None = None
        try:
            arrival = await self._begin(row, read_update(raw, self._application.bot))
            if arrival is None:
                return None, None
            if press is not None:
                arrival = await self._stands(arrival, press)
            if not arrival.told_in_press:
                self._presses.answer(raw, arrival.refused)
            error = await handle(self._application, arrival)
            self._presses.answer(raw, arrival.refused or arrival.results.in_press)
            return arrival, error
        except Exception as error:  # noqa: BLE001 - a poison update must not stop the ones behind it
            return arrival, error

    async def _begin(self, row: InboxRow, update: Update) -> Arrival | None:
        user, chat = update.effective_user, update.effective_chat
        if chat is None:
            return None
        query, topic = update.callback_query, topic_of(update.effective_message)

        async def look(session: Session) -> Arrival:
            person = await people.by_account(session, user.id) if user is not None else None
            form = await forms.find(session, person.id, chat.id, topic) if person is not None else None
            check_in = await checkins.find(session, person.account) if person is not None else None
            album = album_of(update)
            pictures = await albums.find(session, chat.id, album) if album is not None and person is not None else ()
            room = await rooms.standing(session, chat.id, self._services.rooms) if chat.id < 0 else None
            return Arrival(
                services=self._services,
                update=update,
                # An unanswered press can come back under another update's number.
                key=f"press:{query.id}" if query is not None else f"update:{row.update_id}",
                chat=chat.id,
                now=self._clock.now(),
                person=person,
                form=form,
                album=pictures,
                check_in=check_in,
                room=room,
            )

        arrival = await self._store.read(look)
        if user is None or user.is_bot or not await rename(arrival, user):
            return arrival
        return await self._store.read(look)

    async def _stands(self, arrival: Arrival, press: Pressed) -> Arrival:
        """The press, with how it stands to its message and what it is answered with; the most are there to be seen."""
        stand, services = Stand.HERE, self._services
        if not press.stands:
            stand = await self._store.read(partial(stand_of, press=press, person=arrival.person, epoch=services.epoch))
        refused = services.press_words(press, arrival.person, stand)
        waits = not refused and told_in_press(press, arrival.person)
        return replace(arrival, stand=stand, refused=refused, told_in_press=waits)

    async def _settle(self, row: InboxRow, arrival: Arrival | None) -> Exception | None:
        """Commit what the turn said, its form, the mark that it is handled; or return the error that undid it."""
        now = self._clock.now()

        async def unit(session: Session) -> None:
            # A lease that ran out while we worked: whoever took the update after us answers it.
            if await inbox.handled(session, row, now) and arrival is not None:
                await _keep(session, arrival, self._render, now)

        try:
            await self._store.write(unit)
        except Exception as error:  # noqa: BLE001 - an answer that can't be kept is as bad as one that can't be made
            return error
        self._watch.handled()
        if arrival is not None and _left_something(arrival.results):
            self._posted()
        return None

    async def _try_again(self, row: InboxRow, error: Exception, arrival: Arrival | None) -> str:
        """After so many tries it is set aside, and the sender and the administrators are told."""
        update_lines.failed(log, row, error)
        self._watch.failed()
        now, why = self._clock.now(), "it can't be read" if isinstance(error, CantRead) else failure(error)
        if row.attempts + 1 < self._intake.max_attempts:
            due = now + PAUSES[min(row.attempts, len(PAUSES) - 1)]
            await self._store.write(lambda session: inbox.retry(session, row, due, why))
            return "failed"

        async def unit(session: Session) -> None:
            if await inbox.park(session, row, now, why):
                await over_repository(partial(self._apologise, row, arrival, why, now), self._render, session)

        await self._store.write(unit)
        update_lines.set_aside(log, row, error)
        self._watch.parked()
        self._posted()
        return "set_aside"

    async def _apologise(
        self, row: InboxRow, arrival: Arrival | None, why: str, now: datetime, repository: Repository
    ) -> None:
        texts = self._services.texts
        parked = Screen(text=texts("parked-update", name=f"U{row.id}", tries=self._intake.max_attempts, why=why))
        await tell_administrators(repository, parked, Lane.ACTION, now)
        chat = int(row.line)
        if chat != NO_CHAT:
            failed = Screen(text=texts("update-failed"))
            here = arrival.here if arrival is not None else destination_at(chat)
            await repository.post([OutgoingMessage(to=here, lane=Lane.ACTION, content=failed)], now)


def _left_something(results: Results) -> bool:
    return bool(results.messages or results.cards or results.sighting or results.moved_to)


async def _keep(session: Session, arrival: Arrival, render: Render, now: datetime) -> None:
    """Keep what came of a turn besides the commands that it carried out; chats are locked after people."""
    results, person = arrival.results, arrival.person
    if results.sighting is not None and person is not None:
        await checkins.follow(session, [(person.account, results.sighting)])
    if results.informed is not None:
        await notices.give(session, results.informed, now)
    answers = (asked_by(message, arrival) for message in results.messages)
    messages = [*answers, *await card_refresh(session, arrival, now)]
    await outbox.post(session, [render(message) for message in messages], now)
    if arrival.topic is not None and not arrival.private:
        await rooms.note_heard(session, arrival.chat, arrival.topic)
    if results.linked:
        await rooms.link(session, arrival.chat, arrival.topic)
    if results.guest is not None:
        await rooms.set_guest(session, arrival.chat, results.guest)
    if results.moved_to is not None:
        await alarm_lists.follow(session, arrival.chat, results.moved_to, now)
    # Last: rows of the chat's updates alone, with which nothing is waited for.
    if results.form_changed and person is not None:
        if results.form is None:
            await forms.drop(session, person.id, arrival.chat, arrival.topic)
        else:
            await forms.keep(session, person.id, arrival.chat, results.form, now, topic=arrival.topic)
    if (picture := picture_in(arrival)) is not None:
        await albums.keep(session, arrival.chat, picture, now)
