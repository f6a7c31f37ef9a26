"""Designated suppliers, letters of drivers, fuel cards, and reports of party cells."""

import sqlalchemy as sa
from alembic import op

revision = "0180"
down_revision = "0172"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "driver_letters",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("driver_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("targets", sa.Text(), nullable=False),
        sa.Column("awaits", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("driver_letters_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(targets) <> ''", name=op.f("driver_letters_targets_check")
        ),
        sa.CheckConstraint(
            "void or year between 1950 and 2200", name=op.f("driver_letters_year_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["driver_letters.institution_id", "driver_letters.id"],
            name=op.f("driver_letters_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "driver_id"],
            ["people.institution_id", "people.id"],
            name=op.f("driver_letters_institution_id_driver_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("driver_letters_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("driver_letters_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("driver_letters_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "driver_letters_by_day_idx",
        "driver_letters",
        ["institution_id", "recorded_at", "id"],
        unique=False,
    )
    op.create_index(
        "driver_letters_by_driver_id_idx",
        "driver_letters",
        ["institution_id", "driver_id", "recorded_at", "id"],
        unique=False,
    )
    op.create_table(
        "fuel_cards",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("keeper_id", sa.Uuid(), nullable=True),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("offered_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'lent') = (holder_id is not null)", name=op.f("fuel_cards_holder_check")
        ),
        sa.CheckConstraint("btrim(number) <> ''", name=op.f("fuel_cards_number_check")),
        sa.CheckConstraint(
            "state <> 'issued' or keeper_id is not null", name=op.f("fuel_cards_keeper_check")
        ),
        sa.CheckConstraint(
            "state in ('kept', 'issued', 'lent', 'lost', 'ended')",
            name=op.f("fuel_cards_state_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "holder_id"],
            ["people.institution_id", "people.id"],
            name=op.f("fuel_cards_institution_id_holder_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "keeper_id"],
            ["people.institution_id", "people.id"],
            name=op.f("fuel_cards_institution_id_keeper_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "offered_id"],
            ["people.institution_id", "people.id"],
            name=op.f("fuel_cards_institution_id_offered_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("fuel_cards_pkey")),
    )
    op.create_index(
        "fuel_cards_due_idx", "fuel_cards", ["institution_id", "due_on", "id"], unique=False
    )
    op.create_index(
        "fuel_cards_named_idx", "fuel_cards", ["institution_id", "number", "id"], unique=False
    )
    op.create_table(
        "party_cell_reports",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("came", sa.Integer(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("party_cell_reports_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or btrim(cell) <> ''", name=op.f("party_cell_reports_cell_check")),
        sa.CheckConstraint(
            "void or btrim(situation) <> ''", name=op.f("party_cell_reports_situation_check")
        ),
        sa.CheckConstraint(
            "void or came between 1 and 1000", name=op.f("party_cell_reports_came_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["party_cell_reports.institution_id", "party_cell_reports.id"],
            name=op.f("party_cell_reports_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("party_cell_reports_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("party_cell_reports_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("party_cell_reports_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "party_cell_reports_by_day_idx",
        "party_cell_reports",
        ["institution_id", "met_on", "id"],
        unique=False,
    )
    op.create_table(
        "suppliers",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("supplies_what", sa.Text(), nullable=False),
        sa.Column("chosen_on", sa.Date(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("agreed_until", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("keeper_id", sa.Uuid(), nullable=True),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("offered_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'lent') = (holder_id is not null)", name=op.f("suppliers_holder_check")
        ),
        sa.CheckConstraint("btrim(grounds) <> ''", name=op.f("suppliers_grounds_check")),
        sa.CheckConstraint("btrim(name) <> ''", name=op.f("suppliers_name_check")),
        sa.CheckConstraint(
            "state <> 'issued' or keeper_id is not null", name=op.f("suppliers_keeper_check")
        ),
        sa.CheckConstraint(
            "state in ('kept', 'issued', 'lent', 'lost', 'ended')",
            name=op.f("suppliers_state_check"),
        ),
        sa.CheckConstraint(
            "supplies_what in ('vehicle_repair', 'computer_repair', 'supplies', 'other')",
            name=op.f("suppliers_supplies_what_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "holder_id"],
            ["people.institution_id", "people.id"],
            name=op.f("suppliers_institution_id_holder_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "keeper_id"],
            ["people.institution_id", "people.id"],
            name=op.f("suppliers_institution_id_keeper_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "offered_id"],
            ["people.institution_id", "people.id"],
            name=op.f("suppliers_institution_id_offered_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("suppliers_pkey")),
    )
    op.create_index(
        "suppliers_due_idx", "suppliers", ["institution_id", "due_on", "id"], unique=False
    )
    op.create_index(
        "suppliers_named_idx", "suppliers", ["institution_id", "name", "id"], unique=False
    )
    op.add_column("vehicle_repair_orders", sa.Column("garage_id", sa.Uuid(), nullable=True))
    op.add_column(
        "vehicle_repair_orders",
        sa.Column("commissioned_at", sa.TIMESTAMP(timezone=True), nullable=True),
    )
    op.execute("alter table vehicle_repair_orders no force row level security")
    op.execute("update vehicle_repair_orders set commissioned_at = since where garage <> ''")
    op.execute("alter table vehicle_repair_orders force row level security")
    op.create_foreign_key(
        op.f("vehicle_repair_orders_institution_id_garage_id_fkey"),
        "vehicle_repair_orders",
        "suppliers",
        ["institution_id", "garage_id"],
        ["institution_id", "id"],
    )
    op.execute("alter table driver_letters enable row level security")
    op.execute("alter table driver_letters force row level security")
    op.execute(
        "create policy own on driver_letters using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on driver_letters for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on driver_letters for each statement execute function register_stands()"
    )
    op.execute("alter table fuel_cards enable row level security")
    op.execute("alter table fuel_cards force row level security")
    op.execute(
        "create policy own on fuel_cards using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table party_cell_reports enable row level security")
    op.execute("alter table party_cell_reports force row level security")
    op.execute(
        "create policy own on party_cell_reports using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on party_cell_reports for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on party_cell_reports for each statement execute function register_stands()"
    )
    op.execute("alter table suppliers enable row level security")
    op.execute("alter table suppliers force row level security")
    op.execute(
        "create policy own on suppliers using (institution_id = current_setting('guiju.institution', true))"
    )
