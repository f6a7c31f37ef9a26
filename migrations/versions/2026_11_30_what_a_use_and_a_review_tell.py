"""Jobs whose papers are owed, and what a stamp, a copy and a review tell besides."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0311"
down_revision = "0310"
branch_labels = None
depends_on = None

ADDED = (
    ("seal_uses", "over_date", sa.Boolean()),
    ("classified_copyings", "printed_on", sa.Text()),
    ("online_publications", "group_reviewed_on", sa.Date()),
)
FILLED = (
    ("incoming_documents", "instructed", sa.Boolean(), "false"),
    ("archive_readings", "reviewer", sa.Text(), ""),
)


def upgrade() -> None:
    op.create_table(
        "archive_occasions",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("rulebook_version", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=False),
        sa.Column("begun_by_name", sa.Text(), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("leader_id", sa.Uuid(), nullable=True),
        sa.Column("transfer_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("archive_occasions_institution_id_unit_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "leader_id"],
            ["people.institution_id", "people.id"],
            name=op.f("archive_occasions_institution_id_leader_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "transfer_id"],
            ["archive_transfers.institution_id", "archive_transfers.id"],
            name=op.f("archive_occasions_institution_id_transfer_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("archive_occasions_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("archive_occasions_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "archive_occasions_begun_idx",
        "archive_occasions",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.execute("alter table archive_occasions enable row level security")
    op.execute("alter table archive_occasions force row level security")
    op.execute(
        "create policy own on archive_occasions"
        " using (institution_id = current_setting('guiju.institution', true))"
    )
    for table, name, of in ADDED:
        op.add_column(table, sa.Column(name, of, nullable=True))
    op.create_check_constraint(
        op.f("classified_copyings_printed_on_check"),
        "classified_copyings",
        "printed_on in ('typing_room', 'networked', 'other')",
    )
    for table, name, of, before in FILLED:
        op.add_column(table, sa.Column(name, of, nullable=False, server_default=before))
        op.alter_column(table, name, server_default=None)


def downgrade() -> None:
    for table, name, *_ in (*FILLED, *ADDED):
        op.drop_column(table, name)
    op.drop_table("archive_occasions")
