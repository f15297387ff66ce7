"""The place where somebody was seen last, as the columns of their row."""

from typing import Any

from core.vocabulary.places import Position
from storage.schema.instants import to_ms
from storage.schema.spatial_index import cell_of


def columns_of(position: Position | None) -> dict[str, Any]:
    """The columns; None: nobody knows where they are."""
    if position is None:
        return {"lat": None, "lon": None, "accuracy": None, "cell": None, "seen_at": 0}
    return {
        "lat": position.place.lat,
        "lon": position.place.lon,
        "accuracy": position.accuracy,
        "cell": cell_of(position.place),
        "seen_at": to_ms(position.at),
    }
