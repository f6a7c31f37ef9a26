"""Honours of a year, and to whom they were given."""

import sqlalchemy as sa
from alembic import op

revision = "0172"
down_revision = "0171"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "honours",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("honoured_on", sa.Date(), nullable=False),
        sa.Column("honour", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("honours_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or btrim(honour) <> ''", name=op.f("honours_honour_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["honours.institution_id", "honours.id"],
            name=op.f("honours_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("honours_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("honours_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("honours_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("honours_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "honours_by_day_idx",
        "honours",
        ["institution_id", "honoured_on", "id"],
        unique=False,
    )
    op.create_index(
        "honours_by_person_id_idx",
        "honours",
        ["institution_id", "person_id", "honoured_on", "id"],
        unique=False,
    )
    op.execute("alter table honours enable row level security")
    op.execute("alter table honours force row level security")
    op.execute(
        "create policy own on honours using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on honours for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on honours for each statement execute function register_stands()"
    )


def downgrade() -> None:
    op.drop_table("honours")
