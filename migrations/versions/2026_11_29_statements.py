"""Statements: what is published stands on one board, and what was published of vehicles with it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

PUBLISHED = """
insert into publications (institution_id, id, statement, cadence, clause, reach, first_day, last_day,
    title, said, papers, heads, lines, digest, role, by_id, by_name, at)
select p.institution_id, p.id,
    case p.statement when 'repair-report' then 'vehicle.repairs'
      when 'repair-costs' then 'vehicle.repairs' when 'parking-report' then 'vehicle.parking'
      when 'hire-bills' then 'vehicle.hires' else 'vehicle.use' end,
    p.statement, p.clause, 'office', p.first_day, p.last_day, '', '', '[]',
    coalesce((select jsonb_agg(jsonb_build_object('name', k, 'zh', k, 'en', k, 'typed', false))
              from jsonb_object_keys(p.content -> 0) k), '[]'),
    p.content, encode(sha256(convert_to(cast(p.content as text), 'utf8')), 'hex'),
    '', p.recorded_by, p.recorded_by_name, p.recorded_at
from vehicle_publications p where not p.void"""
"""Columns had no labels of their own then."""


def upgrade() -> None:
    op.create_table(
        "publications",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("cadence", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("reach", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("papers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("heads", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("lines", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("until", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "reach in ('named', 'office', 'everybody')", name=op.f("publications_reach_check")
        ),
        sa.CheckConstraint("first_day <= last_day", name=op.f("publications_days_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "by_id"],
            ["people.institution_id", "people.id"],
            name=op.f("publications_institution_id_by_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "replaces"],
            ["publications.institution_id", "publications.id"],
            name=op.f("publications_institution_id_replaces_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("publications_pkey")),
        sa.UniqueConstraint(
            "institution_id", "replaces", name=op.f("publications_institution_id_replaces_key")
        ),
    )
    op.create_index(
        "publications_at_idx", "publications", ["institution_id", "at", "id"], unique=False
    )
    op.create_index(
        "publications_once",
        "publications",
        ["institution_id", "statement", "cadence", "clause", "first_day", "last_day", "title"],
        unique=True,
        postgresql_where=sa.text("replaces is null"),
    )
    op.create_table(
        "publication_ends",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("btrim(why) <> ''", name=op.f("publication_ends_why_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "by_id"],
            ["people.institution_id", "people.id"],
            name=op.f("publication_ends_institution_id_by_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "publication_id"],
            ["publications.institution_id", "publications.id"],
            name=op.f("publication_ends_institution_id_publication_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "publication_id", name=op.f("publication_ends_pkey")
        ),
    )
    op.execute("alter table vehicle_publications no force row level security")
    op.execute(PUBLISHED)
    op.drop_index(
        op.f("vehicle_publications_once"),
        table_name="vehicle_publications",
        postgresql_where="(corrects IS NULL)",
    )
    op.drop_table("vehicle_publications")
    op.execute("alter table publications enable row level security")
    op.execute("alter table publications force row level security")
    op.execute(
        "create policy own on publications using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on publications for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on publications for each statement execute function register_stands()"
    )
    op.execute("alter table publication_ends enable row level security")
    op.execute("alter table publication_ends force row level security")
    op.execute(
        "create policy own on publication_ends using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on publication_ends for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on publication_ends for each statement execute function register_stands()"
    )
