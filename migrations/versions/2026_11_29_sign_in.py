"""Sessions that are refreshed and listed, second factors, identity providers."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "identity_providers",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("callback", sa.Text(), nullable=False),
        sa.Column("returns_to", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", name=op.f("identity_providers_pkey")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("spent_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("recovery_codes_institution_id_person_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "digest", name=op.f("recovery_codes_pkey")),
    )
    op.create_index(
        op.f("recovery_codes_institution_id_person_id_idx"),
        "recovery_codes",
        ["institution_id", "person_id"],
        unique=False,
    )
    op.create_table(
        "second_factors",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("second_factors_institution_id_person_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "person_id", name=op.f("second_factors_pkey")),
    )
    op.add_column(
        "institutions",
        sa.Column("second_factor", sa.Boolean(), server_default="false", nullable=False),
    )
    op.add_column(
        "sessions",
        sa.Column(
            "begun_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
    )
    op.add_column(
        "sessions",
        sa.Column(
            "seen_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
    )
    op.add_column("sessions", sa.Column("address", sa.Text(), server_default="", nullable=False))
    op.add_column(
        "sessions", sa.Column("refreshes", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("sessions", sa.Column("refreshed_at", sa.TIMESTAMP(timezone=True), nullable=True))
    op.add_column("sessions", sa.Column("proved_at", sa.TIMESTAMP(timezone=True), nullable=True))
    op.execute("alter table identity_providers enable row level security")
    op.execute("alter table identity_providers force row level security")
    op.execute(
        "create policy own on identity_providers using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table recovery_codes enable row level security")
    op.execute("alter table recovery_codes force row level security")
    op.execute(
        "create policy own on recovery_codes using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table second_factors enable row level security")
    op.execute("alter table second_factors force row level security")
    op.execute(
        "create policy own on second_factors using (institution_id = current_setting('guiju.institution', true))"
    )
