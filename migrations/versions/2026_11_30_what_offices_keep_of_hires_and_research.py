"""Temporary hires, rotations after the district consents, items, papers and theory articles."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0250"
down_revision = "0222"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "personnel_rotated",
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
        sa.Column("newly_promoted", sa.Boolean(), nullable=True),
        sa.Column("shown_from", sa.Date(), nullable=True),
        sa.Column("shown_of", sa.Text(), nullable=False),
        sa.Column("opinions", sa.Text(), nullable=False),
        sa.Column("talked_on", sa.Date(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("personnel_rotated_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("personnel_rotated_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "personnel_rotated_begun_idx",
        "personnel_rotated",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "personnel_temporaries",
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
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("plan_approval", sa.Text(), nullable=False),
        sa.Column("recruited_how", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("employed_on", sa.Date(), nullable=True),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("personnel_temporaries_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("personnel_temporaries_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("personnel_temporaries_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "personnel_temporaries_begun_idx",
        "personnel_temporaries",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "research_items",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("research_items_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or btrim(title) <> ''", name=op.f("research_items_title_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["research_items.institution_id", "research_items.id"],
            name=op.f("research_items_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("research_items_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("research_items_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("research_items_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("research_items_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "research_items_by_day_idx",
        "research_items",
        ["institution_id", "sent_on", "id"],
        unique=False,
    )
    op.create_index(
        "research_items_by_request_id_idx",
        "research_items",
        ["institution_id", "request_id", "sent_on", "id"],
        unique=False,
    )
    op.create_index(
        "research_items_by_unit_id_idx",
        "research_items",
        ["institution_id", "unit_id", "sent_on", "id"],
        unique=False,
    )
    op.create_table(
        "research_papers",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("handed_in_on", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("research_papers_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or btrim(title) <> ''", name=op.f("research_papers_title_check")),
        sa.CheckConstraint(
            "void or num_nonnulls(unit_id, person_id) = 1",
            name=op.f("research_papers_one_alone_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["research_papers.institution_id", "research_papers.id"],
            name=op.f("research_papers_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("research_papers_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("research_papers_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("research_papers_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("research_papers_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("research_papers_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "research_papers_by_day_idx",
        "research_papers",
        ["institution_id", "handed_in_on", "id"],
        unique=False,
    )
    op.create_index(
        "research_papers_by_person_id_idx",
        "research_papers",
        ["institution_id", "person_id", "handed_in_on", "id"],
        unique=False,
    )
    op.create_index(
        "research_papers_by_unit_id_idx",
        "research_papers",
        ["institution_id", "unit_id", "handed_in_on", "id"],
        unique=False,
    )
    op.create_table(
        "research_theory_articles",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("adopted_level", sa.Text(), nullable=False),
        sa.Column("adopted_by", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "adopted_level in ('district', 'city', 'national')",
            name=op.f("research_theory_articles_adopted_level_check"),
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("research_theory_articles_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(adopted_by) <> ''",
            name=op.f("research_theory_articles_adopted_by_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(title) <> ''", name=op.f("research_theory_articles_title_check")
        ),
        sa.CheckConstraint(
            "void or amount between 0 and 1000000000",
            name=op.f("research_theory_articles_amount_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["research_theory_articles.institution_id", "research_theory_articles.id"],
            name=op.f("research_theory_articles_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("research_theory_articles_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("research_theory_articles_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("research_theory_articles_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("research_theory_articles_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "research_theory_articles_by_day_idx",
        "research_theory_articles",
        ["institution_id", "adopted_on", "id"],
        unique=False,
    )
    op.create_index(
        "research_theory_articles_by_person_id_idx",
        "research_theory_articles",
        ["institution_id", "person_id", "adopted_on", "id"],
        unique=False,
    )
    op.add_column(
        "departure_formalities", sa.Column("organisation_done", sa.Boolean(), nullable=False)
    )
    op.add_column(
        "departure_formalities", sa.Column("personnel_done", sa.Boolean(), nullable=False)
    )
    op.add_column("departure_formalities", sa.Column("staffing_done", sa.Boolean(), nullable=False))
    op.add_column("departure_formalities", sa.Column("finance_done", sa.Boolean(), nullable=False))
    op.execute("alter table personnel_rotated enable row level security")
    op.execute("alter table personnel_rotated force row level security")
    op.execute(
        "create policy own on personnel_rotated using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table personnel_temporaries enable row level security")
    op.execute("alter table personnel_temporaries force row level security")
    op.execute(
        "create policy own on personnel_temporaries using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table research_items enable row level security")
    op.execute("alter table research_items force row level security")
    op.execute(
        "create policy own on research_items using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on research_items for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on research_items for each statement execute function register_stands()"
    )
    op.execute("alter table research_papers enable row level security")
    op.execute("alter table research_papers force row level security")
    op.execute(
        "create policy own on research_papers using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on research_papers for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on research_papers for each statement execute function register_stands()"
    )
    op.execute("alter table research_theory_articles enable row level security")
    op.execute("alter table research_theory_articles force row level security")
    op.execute(
        "create policy own on research_theory_articles using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on research_theory_articles for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on research_theory_articles for each statement execute function register_stands()"
    )
