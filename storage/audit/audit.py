"""Going through the record: is every event where and as it was written (P10)?"""

from enum import StrEnum

from msgspec import Struct, json

from core.vocabulary.desk_events import Resealed, Sealed
from storage.audit import chain
from storage.audit.apart import Bent
from storage.audit.chain import BEFORE_THE_FIRST, End, Reader
from storage.audit.erasures import Erasure, Erasures
from storage.audit.reseal import is_signed
from storage.engine.session import Session
from storage.schema.tables import EventRow

_SEALED, _RESEALED = '{"type":"sealed"', '{"type":"resealed"'


class Flaw(StrEnum):
    """Kinds of flaws of the record."""

    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    END = "end"
    UNKNOWN_SEAL = "unknown_seal"
    ERASED = "erased"
    SEAM = "seam"


class Verdict(Struct, frozen=True, kw_only=True):
    """How many events were looked at and the seal of the record then, or the first event with a flaw.

    A flaw is told by the event's number in its chain, and its row's.
    """

    events: int
    seal: str
    flaw: Flaw | None = None
    chain: int = 0
    link: int = 0
    row: int | None = None
    erasures: tuple[Erasure, ...] = ()
    resealed: Resealed | None = None


class _Found(Exception):
    """The first flaw."""

    def __init__(self, flaw: Flaw, chain: int = 0, link: int = 0, row: int | None = None) -> None:
        super().__init__(flaw)
        self.flaw, self.chain, self.link, self.row = flaw, chain, link, row


class _Walker:
    """State of a walk: the last event so far of each chain."""

    def __init__(self, marks: dict[tuple[int, int], str]) -> None:
        self._marks = marks
        self.links: dict[int, int] = {}
        self._digests: dict[int, str] = {}
        self.events = 0
        self.erasures = Erasures()
        self.resealed: Resealed | None = None

    def meet(self, row: EventRow) -> None:
        """The next event; raises what is wrong with it."""
        number, link = row.chain, row.link
        expected = self.links.get(number, 0) + 1
        if link != expected:
            missing = link > expected
            raise _Found(
                Flaw.MISSING if missing else Flaw.ADDED,
                number,
                expected if missing else link,
                None if missing else row.id,
            )
        digest = _hash_of(row, self._digests.get(number, BEFORE_THE_FIRST))
        if row.hash != digest:
            raise _Found(Flaw.CHANGED, number, link, row.id)
        if self._marks.get((number, link), digest) != digest:
            raise _Found(Flaw.END, number, link, row.id)
        if row.body.startswith(_RESEALED):
            self._judge_seam(row)
        self.links[number], self._digests[number] = link, digest
        self.events += 1
        self.erasures.meet(row)

    def _judge_seam(self, row: EventRow) -> None:
        """All that was hashed anew ends where the event says that it did, and the desk's key has signed so."""
        event = json.decode(row.body, type=Resealed)
        there = all(self.links.get(n) == last and self._digests.get(n) == end for n, last, end in event.ends)
        ends = (End(chain=n, events=last, hash=end) for n, last, end in event.ends)
        if not there or chain.seal_of(ends) != event.new_seal or not is_signed(event):
            raise _Found(Flaw.SEAM, row.chain, row.link, row.id)
        self.resealed = event


def _hash_of(row: EventRow, before: str) -> str:
    """The hash that the row should have."""
    try:
        return chain.hash_of(before, *chain.covered(row))
    except Bent:
        return ""


async def verify(reader: Reader, seal: str | None = None) -> Verdict:
    """Go through all events that there are now, whatever is added meanwhile.

    ``seal`` is one that was published: the record must still hold what it stood for.
    """
    ends, last = await reader.read(_start)
    events, now = sum(end.events for end in ends), chain.seal_of(ends)
    try:
        promised = await _sealed(reader, seal, last) if seal is not None and seal != now else ()
        marks = {(number, link): digest for number, link, digest in promised}
        walker = _Walker(marks | {(end.chain, end.events): end.hash for end in ends})
        async for row in chain.walk(reader, last):
            walker.meet(row)
        await _judge_ends(reader, walker, ends)
        await _judge_erasures(reader, walker.erasures, last)
        for number, link in marks:
            if walker.links.get(number, 0) < link:
                raise _Found(Flaw.MISSING, number, walker.links.get(number, 0) + 1)
    except _Found as found:
        return Verdict(events=events, seal=now, flaw=found.flaw, chain=found.chain, link=found.link, row=found.row)
    return Verdict(events=walker.events, seal=now, erasures=walker.erasures.told, resealed=walker.resealed)


async def _start(session: Session) -> tuple[tuple[End, ...], int]:
    return await chain.ends(session), await chain.last_row(session)


async def _sealed(reader: Reader, seal: str, last: int) -> tuple[tuple[int, int, str], ...]:
    """The state that a published seal stood for, as the record itself has kept it, or as it was hashed anew since."""
    found: tuple[tuple[int, int, str], ...] | None = None
    async for row in chain.walk(reader, last):
        if row.body.startswith(_SEALED) and seal in row.body:
            kept = json.decode(row.body, type=Sealed)
            if chain.seal_of(End(chain=c, events=e, hash=h) for c, e, h in kept.ends) == seal:
                found = kept.ends
        elif row.body.startswith(_RESEALED) and seal in row.body:
            found = dict(json.decode(row.body, type=Resealed).seals).get(seal, found)
    if found is not None:
        return found
    raise _Found(Flaw.UNKNOWN_SEAL)


async def _judge_erasures(reader: Reader, erasures: Erasures, last: int) -> None:
    """Each event whose words are gone is named by one that erased them, perhaps since the walk began."""
    if erasures.unnamed:
        now = await reader.read(chain.last_row)
        async for row in chain.walk(reader, now, after=last):
            erasures.meet(row)
    if erasures.unnamed:
        number, link = min(erasures.unnamed)
        raise _Found(Flaw.ERASED, number, link)


async def _judge_ends(reader: Reader, walker: _Walker, ends: tuple[End, ...]) -> None:
    """Nothing is missing at the end; what is more than there was at the start was added by the desk itself."""
    for end in ends:
        if (link := walker.links.get(end.chain, 0)) < end.events:
            raise _Found(Flaw.MISSING, end.chain, link + 1)
    later = {end.chain: end.events for end in await reader.read(chain.ends)}
    for number, link in walker.links.items():
        if link > later.get(number, 0):
            raise _Found(Flaw.ADDED, number, later.get(number, 0) + 1)
