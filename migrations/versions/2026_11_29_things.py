"""Things on cards, their moves, seals and the log of their use."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seals",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("engraved_on", sa.Date(), nullable=True),
        sa.Column("filed_with", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("keeper_id", sa.Uuid(), nullable=True),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("offered_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'lent') = (holder_id is not null)", name=op.f("seals_holder_check")
        ),
        sa.CheckConstraint(
            "kind in ('office', 'party', 'legal_representative', 'section', 'business', 'household', 'name')",
            name=op.f("seals_kind_check"),
        ),
        sa.CheckConstraint(
            "state <> 'issued' or keeper_id is not null", name=op.f("seals_keeper_check")
        ),
        sa.CheckConstraint(
            "state in ('kept', 'issued', 'lent', 'lost', 'ended')", name=op.f("seals_state_check")
        ),
        sa.CheckConstraint("btrim(name) <> ''", name=op.f("seals_name_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "holder_id"],
            ["people.institution_id", "people.id"],
            name=op.f("seals_institution_id_holder_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "keeper_id"],
            ["people.institution_id", "people.id"],
            name=op.f("seals_institution_id_keeper_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "offered_id"],
            ["people.institution_id", "people.id"],
            name=op.f("seals_institution_id_offered_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("seals_pkey")),
    )
    op.create_index("seals_due_idx", "seals", ["institution_id", "due_on", "id"], unique=False)
    op.create_index("seals_named_idx", "seals", ["institution_id", "name", "id"], unique=False)
    op.create_table(
        "thing_moves",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("thing", sa.Text(), nullable=False),
        sa.Column("move", sa.Text(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=True),
        sa.Column("to_id", sa.Uuid(), nullable=True),
        sa.Column("to_name", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("card", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("clause", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "by_id"],
            ["people.institution_id", "people.id"],
            name=op.f("thing_moves_institution_id_by_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "thing_id", "version", name=op.f("thing_moves_pkey")
        ),
    )
    op.create_index(
        "thing_moves_request_idx", "thing_moves", ["institution_id", "request_id"], unique=False
    )
    op.create_table(
        "seal_uses",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("used_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("prints", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("keeper_present", sa.Boolean(), nullable=False),
        sa.Column("copy_filed", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("seal_uses_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or btrim(paper) <> ''", name=op.f("seal_uses_paper_check")),
        sa.CheckConstraint(
            "void or prints between 1 and 10000", name=op.f("seal_uses_prints_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["seal_uses.institution_id", "seal_uses.id"],
            name=op.f("seal_uses_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("seal_uses_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "seal_id"],
            ["seals.institution_id", "seals.id"],
            name=op.f("seal_uses_institution_id_seal_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "user_id"],
            ["people.institution_id", "people.id"],
            name=op.f("seal_uses_institution_id_user_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("seal_uses_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("seal_uses_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "seal_uses_by_day_idx", "seal_uses", ["institution_id", "used_at", "id"], unique=False
    )
    op.create_index(
        "seal_uses_by_request_id_idx",
        "seal_uses",
        ["institution_id", "request_id", "used_at", "id"],
        unique=False,
    )
    op.create_index(
        "seal_uses_by_seal_id_idx",
        "seal_uses",
        ["institution_id", "seal_id", "used_at", "id"],
        unique=False,
    )
    op.create_index(
        "seal_uses_by_user_id_idx",
        "seal_uses",
        ["institution_id", "user_id", "used_at", "id"],
        unique=False,
    )
    op.execute("alter table seals enable row level security")
    op.execute("alter table seals force row level security")
    op.execute(
        "create policy own on seals using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table thing_moves enable row level security")
    op.execute("alter table thing_moves force row level security")
    op.execute(
        "create policy own on thing_moves using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on thing_moves for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on thing_moves for each statement execute function register_stands()"
    )
    op.execute("alter table seal_uses enable row level security")
    op.execute("alter table seal_uses force row level security")
    op.execute(
        "create policy own on seal_uses using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on seal_uses for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on seal_uses for each statement execute function register_stands()"
    )
