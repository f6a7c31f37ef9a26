"""Keys of institutions, and the heads of their chains that were signed with them."""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signing_keys",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("signing_keys_pkey")),
    )
    op.create_table(
        "signed_heads",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", "day", name=op.f("signed_heads_pkey")),
    )
    for name in ("signing_keys", "signed_heads"):
        op.execute(f"alter table {name} enable row level security")
        op.execute(f"alter table {name} force row level security")
        op.execute(
            f"create policy own on {name}"
            " using (institution_id = current_setting('guiju.institution', true))"
        )
        op.execute(
            f"create trigger stands before update or delete on {name}"
            " for each row execute function register_stands()"
        )
        op.execute(
            f"create trigger stands_whole before truncate on {name}"
            " for each statement execute function register_stands()"
        )
