"""Accounts: what moved each, openings, overtime paid and loans settled."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_entries",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("move", sa.Text(), nullable=False),
        sa.Column("of", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("posted_by", sa.Uuid(), nullable=False),
        sa.Column("posted_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "move in ('opened', 'granted', 'credited', 'debited', 'lapsed')",
            name=op.f("account_entries_move_check"),
        ),
        sa.CheckConstraint("amount <> 0", name=op.f("account_entries_moves_something_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("account_entries_institution_id_person_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("account_entries_pkey")),
    )
    op.create_index(
        "account_entries_person_idx",
        "account_entries",
        ["institution_id", "account", "person_id", "day"],
        unique=False,
    )
    op.create_table(
        "annual_leave_openings",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("worked_since", sa.Date(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("annual_leave_openings_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or amount between 0 and 1000000000",
            name=op.f("annual_leave_openings_amount_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["annual_leave_openings.institution_id", "annual_leave_openings.id"],
            name=op.f("annual_leave_openings_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("annual_leave_openings_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("annual_leave_openings_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("annual_leave_openings_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("annual_leave_openings_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "annual_leave_openings_by_day_idx",
        "annual_leave_openings",
        ["institution_id", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "annual_leave_openings_by_person_id_idx",
        "annual_leave_openings",
        ["institution_id", "person_id", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "cash_loan_openings",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("cash_loan_openings_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or amount between 0 and 1000000000", name=op.f("cash_loan_openings_amount_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["cash_loan_openings.institution_id", "cash_loan_openings.id"],
            name=op.f("cash_loan_openings_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("cash_loan_openings_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("cash_loan_openings_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("cash_loan_openings_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("cash_loan_openings_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "cash_loan_openings_by_day_idx",
        "cash_loan_openings",
        ["institution_id", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "cash_loan_openings_by_person_id_idx",
        "cash_loan_openings",
        ["institution_id", "person_id", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "compensatory_leave_openings",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("compensatory_leave_openings_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or amount between 0 and 1000000000",
            name=op.f("compensatory_leave_openings_amount_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["compensatory_leave_openings.institution_id", "compensatory_leave_openings.id"],
            name=op.f("compensatory_leave_openings_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("compensatory_leave_openings_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("compensatory_leave_openings_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "id", name=op.f("compensatory_leave_openings_pkey")
        ),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("compensatory_leave_openings_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "compensatory_leave_openings_by_day_idx",
        "compensatory_leave_openings",
        ["institution_id", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "compensatory_leave_openings_by_person_id_idx",
        "compensatory_leave_openings",
        ["institution_id", "person_id", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "loan_settlements",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("reimbursement_id", sa.Uuid(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "how in ('reimbursed', 'repaid', 'deducted')", name=op.f("loan_settlements_how_check")
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("loan_settlements_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or amount between 0.01 and 1000000000", name=op.f("loan_settlements_amount_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["loan_settlements.institution_id", "loan_settlements.id"],
            name=op.f("loan_settlements_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("loan_settlements_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("loan_settlements_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("loan_settlements_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("loan_settlements_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "loan_settlements_by_day_idx",
        "loan_settlements",
        ["institution_id", "settled_on", "id"],
        unique=False,
    )
    op.create_index(
        "loan_settlements_by_person_id_idx",
        "loan_settlements",
        ["institution_id", "person_id", "settled_on", "id"],
        unique=False,
    )
    op.create_index(
        "loan_settlements_by_reimbursement_id_idx",
        "loan_settlements",
        ["institution_id", "reimbursement_id", "settled_on", "id"],
        unique=False,
    )
    op.create_table(
        "overtime_payments",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Numeric(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("overtime_payments_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or days between 0.5 and 366", name=op.f("overtime_payments_days_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["overtime_payments.institution_id", "overtime_payments.id"],
            name=op.f("overtime_payments_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("overtime_payments_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("overtime_payments_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("overtime_payments_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("overtime_payments_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "overtime_payments_by_day_idx",
        "overtime_payments",
        ["institution_id", "paid_on", "id"],
        unique=False,
    )
    op.create_index(
        "overtime_payments_by_person_id_idx",
        "overtime_payments",
        ["institution_id", "person_id", "paid_on", "id"],
        unique=False,
    )
    op.execute("alter table account_entries enable row level security")
    op.execute("alter table account_entries force row level security")
    op.execute(
        "create policy own on account_entries using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on account_entries for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on account_entries for each statement execute function register_stands()"
    )
    op.execute("alter table annual_leave_openings enable row level security")
    op.execute("alter table annual_leave_openings force row level security")
    op.execute(
        "create policy own on annual_leave_openings using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on annual_leave_openings for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on annual_leave_openings for each statement execute function register_stands()"
    )
    op.execute("alter table cash_loan_openings enable row level security")
    op.execute("alter table cash_loan_openings force row level security")
    op.execute(
        "create policy own on cash_loan_openings using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on cash_loan_openings for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on cash_loan_openings for each statement execute function register_stands()"
    )
    op.execute("alter table compensatory_leave_openings enable row level security")
    op.execute("alter table compensatory_leave_openings force row level security")
    op.execute(
        "create policy own on compensatory_leave_openings using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on compensatory_leave_openings for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on compensatory_leave_openings for each statement execute function register_stands()"
    )
    op.execute("alter table loan_settlements enable row level security")
    op.execute("alter table loan_settlements force row level security")
    op.execute(
        "create policy own on loan_settlements using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on loan_settlements for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on loan_settlements for each statement execute function register_stands()"
    )
    op.execute("alter table overtime_payments enable row level security")
    op.execute("alter table overtime_payments force row level security")
    op.execute(
        "create policy own on overtime_payments using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on overtime_payments for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on overtime_payments for each statement execute function register_stands()"
    )
