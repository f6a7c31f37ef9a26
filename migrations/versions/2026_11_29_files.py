"""Files: what people upload, and the record that each then belongs to; a duty names its paper."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "files",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("received", sa.Text(), nullable=True),
        sa.Column("begun_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("record", sa.Text(), nullable=True),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("paper", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(confirmed_at is null) = (sha256 is null)", name=op.f("files_confirmed_check")
        ),
        sa.CheckConstraint(
            "(record is null) = (record_id is null)", name=op.f("files_record_check")
        ),
        sa.CheckConstraint(
            "record is null or confirmed_at is not null", name=op.f("files_attached_check")
        ),
        sa.CheckConstraint("size > 0", name=op.f("files_size_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "owner_id"],
            ["people.institution_id", "people.id"],
            name=op.f("files_institution_id_owner_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("files_pkey")),
    )
    op.create_index(
        "files_loose_idx",
        "files",
        ["institution_id", "begun_at"],
        unique=False,
        postgresql_where=sa.text("record is null"),
    )
    op.create_index(
        "files_owner_idx",
        "files",
        ["institution_id", "owner_id"],
        unique=False,
        postgresql_include=["size"],
    )
    op.create_index("files_record_idx", "files", ["institution_id", "record_id"], unique=False)
    op.add_column("cadence_records", sa.Column("paper_id", sa.Uuid(), nullable=True))
    op.execute("alter table files enable row level security")
    op.execute("alter table files force row level security")
    op.execute(
        "create policy own on files using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create policy asked on files for select using (record = 'request' and record_id in (select id from requests where current_setting('guiju.institution', true) = any(step_institutions)))"
    )
    op.execute(
        "create policy attached_stands on files as restrictive for delete using (record is null)"
    )
