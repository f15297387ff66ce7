"""Whether somebody goes to an emergency: those to which nobody goes are asked for before a missing second seat."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

WHERE = "searching = 1"


def upgrade() -> None:
    op.add_column("task", sa.Column("attended", sa.Integer(), server_default="0", nullable=False))
    op.execute(
        "UPDATE task SET attended = 1 WHERE searching = 1 AND EXISTS ("
        "SELECT 1 FROM assignment WHERE assignment.task = task.id"
        " AND assignment.state IN ('accepted', 'en_route', 'on_scene'))"
    )
    op.drop_index("task_searching", "task")
    columns = ["drill", "attended", "earlier", "opened_at"]
    op.create_index("task_searching", "task", columns, sqlite_where=sa.text(WHERE), postgresql_where=sa.text(WHERE))
