"""Which carrier of secrets was looked for, and to which body an incident was reported."""

import sqlalchemy as sa
from alembic import op

revision = "0310"
down_revision = "0300"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("classified_counts", sa.Column("carrier_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("classified_counts_institution_id_carrier_id_fkey"),
        "classified_counts",
        "classified_carriers",
        ["institution_id", "carrier_id"],
        ["institution_id", "id"],
    )
    op.create_index(
        "classified_counts_by_carrier_id_idx",
        "classified_counts",
        ["institution_id", "carrier_id", "counted_on", "id"],
        unique=False,
    )
    op.add_column(
        "infosec_incident_reports", sa.Column("report_addressee", sa.Text(), nullable=True)
    )
    op.create_check_constraint(
        op.f("infosec_incident_reports_report_addressee_check"),
        "infosec_incident_reports",
        "report_addressee in"
        " ('secrecy_bureau', 'confidentiality_group', 'coordination_office', 'other')",
    )


def downgrade() -> None:
    op.drop_column("infosec_incident_reports", "report_addressee")
    op.drop_index("classified_counts_by_carrier_id_idx", "classified_counts")
    op.drop_column("classified_counts", "carrier_id")
