"""Sets words of before apart from the chain too, by hashing the record anew: one signed event is the seam (P10, P15).

The old chain is looked through to its end in the same transaction, and a record that is not whole is left as it is.
Seals that were published stay good: the event says which state each of them stands for now.
"""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Struct, json
from sqlalchemy import BigInteger, Text, bindparam, delete, text, update

from core.desk.ports import Record
from core.vocabulary.desk_events import Resealed, Sealed
from core.vocabulary.events import AnyEvent
from core.vocabulary.personal import PERSONAL, whose
from storage.audit import apart, chain, record
from storage.audit.chain import BEFORE_THE_FIRST, End
from storage.audit.in_chain import IN_CHAIN, in_chain
from storage.engine.errors import StorageError
from storage.engine.session import Query, Session, const
from storage.schema.rows import col
from storage.schema.tables import ChainRow, CounterRow, EventRow, table

_event, _end = table(EventRow), table(ChainRow)
_decoder = json.Decoder(AnyEvent)
SEALED = '{"type":"sealed"'
# Each end stays locked: nobody adds an event meanwhile.
_hold = Query(update(_end).values({"events": col(ChainRow.events)}))
_rewrite = Query(
    update(_event)
    .where(col(EventRow.id) == bindparam("row"))
    .values(
        {
            "hash": bindparam("hash_", type_=Text),
            "salt": bindparam("salt_", type_=Text),
            "erasable": bindparam("erasable_", type_=Text),
            "whose": bindparam("whose_", type_=BigInteger),
        }
    )
)
# Connections with a number of their own (`storage.engine.postgresql`) keep the lock on it for as long as they live.
_others: Query[int] = Query.value(
    text(
        "SELECT count(DISTINCT pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 1709 AND objsubid = 2"
        " AND database = (SELECT datid FROM pg_stat_get_activity(pg_backend_pid())) AND pid <> pg_backend_pid()"
    )
)
_move_end = Query(update(_end).where(col(ChainRow.chain) == bindparam("number")).values(hash=bindparam("hash_")))
_unmark = Query(delete(table(CounterRow)).where(col(CounterRow.name) == const(IN_CHAIN)))


class Conversion(Struct, frozen=True, kw_only=True):
    """How many events were hashed anew, how many of them have their words apart now, and the new seal."""

    events: int
    apart: int
    seal: str


class _Chains:
    """The old and the new hash of the last event so far of each chain, and new ones at places that are asked for."""

    def __init__(self, wanted: Iterable[tuple[int, int]]) -> None:
        self._wanted = set(wanted)
        self._links: dict[int, int] = {}
        self._old: dict[int, str] = {}
        self.new: dict[int, str] = {}
        self.at: dict[tuple[int, int], str] = {}
        self.apart = 0

    def follow(self, row: EventRow) -> dict[str, object] | None:
        """The new values of the next row; None: they are the same.

        Raises:
            StorageError: it is not what the desk wrote there.
        """
        number, expected = row.chain, self._links.get(row.chain, 0) + 1
        if row.link != expected or not _is_whole(row, self._old.get(number, BEFORE_THE_FIRST)):
            raise StorageError("the record is not whole, so it is left as it is; `gad audit verify` says where")
        owner, parts = _set_apart(row)
        covers = chain.covered(row) if parts is None else chain.covered_apart(chain.hashed(row), parts)
        before = self.new.get(number, BEFORE_THE_FIRST)
        digest = chain.hash_of(before, *covers)
        self._links[number], self._old[number], self.new[number] = expected, row.hash, digest
        if (number, expected) in self._wanted:
            self.at[number, expected] = digest
        self.apart += parts is not None
        if digest == row.hash:
            return None
        kept = row if parts is None else parts
        return {
            "row": row.id,
            "hash_": digest,
            "salt_": kept.salt,
            "erasable_": kept.erasable,
            "whose_": owner if parts is not None else row.whose,
        }


async def reseal(session: Session, key: Ed25519PrivateKey, now: datetime) -> Conversion:
    """Set the words of before apart, in this transaction.

    Raises:
        StorageError: there are none, the record is not whole, or a desk runs on its server.
    """
    if not await in_chain(session):
        raise StorageError("no words stand in the chain: there is nothing to reseal")
    await session.run(_hold)
    await _refuse_beside_a_desk(session)
    old, last = await chain.ends(session), await chain.last_row(session)
    known = [(one.seal, one.ends) for one in await _sealings(session)]
    known.append((chain.seal_of(old), tuple((end.chain, end.events, end.hash) for end in old)))
    chains = _Chains((number, link) for _, ends in known for number, link, _ in ends)
    await _rewrite_rows(session, chains, last)
    new = tuple(End(chain=end.chain, events=end.events, hash=chains.new[end.chain]) for end in old if end.events)
    if len(new) != len(old):
        raise StorageError("the record is not whole, so it is left as it is; `gad audit verify` says where")
    await session.run_each(_move_end, [{"number": end.chain, "hash_": end.hash} for end in new])
    session.notes.pop("chain", None)
    seals = tuple((seal, tuple((n, link, chains.at[n, link]) for n, link, _ in ends)) for seal, ends in known)
    event = Resealed(
        old_seal=chain.seal_of(old),
        new_seal=chain.seal_of(new),
        ends=tuple((end.chain, end.events, end.hash) for end in new),
        seals=seals,
        key=key.public_key().public_bytes_raw().hex(),
        signature="",
    )
    signature = key.sign(_signed(event)).hex()
    await record.add(session, [Record(at=now, event=_with(event, signature), by=None, via="cli")])
    await session.run(_unmark)
    return Conversion(events=sum(end.events for end in new), apart=chains.apart, seal=event.new_seal)


async def connections_beside(session: Session) -> int:
    """How many other connections of desks there are on this server's database; a file has none."""
    return await session.row(_others) or 0 if session.slot else 0


async def _refuse_beside_a_desk(session: Session) -> None:
    """Connections that were there before know by heart where their chains end; a later one waits for `_hold`."""
    if others := await connections_beside(session):
        raise StorageError(f"a desk runs on that database ({others} connections): stop it, reseal, and start it again")


async def _sealings(session: Session) -> list[Sealed]:
    """All seals that were published."""
    after, found = chain.BEFORE_ALL, []
    while rows := await chain.page(session, after):
        found += [json.decode(row.body, type=Sealed) for row in rows if row.body.startswith(SEALED)]
        after = rows[-1].id
    return found


async def _rewrite_rows(session: Session, chains: _Chains, last: int) -> None:
    after = chain.BEFORE_ALL
    while rows := [row for row in await chain.page(session, after) if row.id <= last]:
        changed = [values for row in rows if (values := chains.follow(row)) is not None]
        await session.run_each(_rewrite, changed)
        after = rows[-1].id


def is_signed(event: Resealed) -> bool:
    """Whether the key that the event names has signed the two seals."""
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(event.key))
        public.verify(bytes.fromhex(event.signature), _signed(event))
    except (InvalidSignature, ValueError):
        return False
    return True


def _signed(event: Resealed) -> bytes:
    return sha256(json.encode([event.old_seal, event.new_seal, event.seals])).digest()


def _with(event: Resealed, signature: str) -> Resealed:
    return Resealed(
        old_seal=event.old_seal,
        new_seal=event.new_seal,
        ends=event.ends,
        seals=event.seals,
        key=event.key,
        signature=signature,
    )


def _is_whole(row: EventRow, before: str) -> bool:
    try:
        return chain.hash_of(before, *chain.covered(row)) == row.hash
    except apart.Bent:
        return False


def _set_apart(row: EventRow) -> tuple[int | None, apart.Apart | None]:
    """The owner of the words of an event of before, and its two parts."""
    if row.salt is not None or row.digest is not None:
        return None, None
    event = _decoder.decode(row.body)
    owner = whose(event, row.person, row.by)
    return owner, apart.set_apart(row.body, row.reason, owner, PERSONAL.get(type(event), ()))
