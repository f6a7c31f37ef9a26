"""The keys of the duty room: who keeps each, and to whom it was handed over."""

import sqlalchemy as sa
from alembic import op

revision = "0171"
down_revision = "0170"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duty_keys",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("keeper_id", sa.Uuid(), nullable=True),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("offered_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'lent') = (holder_id is not null)", name=op.f("duty_keys_holder_check")
        ),
        sa.CheckConstraint("btrim(name) <> ''", name=op.f("duty_keys_name_check")),
        sa.CheckConstraint(
            "state <> 'issued' or keeper_id is not null", name=op.f("duty_keys_keeper_check")
        ),
        sa.CheckConstraint(
            "state in ('kept', 'issued', 'lent', 'lost', 'ended')",
            name=op.f("duty_keys_state_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "holder_id"],
            ["people.institution_id", "people.id"],
            name=op.f("duty_keys_institution_id_holder_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "keeper_id"],
            ["people.institution_id", "people.id"],
            name=op.f("duty_keys_institution_id_keeper_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "offered_id"],
            ["people.institution_id", "people.id"],
            name=op.f("duty_keys_institution_id_offered_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("duty_keys_pkey")),
    )
    op.create_index(
        "duty_keys_due_idx", "duty_keys", ["institution_id", "due_on", "id"], unique=False
    )
    op.create_index(
        "duty_keys_named_idx", "duty_keys", ["institution_id", "name", "id"], unique=False
    )
    op.execute("alter table duty_keys enable row level security")
    op.execute("alter table duty_keys force row level security")
    op.execute(
        "create policy own on duty_keys using (institution_id = current_setting('guiju.institution', true))"
    )


def downgrade() -> None:
    op.drop_table("duty_keys")
