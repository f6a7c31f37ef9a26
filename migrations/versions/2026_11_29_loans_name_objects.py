"""A loan names objects beside kinds of requests."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

TABLE, CHECK = "delegations", "some_kinds"
KINDS = "kinds is null or cardinality(kinds) > 0"


def upgrade() -> None:
    column: sa.Column[Any] = sa.Column(
        "objects", sa.ARRAY(sa.Text()), server_default="{}", nullable=False
    )
    op.add_column(TABLE, column)
    op.drop_constraint(op.f(f"{TABLE}_{CHECK}_check"), TABLE)
    said = f"{KINDS} or cardinality(objects) > 0"
    op.create_check_constraint(op.f(f"{TABLE}_{CHECK}_check"), TABLE, said)


def downgrade() -> None:
    op.drop_constraint(op.f(f"{TABLE}_{CHECK}_check"), TABLE)
    op.create_check_constraint(op.f(f"{TABLE}_{CHECK}_check"), TABLE, KINDS)
    op.drop_column(TABLE, "objects")
