"""Lines of the log for updates, without anybody's words: handled, failed first, set aside."""

import logging
from collections.abc import Mapping
from typing import Any

from bot.conversation.reading import CantRead
from bot.transport.pressed import Pressed
from bot.ui.buttons import parse
from core.state.task import code_of
from core.vocabulary.causes import Cause
from metrics.blackout import quoted_error
from metrics.log_lines import frames_of, tell
from storage.schema.tables import InboxRow

log = logging.getLogger(__name__)

# The kinds that the desk asks Telegram for, and others that may come (https://core.telegram.org/bots/api#update).
KINDS = ("message", "callback_query", "edited_message", "my_chat_member", "chat_member", "channel_post")


def handled(row: InboxRow, raw: Mapping[str, Any], press: Pressed | None, cause: Cause, seconds: float) -> None:
    """It was handled: what it was, how long that took, the tasks that it changed, and that it had failed before."""
    parsed = parse(press.data) if press is not None else None
    tell(
        log,
        "handled" if not row.attempts else "handled after it had failed",
        kind=next((kind for kind in KINDS if kind in raw), "other"),
        press=str(parsed.action) if parsed is not None else None,
        tasks=" ".join(map(code_of, cause.tasks)),
        ms=round(seconds * 1000, 1),
        tries=row.attempts + 1 if row.attempts else None,
    )


def failed(told: logging.Logger, row: InboxRow, error: BaseException) -> None:
    """It failed: said at its first try, for the next ones say nothing new."""
    if row.attempts:
        return
    if isinstance(error, CantRead):
        # A traceback would say nothing more, and no try will end otherwise.
        why = quoted_error(error.__cause__ or error)
        told.error("update %s will be set aside: it can't be read (%s)", row.update_id, why)
    else:
        told.error("update %s failed (try 1), and is tried again", row.update_id, extra={"stack": frames_of(error)})


def set_aside(told: logging.Logger, row: InboxRow, error: BaseException) -> None:
    """It failed for the last time; of what can't be read that was said at its first try."""
    if not isinstance(error, CantRead):
        told.error("update %s was set aside after %s tries", row.update_id, row.attempts + 1)
