"""Who was posted where and how it ended, claims of full-time study, and exams."""

import sqlalchemy as sa
from alembic import op

revision = "0300"
down_revision = "0250"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "personnel_postings",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("posting_way", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("keeps_status", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("personnel_postings_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "posting_way in ('up', 'down', 'lateral')",
            name=op.f("personnel_postings_posting_way_check"),
        ),
        sa.CheckConstraint("void or btrim(post) <> ''", name=op.f("personnel_postings_post_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["personnel_postings.institution_id", "personnel_postings.id"],
            name=op.f("personnel_postings_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("personnel_postings_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("personnel_postings_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("personnel_postings_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("personnel_postings_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "personnel_postings_by_day_idx",
        "personnel_postings",
        ["institution_id", "began_on", "id"],
        unique=False,
    )
    op.create_index(
        "personnel_postings_by_person_id_idx",
        "personnel_postings",
        ["institution_id", "person_id", "began_on", "id"],
        unique=False,
    )
    op.create_table(
        "study_exams",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("exam", sa.Text(), nullable=False),
        sa.Column("exam_expected", sa.Integer(), nullable=False),
        sa.Column("exam_participants", sa.Integer(), nullable=False),
        sa.Column("exam_good_results", sa.Integer(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("study_exams_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or btrim(exam) <> ''", name=op.f("study_exams_exam_check")),
        sa.CheckConstraint(
            "void or exam_expected between 0 and 10000",
            name=op.f("study_exams_exam_expected_check"),
        ),
        sa.CheckConstraint(
            "void or exam_good_results between 0 and 10000",
            name=op.f("study_exams_exam_good_results_check"),
        ),
        sa.CheckConstraint(
            "void or exam_participants between 0 and 10000",
            name=op.f("study_exams_exam_participants_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["study_exams.institution_id", "study_exams.id"],
            name=op.f("study_exams_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("study_exams_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("study_exams_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("study_exams_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "study_exams_by_day_idx", "study_exams", ["institution_id", "held_on", "id"], unique=False
    )
    op.create_table(
        "study_expenses",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("claimed_on", sa.Date(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("needed_for_work", sa.Boolean(), nullable=False),
        sa.Column("sent_by_county", sa.Boolean(), nullable=False),
        sa.Column("study_certificate", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("study_expenses_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "study_certificate in ('graduation', 'completion', 'training', 'qualification', 'none')",
            name=op.f("study_expenses_study_certificate_check"),
        ),
        sa.CheckConstraint(
            "void or amount between 0.01 and 1000000000", name=op.f("study_expenses_amount_check")
        ),
        sa.CheckConstraint(
            "void or began_on <= ended_on", name=op.f("study_expenses_end_before_start_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["study_expenses.institution_id", "study_expenses.id"],
            name=op.f("study_expenses_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("study_expenses_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("study_expenses_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("study_expenses_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("study_expenses_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "study_expenses_by_day_idx",
        "study_expenses",
        ["institution_id", "claimed_on", "id"],
        unique=False,
    )
    op.create_index(
        "study_expenses_by_person_id_idx",
        "study_expenses",
        ["institution_id", "person_id", "claimed_on", "id"],
        unique=False,
    )
    op.create_table(
        "personnel_posting_ends",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("posting_id", sa.Uuid(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("personnel_posting_ends_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(outcome) <> ''", name=op.f("personnel_posting_ends_outcome_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["personnel_posting_ends.institution_id", "personnel_posting_ends.id"],
            name=op.f("personnel_posting_ends_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "posting_id"],
            ["personnel_postings.institution_id", "personnel_postings.id"],
            name=op.f("personnel_posting_ends_institution_id_posting_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("personnel_posting_ends_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("personnel_posting_ends_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("personnel_posting_ends_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "personnel_posting_ends_by_day_idx",
        "personnel_posting_ends",
        ["institution_id", "ended_on", "id"],
        unique=False,
    )
    op.create_index(
        "personnel_posting_ends_by_posting_id_idx",
        "personnel_posting_ends",
        ["institution_id", "posting_id", "ended_on", "id"],
        unique=False,
    )
    op.execute("alter table personnel_postings enable row level security")
    op.execute("alter table personnel_postings force row level security")
    op.execute(
        "create policy own on personnel_postings using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on personnel_postings for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on personnel_postings for each statement execute function register_stands()"
    )
    op.execute("alter table study_exams enable row level security")
    op.execute("alter table study_exams force row level security")
    op.execute(
        "create policy own on study_exams using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on study_exams for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on study_exams for each statement execute function register_stands()"
    )
    op.execute("alter table study_expenses enable row level security")
    op.execute("alter table study_expenses force row level security")
    op.execute(
        "create policy own on study_expenses using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on study_expenses for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on study_expenses for each statement execute function register_stands()"
    )
    op.execute("alter table personnel_posting_ends enable row level security")
    op.execute("alter table personnel_posting_ends force row level security")
    op.execute(
        "create policy own on personnel_posting_ends using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on personnel_posting_ends for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on personnel_posting_ends for each statement execute function register_stands()"
    )
