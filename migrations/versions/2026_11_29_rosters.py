"""Rosters of duty, their turns and changes, the log of duty, its handovers and ordered days."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duty_entries",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("handled", sa.Text(), nullable=False),
        sa.Column("passed_to", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("reported_to", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "matter in ('call', 'visitor', 'petitioner', 'paper', 'incident', 'patrol', 'inspection',"
            " 'other')",
            name=op.f("duty_entries_matter_check"),
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("duty_entries_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or btrim(content) <> ''", name=op.f("duty_entries_content_check")),
        sa.CheckConstraint(
            "void or not urgent or btrim(reported_to) <> ''",
            name=op.f("duty_entries_urgent_not_reported_check"),
        ),
        sa.CheckConstraint(
            "void or at <= reported_at", name=op.f("duty_entries_reported_before_it_happened_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["duty_entries.institution_id", "duty_entries.id"],
            name=op.f("duty_entries_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("duty_entries_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("duty_entries_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("duty_entries_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "duty_entries_by_day_idx", "duty_entries", ["institution_id", "at", "id"], unique=False
    )
    op.create_table(
        "duty_handovers",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("matters", sa.Text(), nullable=False),
        sa.Column("special", sa.Text(), nullable=False),
        sa.Column("safety_round", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("awaits", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("duty_handovers_struck_out_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["duty_handovers.institution_id", "duty_handovers.id"],
            name=op.f("duty_handovers_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("duty_handovers_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "to_id"],
            ["people.institution_id", "people.id"],
            name=op.f("duty_handovers_institution_id_to_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("duty_handovers_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("duty_handovers_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "duty_handovers_by_day_idx", "duty_handovers", ["institution_id", "at", "id"], unique=False
    )
    op.create_index(
        "duty_handovers_by_to_id_idx",
        "duty_handovers",
        ["institution_id", "to_id", "at", "id"],
        unique=False,
    )
    op.create_table(
        "duty_ordered_days",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("duty_ordered_days_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(document) <> ''", name=op.f("duty_ordered_days_document_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["duty_ordered_days.institution_id", "duty_ordered_days.id"],
            name=op.f("duty_ordered_days_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("duty_ordered_days_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("duty_ordered_days_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("duty_ordered_days_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "duty_ordered_days_by_day_idx",
        "duty_ordered_days",
        ["institution_id", "day", "id"],
        unique=False,
    )
    op.create_table(
        "rosters",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("roster", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("drawn_by", sa.Uuid(), nullable=False),
        sa.Column("drawn_by_name", sa.Text(), nullable=False),
        sa.Column("drawn_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_by_name", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("clause", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state = 'settled') = (settled_at is not null)",
            name=op.f("rosters_settled_whole_check"),
        ),
        sa.CheckConstraint("state in ('draft', 'settled')", name=op.f("rosters_state_check")),
        sa.CheckConstraint("extract(day from month) = 1", name=op.f("rosters_month_check")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("rosters_pkey")),
        sa.UniqueConstraint(
            "institution_id", "request_id", name=op.f("rosters_institution_id_request_id_key")
        ),
        sa.UniqueConstraint(
            "institution_id",
            "roster",
            "month",
            name=op.f("rosters_institution_id_roster_month_key"),
        ),
    )
    op.create_table(
        "roster_slots",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("roster_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("shift", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("begins", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ends", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("begins < ends", name=op.f("roster_slots_ends_after_it_begins_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("roster_slots_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "roster_id"],
            ["rosters.institution_id", "rosters.id"],
            name=op.f("roster_slots_institution_id_roster_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("roster_slots_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "roster_id",
            "day",
            "post",
            "shift",
            "place",
            name=op.f("roster_slots_institution_id_roster_id_day_post_shift_place_key"),
        ),
    )
    op.create_index(
        op.f("roster_slots_institution_id_begins_idx"),
        "roster_slots",
        ["institution_id", "begins"],
        unique=False,
    )
    op.create_table(
        "roster_changes",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slot_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=True),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "ground in ('swapped', 'unable', 'vacant')",
            name=op.f("roster_changes_ground_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "from_id"],
            ["people.institution_id", "people.id"],
            name=op.f("roster_changes_institution_id_from_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "slot_id"],
            ["roster_slots.institution_id", "roster_slots.id"],
            name=op.f("roster_changes_institution_id_slot_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "to_id"],
            ["people.institution_id", "people.id"],
            name=op.f("roster_changes_institution_id_to_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("roster_changes_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            "slot_id",
            name=op.f("roster_changes_institution_id_request_id_slot_id_key"),
        ),
    )
    op.execute("alter table duty_entries enable row level security")
    op.execute("alter table duty_entries force row level security")
    op.execute(
        "create policy own on duty_entries using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on duty_entries for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on duty_entries for each statement execute function register_stands()"
    )
    op.execute("alter table duty_handovers enable row level security")
    op.execute("alter table duty_handovers force row level security")
    op.execute(
        "create policy own on duty_handovers using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on duty_handovers for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on duty_handovers for each statement execute function register_stands()"
    )
    op.execute("alter table duty_ordered_days enable row level security")
    op.execute("alter table duty_ordered_days force row level security")
    op.execute(
        "create policy own on duty_ordered_days using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on duty_ordered_days for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on duty_ordered_days for each statement execute function register_stands()"
    )
    op.execute("alter table rosters enable row level security")
    op.execute("alter table rosters force row level security")
    op.execute(
        "create policy own on rosters using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table roster_slots enable row level security")
    op.execute("alter table roster_slots force row level security")
    op.execute(
        "create policy own on roster_slots using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table roster_changes enable row level security")
    op.execute("alter table roster_changes force row level security")
    op.execute(
        "create policy own on roster_changes using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on roster_changes for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on roster_changes for each statement execute function register_stands()"
    )
