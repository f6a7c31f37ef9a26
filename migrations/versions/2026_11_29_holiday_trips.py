"""Days off that drivers drove on are lines; a share of an accident is a decision on what follows."""

from uuid import uuid5

import sqlalchemy as sa
from alembic import op

from domain.shapes.proposals import NAMES

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


OPENED = ("vehicle_trips", "calendar_days", "driver_incidents", "driver_liabilities")
DRIVEN = """
insert into holiday_trips (institution_id, id, driver_id, driver, day, holiday, trip_id,
    recorded_by, recorded_by_name, recorded_at)
select distinct on (t.institution_id, t.driver_id, d.day) t.institution_id, gen_random_uuid(),
       t.driver_id, t.driver_name, d.day, coalesce(c.name <> '', false), t.id, t.begun_by,
       t.begun_by_name, t.back_at
from vehicle_trips t
cross join lateral (
  select cast(each as date) as day
  from generate_series(cast(t.out_at at time zone 'Asia/Shanghai' as date),
                       cast(t.back_at at time zone 'Asia/Shanghai' as date), interval '1 day') each
) d
left join lateral (
  select c.working, c.name from calendar_days c
  where c.day = d.day and c.institution_id in (t.institution_id, '*')
  order by c.institution_id = '*' limit 1
) c on true
where t.driver_id is not null and t.driver_name is not null
  and t.kind in ('vehicle.dispatch', 'vehicle.off_hours')
  and not coalesce(c.working, extract(isodow from d.day) < 6)
order by t.institution_id, t.driver_id, d.day, t.out_at"""
FIXED = """
select l.institution_id, l.incident_id, l.share, l.reason, l.recorded_by, l.recorded_by_name,
       l.recorded_at, i.driver_id, cast(i.happened_at at time zone 'Asia/Shanghai' as date) as day
from driver_liabilities l
join driver_incidents i on (i.institution_id, i.id) = (l.institution_id, l.incident_id)
where not l.void and not exists (
  select from driver_liabilities later
  where (later.institution_id, later.corrects) = (l.institution_id, l.id))"""
TURN = """
insert into consequence_turns (institution_id, proposal_id, number, turn, person_id, source, trigger,
    rung, label, clause, day, counted_from, lines, measures, amount, said, role, by_id, by_name, at)
values (:institution_id, :proposal, :number, :turn, :driver_id, 'driver.incident',
    'at_fault_accident', :rung, jsonb_build_object('zh', cast(:zh as text), 'en', cast(:en as text)), :clause, :day, :day,
    jsonb_build_array(cast(:incident as text)), '{"at_fault_accident_damage": true}', :share,
    :reason, '', :recorded_by, :recorded_by_name, :recorded_at)"""
RUNG, CLAUSE = "official-accident", "vehicles/十(2)"
LABEL = {"zh": "承担维修余额，最少", "en": "Share of the repair left, at least"}


def upgrade() -> None:
    for each in OPENED:
        op.execute(f"alter table {each} no force row level security")
    op.create_table(
        "holiday_trips",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("driver_id", sa.Uuid(), nullable=False),
        sa.Column("driver", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("holiday", sa.Boolean(), nullable=False),
        sa.Column("trip_id", sa.Uuid(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("holiday_trips_struck_out_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["holiday_trips.institution_id", "holiday_trips.id"],
            name=op.f("holiday_trips_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "driver_id"],
            ["people.institution_id", "people.id"],
            name=op.f("holiday_trips_institution_id_driver_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("holiday_trips_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("holiday_trips_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("holiday_trips_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "holiday_trips_by_day_idx", "holiday_trips", ["institution_id", "day", "id"], unique=False
    )
    op.create_index(
        "holiday_trips_by_driver_id_idx",
        "holiday_trips",
        ["institution_id", "driver_id", "day", "id"],
        unique=False,
    )
    op.create_index(
        "holiday_trips_by_trip_id_idx",
        "holiday_trips",
        ["institution_id", "trip_id", "day", "id"],
        unique=False,
    )
    op.execute(DRIVEN)
    decided()
    op.drop_index(op.f("driver_liabilities_by_day_idx"), table_name="driver_liabilities")
    op.drop_index(op.f("driver_liabilities_by_incident_id_idx"), table_name="driver_liabilities")
    op.drop_table("driver_liabilities")
    op.execute("alter table holiday_trips enable row level security")
    op.execute("alter table holiday_trips force row level security")
    op.execute(
        "create policy own on holiday_trips using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on holiday_trips for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on holiday_trips for each statement execute function register_stands()"
    )
    for each in OPENED[:-1]:
        op.execute(f"alter table {each} force row level security")


def downgrade() -> None:
    raise RuntimeError("A database goes forward only: restore a backup.")


def decided() -> None:
    """A share that somebody fixed was told, and is imposed."""
    op.execute("alter table consequence_turns no force row level security")
    for line in op.get_bind().execute(sa.text(FIXED)).mappings().all():
        said = (CLAUSE, RUNG, LABEL["zh"], str(line["driver_id"]), str(line["incident_id"]))
        of = {"proposal": uuid5(NAMES, "\n".join(said)), "rung": RUNG, "clause": CLAUSE}
        for number, turn in enumerate(("told", "imposed")):
            given = {**line, **of, **LABEL, "number": number, "turn": turn}
            given["incident"] = str(line["incident_id"])
            op.get_bind().execute(sa.text(TURN), given)
    op.execute("alter table consequence_turns force row level security")
