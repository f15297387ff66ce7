"""Asking the desk from an endpoint: once for each idempotency key, with a refusal as a problem."""

from collections.abc import Mapping
from hashlib import blake2b
from http import HTTPStatus
from typing import Any

from aiohttp import hdrs
from msgspec import Struct, json
from msgspec.structs import replace

from core.desk.outcome import Refused, TaskDone, TaskOutcome
from core.queries.queries import Queries
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary.refusals import Reason, Refusal
from metrics.api.endpoint import Call, Reply
from metrics.api.refusals import refused
from metrics.api.requests import Assignee
from metrics.api.shapes import task_shape
from metrics.problems import Problem, ProblemError


async def ask(
    call: Call[Any, Any], command: c.Reporting | c.TaskCommand, *, speaker: Person | None = None, reason: str = ""
) -> Task:
    """The task as the command left it."""
    return (await done(call, command, speaker=speaker, reason=reason)).task


async def done(
    call: Call[Any, Any], command: c.Reporting | c.TaskCommand, *, speaker: Person | None = None, reason: str = ""
) -> TaskDone:
    """The outcome of the command. A key is the caller's own, and stands for one request alone: 422 for another.

    ``speaker``: the person in whose name it is asked, with the role that they have.
    """
    caller = call.caller
    if speaker is not None:
        caller = replace(caller, person=speaker, role=speaker.role)
    request = fingerprint(call.body) if call.key is not None else ""
    outcome = await call.services.desk.execute(
        command,
        caller=caller,
        key=f"{call.caller.via}:{call.key}" if call.key is not None else None,
        reason=reason,
        request=request,
    )
    return _answered(outcome, request)


def fingerprint(body: Struct) -> str:
    """Tells two bodies apart by what they say, whatever the order and the spaces."""
    return f"{type(body).__name__}:{blake2b(json.encode(body), digest_size=16).hexdigest()}"


def _answered(outcome: TaskOutcome, request: str) -> TaskDone:
    if outcome.request != request:
        raise ProblemError(
            Problem(
                type="urn:gad:problem:key-reused",
                title="The idempotency key was used for another request",
                status=HTTPStatus.UNPROCESSABLE_ENTITY,
            )
        )
    if isinstance(outcome, Refused):
        raise refused(outcome.refusal)
    return outcome


async def person_id(queries: Queries, assignee: Assignee) -> int:
    """The desk's id of the person named.

    Raises:
        ProblemError: nobody has this user name.
    """
    return assignee if isinstance(assignee, int) else (await person_named(queries, assignee)).id


async def person_named(queries: Queries, name: Assignee) -> Person:
    """The person who has this id or user name.

    Raises:
        ProblemError: nobody has.
    """
    person = await (queries.person(name) if isinstance(name, int) else queries.person_named(name))
    if person is None:
        raise refused(Refusal(reason=Reason.UNKNOWN_PERSON))
    return person


async def show(call: Call[Any, Any], task: Task, *, created: bool = False) -> Reply:
    """A task with the names of those it names. ``ETag`` is its version, ``Location`` says where a new one is."""
    people = await named_in(call.services.queries, task)
    headers: dict[str, str] = {hdrs.ETAG: f'"{task.version}"'}
    if created:
        headers[hdrs.LOCATION] = f"/api/v1/tasks/{task.code}"
    return Reply(body=task_shape(task, people, places=call.sees_places), headers=headers)


async def named_in(queries: Queries, task: Task) -> Mapping[int, Person]:
    """The people whom a task names."""
    people: Mapping[int, Person] = {}
    if task.assignments or task.reporter is not None or task.acknowledged_by is not None:
        file = await queries.task_file(task.id)
        people = file.people if file is not None else {}
    return people
