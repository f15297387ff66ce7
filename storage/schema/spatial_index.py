"""The earth as one number per place, such that a box on the map is a few ranges of numbers.

The number interleaves the bits of latitude and longitude (Morton's curve): every square of 2ᵏ by 2ᵏ steps is one range.
A step is 2.4 m at the equator.
"""

from core.vocabulary.places import Place

BITS = 24
_STEPS = 1 << BITS


def cell_of(place: Place) -> int:
    """The number of the cell that the place is in."""
    return _interleave(_column(place.lon), _row(place.lat))


def ranges(*, south: float, north: float, west: float, east: float) -> list[tuple[int, int]]:
    """One to four (first, last) that together cover a box in degrees, and something around it."""
    left, right, low, high = _column(west), _column(east), _row(south), _row(north)
    size = max((right - left).bit_length(), (high - low).bit_length())
    squares = (
        _interleave(x, y) << 2 * size for x in {left >> size, right >> size} for y in {low >> size, high >> size}
    )
    found: list[tuple[int, int]] = []
    for first in sorted(squares):
        last = first + (1 << 2 * size) - 1
        if found and found[-1][1] + 1 == first:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def _column(lon: float) -> int:
    return min(max(int((lon + 180) / 360 * _STEPS), 0), _STEPS - 1)


def _row(lat: float) -> int:
    return min(max(int((lat + 90) / 180 * _STEPS), 0), _STEPS - 1)


def _interleave(x: int, y: int) -> int:
    return _spread(x) | _spread(y) << 1


def _spread(number: int) -> int:
    """A gap after each of the lower 32 bits."""
    number = (number | number << 16) & 0x0000FFFF0000FFFF
    number = (number | number << 8) & 0x00FF00FF00FF00FF
    number = (number | number << 4) & 0x0F0F0F0F0F0F0F0F
    number = (number | number << 2) & 0x3333333333333333
    return (number | number << 1) & 0x5555555555555555
