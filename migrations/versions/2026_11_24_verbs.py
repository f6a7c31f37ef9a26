"""What the verbs leave on a step and a request, and what is booked for a time."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OURS = "current_setting('guiju.institution', true)"


def upgrade() -> None:
    for column in ("added_to", "repeats", "confirms"):
        op.add_column("steps", sa.Column(column, sa.Uuid(), nullable=True))
    op.add_column(
        "steps",
        sa.Column(
            "particulars",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="{}",
            nullable=False,
        ),
    )
    op.add_column(
        "requests",
        sa.Column(
            "marks", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False
        ),
    )
    op.create_table(
        "bookings",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("resource_number", sa.BigInteger(), nullable=False),
        sa.Column("period", postgresql.TSRANGE(), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("int8range(resource_number, resource_number, '[]')"), "&&"),
            ("period", "&&"),
            where=sa.text("standing and not isempty(period)"),
            using="gist",
            name="bookings_do_not_overlap",
        ),
        sa.PrimaryKeyConstraint("institution_id", "request_id", name=op.f("bookings_pkey")),
    )
    op.create_index(
        "bookings_resource_idx", "bookings", ["institution_id", "resource_id"], unique=False
    )
    op.execute("alter table bookings enable row level security")
    op.execute("alter table bookings force row level security")
    op.execute(f"create policy own on bookings using (institution_id = {OURS})")


def downgrade() -> None:
    op.drop_table("bookings")
    op.drop_column("requests", "marks")
    for column in ("particulars", "confirms", "repeats", "added_to"):
        op.drop_column("steps", column)
