"""What a vehicle may be refuelled with, who was told of it before, and its private use."""

import sqlalchemy as sa
from alembic import op

revision = "0148"
down_revision = "0144"
branch_labels = None
depends_on = None

KINDS = (
    "traffic_fine accident drink_driving refused_duty unauthorised_trip unauthorised_lending"
    " unauthorised_parking private_use trip_without_task leader_drove weak_management"
)


def upgrade() -> None:
    op.add_column("vehicles", sa.Column("fuel_quota", sa.Numeric(), nullable=True))
    op.create_check_constraint(
        op.f("vehicles_fuel_quota_check"), "vehicles", "fuel_quota between 0.01 and 100000"
    )
    op.add_column("vehicle_refuellings", sa.Column("request_id", sa.Uuid(), nullable=True))
    op.add_column("vehicle_refuellings", sa.Column("over_fuel_quota", sa.Boolean(), nullable=True))
    op.create_index(
        "vehicle_refuellings_by_request_id_idx",
        "vehicle_refuellings",
        ["institution_id", "request_id", "refuelled_at", "id"],
        unique=False,
    )
    op.add_column(
        "vehicle_repairs", sa.Column("exception", sa.Text(), server_default="", nullable=False)
    )
    op.alter_column("vehicle_repairs", "exception", server_default=None)
    name = op.f("driver_incidents_what_check")
    op.drop_constraint(name, "driver_incidents")
    values = ", ".join(f"'{each}'" for each in KINDS.split())
    op.create_check_constraint(name, "driver_incidents", f"what in ({values})")
