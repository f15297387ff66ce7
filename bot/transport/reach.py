"""Reach: who takes no messages, how that is found out, and how it is proved again (P13)."""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from bot.runtime.clock import Timepiece
from bot.runtime.pulse import Pulse
from bot.transport.answers import Broken, NotSent, Refused, Taken, Unknown
from bot.transport.channels import Channels
from bot.transport.rate_limits import Limits
from core.desk.desk import Desk
from core.rules.permissions import DESK
from core.vocabulary import commands as c
from core.vocabulary.card_names import task_of_card
from core.vocabulary.words import Lane
from storage.engine.store import Store
from storage.repositories import people, tasks
from storage.schema.tables import OutboxRow

PROBE_EVERY = timedelta(seconds=5)  # while an emergency waits for an answer or an agent
LOOK_EVERY = timedelta(minutes=1)  # at marks that another process made
PROBED_AT_ONCE = 20
# A mark that a refusal made is proved without an emergency too: two refusals may be a cause that befell everybody.
FIRST_PROOF, LAST_PROOF = timedelta(seconds=5), timedelta(hours=1)


class _Proof(NamedTuple):
    """When the next one is due, and how long it waited."""

    due: datetime
    pause: timedelta


class Reach:
    """Marks on people who take no messages: set by a refusal, taken back by a message that is taken.

    While an emergency waits, everybody who is marked is probed, a few at a time: a mark that was wrong, or is over
    without an update that says so, holds nobody back for longer than that. Whoever was marked for a refusal is probed
    without one too, ever less often.
    """

    def __init__(
        self, *, store: Store, desk: Desk, clock: Timepiece, limits: Limits, channels: Channels | None = None
    ) -> None:
        self._store = store
        self._desk = desk
        self._clock = clock
        self._channels = channels
        self._limits = limits
        self._marked: dict[int, int] = {}  # person by address, the one that was probed longest ago first
        self._proofs: dict[int, _Proof] = {}  # of those who were marked for a refusal here
        self.bell = asyncio.Event()
        self.idle = True

    async def lost(self, address: int) -> None:
        """Mark the person there, who takes no messages: alerts go past them in the same transaction."""
        person = await self._store.read(lambda session: people.by_account(session, address))
        if person is None:
            return
        await self._desk.execute(c.MarkSilenced(person=person.id), caller=DESK)
        self._marked[address] = person.id
        self._proofs[address] = _Proof(self._clock.now() + FIRST_PROOF, FIRST_PROOF)
        self.bell.set()

    async def taken(self, address: int) -> None:
        """A message was taken there: that is the proof of reach, whatever was known before."""
        if address in self._marked:
            await self._desk.execute(c.MarkHeard(person=self._marked[address]), caller=DESK)
            self._forget(address)

    async def wronged(self, address: int) -> bool:
        """Take back the mark of somebody who was refused as everybody is; whether there was one."""
        person = await self._store.read(lambda session: people.by_account(session, address))
        if person is None or person.reachable:
            return False
        await self._desk.execute(c.MarkHeard(person=person.id, mistaken=True), caller=DESK)
        self._forget(address)
        return True

    def provable(self, address: int) -> bool:
        """Whether a call without content can tell if somebody there can be reached."""
        return self._channels is not None and self._channels.probe(address) is not None

    async def unheard(self, row: OutboxRow) -> None:
        """An alert was refused for good though its reader takes others: of this one they were not told."""
        task = task_of_card(row.card) if row.card is not None and row.ring else None
        person = await self._store.read(lambda session: people.by_account(session, row.chat))
        if task is None or person is None:
            return
        await self._desk.execute(c.ExpireOffer(task=task, agent=person.id), caller=DESK)
        await self._desk.execute(c.EscalateDue(task=task, silenced=True, unheard=person.id), caller=DESK)

    async def probe(self, address: int) -> bool | None:
        """Ask whether a person can be reached, with a call that has no content to blame; None: nobody knows."""
        call = self._channels.probe(address) if self._channels is not None else None
        if call is None or self._channels is None:
            return None
        try:
            answer = await self._channels.of(address).send(call)
        except (NotSent, Broken, Unknown):
            return None
        match answer:
            case Taken():
                return True
            case Refused(code=400 | 403, migrate_to=None):
                return False
            case Refused():  # limits, outages and a lost token say nothing about this person
                return None

    async def run(self, pulse: Pulse) -> None:
        """Probe those who are marked, all of them while an emergency waits, until cancelled."""
        while True:
            pulse.begins()
            self.idle = False
            try:
                await self._probe_some([*self._marked] if await self._look() else self._due())
            finally:
                self.idle = True
            next_look = self._clock.now() + (PROBE_EVERY if self._marked else LOOK_EVERY)
            pulse.rests(next_look)
            await self._clock.wait(self.bell, next_look)

    async def _look(self) -> bool:
        """Read who is marked, whoever marked them; whether an emergency waits."""
        marked = dict(await self._store.read(people.silenced))
        known = {address: person for address, person in self._marked.items() if address in marked}
        self._marked = known | marked
        return bool(self._marked) and await self._store.read(tasks.emergency_waits)

    def _forget(self, address: int) -> None:
        self._marked.pop(address, None)
        self._proofs.pop(address, None)

    def _due(self) -> list[int]:
        """Those whose mark may be proved now although no emergency waits."""
        now = self._clock.now()
        self._proofs = {address: proof for address, proof in self._proofs.items() if address in self._marked}
        return [address for address, proof in self._proofs.items() if proof.due <= now]

    async def _probe_some(self, addresses: list[int]) -> None:
        now, some = self._clock.now(), addresses[:PROBED_AT_ONCE]
        for address in some:
            # To the end of the line: the others are probed before it comes again.
            self._marked[address] = self._marked.pop(address)
            if (proof := self._proofs.pop(address, None)) is not None:
                pause = min(proof.pause * 2, LAST_PROOF)
                self._proofs[address] = _Proof(now + pause, pause)
        await asyncio.gather(*map(self._prove, await self._that_limits_let(some)))

    async def _that_limits_let(self, addresses: Iterable[int]) -> list[int]:
        now = self._clock.now().timestamp()
        ready = partial(self._limits.ready_at, lane=Lane.ROUTINE, now=now)
        return [address for address in addresses if ready(address) <= now]

    async def _prove(self, address: int) -> None:
        if await self.probe(address):
            await self.taken(address)
