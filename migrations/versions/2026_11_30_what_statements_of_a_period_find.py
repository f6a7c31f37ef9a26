"""Statements find what their period holds by an index: approved requests, absences, cases."""

import sqlalchemy as sa
from alembic import op

revision = "0190"
down_revision = "0180"
branch_labels = None
depends_on = None

ABSENCES = ("absences_person_idx", "absences", ["institution_id", "person_id"])


def upgrade() -> None:
    begins = sa.Computed("lower(period)::date", persisted=True)
    op.add_column("absences", sa.Column("begins_on", sa.Date(), begins))
    name, table, columns = ABSENCES
    op.drop_index(name, table)
    op.create_index(name, table, [*columns, "begins_on"])
    op.create_index("print_works_finished_at_idx", "print_works", ["institution_id", "finished_at"])
    op.create_index("vehicle_trips_out_at_idx", "vehicle_trips", ["institution_id", "out_at"])
    approved = sa.text("status = 'approved'")
    columns = ["institution_id", "kind", "closed_at"]
    op.create_index("requests_closed_idx", "requests", columns, postgresql_where=approved)
    begun = sa.text("status = 'approved' and counted_from is not null")
    columns = ["institution_id", "kind", "counted_from"]
    op.create_index("requests_begun_idx", "requests", columns, postgresql_where=begun)


def downgrade() -> None:
    op.drop_index("requests_begun_idx", "requests")
    op.drop_index("requests_closed_idx", "requests")
    op.drop_index("vehicle_trips_out_at_idx", "vehicle_trips")
    op.drop_index("print_works_finished_at_idx", "print_works")
    op.drop_index("absences_person_idx", "absences")
    op.drop_column("absences", "begins_on")
    op.create_index(*ABSENCES)
