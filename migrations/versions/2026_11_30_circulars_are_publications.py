"""Circulars on checks are publications, as any other is; people sign in."""

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0084"
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
    op.create_table(
        "sign_ins",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("going_to", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("on_day", sa.Date()),
        sa.Column("sign_in_minute", sa.Integer(), nullable=False),
        sa.Column("corrects", sa.Uuid()),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "void or sign_in_minute between 0 and 1439", name=op.f("sign_ins_sign_in_minute_check")
        ),
        sa.CheckConstraint("void or btrim(going_to) <> ''", name=op.f("sign_ins_going_to_check")),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("sign_ins_struck_out_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("sign_ins_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["sign_ins.institution_id", "sign_ins.id"],
            name=op.f("sign_ins_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("sign_ins_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("sign_ins_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("sign_ins_institution_id_corrects_key")
        ),
    )
    day, by = ["institution_id", "recorded_at", "id"], "sign_ins_by_person_id_idx"
    op.create_index("sign_ins_by_day_idx", "sign_ins", day)
    op.create_index(by, "sign_ins", ["institution_id", "person_id", "recorded_at", "id"])
    op.execute("alter table sign_ins enable row level security")
    op.execute("alter table sign_ins force row level security")
    op.execute(
        "create policy own on sign_ins"
        " using (institution_id = current_setting('guiju.institution', true))"
    )
    for name, what, each in (
        ("stands", "update or delete", "row"),
        ("stands_whole", "truncate", "statement"),
    ):
        op.execute(
            f"create trigger {name} before {what} on sign_ins"
            f" for each {each} execute function register_stands()"
        )


def downgrade() -> None:
    raise RuntimeError("A database goes forward only: restore a backup.")
