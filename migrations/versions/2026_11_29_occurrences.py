"""Occurrences, and what becomes of the consequences that they lead to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consequence_turns",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("turn", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("rung", sa.Text(), nullable=False),
        sa.Column("label", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("counted_from", sa.Date(), nullable=False),
        sa.Column("lines", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("measures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(person_id is null) <> (unit_id is null)", name=op.f("consequence_turns_of_one_check")
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "proposal_id", "number", name=op.f("consequence_turns_pkey")
        ),
    )
    op.create_index(
        "consequence_turns_person_idx",
        "consequence_turns",
        ["institution_id", "person_id", "at"],
        unique=False,
    )
    op.create_index(
        "consequence_turns_told_idx",
        "consequence_turns",
        ["institution_id", "turn", "at"],
        unique=False,
    )
    op.create_index(
        "consequence_turns_unit_idx",
        "consequence_turns",
        ["institution_id", "unit_id", "at"],
        unique=False,
    )
    op.create_table(
        "occurrences",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("occurrences_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or btrim(what) <> ''", name=op.f("occurrences_what_check")),
        sa.CheckConstraint(
            "void or amount between 0 and 1000000000", name=op.f("occurrences_amount_check")
        ),
        sa.CheckConstraint(
            "void or person_id is not null or unit_id is not null",
            name=op.f("occurrences_nobody_named_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["occurrences.institution_id", "occurrences.id"],
            name=op.f("occurrences_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("occurrences_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("occurrences_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("occurrences_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("occurrences_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("occurrences_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "occurrences_by_day_idx",
        "occurrences",
        ["institution_id", "happened_on", "id"],
        unique=False,
    )
    op.create_index(
        "occurrences_by_person_id_idx",
        "occurrences",
        ["institution_id", "person_id", "happened_on", "id"],
        unique=False,
    )
    op.create_index(
        "occurrences_by_unit_id_idx",
        "occurrences",
        ["institution_id", "unit_id", "happened_on", "id"],
        unique=False,
    )
    op.execute("alter table consequence_turns enable row level security")
    op.execute("alter table consequence_turns force row level security")
    op.execute(
        "create policy own on consequence_turns using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on consequence_turns for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on consequence_turns for each statement execute function register_stands()"
    )
    op.execute("alter table occurrences enable row level security")
    op.execute("alter table occurrences force row level security")
    op.execute(
        "create policy own on occurrences using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on occurrences for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on occurrences for each statement execute function register_stands()"
    )
