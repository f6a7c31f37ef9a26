"""What is due: content of sites, corrections, what was lent; and what an item is worth."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0152"
down_revision = "0141"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "site_dues",
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
        sa.Column("due_kind", sa.Text(), nullable=False),
        sa.Column("due_since", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("site_dues_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("site_dues_pkey")),
        sa.UniqueConstraint(
            "institution_id", "request_id", name=op.f("site_dues_institution_id_request_id_key")
        ),
    )
    op.create_index(
        "site_dues_begun_idx",
        "site_dues",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "openness_corrections",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("circular_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("corrected_on", sa.Date(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("openness_corrections_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(said) <> ''", name=op.f("openness_corrections_said_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "circular_id"],
            ["openness_circulars.institution_id", "openness_circulars.id"],
            name=op.f("openness_corrections_institution_id_circular_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["openness_corrections.institution_id", "openness_corrections.id"],
            name=op.f("openness_corrections_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("openness_corrections_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("openness_corrections_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("openness_corrections_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("openness_corrections_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "openness_corrections_by_circular_id_idx",
        "openness_corrections",
        ["institution_id", "circular_id", "corrected_on", "id"],
        unique=False,
    )
    op.create_index(
        "openness_corrections_by_day_idx",
        "openness_corrections",
        ["institution_id", "corrected_on", "id"],
        unique=False,
    )
    op.create_index(
        "openness_corrections_by_unit_id_idx",
        "openness_corrections",
        ["institution_id", "unit_id", "corrected_on", "id"],
        unique=False,
    )
    op.add_column("finance_payments", sa.Column("return_by", sa.Date(), nullable=True))
    op.add_column(
        "finance_payments", sa.Column("lends", sa.Boolean(), nullable=False, server_default="false")
    )
    op.alter_column("finance_payments", "lends", server_default=None)
    op.add_column("supplies", sa.Column("unit_price", sa.Numeric(), nullable=True))
    op.create_check_constraint(
        op.f("supplies_unit_price_check"),
        "supplies",
        "unit_price >= 0 and unit_price <= 1000000000",
    )
    op.add_column("supply_counts", sa.Column("unit_price", sa.Numeric(), nullable=True))
    op.execute("alter table site_dues enable row level security")
    op.execute("alter table site_dues force row level security")
    op.execute(
        "create policy own on site_dues using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table openness_corrections enable row level security")
    op.execute("alter table openness_corrections force row level security")
    op.execute(
        "create policy own on openness_corrections using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on openness_corrections for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on openness_corrections for each statement execute function register_stands()"
    )


def downgrade() -> None:
    op.drop_column("supply_counts", "unit_price")
    op.drop_column("supplies", "unit_price")
    op.drop_column("finance_payments", "lends")
    op.drop_column("finance_payments", "return_by")
    op.drop_table("openness_corrections")
    op.drop_table("site_dues")
