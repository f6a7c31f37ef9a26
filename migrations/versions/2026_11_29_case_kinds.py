"""Cases of every kind stand alike: how each began, the version that it keeps, its events in one table.

What was begun before keeps the version of its request.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


TABLES = ("cases", "case_events", "requests", "vehicle_trips", "vehicle_repair_orders")


def upgrade() -> None:
    op.create_index("clocks_subject_idx", "clocks", ["institution_id", "subject_id"])
    open_to_us(*TABLES, "path_cases", "path_events", "vehicle_events")
    op.alter_column("cases", "registered_by", new_column_name="begun_by")
    op.alter_column("cases", "registered_by_name", new_column_name="begun_by_name")
    op.add_column("cases", sa.Column("request_id", sa.Uuid()))
    op.execute("update cases set request_id = id")
    pinned("cases")
    op.alter_column("cases", "answer_form", nullable=True)
    op.drop_constraint("cases_answer_form_check", "cases")
    op.execute("update cases set answer_form = null where answer_form = ''")
    op.create_check_constraint(
        op.f("cases_answer_form_check"), "cases", "answer_form in ('oral', 'written')"
    )
    op.create_unique_constraint(
        op.f("cases_institution_id_request_id_key"), "cases", ["institution_id", "request_id"]
    )
    op.drop_constraint("case_events_institution_id_case_id_fkey", "case_events")
    op.add_column(
        "case_events",
        sa.Column("taken", sa.Boolean(), nullable=False, server_default=sa.text("true")),
    )
    op.alter_column("case_events", "taken", server_default=None)
    trips()
    repairs()
    joining()
    op.execute(
        """insert into case_events
             (institution_id, case_id, version, event, origin, target, at, person_id, person_name,
              role, clause, comment, taken, measures, particulars)
           select institution_id, subject_id, version, event, origin, target, at, person_id,
                  person_name, '', clause, coalesce(particulars ->> 'note', ''), true, '{}',
                  particulars
           from vehicle_events"""
    )
    op.drop_table("vehicle_events")
    walled_again(*TABLES, "party_cases")


def downgrade() -> None:
    raise RuntimeError("A database goes forward only: restore a backup.")


def trips() -> None:
    """A slip has its times in columns of their own, and how it began as every case has."""
    op.alter_column("vehicle_trips", "user_id", new_column_name="begun_by")
    op.alter_column("vehicle_trips", "user_name", new_column_name="begun_by_name")
    op.alter_column("vehicle_trips", "request_id", nullable=True)
    op.alter_column("vehicle_trips", "version", server_default=None)
    for name in ("begins", "ends"):
        op.add_column("vehicle_trips", sa.Column(name, sa.TIMESTAMP(timezone=True)))
    op.execute(
        """update vehicle_trips set begins = lower(period) at time zone 'Asia/Shanghai',
             ends = upper(period) at time zone 'Asia/Shanghai'"""
    )
    for name in ("begins", "ends"):
        op.alter_column("vehicle_trips", name, nullable=False)
    op.add_column("vehicle_trips", sa.Column("place_in_queue", sa.Integer()))
    begun_alike("vehicle_trips", "vehicle.dispatch")
    op.drop_constraint("vehicle_trips_driven_one_at_a_time", "vehicle_trips")
    op.drop_column("vehicle_trips", "period")
    op.execute(
        """alter table vehicle_trips add constraint vehicle_trips_driven_one_at_a_time
           exclude using gist (int8range(driver_number, driver_number, '[]') with &&,
                               tstzrange(begins, ends) with &&)
           where (standing and back_at is null and shares_id is null
                  and driver_number is not null)"""
    )


def repairs() -> None:
    op.alter_column("vehicle_repair_orders", "driver_id", new_column_name="begun_by")
    op.alter_column("vehicle_repair_orders", "driver_name", new_column_name="begun_by_name")
    op.alter_column("vehicle_repair_orders", "request_id", nullable=True)
    op.alter_column("vehicle_repair_orders", "version", server_default=None)
    op.add_column("vehicle_repair_orders", sa.Column("kind", sa.Text()))
    op.add_column("vehicle_repair_orders", sa.Column("facts", JSONB()))
    op.add_column("vehicle_repair_orders", sa.Column("standing", sa.Boolean()))
    op.execute(
        """update vehicle_repair_orders set kind = 'vehicle.repair', facts = '{}',
             standing = state not in ('settled', 'published')"""
    )
    for name in ("kind", "facts", "standing"):
        op.alter_column("vehicle_repair_orders", name, nullable=False)
    begun_alike("vehicle_repair_orders", "vehicle.repair")


def joining() -> None:
    """Cases of joining the party are cases of a kind; a person's own, begun with an application."""
    op.drop_constraint("path_events_institution_id_case_id_fkey", "path_events")
    op.drop_constraint("path_cases_institution_id_person_id_fkey", "path_cases")
    op.rename_table("path_cases", "party_cases")
    op.execute("alter table party_cases rename constraint path_cases_pkey to party_cases_pkey")
    op.execute("alter index path_cases_standing_idx rename to party_cases_standing_idx")
    op.alter_column("party_cases", "person_id", new_column_name="begun_by")
    op.add_column("party_cases", sa.Column("request_id", sa.Uuid()))
    told = {"number": "", "kind": "", "begun_by_name": "", "application": ""}
    for name, empty in told.items():
        op.add_column("party_cases", sa.Column(name, sa.Text(), server_default=empty))
    op.add_column("party_cases", sa.Column("facts", JSONB(), server_default="{}"))
    op.add_column("party_cases", sa.Column("born", sa.Date()))
    for name in ("mentor_id", "second_mentor_id", "introducer_id", "second_introducer_id"):
        op.add_column("party_cases", sa.Column(name, sa.Uuid()))
    op.execute(
        """update party_cases c
           set begun_by_name = e.person_name, application = e.particulars ->> 'application',
               born = cast(e.particulars ->> 'born' as date)
           from path_events e
           where (e.institution_id, e.case_id) = (c.institution_id, c.id) and e.event = 'begin'"""
    )
    op.execute("update party_cases set born = cast(begun_at as date) where born is null")
    for name in (*told, "facts", "born"):
        op.alter_column("party_cases", name, nullable=False, server_default=None)
    op.create_unique_constraint(
        op.f("party_cases_institution_id_request_id_key"),
        "party_cases",
        ["institution_id", "request_id"],
    )
    op.create_index(
        "party_cases_begun_idx", "party_cases", ["institution_id", "kind", "begun_at", "id"]
    )
    op.execute(
        """insert into case_events
             (institution_id, case_id, version, event, origin, target, at, person_id, person_name,
              role, clause, comment, seat_id, taken, measures, particulars)
           select institution_id, case_id, version, event, origin, target, at, person_id,
                  person_name, role, clause, comment, seat_id, taken, measures, particulars
           from path_events"""
    )
    op.drop_table("path_events")


def begun_alike(table: str, path: str) -> None:
    """On which path it is, when its request was approved, and by which rules."""
    op.add_column(table, sa.Column("path", sa.Text()))
    op.add_column(table, sa.Column("begun_at", sa.TIMESTAMP(timezone=True)))
    op.execute(f"update {table} set path = '{path}', begun_at = since")
    op.execute(
        f"""update {table} t set begun_at = coalesce(r.closed_at, t.since) from requests r
            where (r.institution_id, r.id) = (t.institution_id, t.request_id)"""
    )
    for name in ("path", "begun_at"):
        op.alter_column(table, name, nullable=False)
    pinned(table)
    op.create_index(f"{table}_begun_idx", table, ["institution_id", "kind", "begun_at", "id"])


def pinned(table: str) -> None:
    """The version of the rules that a case keeps is its request's."""
    op.add_column(table, sa.Column("rulebook_version", sa.Integer()))
    op.execute(
        f"""update {table} t set rulebook_version = coalesce(r.rulebook_version, 1) from requests r
            where (r.institution_id, r.id) = (t.institution_id, t.request_id)"""
    )
    op.execute(f"update {table} set rulebook_version = 1 where rulebook_version is null")
    op.alter_column(table, "rulebook_version", nullable=False)


def open_to_us(*tables: str) -> None:
    """Whoever owns the tables sees every institution's rows, for as long as this lasts."""
    for table in tables:
        op.execute(f"alter table {table} no force row level security")


def walled_again(*tables: str) -> None:
    for table in tables:
        op.execute(f"alter table {table} force row level security")
