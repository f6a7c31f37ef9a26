"""A household window enters each fee: for what, at which rate and on which receipt."""

import sqlalchemy as sa
from alembic import op

revision = "0198"
down_revision = "0185"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "household_fees",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("fee_item", sa.Text(), nullable=False),
        sa.Column("fee_standard", sa.Numeric(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("fee_receipt", sa.Text(), nullable=False),
        sa.Column("receipt_number", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "fee_item in ('household_papers', 'identity_card', 'other')",
            name=op.f("household_fees_fee_item_check"),
        ),
        sa.CheckConstraint(
            "fee_receipt in ('provincial', 'other')", name=op.f("household_fees_fee_receipt_check")
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("household_fees_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or btrim(payer) <> ''", name=op.f("household_fees_payer_check")),
        sa.CheckConstraint(
            "void or btrim(receipt_number) <> ''", name=op.f("household_fees_receipt_number_check")
        ),
        sa.CheckConstraint(
            "void or amount between 0.01 and 1000000000", name=op.f("household_fees_amount_check")
        ),
        sa.CheckConstraint(
            "void or fee_standard between 0.01 and 1000000000",
            name=op.f("household_fees_fee_standard_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["household_fees.institution_id", "household_fees.id"],
            name=op.f("household_fees_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("household_fees_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("household_fees_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("household_fees_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "household_fees_by_day_idx",
        "household_fees",
        ["institution_id", "taken_on", "id"],
        unique=False,
    )
    op.execute("alter table household_fees enable row level security")
    op.execute("alter table household_fees force row level security")
    op.execute(
        "create policy own on household_fees using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on household_fees for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on household_fees for each statement execute function register_stands()"
    )
