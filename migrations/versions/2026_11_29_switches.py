"""Switches of an office are lines of its rulebook, as its other rules are."""

from alembic import op

revision = "0071"
down_revision = "0063"
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
