"""Supplies: items, and the books of what moves, counts and books them."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "computer_repairs",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("contacted_on", sa.Date(), nullable=False),
        sa.Column("repaired_on", sa.Date(), nullable=False),
        sa.Column("repairer", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=True),
        sa.Column("awaits", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("computer_repairs_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(content) <> ''", name=op.f("computer_repairs_content_check")
        ),
        sa.CheckConstraint(
            "void or btrim(repairer) <> ''", name=op.f("computer_repairs_repairer_check")
        ),
        sa.CheckConstraint(
            "void or amount between 0 and 1000000000", name=op.f("computer_repairs_amount_check")
        ),
        sa.CheckConstraint(
            "void or reported_on <= contacted_on and contacted_on <= repaired_on",
            name=op.f("computer_repairs_end_before_start_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["computer_repairs.institution_id", "computer_repairs.id"],
            name=op.f("computer_repairs_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("computer_repairs_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "user_id"],
            ["people.institution_id", "people.id"],
            name=op.f("computer_repairs_institution_id_user_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("computer_repairs_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("computer_repairs_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "computer_repairs_by_day_idx",
        "computer_repairs",
        ["institution_id", "repaired_on", "id"],
        unique=False,
    )
    op.create_index(
        "computer_repairs_by_user_id_idx",
        "computer_repairs",
        ["institution_id", "user_id", "repaired_on", "id"],
        unique=False,
    )
    op.create_table(
        "supplies",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("item_class", sa.Text(), nullable=False),
        sa.Column("counted_in", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("keeper_id", sa.Uuid(), nullable=True),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("offered_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'lent') = (holder_id is not null)", name=op.f("supplies_holder_check")
        ),
        sa.CheckConstraint("btrim(counted_in) <> ''", name=op.f("supplies_counted_in_check")),
        sa.CheckConstraint("btrim(name) <> ''", name=op.f("supplies_name_check")),
        sa.CheckConstraint(
            "item_class in ('consumable', 'other', 'fixed_asset')",
            name=op.f("supplies_item_class_check"),
        ),
        sa.CheckConstraint(
            "state <> 'issued' or keeper_id is not null", name=op.f("supplies_keeper_check")
        ),
        sa.CheckConstraint(
            "state in ('kept', 'issued', 'lent', 'lost', 'ended')",
            name=op.f("supplies_state_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "holder_id"],
            ["people.institution_id", "people.id"],
            name=op.f("supplies_institution_id_holder_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "keeper_id"],
            ["people.institution_id", "people.id"],
            name=op.f("supplies_institution_id_keeper_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "offered_id"],
            ["people.institution_id", "people.id"],
            name=op.f("supplies_institution_id_offered_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("supplies_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("supplies_pkey")),
    )
    op.create_index(
        "supplies_due_idx", "supplies", ["institution_id", "due_on", "id"], unique=False
    )
    op.create_index(
        "supplies_named_idx", "supplies", ["institution_id", "name", "id"], unique=False
    )
    op.create_table(
        "supply_requests",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("supply_requests_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or btrim(what) <> ''", name=op.f("supply_requests_what_check")),
        sa.CheckConstraint(
            "void or quantity between 1 and 1000000", name=op.f("supply_requests_quantity_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["supply_requests.institution_id", "supply_requests.id"],
            name=op.f("supply_requests_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("supply_requests_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("supply_requests_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("supply_requests_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("supply_requests_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "supply_requests_by_day_idx",
        "supply_requests",
        ["institution_id", "wanted_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_requests_by_unit_id_idx",
        "supply_requests",
        ["institution_id", "unit_id", "wanted_on", "id"],
        unique=False,
    )
    op.create_table(
        "supply_counts",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("difference", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("item_class", sa.Text(), nullable=True),
        sa.Column("awaits", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "item_class in ('consumable', 'other', 'fixed_asset')",
            name=op.f("supply_counts_item_class_check"),
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("supply_counts_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or found between 0 and 1000000", name=op.f("supply_counts_found_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["supply_counts.institution_id", "supply_counts.id"],
            name=op.f("supply_counts_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "item_id"],
            ["supplies.institution_id", "supplies.id"],
            name=op.f("supply_counts_institution_id_item_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("supply_counts_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "second_id"],
            ["people.institution_id", "people.id"],
            name=op.f("supply_counts_institution_id_second_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("supply_counts_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("supply_counts_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "supply_counts_by_day_idx",
        "supply_counts",
        ["institution_id", "counted_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_counts_by_item_id_idx",
        "supply_counts",
        ["institution_id", "item_id", "counted_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_counts_by_second_id_idx",
        "supply_counts",
        ["institution_id", "second_id", "counted_on", "id"],
        unique=False,
    )
    op.create_table(
        "supply_handovers",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("item_class", sa.Text(), nullable=True),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("taker_id", sa.Uuid(), nullable=False),
        sa.Column("giver_id", sa.Uuid(), nullable=True),
        sa.Column("awaits", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "item_class in ('consumable', 'other', 'fixed_asset')",
            name=op.f("supply_handovers_item_class_check"),
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("supply_handovers_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or quantity between 1 and 1000000", name=op.f("supply_handovers_quantity_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["supply_handovers.institution_id", "supply_handovers.id"],
            name=op.f("supply_handovers_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "giver_id"],
            ["people.institution_id", "people.id"],
            name=op.f("supply_handovers_institution_id_giver_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "item_id"],
            ["supplies.institution_id", "supplies.id"],
            name=op.f("supply_handovers_institution_id_item_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("supply_handovers_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "taker_id"],
            ["people.institution_id", "people.id"],
            name=op.f("supply_handovers_institution_id_taker_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("supply_handovers_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("supply_handovers_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "supply_handovers_by_day_idx",
        "supply_handovers",
        ["institution_id", "handed_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_handovers_by_giver_id_idx",
        "supply_handovers",
        ["institution_id", "giver_id", "handed_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_handovers_by_item_id_idx",
        "supply_handovers",
        ["institution_id", "item_id", "handed_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_handovers_by_taker_id_idx",
        "supply_handovers",
        ["institution_id", "taker_id", "handed_on", "id"],
        unique=False,
    )
    op.create_table(
        "supply_issues",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("item_class", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("list_id", sa.Uuid(), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("awaits", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "item_class in ('consumable', 'other', 'fixed_asset')",
            name=op.f("supply_issues_item_class_check"),
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("supply_issues_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or quantity between 1 and 1000000", name=op.f("supply_issues_quantity_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["supply_issues.institution_id", "supply_issues.id"],
            name=op.f("supply_issues_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "item_id"],
            ["supplies.institution_id", "supplies.id"],
            name=op.f("supply_issues_institution_id_item_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "list_id"],
            ["supply_requests.institution_id", "supply_requests.id"],
            name=op.f("supply_issues_institution_id_list_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "receiver_id"],
            ["people.institution_id", "people.id"],
            name=op.f("supply_issues_institution_id_receiver_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("supply_issues_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("supply_issues_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("supply_issues_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "supply_issues_by_day_idx",
        "supply_issues",
        ["institution_id", "issued_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_issues_by_item_id_idx",
        "supply_issues",
        ["institution_id", "item_id", "issued_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_issues_by_list_id_idx",
        "supply_issues",
        ["institution_id", "list_id", "issued_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_issues_by_receiver_id_idx",
        "supply_issues",
        ["institution_id", "receiver_id", "issued_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_issues_by_request_id_idx",
        "supply_issues",
        ["institution_id", "request_id", "issued_on", "id"],
        unique=False,
    )
    op.create_table(
        "supply_openings",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("item_class", sa.Text(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "item_class in ('consumable', 'other', 'fixed_asset')",
            name=op.f("supply_openings_item_class_check"),
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("supply_openings_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or quantity between 1 and 1000000", name=op.f("supply_openings_quantity_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["supply_openings.institution_id", "supply_openings.id"],
            name=op.f("supply_openings_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "item_id"],
            ["supplies.institution_id", "supplies.id"],
            name=op.f("supply_openings_institution_id_item_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("supply_openings_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("supply_openings_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("supply_openings_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "supply_openings_by_day_idx",
        "supply_openings",
        ["institution_id", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_openings_by_item_id_idx",
        "supply_openings",
        ["institution_id", "item_id", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "supply_receipts",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("item_class", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("unit_price", sa.Numeric(), nullable=True),
        sa.Column("supplier", sa.Text(), nullable=False),
        sa.Column("invoice", sa.Text(), nullable=False),
        sa.Column("buyer_id", sa.Uuid(), nullable=True),
        sa.Column("second_buyer_id", sa.Uuid(), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("compared_with", sa.Text(), nullable=False),
        sa.Column("compared_price", sa.Numeric(), nullable=True),
        sa.Column("also_compared_with", sa.Text(), nullable=False),
        sa.Column("also_compared_price", sa.Numeric(), nullable=True),
        sa.Column("acceptor_id", sa.Uuid(), nullable=True),
        sa.Column("suppliers_compared", sa.Integer(), nullable=False),
        sa.Column("awaits", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "item_class in ('consumable', 'other', 'fixed_asset')",
            name=op.f("supply_receipts_item_class_check"),
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("supply_receipts_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or also_compared_price between 0 and 1000000000",
            name=op.f("supply_receipts_also_compared_price_check"),
        ),
        sa.CheckConstraint(
            "void or compared_price between 0 and 1000000000",
            name=op.f("supply_receipts_compared_price_check"),
        ),
        sa.CheckConstraint(
            "void or quantity between 1 and 1000000", name=op.f("supply_receipts_quantity_check")
        ),
        sa.CheckConstraint(
            "void or second_buyer_id <> buyer_id", name=op.f("supply_receipts_same_person_check")
        ),
        sa.CheckConstraint(
            "void or unit_price between 0 and 1000000000",
            name=op.f("supply_receipts_unit_price_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "acceptor_id"],
            ["people.institution_id", "people.id"],
            name=op.f("supply_receipts_institution_id_acceptor_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "buyer_id"],
            ["people.institution_id", "people.id"],
            name=op.f("supply_receipts_institution_id_buyer_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["supply_receipts.institution_id", "supply_receipts.id"],
            name=op.f("supply_receipts_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "item_id"],
            ["supplies.institution_id", "supplies.id"],
            name=op.f("supply_receipts_institution_id_item_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("supply_receipts_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "second_buyer_id"],
            ["people.institution_id", "people.id"],
            name=op.f("supply_receipts_institution_id_second_buyer_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("supply_receipts_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("supply_receipts_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "supply_receipts_by_acceptor_id_idx",
        "supply_receipts",
        ["institution_id", "acceptor_id", "received_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_receipts_by_buyer_id_idx",
        "supply_receipts",
        ["institution_id", "buyer_id", "received_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_receipts_by_day_idx",
        "supply_receipts",
        ["institution_id", "received_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_receipts_by_item_id_idx",
        "supply_receipts",
        ["institution_id", "item_id", "received_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_receipts_by_request_id_idx",
        "supply_receipts",
        ["institution_id", "request_id", "received_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_receipts_by_second_buyer_id_idx",
        "supply_receipts",
        ["institution_id", "second_buyer_id", "received_on", "id"],
        unique=False,
    )
    op.create_table(
        "supply_returns",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("item_class", sa.Text(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.Column("returner_id", sa.Uuid(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("leaving", sa.Boolean(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "condition in ('intact', 'damaged')", name=op.f("supply_returns_condition_check")
        ),
        sa.CheckConstraint(
            "item_class in ('consumable', 'other', 'fixed_asset')",
            name=op.f("supply_returns_item_class_check"),
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("supply_returns_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or quantity between 1 and 1000000", name=op.f("supply_returns_quantity_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["supply_returns.institution_id", "supply_returns.id"],
            name=op.f("supply_returns_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "item_id"],
            ["supplies.institution_id", "supplies.id"],
            name=op.f("supply_returns_institution_id_item_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("supply_returns_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "returner_id"],
            ["people.institution_id", "people.id"],
            name=op.f("supply_returns_institution_id_returner_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("supply_returns_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("supply_returns_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "supply_returns_by_day_idx",
        "supply_returns",
        ["institution_id", "returned_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_returns_by_item_id_idx",
        "supply_returns",
        ["institution_id", "item_id", "returned_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_returns_by_returner_id_idx",
        "supply_returns",
        ["institution_id", "returner_id", "returned_on", "id"],
        unique=False,
    )
    op.create_table(
        "supply_write_offs",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("item_class", sa.Text(), nullable=True),
        sa.Column("written_off_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("disposal_approved", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "item_class in ('consumable', 'other', 'fixed_asset')",
            name=op.f("supply_write_offs_item_class_check"),
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("supply_write_offs_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(reason) <> ''", name=op.f("supply_write_offs_reason_check")
        ),
        sa.CheckConstraint(
            "void or quantity between 1 and 1000000", name=op.f("supply_write_offs_quantity_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["supply_write_offs.institution_id", "supply_write_offs.id"],
            name=op.f("supply_write_offs_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "holder_id"],
            ["people.institution_id", "people.id"],
            name=op.f("supply_write_offs_institution_id_holder_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "item_id"],
            ["supplies.institution_id", "supplies.id"],
            name=op.f("supply_write_offs_institution_id_item_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("supply_write_offs_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("supply_write_offs_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("supply_write_offs_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "supply_write_offs_by_day_idx",
        "supply_write_offs",
        ["institution_id", "written_off_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_write_offs_by_holder_id_idx",
        "supply_write_offs",
        ["institution_id", "holder_id", "written_off_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_write_offs_by_item_id_idx",
        "supply_write_offs",
        ["institution_id", "item_id", "written_off_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_write_offs_by_request_id_idx",
        "supply_write_offs",
        ["institution_id", "request_id", "written_off_on", "id"],
        unique=False,
    )
    op.create_table(
        "asset_bookings",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("receipt_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("item_class", sa.Text(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "item_class in ('consumable', 'other', 'fixed_asset')",
            name=op.f("asset_bookings_item_class_check"),
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("asset_bookings_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(account) <> ''", name=op.f("asset_bookings_account_check")
        ),
        sa.CheckConstraint(
            "void or amount between 0 and 1000000000", name=op.f("asset_bookings_amount_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["asset_bookings.institution_id", "asset_bookings.id"],
            name=op.f("asset_bookings_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "receipt_id"],
            ["supply_receipts.institution_id", "supply_receipts.id"],
            name=op.f("asset_bookings_institution_id_receipt_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("asset_bookings_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("asset_bookings_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("asset_bookings_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "asset_bookings_by_day_idx",
        "asset_bookings",
        ["institution_id", "booked_on", "id"],
        unique=False,
    )
    op.create_index(
        "asset_bookings_by_receipt_id_idx",
        "asset_bookings",
        ["institution_id", "receipt_id", "booked_on", "id"],
        unique=False,
    )
    op.create_table(
        "supply_differences",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=False),
        sa.Column("becomes", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("count_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "becomes in ('adjusted', 'compensated', 'found', 'miscounted')",
            name=op.f("supply_differences_becomes_check"),
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("supply_differences_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(reason) <> ''", name=op.f("supply_differences_reason_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["supply_differences.institution_id", "supply_differences.id"],
            name=op.f("supply_differences_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "count_id"],
            ["supply_counts.institution_id", "supply_counts.id"],
            name=op.f("supply_differences_institution_id_count_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "item_id"],
            ["supplies.institution_id", "supplies.id"],
            name=op.f("supply_differences_institution_id_item_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("supply_differences_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("supply_differences_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("supply_differences_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "supply_differences_by_count_id_idx",
        "supply_differences",
        ["institution_id", "count_id", "settled_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_differences_by_day_idx",
        "supply_differences",
        ["institution_id", "settled_on", "id"],
        unique=False,
    )
    op.create_index(
        "supply_differences_by_item_id_idx",
        "supply_differences",
        ["institution_id", "item_id", "settled_on", "id"],
        unique=False,
    )
    op.execute("alter table computer_repairs enable row level security")
    op.execute("alter table computer_repairs force row level security")
    op.execute(
        "create policy own on computer_repairs using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on computer_repairs for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on computer_repairs for each statement execute function register_stands()"
    )
    op.execute("alter table supplies enable row level security")
    op.execute("alter table supplies force row level security")
    op.execute(
        "create policy own on supplies using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table supply_requests enable row level security")
    op.execute("alter table supply_requests force row level security")
    op.execute(
        "create policy own on supply_requests using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on supply_requests for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on supply_requests for each statement execute function register_stands()"
    )
    op.execute("alter table supply_counts enable row level security")
    op.execute("alter table supply_counts force row level security")
    op.execute(
        "create policy own on supply_counts using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on supply_counts for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on supply_counts for each statement execute function register_stands()"
    )
    op.execute("alter table supply_handovers enable row level security")
    op.execute("alter table supply_handovers force row level security")
    op.execute(
        "create policy own on supply_handovers using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on supply_handovers for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on supply_handovers for each statement execute function register_stands()"
    )
    op.execute("alter table supply_issues enable row level security")
    op.execute("alter table supply_issues force row level security")
    op.execute(
        "create policy own on supply_issues using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on supply_issues for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on supply_issues for each statement execute function register_stands()"
    )
    op.execute("alter table supply_openings enable row level security")
    op.execute("alter table supply_openings force row level security")
    op.execute(
        "create policy own on supply_openings using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on supply_openings for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on supply_openings for each statement execute function register_stands()"
    )
    op.execute("alter table supply_receipts enable row level security")
    op.execute("alter table supply_receipts force row level security")
    op.execute(
        "create policy own on supply_receipts using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on supply_receipts for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on supply_receipts for each statement execute function register_stands()"
    )
    op.execute("alter table supply_returns enable row level security")
    op.execute("alter table supply_returns force row level security")
    op.execute(
        "create policy own on supply_returns using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on supply_returns for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on supply_returns for each statement execute function register_stands()"
    )
    op.execute("alter table supply_write_offs enable row level security")
    op.execute("alter table supply_write_offs force row level security")
    op.execute(
        "create policy own on supply_write_offs using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on supply_write_offs for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on supply_write_offs for each statement execute function register_stands()"
    )
    op.execute("alter table asset_bookings enable row level security")
    op.execute("alter table asset_bookings force row level security")
    op.execute(
        "create policy own on asset_bookings using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on asset_bookings for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on asset_bookings for each statement execute function register_stands()"
    )
    op.execute("alter table supply_differences enable row level security")
    op.execute("alter table supply_differences force row level security")
    op.execute(
        "create policy own on supply_differences using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on supply_differences for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on supply_differences for each statement execute function register_stands()"
    )
