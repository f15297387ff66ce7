"""Agents who could be sent."""

from core.rules.situation import Candidate
from core.vocabulary.desk_events import Reading
from core.vocabulary.places import Place
from core.vocabulary.scopes import Scope
from metrics.api.endpoint import Call, Reply, endpoint
from metrics.api.requests import NearestQuery, Nothing
from metrics.api.shapes import NearbyAgent, NearbyAgents, person_shape, place_shape


@endpoint("GET", "/api/v1/agents/nearest", scope=Scope.POSITIONS, query=NearestQuery, answer=NearbyAgents)
async def nearest_agents(call: Call[NearestQuery, Nothing]) -> Reply:
    """List the available agents nearest to a place.

    Those whose place is not known, or no longer, come last and without a distance.
    """
    query, services = call.query, call.services
    await services.desk.readings.note(Reading.NEAREST, call.caller)
    seen_after = services.clock.now() - services.desk.rules.location_max_age
    found = await services.queries.nearest(Place(query.lat, query.lon), seen_after=seen_after, most=query.limit)
    return Reply(body=NearbyAgents(agents=tuple(map(_nearby, found))))


def _nearby(candidate: Candidate) -> NearbyAgent:
    position = candidate.person.position
    return NearbyAgent(
        agent=person_shape(candidate.person),
        distance=round(candidate.distance, 1) if candidate.distance is not None else None,
        place=place_shape(position.place) if position else None,
        seen_at=position.at if position else None,
    )
