"""Finance: payments, cheques, the cashier's books, audits and accounting files."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "finance_files",
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
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("contents", sa.Text(), nullable=False),
        sa.Column("volumes", sa.Integer(), nullable=True),
        sa.Column("catalogue", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=True),
        sa.Column("received_by", sa.Text(), nullable=False),
        sa.Column("destroying", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "volumes is null or volumes > 0", name=op.f("finance_files_volumes_check")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("finance_files_pkey")),
        sa.UniqueConstraint(
            "institution_id", "request_id", name=op.f("finance_files_institution_id_request_id_key")
        ),
    )
    op.create_index(
        "finance_files_begun_idx",
        "finance_files",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "activity_settlements",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("outside_because", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("finance_head_id", sa.Uuid(), nullable=False),
        sa.Column("awaits", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("activity_settlements_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(outside_because) <> ''",
            name=op.f("activity_settlements_outside_because_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(place) <> ''", name=op.f("activity_settlements_place_check")
        ),
        sa.CheckConstraint(
            "void or amount between 0.01 and 1000000000",
            name=op.f("activity_settlements_amount_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["activity_settlements.institution_id", "activity_settlements.id"],
            name=op.f("activity_settlements_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "finance_head_id"],
            ["people.institution_id", "people.id"],
            name=op.f("activity_settlements_institution_id_finance_head_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("activity_settlements_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("activity_settlements_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("activity_settlements_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "activity_settlements_by_day_idx",
        "activity_settlements",
        ["institution_id", "settled_on", "id"],
        unique=False,
    )
    op.create_index(
        "activity_settlements_by_finance_head_id_idx",
        "activity_settlements",
        ["institution_id", "finance_head_id", "settled_on", "id"],
        unique=False,
    )
    op.create_index(
        "activity_settlements_by_request_id_idx",
        "activity_settlements",
        ["institution_id", "request_id", "settled_on", "id"],
        unique=False,
    )
    op.create_table(
        "bank_reconciliations",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("reconciled_on", sa.Date(), nullable=False),
        sa.Column("book_balance", sa.Numeric(), nullable=False),
        sa.Column("statement_balance", sa.Numeric(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("bank_reconciliations_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or book_balance = statement_balance or btrim(explanation) <> ''",
            name=op.f("bank_reconciliations_difference_unexplained_check"),
        ),
        sa.CheckConstraint(
            "void or book_balance between 0 and 1000000000",
            name=op.f("bank_reconciliations_book_balance_check"),
        ),
        sa.CheckConstraint(
            "void or extract(day from month) = 1",
            name=op.f("bank_reconciliations_not_a_first_day_check"),
        ),
        sa.CheckConstraint(
            "void or statement_balance between 0 and 1000000000",
            name=op.f("bank_reconciliations_statement_balance_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["bank_reconciliations.institution_id", "bank_reconciliations.id"],
            name=op.f("bank_reconciliations_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("bank_reconciliations_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("bank_reconciliations_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("bank_reconciliations_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "bank_reconciliations_by_day_idx",
        "bank_reconciliations",
        ["institution_id", "reconciled_on", "id"],
        unique=False,
    )
    op.create_table(
        "cash_counts",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("cashier_id", sa.Uuid(), nullable=False),
        sa.Column("cash_on_book", sa.Numeric(), nullable=False),
        sa.Column("cash_counted", sa.Numeric(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("awaits", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("cash_counts_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or cash_on_book = cash_counted or btrim(explanation) <> ''",
            name=op.f("cash_counts_difference_unexplained_check"),
        ),
        sa.CheckConstraint(
            "void or cash_counted between 0 and 1000000000",
            name=op.f("cash_counts_cash_counted_check"),
        ),
        sa.CheckConstraint(
            "void or cash_on_book between 0 and 1000000000",
            name=op.f("cash_counts_cash_on_book_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "cashier_id"],
            ["people.institution_id", "people.id"],
            name=op.f("cash_counts_institution_id_cashier_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["cash_counts.institution_id", "cash_counts.id"],
            name=op.f("cash_counts_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("cash_counts_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("cash_counts_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("cash_counts_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "cash_counts_by_cashier_id_idx",
        "cash_counts",
        ["institution_id", "cashier_id", "counted_on", "id"],
        unique=False,
    )
    op.create_index(
        "cash_counts_by_day_idx",
        "cash_counts",
        ["institution_id", "counted_on", "id"],
        unique=False,
    )
    op.create_table(
        "cheque_books",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("keeper_id", sa.Uuid(), nullable=True),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("offered_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'lent') = (holder_id is not null)", name=op.f("cheque_books_holder_check")
        ),
        sa.CheckConstraint("btrim(account) <> ''", name=op.f("cheque_books_account_check")),
        sa.CheckConstraint("btrim(name) <> ''", name=op.f("cheque_books_name_check")),
        sa.CheckConstraint(
            "state <> 'issued' or keeper_id is not null", name=op.f("cheque_books_keeper_check")
        ),
        sa.CheckConstraint(
            "state in ('kept', 'issued', 'lent', 'lost', 'ended')",
            name=op.f("cheque_books_state_check"),
        ),
        sa.CheckConstraint(
            "first_number between 1 and 999999999", name=op.f("cheque_books_first_number_check")
        ),
        sa.CheckConstraint(
            "last_number between 1 and 999999999", name=op.f("cheque_books_last_number_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "holder_id"],
            ["people.institution_id", "people.id"],
            name=op.f("cheque_books_institution_id_holder_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "keeper_id"],
            ["people.institution_id", "people.id"],
            name=op.f("cheque_books_institution_id_keeper_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "offered_id"],
            ["people.institution_id", "people.id"],
            name=op.f("cheque_books_institution_id_offered_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("cheque_books_pkey")),
    )
    op.create_index(
        "cheque_books_due_idx", "cheque_books", ["institution_id", "due_on", "id"], unique=False
    )
    op.create_index(
        "cheque_books_named_idx", "cheque_books", ["institution_id", "name", "id"], unique=False
    )
    op.create_table(
        "delegated_accountants",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("from_unit_id", sa.Uuid(), nullable=False),
        sa.Column("to_unit_id", sa.Uuid(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("monthly_pay", sa.Numeric(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("delegated_accountants_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or begins_on <= ends_on",
            name=op.f("delegated_accountants_end_before_start_check"),
        ),
        sa.CheckConstraint(
            "void or monthly_pay between 0 and 1000000",
            name=op.f("delegated_accountants_monthly_pay_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["delegated_accountants.institution_id", "delegated_accountants.id"],
            name=op.f("delegated_accountants_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "from_unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("delegated_accountants_institution_id_from_unit_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("delegated_accountants_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("delegated_accountants_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "to_unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("delegated_accountants_institution_id_to_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("delegated_accountants_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("delegated_accountants_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "delegated_accountants_by_day_idx",
        "delegated_accountants",
        ["institution_id", "begins_on", "id"],
        unique=False,
    )
    op.create_index(
        "delegated_accountants_by_from_unit_id_idx",
        "delegated_accountants",
        ["institution_id", "from_unit_id", "begins_on", "id"],
        unique=False,
    )
    op.create_index(
        "delegated_accountants_by_person_id_idx",
        "delegated_accountants",
        ["institution_id", "person_id", "begins_on", "id"],
        unique=False,
    )
    op.create_index(
        "delegated_accountants_by_to_unit_id_idx",
        "delegated_accountants",
        ["institution_id", "to_unit_id", "begins_on", "id"],
        unique=False,
    )
    op.create_table(
        "finance_audits",
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
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("audited_on", sa.Date(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("auditors", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("hired_because", sa.Text(), nullable=False),
        sa.Column("special", sa.Text(), nullable=False),
        sa.Column("accounts", sa.Text(), nullable=False),
        sa.Column("funds", sa.Text(), nullable=False),
        sa.Column("assets", sa.Text(), nullable=False),
        sa.Column("groundwork", sa.Text(), nullable=False),
        sa.Column("discipline", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("reported_to", sa.Text(), nullable=False),
        sa.Column("fed_back_on", sa.Date(), nullable=True),
        sa.Column("treatment", sa.Text(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("finance_audits_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("finance_audits_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("finance_audits_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "finance_audits_begun_idx",
        "finance_audits",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_index(
        "finance_audits_unit_idx",
        "finance_audits",
        ["institution_id", "unit_id", "audited_on"],
        unique=False,
    )
    op.create_table(
        "finance_closings",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("journal", sa.Text(), nullable=False),
        sa.Column("balance", sa.Numeric(), nullable=False),
        sa.Column("reserve_limit", sa.Numeric(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "journal in ('cash', 'bank')", name=op.f("finance_closings_journal_check")
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("finance_closings_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or journal = 'bank' or balance <= reserve_limit",
            name=op.f("finance_closings_cash_over_limit_check"),
        ),
        sa.CheckConstraint(
            "void or balance between 0 and 1000000000", name=op.f("finance_closings_balance_check")
        ),
        sa.CheckConstraint(
            "void or reserve_limit between 0 and 1000000000",
            name=op.f("finance_closings_reserve_limit_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["finance_closings.institution_id", "finance_closings.id"],
            name=op.f("finance_closings_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("finance_closings_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("finance_closings_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("finance_closings_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "finance_closings_by_day_idx",
        "finance_closings",
        ["institution_id", "closed_on", "id"],
        unique=False,
    )
    op.create_table(
        "finance_incomes",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("collector_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("means", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("invoices", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "means in ('cash', 'cheque', 'transfer')", name=op.f("finance_incomes_means_check")
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("finance_incomes_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(invoices) <> ''", name=op.f("finance_incomes_invoices_check")
        ),
        sa.CheckConstraint(
            "void or btrim(purpose) <> ''", name=op.f("finance_incomes_purpose_check")
        ),
        sa.CheckConstraint(
            "void or amount between 0.01 and 1000000000", name=op.f("finance_incomes_amount_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "collector_id"],
            ["people.institution_id", "people.id"],
            name=op.f("finance_incomes_institution_id_collector_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["finance_incomes.institution_id", "finance_incomes.id"],
            name=op.f("finance_incomes_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("finance_incomes_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("finance_incomes_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("finance_incomes_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("finance_incomes_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "finance_incomes_by_collector_id_idx",
        "finance_incomes",
        ["institution_id", "collector_id", "received_on", "id"],
        unique=False,
    )
    op.create_index(
        "finance_incomes_by_day_idx",
        "finance_incomes",
        ["institution_id", "received_on", "id"],
        unique=False,
    )
    op.create_index(
        "finance_incomes_by_unit_id_idx",
        "finance_incomes",
        ["institution_id", "unit_id", "received_on", "id"],
        unique=False,
    )
    op.create_table(
        "finance_payments",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("payee_id", sa.Uuid(), nullable=True),
        sa.Column("payee", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("payment_method", sa.Text(), nullable=False),
        sa.Column("card_possible", sa.Boolean(), nullable=True),
        sa.Column("exception", sa.Text(), nullable=False),
        sa.Column("voucher_number", sa.Text(), nullable=False),
        sa.Column("vouched_by_id", sa.Uuid(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("finance_payments_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "payment_method in ('cash', 'cheque', 'transfer', 'official_card')",
            name=op.f("finance_payments_payment_method_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(purpose) <> ''", name=op.f("finance_payments_purpose_check")
        ),
        sa.CheckConstraint(
            "void or amount between 0.01 and 1000000000", name=op.f("finance_payments_amount_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["finance_payments.institution_id", "finance_payments.id"],
            name=op.f("finance_payments_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "payee_id"],
            ["people.institution_id", "people.id"],
            name=op.f("finance_payments_institution_id_payee_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("finance_payments_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "vouched_by_id"],
            ["people.institution_id", "people.id"],
            name=op.f("finance_payments_institution_id_vouched_by_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("finance_payments_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("finance_payments_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "finance_payments_by_day_idx",
        "finance_payments",
        ["institution_id", "paid_on", "id"],
        unique=False,
    )
    op.create_index(
        "finance_payments_by_payee_id_idx",
        "finance_payments",
        ["institution_id", "payee_id", "paid_on", "id"],
        unique=False,
    )
    op.create_index(
        "finance_payments_by_plan_id_idx",
        "finance_payments",
        ["institution_id", "plan_id", "paid_on", "id"],
        unique=False,
    )
    op.create_index(
        "finance_payments_by_request_id_idx",
        "finance_payments",
        ["institution_id", "request_id", "paid_on", "id"],
        unique=False,
    )
    op.create_index(
        "finance_payments_by_vouched_by_id_idx",
        "finance_payments",
        ["institution_id", "vouched_by_id", "paid_on", "id"],
        unique=False,
    )
    op.create_table(
        "finance_seals",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("keeper_id", sa.Uuid(), nullable=True),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("offered_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'lent') = (holder_id is not null)", name=op.f("finance_seals_holder_check")
        ),
        sa.CheckConstraint("btrim(name) <> ''", name=op.f("finance_seals_name_check")),
        sa.CheckConstraint(
            "state <> 'issued' or keeper_id is not null", name=op.f("finance_seals_keeper_check")
        ),
        sa.CheckConstraint(
            "state in ('kept', 'issued', 'lent', 'lost', 'ended')",
            name=op.f("finance_seals_state_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "holder_id"],
            ["people.institution_id", "people.id"],
            name=op.f("finance_seals_institution_id_holder_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "keeper_id"],
            ["people.institution_id", "people.id"],
            name=op.f("finance_seals_institution_id_keeper_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "offered_id"],
            ["people.institution_id", "people.id"],
            name=op.f("finance_seals_institution_id_offered_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("finance_seals_pkey")),
    )
    op.create_index(
        "finance_seals_due_idx", "finance_seals", ["institution_id", "due_on", "id"], unique=False
    )
    op.create_index(
        "finance_seals_named_idx", "finance_seals", ["institution_id", "name", "id"], unique=False
    )
    op.create_table(
        "finance_trainings",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("finance_trainings_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(topic) <> ''", name=op.f("finance_trainings_topic_check")
        ),
        sa.CheckConstraint(
            "void or people between 1 and 10000", name=op.f("finance_trainings_people_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["finance_trainings.institution_id", "finance_trainings.id"],
            name=op.f("finance_trainings_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("finance_trainings_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("finance_trainings_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("finance_trainings_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "finance_trainings_by_day_idx",
        "finance_trainings",
        ["institution_id", "held_on", "id"],
        unique=False,
    )
    op.create_table(
        "loan_business_ends",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("loan_id", sa.Uuid(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("loan_business_ends_struck_out_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["loan_business_ends.institution_id", "loan_business_ends.id"],
            name=op.f("loan_business_ends_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("loan_business_ends_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("loan_business_ends_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("loan_business_ends_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("loan_business_ends_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "loan_business_ends_by_day_idx",
        "loan_business_ends",
        ["institution_id", "ended_on", "id"],
        unique=False,
    )
    op.create_index(
        "loan_business_ends_by_loan_id_idx",
        "loan_business_ends",
        ["institution_id", "loan_id", "ended_on", "id"],
        unique=False,
    )
    op.create_index(
        "loan_business_ends_by_person_id_idx",
        "loan_business_ends",
        ["institution_id", "person_id", "ended_on", "id"],
        unique=False,
    )
    op.create_table(
        "withdrawals",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("payer_id", sa.Uuid(), nullable=False),
        sa.Column("large", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("withdrawals_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or btrim(purpose) <> ''", name=op.f("withdrawals_purpose_check")),
        sa.CheckConstraint(
            "void or amount between 0.01 and 1000000000", name=op.f("withdrawals_amount_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["withdrawals.institution_id", "withdrawals.id"],
            name=op.f("withdrawals_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "payer_id"],
            ["people.institution_id", "people.id"],
            name=op.f("withdrawals_institution_id_payer_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("withdrawals_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("withdrawals_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("withdrawals_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "withdrawals_by_day_idx", "withdrawals", ["institution_id", "drawn_on", "id"], unique=False
    )
    op.create_index(
        "withdrawals_by_payer_id_idx",
        "withdrawals",
        ["institution_id", "payer_id", "drawn_on", "id"],
        unique=False,
    )
    op.create_table(
        "bankings",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("income_id", sa.Uuid(), nullable=True),
        sa.Column("banked_on", sa.Date(), nullable=False),
        sa.Column("means", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("slip", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "means in ('cash', 'cheque', 'transfer')", name=op.f("bankings_means_check")
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("bankings_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or amount between 0.01 and 1000000000", name=op.f("bankings_amount_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["bankings.institution_id", "bankings.id"],
            name=op.f("bankings_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "income_id"],
            ["finance_incomes.institution_id", "finance_incomes.id"],
            name=op.f("bankings_institution_id_income_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("bankings_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("bankings_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("bankings_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "bankings_by_day_idx", "bankings", ["institution_id", "banked_on", "id"], unique=False
    )
    op.create_index(
        "bankings_by_income_id_idx",
        "bankings",
        ["institution_id", "income_id", "banked_on", "id"],
        unique=False,
    )
    op.create_table(
        "cash_paid_out",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("withdrawal_id", sa.Uuid(), nullable=False),
        sa.Column("paid_out_on", sa.Date(), nullable=False),
        sa.Column("left_over", sa.Numeric(), nullable=False),
        sa.Column("safekeeping", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("cash_paid_out_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or left_over = 0 or btrim(safekeeping) <> ''",
            name=op.f("cash_paid_out_kept_how_check"),
        ),
        sa.CheckConstraint(
            "void or left_over between 0 and 1000000000", name=op.f("cash_paid_out_left_over_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["cash_paid_out.institution_id", "cash_paid_out.id"],
            name=op.f("cash_paid_out_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("cash_paid_out_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "withdrawal_id"],
            ["withdrawals.institution_id", "withdrawals.id"],
            name=op.f("cash_paid_out_institution_id_withdrawal_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("cash_paid_out_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("cash_paid_out_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "cash_paid_out_by_day_idx",
        "cash_paid_out",
        ["institution_id", "paid_out_on", "id"],
        unique=False,
    )
    op.create_index(
        "cash_paid_out_by_withdrawal_id_idx",
        "cash_paid_out",
        ["institution_id", "withdrawal_id", "paid_out_on", "id"],
        unique=False,
    )
    op.create_table(
        "cheques",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("cheque_number", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("payee", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("stamped_on", sa.Date(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("cheques_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or btrim(purpose) <> ''", name=op.f("cheques_purpose_check")),
        sa.CheckConstraint(
            "void or amount between 0.01 and 1000000000", name=op.f("cheques_amount_check")
        ),
        sa.CheckConstraint(
            "void or cheque_number between 1 and 999999999",
            name=op.f("cheques_cheque_number_check"),
        ),
        sa.CheckConstraint(
            "void or drawn_on <= stamped_on", name=op.f("cheques_stamped_before_filled_in_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "book_id"],
            ["cheque_books.institution_id", "cheque_books.id"],
            name=op.f("cheques_institution_id_book_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["cheques.institution_id", "cheques.id"],
            name=op.f("cheques_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "receiver_id"],
            ["people.institution_id", "people.id"],
            name=op.f("cheques_institution_id_receiver_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("cheques_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("cheques_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("cheques_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "cheques_by_book_id_idx",
        "cheques",
        ["institution_id", "book_id", "drawn_on", "id"],
        unique=False,
    )
    op.create_index(
        "cheques_by_day_idx", "cheques", ["institution_id", "drawn_on", "id"], unique=False
    )
    op.create_index(
        "cheques_by_receiver_id_idx",
        "cheques",
        ["institution_id", "receiver_id", "drawn_on", "id"],
        unique=False,
    )
    op.create_index(
        "cheques_by_request_id_idx",
        "cheques",
        ["institution_id", "request_id", "drawn_on", "id"],
        unique=False,
    )
    op.create_table(
        "income_handovers",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("income_id", sa.Uuid(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("invoices", sa.Text(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("awaits", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("income_handovers_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(invoices) <> ''", name=op.f("income_handovers_invoices_check")
        ),
        sa.CheckConstraint(
            "void or amount between 0.01 and 1000000000", name=op.f("income_handovers_amount_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["income_handovers.institution_id", "income_handovers.id"],
            name=op.f("income_handovers_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "income_id"],
            ["finance_incomes.institution_id", "finance_incomes.id"],
            name=op.f("income_handovers_institution_id_income_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "receiver_id"],
            ["people.institution_id", "people.id"],
            name=op.f("income_handovers_institution_id_receiver_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("income_handovers_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("income_handovers_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("income_handovers_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "income_handovers_by_day_idx",
        "income_handovers",
        ["institution_id", "handed_on", "id"],
        unique=False,
    )
    op.create_index(
        "income_handovers_by_income_id_idx",
        "income_handovers",
        ["institution_id", "income_id", "handed_on", "id"],
        unique=False,
    )
    op.create_index(
        "income_handovers_by_receiver_id_idx",
        "income_handovers",
        ["institution_id", "receiver_id", "handed_on", "id"],
        unique=False,
    )
    op.execute("alter table finance_files enable row level security")
    op.execute("alter table finance_files force row level security")
    op.execute(
        "create policy own on finance_files using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table activity_settlements enable row level security")
    op.execute("alter table activity_settlements force row level security")
    op.execute(
        "create policy own on activity_settlements using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on activity_settlements for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on activity_settlements for each statement execute function register_stands()"
    )
    op.execute("alter table bank_reconciliations enable row level security")
    op.execute("alter table bank_reconciliations force row level security")
    op.execute(
        "create policy own on bank_reconciliations using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on bank_reconciliations for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on bank_reconciliations for each statement execute function register_stands()"
    )
    op.execute("alter table cash_counts enable row level security")
    op.execute("alter table cash_counts force row level security")
    op.execute(
        "create policy own on cash_counts using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on cash_counts for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on cash_counts for each statement execute function register_stands()"
    )
    op.execute("alter table cheque_books enable row level security")
    op.execute("alter table cheque_books force row level security")
    op.execute(
        "create policy own on cheque_books using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table delegated_accountants enable row level security")
    op.execute("alter table delegated_accountants force row level security")
    op.execute(
        "create policy own on delegated_accountants using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on delegated_accountants for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on delegated_accountants for each statement execute function register_stands()"
    )
    op.execute("alter table finance_audits enable row level security")
    op.execute("alter table finance_audits force row level security")
    op.execute(
        "create policy own on finance_audits using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table finance_closings enable row level security")
    op.execute("alter table finance_closings force row level security")
    op.execute(
        "create policy own on finance_closings using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on finance_closings for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on finance_closings for each statement execute function register_stands()"
    )
    op.execute("alter table finance_incomes enable row level security")
    op.execute("alter table finance_incomes force row level security")
    op.execute(
        "create policy own on finance_incomes using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on finance_incomes for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on finance_incomes for each statement execute function register_stands()"
    )
    op.execute("alter table finance_payments enable row level security")
    op.execute("alter table finance_payments force row level security")
    op.execute(
        "create policy own on finance_payments using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on finance_payments for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on finance_payments for each statement execute function register_stands()"
    )
    op.execute("alter table finance_seals enable row level security")
    op.execute("alter table finance_seals force row level security")
    op.execute(
        "create policy own on finance_seals using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table finance_trainings enable row level security")
    op.execute("alter table finance_trainings force row level security")
    op.execute(
        "create policy own on finance_trainings using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on finance_trainings for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on finance_trainings for each statement execute function register_stands()"
    )
    op.execute("alter table loan_business_ends enable row level security")
    op.execute("alter table loan_business_ends force row level security")
    op.execute(
        "create policy own on loan_business_ends using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on loan_business_ends for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on loan_business_ends for each statement execute function register_stands()"
    )
    op.execute("alter table withdrawals enable row level security")
    op.execute("alter table withdrawals force row level security")
    op.execute(
        "create policy own on withdrawals using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on withdrawals for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on withdrawals for each statement execute function register_stands()"
    )
    op.execute("alter table bankings enable row level security")
    op.execute("alter table bankings force row level security")
    op.execute(
        "create policy own on bankings using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on bankings for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on bankings for each statement execute function register_stands()"
    )
    op.execute("alter table cash_paid_out enable row level security")
    op.execute("alter table cash_paid_out force row level security")
    op.execute(
        "create policy own on cash_paid_out using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on cash_paid_out for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on cash_paid_out for each statement execute function register_stands()"
    )
    op.execute("alter table cheques enable row level security")
    op.execute("alter table cheques force row level security")
    op.execute(
        "create policy own on cheques using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on cheques for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on cheques for each statement execute function register_stands()"
    )
    op.execute("alter table income_handovers enable row level security")
    op.execute("alter table income_handovers force row level security")
    op.execute(
        "create policy own on income_handovers using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on income_handovers for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on income_handovers for each statement execute function register_stands()"
    )
