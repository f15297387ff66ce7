"""The first picture of each late album: whoever reads them is rung for that one alone.

Kept in this process alone: after a restart in the middle of an album they are rung once more.
"""

from collections import OrderedDict

MOST = 1_000


class AlbumHeads:
    """The message that came first, by the album's name."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._heads: OrderedDict[str, int] = OrderedDict()

    def follows(self, album: str | None, message: int) -> bool:
        """Tells whether another picture of the album came before this message; so for each time that it is handled."""
        if album is None:
            return False
        head = self._heads.setdefault(album, message)
        if len(self._heads) > self._most:
            self._heads.popitem(last=False)
        return head != message
