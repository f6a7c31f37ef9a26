"""Circulars on checks are publications of a statement, as any other is."""

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0077"
branch_labels = None
depends_on = None

TABLES = ("publications", "check_circulars")
HEADS = """[{"name": "name", "zh": "科室", "en": "Section", "typed": false},
  {"name": "sheets", "zh": "检查次数", "en": "How often it was checked", "typed": false},
  {"name": "score", "zh": "平均得分", "en": "The mean of its sheets", "typed": false},
  {"name": "failed", "zh": "不达标次数", "en": "How often it failed", "typed": false}]"""


def upgrade() -> None:
    for name in TABLES:
        op.execute(f"alter table {name} no force row level security")
    op.execute(
        sa.text(
            """insert into publications (institution_id, id, statement, cadence, clause, reach,
                 first_day, last_day, title, said, papers, heads, lines, digest, role,
                 by_id, by_name, at)
               select institution_id, id, 'hygiene.circular', '', '', 'office', first_day, last_day,
                 id::text, said, '[]', cast(:heads as jsonb), places, '', '', by_id, by_name, at
               from check_circulars"""
        ).bindparams(heads=HEADS)
    )
    op.execute("alter table publications force row level security")
    op.drop_table("check_circulars")


def downgrade() -> None:
    raise RuntimeError("A database goes forward only: restore a backup.")
