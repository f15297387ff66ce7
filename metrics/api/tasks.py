"""Tasks: listed, opened, shown, changed."""

from http import HTTPStatus
from urllib.parse import urlencode

from aiohttp import hdrs
from msgspec import UNSET

from core.queries.queries import Queries
from core.state.task import code_of, id_of
from core.vocabulary import commands as c
from core.vocabulary.places import Place
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.scopes import Scope
from core.vocabulary.shares import ReportJoined
from metrics.api.asking import ask, done, named_in, person_id, person_named, show
from metrics.api.changes import command_of
from metrics.api.endpoint import Call, Reply, endpoint
from metrics.api.places import check_meant, place_of_emergency
from metrics.api.refusals import refused
from metrics.api.requests import NewEmergency, NewTask, Nothing, TaskChange, TaskQuery
from metrics.api.shapes import Place as PointOnEarth
from metrics.api.shapes import ReportedEmergency, Task, TaskList, reported_shape, task_shape


@endpoint("GET", "/api/v1/tasks", scope=Scope.READ, query=TaskQuery, answer=TaskList, joint=True)
async def list_tasks(call: Call[TaskQuery, Nothing]) -> Reply:
    """List tasks, newest first.

    A page costs the same wherever it is: follow `next` until it is null.
    """
    query = call.query
    page = await call.services.queries.tasks(
        query.state,
        kind=query.kind,
        after=id_of(query.after) if query.after else None,
        most=query.limit,
        silent=call.sees_silent,
    )
    return Reply(
        body=TaskList(
            tasks=tuple(task_shape(task, page.people, places=call.sees_places) for task in page.tasks),
            next=_next_page(query, page.after) if page.after is not None else None,
        )
    )


def _next_page(query: TaskQuery, after: int) -> str:
    chosen = {"state": query.state, "kind": query.kind, "after": code_of(after), "limit": query.limit}
    return f"/api/v1/tasks?{urlencode({name: value for name, value in chosen.items() if value is not None})}"


@endpoint("POST", "/api/v1/tasks", scope=Scope.REPORT, body=NewTask, answer=Task, status=HTTPStatus.CREATED)
async def open_task(call: Call[Nothing, NewTask]) -> Reply:
    """Open a task.

    The people concerned hear of it in their chats. A place that is hardly meant (0, 0; latitude and longitude in the
    wrong order) is refused with a sentence.
    """
    body = call.body
    queries = call.services.queries
    place = Place(body.place.lat, body.place.lon) if body.place else None
    await check_meant(queries, place)
    command = c.OpenTask(
        title=body.title,
        sent_at=call.services.clock.now(),
        type=body.type,
        work=body.work or "",
        priority=body.priority,
        place=place,
        address=body.address,
        assignee=await person_id(queries, body.assignee) if body.assignee is not None else None,
        seats=int(body.seats) if body.seats is not None else None,
    )
    return await show(call, await ask(call, command), created=True)


@endpoint(
    "POST",
    "/api/v1/emergencies",
    scope=Scope.REPORT,
    body=NewEmergency,
    answer=ReportedEmergency,
    status=HTTPStatus.CREATED,
    other=HTTPStatus.OK,
    limited=False,
)
async def open_emergency(call: Call[Nothing, NewEmergency]) -> Reply:
    """Report an emergency.

    Supervisors are alerted and the nearest available agents are asked at once. From the third on that one token has
    open, what is reported joins the first of them: 200 with that one, and `opened` false.
    """
    body = call.body
    place, address = place_of_emergency(body.place, body.address)
    command = c.OpenEmergency(
        title=body.title,
        sent_at=call.services.clock.now(),
        place=place,
        address=address,
        seats=int(body.seats) if body.seats is not None else None,
    )
    outcome = await done(call, command)
    task = outcome.task
    opened = not any(isinstance(event, ReportJoined) for event in outcome.events)
    headers: dict[str, str] = {hdrs.ETAG: f'"{task.version}"', hdrs.LOCATION: f"/api/v1/tasks/{task.code}"}
    people = await named_in(call.services.queries, task)
    body_of = reported_shape(task, people, opened=opened, places=call.sees_places)
    return Reply(body=body_of, headers=headers, status=None if opened else HTTPStatus.OK)


@endpoint("GET", "/api/v1/tasks/{code}", scope=Scope.READ, answer=Task)
async def show_task(call: Call[Nothing, Nothing]) -> Reply:
    """Show a task.

    `ETag` is the version that `If-Match` takes.
    """
    file = await call.services.queries.task_file(call.task, silent=call.sees_silent)
    if file is None:
        raise refused(Refusal(reason=Reason.UNKNOWN_TASK, task=call.task))
    body = task_shape(file.task, file.people, places=call.sees_places)
    return Reply(body=body, headers={hdrs.ETAG: f'"{file.task.version}"'})


@endpoint("PATCH", "/api/v1/tasks/{code}", scope=Scope.ACT, body=TaskChange, answer=Task)
async def change_task(call: Call[Nothing, TaskChange]) -> Reply:
    """Change a task, one thing at a time.

    Whoever answers or ends an emergency is a person: `on_behalf_of` names one whom the desk can ring.

    With `If-Match`, only while the task is at that version: 412 otherwise. `undone` takes back an end that the same
    token made less than 10 seconds ago; `reopened` begins a task again that was closed within the last day.
    """
    queries, body = call.services.queries, call.body
    whose = body.assignee if body.assignee is not UNSET else body.relieved
    named = await person_id(queries, whose) if isinstance(whose, int | str) else 0
    if isinstance(body.place, PointOnEarth) and not await _is_emergency(queries, call.task):
        await check_meant(queries, Place(body.place.lat, body.place.lon))
    command = command_of(call.task, body, version=call.version, named=named)
    speaker = await person_named(queries, body.on_behalf_of) if body.on_behalf_of is not None else None
    return await show(call, await ask(call, command, speaker=speaker, reason=body.reason))


async def _is_emergency(queries: Queries, task: int) -> bool:
    file = await queries.task_file(task)
    return file is not None and file.task.emergency
