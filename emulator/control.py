"""The control room over HTTP, for benches and chaos runs that drive an emulator in another process.

====================================  ======================================================================
``POST /emulator/faults``             add a `Fault` (or a list); ``GET`` lists them, ``DELETE`` clears them
``GET /emulator/calls``               every call recorded; ``?last=N``, ``?method=``; ``DELETE`` forgets them
``POST /emulator/limits``             ``{"enabled": false}``, or other numbers of `Flood`
``GET /emulator/people``, ``POST``    who there is; add one: ``{"name", "username"?, "id"?, "started"?}`` or a list
``POST /emulator/groups``             ``{"title", "members": [ids], "kind"?}``
``POST /emulator/act``                one of `emulator.acts`, or a list
``POST /emulator/updates``            raw updates without ``update_id`` (a list), straight into the first bot's queue
``GET /emulator/phone``               messages on a phone, with a wait (`emulator.phone_watch`)
``GET /emulator/stats``               counts: calls, updates waiting, messages sent
====================================  ======================================================================
"""

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import msgspec
from aiohttp import web
from msgspec import Raw, Struct

from emulator.acts import Act, perform
from emulator.errors import Impossible
from emulator.faults import Fault
from emulator.people import Account, Person
from emulator.phone_watch import watch_phone
from emulator.telegram import Telegram

T = TypeVar("T")


class Limits(Struct):
    enabled: bool | None = None
    per_second: int | None = None
    private_burst: int | None = None
    per_group_minute: int | None = None
    jitter: float | None = None


class NewPerson(Struct):
    """With ``started`` the bot may write to them at once, as if they had written before."""

    name: str
    username: str | None = None
    id: int | None = None
    started: bool = False
    role_hint: str = ""


class NewGroup(Struct):
    title: str
    members: list[int] = []
    kind: str = "group"


class _Control:
    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    async def add_faults(self, request: web.Request) -> web.Response:
        for fault in _listed(await _read(request, Fault | list[Fault])):
            self._telegram.faults.add(fault)
        return _json({"faults": len(self._telegram.faults)})

    async def faults(self, request: web.Request) -> web.Response:
        return _json(list(self._telegram.faults))

    async def clear_faults(self, request: web.Request) -> web.Response:
        self._telegram.faults.clear()
        return _json({"faults": 0})

    async def calls(self, request: web.Request) -> web.Response:
        wanted = request.query.get("method", "").lower()
        calls = [call for call in self._telegram.calls if not wanted or call.method.lower() == wanted]
        return _json(calls[-int(request.query.get("last", "0")) :])

    async def forget_calls(self, request: web.Request) -> web.Response:
        self._telegram.calls.clear()
        return _json({"calls": 0})

    async def limits(self, request: web.Request) -> web.Response:
        flood = self._telegram.flood
        for name, value in msgspec.structs.asdict(await _read(request, Limits)).items():
            if value is not None:
                setattr(flood, name, value)
        return _json({name: getattr(flood, name) for name in Limits.__struct_fields__})

    async def people(self, request: web.Request) -> web.Response:
        return _json([_about(person) for person in self._telegram.people.values()])

    async def add_people(self, request: web.Request) -> web.Response:
        made: list[Person] = []
        for new in _listed(await _read(request, NewPerson | list[NewPerson])):
            person = self._telegram.add_person(
                new.name, username=new.username, person_id=new.id, role_hint=new.role_hint
            )
            if new.started:
                self._telegram.private(person).started = True
            made.append(person)
        return _json([_about(person) for person in made])

    async def add_group(self, request: web.Request) -> web.Response:
        """Add a group with these people, who must exist.

        Raises:
            Impossible: one of the people is not there.
        """
        new = await _read(request, NewGroup)
        everybody: dict[int, Account] = {**self._telegram.people, **self._telegram.bots}
        missing = [member for member in new.members if member not in everybody]
        if missing:
            raise Impossible(f"nobody has the id {missing[0]}")
        group = self._telegram.add_group(new.title, [everybody[m] for m in new.members], kind=new.kind)
        return _json({"id": group.id})

    async def act(self, request: web.Request) -> web.Response:
        acts: list[Act] = _listed(await _read(request, Act | list[Act]))
        return _json([perform(self._telegram, act) for act in acts])

    async def updates(self, request: web.Request) -> web.Response:
        """Queue updates given as JSON lines.

        Raises:
            Impossible: a line is no update.
        """
        try:
            count = self._telegram.first_bot().updates.put_many(await _read(request, list[Raw]))
        except ValueError as error:
            raise Impossible(str(error)) from error
        return _json({"updates": count})

    async def phone(self, request: web.Request) -> web.Response:
        return _json(await watch_phone(self._telegram, request))

    async def stats(self, request: web.Request) -> web.Response:
        by_result = Counter(f"{c.method} {c.error_code or 'ok'}" for c in self._telegram.calls)
        waiting = {str(bot.id): len(bot.updates) for bot in self._telegram.bots.values()}
        return _json({"calls": by_result, "waiting": waiting})


def add_control(app: web.Application, telegram: Telegram) -> None:
    control = _Control(telegram)
    routes: list[tuple[str, str, Callable[[web.Request], Awaitable[web.Response]]]] = [
        ("POST", "faults", control.add_faults),
        ("GET", "faults", control.faults),
        ("DELETE", "faults", control.clear_faults),
        ("GET", "calls", control.calls),
        ("DELETE", "calls", control.forget_calls),
        ("POST", "limits", control.limits),
        ("GET", "people", control.people),
        ("POST", "people", control.add_people),
        ("POST", "groups", control.add_group),
        ("POST", "act", control.act),
        ("POST", "updates", control.updates),
        ("GET", "phone", control.phone),
        ("GET", "stats", control.stats),
    ]
    for verb, path, handler in routes:
        app.router.add_route(verb, f"/emulator/{path}", _guarded(handler))


def _guarded(
    handler: Callable[[web.Request], Awaitable[web.Response]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def guarded(request: web.Request) -> web.Response:
        try:
            return await handler(request)
        except (Impossible, msgspec.DecodeError, ValueError) as error:
            return _json({"error": str(error)}, status=400)

    return guarded


async def _read(request: web.Request, kind: Any) -> Any:
    return msgspec.json.decode(await request.read(), type=kind)


def _listed(given: T | list[T]) -> list[T]:
    return given if isinstance(given, list) else [given]


def _about(person: Person) -> dict[str, Any]:
    return {"id": person.id, "name": person.full_name, "username": person.username}


def _json(thing: Any, status: int = 200) -> web.Response:
    return web.Response(body=msgspec.json.encode(thing), status=status, content_type="application/json")
