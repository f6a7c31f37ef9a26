"""Channels by which people are told outside, what is sent through them, and where mail goes."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "channels",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("sealed_secret", sa.Text(), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("seen_until", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("next_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("closed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("way in ('webhook', 'mail')", name=op.f("channels_way_check")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("channels_pkey")),
    )
    op.create_table(
        "deliveries",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("request_institution_id", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("delivered_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("dead_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id", "channel_id"],
            ["channels.institution_id", "channels.id"],
            name=op.f("deliveries_institution_id_channel_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "channel_id", "about_id", "to_id", name=op.f("deliveries_pkey")
        ),
    )
    op.create_index(
        "deliveries_at_idx",
        "deliveries",
        ["institution_id", "at"],
        unique=False,
        postgresql_using="brin",
    )
    op.create_index(
        "deliveries_due_idx",
        "deliveries",
        ["institution_id", "channel_id", "at"],
        unique=False,
        postgresql_where=sa.text("delivered_at is null and dead_at is null"),
    )
    op.create_table(
        "mail_addresses",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("mail_addresses_institution_id_person_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "person_id", name=op.f("mail_addresses_pkey")),
    )
    op.execute("alter table channels enable row level security")
    op.execute("alter table channels force row level security")
    op.execute(
        "create policy own on channels using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create policy worker on channels for select using (current_setting('guiju.institution', true) = 'platform')"
    )
    op.execute("alter table deliveries enable row level security")
    op.execute("alter table deliveries force row level security")
    op.execute(
        "create policy own on deliveries using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table mail_addresses enable row level security")
    op.execute("alter table mail_addresses force row level security")
    op.execute(
        "create policy own on mail_addresses using (institution_id = current_setting('guiju.institution', true))"
    )
