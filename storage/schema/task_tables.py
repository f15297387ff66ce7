"""The table of tasks (``storage.schema.tables``)."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.schema.columns import ROW_ID, big, only, text


class TaskRow(SQLModel, table=True):
    """Tasks and emergencies as they stand now. ``open``: not closed; ``alerting``: somebody should take charge.

    ``attended``: somebody goes to it. ``told``: [0] where somebody was, for desks of the release before. ``notified``:
    how many the last ``climb`` told.
    """

    __tablename__ = "task"
    __table_args__ = (
        Index("task_listed", "open", "kind", "id"),
        Index("task_by_reporter", "reporter", "open", "id"),
        only("task_unanswered", "drill", "opened_at", where="alerting = 1"),
        only("task_searching", "drill", "attended", "earlier", "opened_at", where="searching = 1"),
        only("task_of_unit", "unit", "id", where="open = 1 AND unit IS NOT NULL"),
        only("task_silent", "state", "priority", where='substr(alarm, 1, 19) = \'{"trigger":"duress"\''),
        only("task_own_emergency", "reporter", where="open = 1 AND kind = 'emergency' AND drill = 0"),
        # Three columns, so that without statistics SQLite prefers it to all of one reporter's open tasks.
        only("task_own_emergencies", "reporter", "kind", "open", where="open = 1 AND kind = 'emergency' AND drill = 0"),
        only("task_of_program", "program", "open", "id", where="program IS NOT NULL"),
        only("task_later", "open", "earlier", "id", where="open = 1 AND earlier > 0"),
    )
    id: int = Field(primary_key=True, sa_type=ROW_ID)
    kind: str = text()
    type: str = text()
    priority: int
    title: str = text()
    state: str = text()
    version: int
    opened_at: int = big()
    sent_at: int = big()
    reporter: int | None = big(default=None)
    lat: float | None = None
    lon: float | None = None
    address: str | None = text(default=None)
    unit: int | None = big(default=None)
    ladder: str | None = text(default=None)
    rung: int
    lap: int
    told: str = text()
    doubted: int = 0
    stranded: int = 0
    drill: int = 0
    alarm: str | None = text(default=None)
    acknowledged_by: int | None = big(default=None)
    acknowledged_at: int | None = big(default=None)
    escalations: int
    notes: int
    closed_at: int | None = big(default=None)
    open: int
    alerting: int
    searching: int = 0
    still_on: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    notified: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    climb: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    telling: str | None = text(default=None)
    acknowledged_via: str | None = text(default=None)
    seen_at: int | None = big(default=None)
    earlier: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    program: str | None = text(default=None)
    taken_from: int | None = big(default=None)
    joined: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    joined_at: int | None = big(default=None)
    quiet: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    seats: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    disposition: str | None = None
    work: str | None = text(default=None)
    wants: str | None = text(default=None)
    last_round: str | None = text(default=None)
    attended: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    outside: str | None = text(default=None)
