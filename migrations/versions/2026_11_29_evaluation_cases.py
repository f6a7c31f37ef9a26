"""Evaluation goes its way: letters of responsibility, results, tasks, treatment of the last."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0083"
down_revision = "0081"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evaluation_letters",
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
        sa.Column("responsibility_copies", sa.Integer(), nullable=True),
        sa.Column("sent_to", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("evaluation_letters_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("evaluation_letters_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "evaluation_letters_begun_idx",
        "evaluation_letters",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "evaluation_outcomes",
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
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("result_of", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("summary_characters", sa.Integer(), nullable=True),
        sa.Column("acceptance", sa.Text(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("circular", sa.Text(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("evaluation_outcomes_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("evaluation_outcomes_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("evaluation_outcomes_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("evaluation_outcomes_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "evaluation_outcomes_begun_idx",
        "evaluation_outcomes",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "evaluation_tasks",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Text(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("evaluation_tasks_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or btrim(job) <> ''", name=op.f("evaluation_tasks_job_check")),
        sa.CheckConstraint(
            "void or btrim(progress) <> ''", name=op.f("evaluation_tasks_progress_check")
        ),
        sa.CheckConstraint(
            "void or btrim(quantity) <> ''", name=op.f("evaluation_tasks_quantity_check")
        ),
        sa.CheckConstraint(
            "void or btrim(standard) <> ''", name=op.f("evaluation_tasks_standard_check")
        ),
        sa.CheckConstraint("void or btrim(task) <> ''", name=op.f("evaluation_tasks_task_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["evaluation_tasks.institution_id", "evaluation_tasks.id"],
            name=op.f("evaluation_tasks_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("evaluation_tasks_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("evaluation_tasks_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("evaluation_tasks_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("evaluation_tasks_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("evaluation_tasks_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "evaluation_tasks_by_day_idx",
        "evaluation_tasks",
        ["institution_id", "set_on", "id"],
        unique=False,
    )
    op.create_index(
        "evaluation_tasks_by_person_id_idx",
        "evaluation_tasks",
        ["institution_id", "person_id", "set_on", "id"],
        unique=False,
    )
    op.create_index(
        "evaluation_tasks_by_unit_id_idx",
        "evaluation_tasks",
        ["institution_id", "unit_id", "set_on", "id"],
        unique=False,
    )
    op.create_table(
        "last_places",
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
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("treatment", sa.Text(), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("standby_months", sa.Integer(), nullable=False),
        sa.Column("standby_unusual", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("last_places_institution_id_person_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("last_places_pkey")),
        sa.UniqueConstraint(
            "institution_id", "request_id", name=op.f("last_places_institution_id_request_id_key")
        ),
    )
    op.create_index(
        "last_places_begun_idx",
        "last_places",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.execute("alter table evaluation_letters enable row level security")
    op.execute("alter table evaluation_letters force row level security")
    op.execute(
        "create policy own on evaluation_letters using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table evaluation_outcomes enable row level security")
    op.execute("alter table evaluation_outcomes force row level security")
    op.execute(
        "create policy own on evaluation_outcomes using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table evaluation_tasks enable row level security")
    op.execute("alter table evaluation_tasks force row level security")
    op.execute(
        "create policy own on evaluation_tasks using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on evaluation_tasks for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on evaluation_tasks for each statement execute function register_stands()"
    )
    op.execute("alter table last_places enable row level security")
    op.execute("alter table last_places force row level security")
    op.execute(
        "create policy own on last_places using (institution_id = current_setting('guiju.institution', true))"
    )
