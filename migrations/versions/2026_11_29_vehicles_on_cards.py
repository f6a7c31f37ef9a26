"""A vehicle is a thing on a card that changes by versions; one that was retired stays to be seen."""

import sqlalchemy as sa
from alembic import op

from domain.values.names import Names, canonical

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

STATES = "state in ('kept', 'issued', 'lent', 'lost', 'ended')"
TOLD = ("plate", "model", "engine_number", "frame_number", "parking_place")
WITH = ("keeper_id", "holder_id", "offered_id")


def upgrade() -> None:
    op.execute("alter table vehicles no force row level security")
    op.add_column("vehicles", sa.Column("state", sa.Text(), server_default="kept", nullable=False))
    op.alter_column("vehicles", "state", server_default=None)
    op.alter_column("vehicles", "version", server_default=None)
    for name in WITH:
        op.add_column("vehicles", sa.Column(name, sa.Uuid()))
    op.add_column("vehicles", sa.Column("due_on", sa.Date()))
    op.drop_constraint("vehicles_told_check", "vehicles")
    op.drop_constraint("vehicles_institution_id_plate_key", "vehicles")
    rewritten()
    checks = {"state": STATES, "holder": "(state = 'lent') = (holder_id is not null)"}
    checks["keeper"] = "state <> 'issued' or keeper_id is not null"
    checks |= {name: f"btrim({name}) <> ''" for name in TOLD}
    for name, said in checks.items():
        op.create_check_constraint(op.f(f"vehicles_{name}_check"), "vehicles", said)
    for name in WITH:
        op.create_foreign_key(
            op.f(f"vehicles_institution_id_{name}_fkey"),
            "vehicles",
            "people",
            ["institution_id", name],
            ["institution_id", "id"],
        )
    for name, column in (("named", "plate"), ("due", "due_on")):
        op.create_index(f"vehicles_{name}_idx", "vehicles", ["institution_id", column, "id"])
    op.execute("alter table vehicles force row level security")


def downgrade() -> None:
    raise RuntimeError("A database goes forward only: restore a backup.")


def rewritten() -> None:
    """What was entered before names had a form is brought into it; what was left blank says so."""
    for name in TOLD:
        op.execute(f"update vehicles set {name} = '-' where btrim({name}) = ''")
    known = op.get_bind().execute(sa.text("select institution_id, id, plate from vehicles")).all()
    for institution, key, plate in known:
        op.get_bind().execute(
            sa.text("update vehicles set plate = :plate where institution_id = :of and id = :id"),
            {"plate": canonical(Names.PLATE, plate), "of": institution, "id": key},
        )
