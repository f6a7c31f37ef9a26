"""Events on duty, seals engraved, household papers on file, zones; rings and pots are told."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duty_events",
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
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("event_kind", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("reported_to", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("instruction", sa.Text(), nullable=False),
        sa.Column("measures_taken", sa.Text(), nullable=False),
        sa.Column("routed_to", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("duty_events_pkey")),
        sa.UniqueConstraint(
            "institution_id", "request_id", name=op.f("duty_events_institution_id_request_id_key")
        ),
    )
    op.create_index(
        "duty_events_begun_idx",
        "duty_events",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "household_files",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("household_paper", sa.Text(), nullable=False),
        sa.Column("volume", sa.Text(), nullable=False),
        sa.Column("bound", sa.Boolean(), nullable=False),
        sa.Column("kept_long", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "household_paper in ('identity_card', 'registration', 'migration', 'correction', 'replaced_form', 'birth_certificate', 'entry_permit', 'migration_certificate', 'correction_approval', 'identity_card_application')",
            name=op.f("household_files_household_paper_check"),
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("household_files_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or btrim(place) <> ''", name=op.f("household_files_place_check")),
        sa.CheckConstraint(
            "void or btrim(volume) <> ''", name=op.f("household_files_volume_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["household_files.institution_id", "household_files.id"],
            name=op.f("household_files_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("household_files_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("household_files_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("household_files_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "household_files_by_day_idx",
        "household_files",
        ["institution_id", "filed_on", "id"],
        unique=False,
    )
    op.create_table(
        "hygiene_zones",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("keeper_id", sa.Uuid(), nullable=True),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("offered_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'lent') = (holder_id is not null)", name=op.f("hygiene_zones_holder_check")
        ),
        sa.CheckConstraint("btrim(name) <> ''", name=op.f("hygiene_zones_name_check")),
        sa.CheckConstraint(
            "btrim(responsible) <> ''", name=op.f("hygiene_zones_responsible_check")
        ),
        sa.CheckConstraint(
            "state <> 'issued' or keeper_id is not null", name=op.f("hygiene_zones_keeper_check")
        ),
        sa.CheckConstraint(
            "state in ('kept', 'issued', 'lent', 'lost', 'ended')",
            name=op.f("hygiene_zones_state_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "holder_id"],
            ["people.institution_id", "people.id"],
            name=op.f("hygiene_zones_institution_id_holder_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "keeper_id"],
            ["people.institution_id", "people.id"],
            name=op.f("hygiene_zones_institution_id_keeper_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "offered_id"],
            ["people.institution_id", "people.id"],
            name=op.f("hygiene_zones_institution_id_offered_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("hygiene_zones_pkey")),
    )
    op.create_index(
        "hygiene_zones_due_idx", "hygiene_zones", ["institution_id", "due_on", "id"], unique=False
    )
    op.create_index(
        "hygiene_zones_named_idx", "hygiene_zones", ["institution_id", "name", "id"], unique=False
    )
    op.create_table(
        "seal_engravings",
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
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("seal_kind", sa.Text(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("filed_with", sa.Text(), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=True),
        sa.Column("collected_by", sa.Text(), nullable=False),
        sa.Column("old_seal_id", sa.Uuid(), nullable=True),
        sa.Column("destroyed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id", "old_seal_id"],
            ["seals.institution_id", "seals.id"],
            name=op.f("seal_engravings_institution_id_old_seal_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "seal_id"],
            ["seals.institution_id", "seals.id"],
            name=op.f("seal_engravings_institution_id_seal_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("seal_engravings_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("seal_engravings_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "seal_engravings_begun_idx",
        "seal_engravings",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.add_column(
        "duty_entries",
        sa.Column("rings_before_answer", sa.Integer(), nullable=False, server_default="0"),
    )
    op.alter_column("duty_entries", "rings_before_answer", server_default=None)
    op.add_column(
        "duty_entries", sa.Column("late_reason", sa.Text(), nullable=False, server_default="")
    )
    op.alter_column("duty_entries", "late_reason", server_default=None)
    op.create_check_constraint(
        op.f("duty_entries_rings_before_answer_check"),
        "duty_entries",
        "void or (rings_before_answer >= 0 and rings_before_answer <= 100)",
    )
    op.add_column(
        "hygiene_checks", sa.Column("flower_pots", sa.Integer(), nullable=False, server_default="0")
    )
    op.alter_column("hygiene_checks", "flower_pots", server_default=None)
    op.create_check_constraint(
        op.f("hygiene_checks_flower_pots_check"),
        "hygiene_checks",
        "void or (flower_pots >= 0 and flower_pots <= 100)",
    )
    op.execute("alter table duty_events enable row level security")
    op.execute("alter table duty_events force row level security")
    op.execute(
        "create policy own on duty_events using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table household_files enable row level security")
    op.execute("alter table household_files force row level security")
    op.execute(
        "create policy own on household_files using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on household_files for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on household_files for each statement execute function register_stands()"
    )
    op.execute("alter table hygiene_zones enable row level security")
    op.execute("alter table hygiene_zones force row level security")
    op.execute(
        "create policy own on hygiene_zones using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table seal_engravings enable row level security")
    op.execute("alter table seal_engravings force row level security")
    op.execute(
        "create policy own on seal_engravings using (institution_id = current_setting('guiju.institution', true))"
    )
