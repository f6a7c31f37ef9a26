"""Seats lent for a time, and the last day of people who leave."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OURS = "current_setting('guiju.institution', true)"
PEOPLE = ["people.institution_id", "people.id"]
INDEXES = {
    "delegations_borrowed_idx": ["institution_id", "borrower_id", "ends"],
    "delegations_lent_idx": ["institution_id", "lender_id", "ends"],
    "delegations_seat_idx": ["institution_id", "seat_id", "ends"],
    "delegations_newest_idx": ["institution_id", "lent_at", "id"],
}


def upgrade() -> None:
    op.add_column("people", sa.Column("leaves", sa.Date(), nullable=True))
    op.create_table(
        "delegations",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("lender_id", sa.Uuid(), nullable=False),
        sa.Column("borrower_id", sa.Uuid(), nullable=False),
        sa.Column("vacant", sa.Boolean(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("kinds", sa.ARRAY(sa.Text()), nullable=True),
        sa.Column("excepted", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("limit_fact", sa.Text(), nullable=True),
        sa.Column("limit_maximum", sa.Numeric(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("lent_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ended_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("ends >= begins", name=op.f("delegations_ends_after_it_begins_check")),
        sa.CheckConstraint("lender_id <> borrower_id", name=op.f("delegations_to_another_check")),
        sa.CheckConstraint(
            "kinds is null or cardinality(kinds) > 0", name=op.f("delegations_some_kinds_check")
        ),
        sa.CheckConstraint(
            "(limit_fact is null) = (limit_maximum is null)",
            name=op.f("delegations_limit_whole_check"),
        ),
        sa.CheckConstraint(
            "(ended_at is null) = (ended_by is null)", name=op.f("delegations_ended_whole_check")
        ),
        sa.CheckConstraint("btrim(document) <> ''", name=op.f("delegations_by_a_document_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "seat_id"],
            ["seats.institution_id", "seats.id"],
            name=op.f("delegations_institution_id_seat_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "lender_id"],
            PEOPLE,
            name=op.f("delegations_institution_id_lender_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "borrower_id"],
            PEOPLE,
            name=op.f("delegations_institution_id_borrower_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("delegations_pkey")),
    )
    for name, columns in INDEXES.items():
        op.create_index(name, "delegations", columns, unique=False)
    op.execute("alter table delegations enable row level security")
    op.execute("alter table delegations force row level security")
    op.execute(f"create policy own on delegations using (institution_id = {OURS})")


def downgrade() -> None:
    op.drop_table("delegations")
    op.drop_column("people", "leaves")
