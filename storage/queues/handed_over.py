"""Messages to somebody who has another account now."""

from datetime import datetime

from storage.engine.locks import of_chat
from storage.engine.session import Session
from storage.queues import alarm_lists, outbox, outbox_rows
from storage.queues import outbox_statements as statements


async def hand_over(session: Session, was: int, account: int, now: datetime) -> None:
    """Send whatever waits for the former account to the new one, in its order.

    A change of a message that the former account has, or of its menu, is nothing for the new one.
    """
    await session.lock(of_chat(was), of_chat(account))
    await alarm_lists.take_apart(session, was)
    waiting = await session.rows(statements.waiting, **outbox_rows.lines_of(was))
    for row in sorted(waiting, key=lambda row: int(row.id)):
        await session.run(statements.take_out, row=row.id)
        if row.method.startswith("send"):
            await outbox.post_to(session, row, account, now)
