"""What people are told of, and what they say to each other about a request."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

OURS = "current_setting('guiju.institution', true)"
TABLES = (
    *("notices", "notice_reads", "copies", "circulations", "circulation_readers"),
    *("urgings", "comments"),
)
SAID = ("comments", "urgings")

STANDS = """
create function said_stands() returns trigger language plpgsql as $$
begin
  raise exception 'what was said is never changed';
end $$"""


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("request_institution_id", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("clause", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("notices_pkey")),
    )
    op.create_index("notices_to_idx", "notices", ["institution_id", "to_id", "at", "id"])
    op.create_table(
        "notice_reads",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "notice_id"],
            ["notices.institution_id", "notices.id"],
            name=op.f("notice_reads_institution_id_notice_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "notice_id", "person_id", name=op.f("notice_reads_pkey")
        ),
    )
    op.create_table(
        "circulations",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_institution_id", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ended_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("circulations_pkey")),
    )
    op.create_index(
        "circulations_request_idx", "circulations", ["institution_id", "request_id", "at"]
    )
    op.create_table(
        "circulation_readers",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("circulation_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("read_by", sa.Uuid(), nullable=True),
        sa.Column("read_by_name", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(read_at is null) = (read_by is null) and (read_at is null) = (read_by_name is null)",
            name=op.f("circulation_readers_read_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "circulation_id"],
            ["circulations.institution_id", "circulations.id"],
            name=op.f("circulation_readers_institution_id_circulation_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "circulation_id", "to_id", name=op.f("circulation_readers_pkey")
        ),
    )
    op.create_table(
        "copies",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("request_institution_id", sa.Text(), nullable=False),
        sa.Column("circulation_id", sa.Uuid(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", "request_id", "to_id", name=op.f("copies_pkey")),
    )
    op.create_index("copies_to_idx", "copies", ["institution_id", "to_id", "at", "request_id"])
    op.create_table(
        "urgings",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "institution_id", "step_id", "day", "nth", name=op.f("urgings_pkey")
        ),
    )
    op.create_table(
        "comments",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("mentions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("comments_pkey")),
    )
    op.create_index("comments_request_idx", "comments", ["institution_id", "request_id", "at"])
    for table in TABLES:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(f"create policy own on {table} using (institution_id = {OURS})")
    for table in ("copies", "circulations"):
        op.execute(
            f"create policy request on {table} for select using (request_institution_id = {OURS})"
        )
    op.execute(
        f"""create policy request on circulation_readers for select using (exists (
              select from circulations c
              where c.institution_id = circulation_readers.institution_id
                and c.id = circulation_readers.circulation_id
                and c.request_institution_id = {OURS}))"""
    )
    op.execute(STANDS)
    for table in SAID:
        op.execute(
            f"create trigger {table}_stand before update or delete on {table} "
            f"for each row execute function said_stands()"
        )
    # Behind a wall only what cannot leak is looked up by an index, which a column is and an
    # expression is not.
    op.add_column(
        "ledger",
        sa.Column(
            "request", sa.Text(), sa.Computed("(record::jsonb) ->> 'request'", persisted=True)
        ),
    )
    op.create_index(
        "ledger_request_idx",
        "ledger",
        ["institution_id", "request", "seq"],
        postgresql_where=sa.text("request is not null"),
    )


def downgrade() -> None:
    op.drop_index("ledger_request_idx", "ledger")
    op.drop_column("ledger", "request")
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("drop function said_stands()")
