"""Switches of an office are lines of its rulebook; a draft is replayed as a job, and resolved by a body."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

CLAUSE, TITLE, SUMMARY = "interpretation/0", "本机关设定", "原由系统设置开启"
SWITCHES = ("escalates_gaps", "takes_stricter")
TABLES = ("institutions", "rulebook_versions", "rulebook_clauses", "rulebook_shapes")


def upgrade() -> None:
    for table in TABLES:
        op.execute(f"alter table {table} no force row level security")
    op.execute(
        f"""insert into rulebook_clauses (institution_id, version, clause, clause_kind,
              request_kind, position, title, area, replaced_by, summary)
            select i.institution_id, v.version, '{CLAUSE}', 'interpretation', '',
              (select coalesce(max(position), 0) + 1 from rulebook_clauses c
               where (c.institution_id, c.version) = (v.institution_id, v.version)),
              '{TITLE}', 'personnel', '', '{SUMMARY}'
            from institutions i join rulebook_versions v using (institution_id)
            where i.escalates_gaps or i.takes_stricter"""
    )
    for position, switch in enumerate(SWITCHES, start=1):
        op.execute(
            f"""insert into rulebook_shapes (institution_id, version, shape, position, fields)
                select i.institution_id, v.version, 'switches', {position},
                  jsonb_build_object('switch', '{switch}', 'clause', '{CLAUSE}', 'of', '')
                from institutions i join rulebook_versions v using (institution_id)
                where i.{switch}"""
        )
    for table in TABLES:
        op.execute(f"alter table {table} force row level security")
    for switch in SWITCHES:
        op.drop_column("institutions", switch)
    replays()
    op.add_column("sitting_items", sa.Column("act_id", sa.Uuid(), nullable=True))
    op.create_index(
        "sitting_items_open_act_key",
        "sitting_items",
        ["institution_id", "act_id"],
        unique=True,
        postgresql_where=sa.text("outcome is null"),
    )


def replays() -> None:
    op.create_table(
        "rulebook_replays",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("result", postgresql.JSONB(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state in ('waiting', 'running', 'done', 'cancelled', 'failed')",
            name=op.f("rulebook_replays_state_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "draft_id"],
            ["rulebook_drafts.institution_id", "rulebook_drafts.id"],
            name=op.f("rulebook_replays_institution_id_draft_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "by_id"],
            ["people.institution_id", "people.id"],
            name=op.f("rulebook_replays_institution_id_by_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("rulebook_replays_pkey")),
    )
    op.create_index(
        "rulebook_replays_institution_id_draft_id_at_idx",
        "rulebook_replays",
        ["institution_id", "draft_id", "at"],
    )
    op.create_index(
        "rulebook_replays_going_key",
        "rulebook_replays",
        ["institution_id"],
        unique=True,
        postgresql_where=sa.text("state in ('waiting', 'running')"),
    )
    op.execute("alter table rulebook_replays enable row level security")
    op.execute("alter table rulebook_replays force row level security")
    op.execute(
        "create policy own on rulebook_replays using (institution_id = current_setting('guiju.institution', true))"
    )
