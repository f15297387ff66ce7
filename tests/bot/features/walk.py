"""A desk with somebody of each kind, of whom each tries what is not theirs."""

from collections.abc import Iterator

from msgspec.structs import replace

from bot.conversation.arrival import Arrival
from bot.conversation.registry import Command
from bot.ui.buttons import Action
from bot.ui.refusals import refusal_text
from core.state.person import Person
from core.vocabulary.contents import Screen
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Membership, Role
from storage.audit import chain
from tests.bot.features.room import Room

TITLE = "Ronda por el muelle viejo"


class Walk:
    """A desk with somebody of each kind, and a task that is Sara's alone."""

    def __init__(self, room: Room) -> None:
        self.room = room

    async def begin(self) -> None:
        self.people = {role: await self.room.person(f"Uno{role.value}", role) for role in Role}
        self.sara = await self.room.person("Sara", Role.SUPERVISOR)
        await self.room.says(self.sara, f"/nueva {TITLE} @sara")
        shut_out = replace(self.people[Role.ADMIN], id=0, account=5_000, name="Fuera", username=None)
        self.strangers = [
            await self.room.takes_in(replace(shut_out, account=5_000 + place, membership=membership))
            for place, membership in enumerate((Membership.DISABLED, Membership.PENDING))
        ]
        self.strangers.append(replace(shut_out, id=10**9, account=6_000))
        self.before = await self.state()

    async def state(self) -> tuple[int, object]:
        """How many events there are, and the task as it is."""
        ends = await self.room.store.read(chain.ends)
        return sum(end.events for end in ends), await self.room.queries.task_file(1)

    async def tries(self, who: Person, what: str, chat: int | None) -> list[str]:
        """The texts that somebody gets for a command or a press; nothing is kept."""
        self.room.clock.advance(60)
        is_doing = self.room.is_saying if what.startswith("/") else self.room.is_pressing
        arrival = await is_doing(who, what, chat)
        return list(_texts(arrival))

    async def changed_nothing(self, what: str) -> None:
        assert await self.state() == self.before, what


def _texts(arrival: Arrival) -> Iterator[str]:
    for message in arrival.results.messages:
        if isinstance(message.content, Screen):
            yield message.content.text


def above(role: Role, room: Room) -> str:
    """The sentence that a role is needed."""
    return refusal_text(Refusal(reason=Reason.ABOVE_ROLE, role=role), None, room.texts)


def typed(entry: Command) -> str:
    return f"/{entry.id}"


def data(action: Action) -> str:
    """A button about Sara's task as it is, or about the person with that number."""
    return f"{action}:1:1:1"
