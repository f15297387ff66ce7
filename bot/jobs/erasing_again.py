"""Erases once more whoever a backup that was put back brought back, before the desk takes up any work (P15)."""

import logging
from pathlib import Path

from core.desk.desk import Desk
from core.desk.outcome import Refused
from core.rules.permissions import DESK
from core.vocabulary.access_commands import EraseAgain
from storage.engine.errors import StorageError
from storage.engine.store import Store
from storage.ops import erased_list

log = logging.getLogger(__name__)


async def erase_again(store: Store, desk: Desk, listed: str) -> None:
    """Put them out, and have all erased that is kept of them; whoever can't be is named in the log."""
    if not listed:
        return
    try:
        back = await erased_list.back_again(store, Path(listed))
    except StorageError as error:
        log.warning("nobody is erased again: %s", error)
        return
    for person in back:
        outcome = await desk.execute(EraseAgain(person=person), caller=DESK)
        if isinstance(outcome, Refused):
            log.error("person %s was erased, came back with a backup, and stays: %s", person, outcome.refusal.reason)
        else:
            log.warning("person %s was erased, and came back with a backup: erased again", person)
