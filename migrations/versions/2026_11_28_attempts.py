"""Attempts at passwords, reserved before they are judged, and the addresses that are known."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

OURS = "current_setting('guiju.institution', true)"


def upgrade() -> None:
    op.drop_table("sign_in_failures")
    op.create_table(
        "sign_in_attempts",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("sign_in_attempts_pkey")),
    )
    for columns in (["account", "at"], ["address", "at"], ["at"]):
        name = f"sign_in_attempts_institution_id_{'_'.join(columns)}_idx"
        op.create_index(op.f(name), "sign_in_attempts", ["institution_id", *columns])
    op.create_table(
        "sign_in_addresses",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "institution_id", "account", "address", name=op.f("sign_in_addresses_pkey")
        ),
    )
    for table in ("sign_in_attempts", "sign_in_addresses"):
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(f"create policy own on {table} using (institution_id = {OURS})")


def downgrade() -> None:
    op.drop_table("sign_in_addresses")
    op.drop_table("sign_in_attempts")
    op.create_table(
        "sign_in_failures",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("sign_in_failures_pkey")),
    )
    op.create_index(
        op.f("sign_in_failures_institution_id_account_at_idx"),
        "sign_in_failures",
        ["institution_id", "account", "at"],
    )
    op.execute("alter table sign_in_failures enable row level security")
    op.execute("alter table sign_in_failures force row level security")
    op.execute(f"create policy own on sign_in_failures using (institution_id = {OURS})")
