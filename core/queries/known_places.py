"""Places of the desk: where its newest tasks are and their people were."""

from core.queries.queries import Queries, Which
from core.state.person import Person
from core.vocabulary.places import Place

LOOKED_AT = 50  # tasks


async def known_places(queries: Queries, *others: Person) -> list[Place]:
    """The places of the newest tasks, of their people and of these others."""
    page = await queries.tasks(Which.ALL, most=LOOKED_AT)
    known = [task.place for task in page.tasks if task.place is not None]
    people = {person.id: person for person in (*page.people.values(), *others)}
    return known + [person.position.place for person in people.values() if person.position is not None]
