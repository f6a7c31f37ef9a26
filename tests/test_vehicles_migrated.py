"""Vehicles, days off and shares that were on record before stand in the tables of today."""

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
from alembic import command
from sqlalchemy import Connection

from domain.shapes.proposals import proposals
from migrations import upgrade
from migrations.upgrade import engine, migrate
from policies import loading
from resolvers.running import postgres
from tests.test_vehicles_drivers import incident

AT = datetime(2026, 3, 7, 1, tzinfo=UTC)
CAR, TRIP, DRIVER, CRASH, LINE = (UUID(int=number) for number in range(1, 6))
BEFORE = f"""
insert into people (institution_id, id, name, name_key) values ('o', '{DRIVER}', '冉', 'ran');
insert into vehicles (institution_id, id, plate, model, engine_number, frame_number, passengers,
    pool, parking_place, version, entered_at)
  values ('o', '{CAR}', '鲁b r0201', '', 'E', 'F', 4, 'office', '院内', 3, '{AT}');
insert into vehicle_trips (institution_id, id, number, kind, path, state, since, version, standing,
    rulebook_version, begun_at, begun_by, begun_by_name, facts, section, going_to, purpose,
    begins, ends, vehicle_id, driver_id, driver_number, driver_name, out_at, back_at, remarks)
  values ('o', '{TRIP}', '1', 'vehicle.dispatch', 'vehicle.dispatch', 'returned', '{AT}', 3,
    true, 1, '{AT}', '{DRIVER}', '冉', '{{}}', '', '', '', '{AT}', '{AT}', '{CAR}', '{DRIVER}', 1,
    '冉',
    '2026-03-06 09:00+08', '2026-03-09 09:00+08', '');
insert into driver_incidents (institution_id, id, driver_id, happened_at, what, at_fault, accident,
    damage, loss, prosecuted, description, recorded_by, recorded_by_name, recorded_at)
  values ('o', '{CRASH}', '{DRIVER}', '{AT}', 'accident', true, true, true, false, false, '追尾',
    '{DRIVER}', '冉', '{AT}');
insert into driver_liabilities (institution_id, id, incident_id, share, reason, recorded_by,
    recorded_by_name, recorded_at)
  values ('o', '{LINE}', '{CRASH}', 60, '主要责任', '{DRIVER}', '主任', '{AT}');
"""
READ = {
    "car": "select plate, model, state, version from vehicles",
    "days": "select day, holiday, driver, trip_id from holiday_trips order by day",
    "turns": "select proposal_id, turn, amount, said, by_name from consequence_turns"
    " order by number",
}


async def _migrated(url: str, superuser: str) -> dict[str, Any]:
    def before(connection: Connection) -> None:
        config = upgrade._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0034")

    async with engine(url).begin() as connection:
        await connection.run_sync(before)
    direct = await asyncpg.connect(superuser)
    await direct.execute("set session_replication_role = replica")
    await direct.execute(BEFORE)
    await direct.execute("set session_replication_role = origin")
    await migrate(url, postgres.APP)
    found = {name: [tuple(row) for row in await direct.fetch(sql)] for name, sql in READ.items()}
    await direct.close()
    return found


def test_what_was_on_record_of_vehicles_and_drivers_stays_on_record(data_dir: Path) -> None:
    with postgres.running(data_dir, fsync="off") as database:
        superuser = database.owner_url.replace(postgres.OWNER, "postgres")
        found = asyncio.run(_migrated(database.owner_url, superuser))
    assert found["car"] == [("鲁B·R0201", "-", "kept", 3)]
    weekend = [date(2026, 3, 7), date(2026, 3, 8)]
    assert found["days"] == [(day, False, "冉", TRIP) for day in weekend]
    crash = incident("2026-03-07", "accident", at_fault=True, accident=True, damage=True)
    of, since = loading.shipped("construction-bureau").shapes, date(2026, 1, 1)
    lines = [crash.__class__(CRASH, crash.of, crash.day, crash.facts)]
    due = proposals(DRIVER, lines, of.counts, of.ladders, lambda _: {}, of.measures, since)
    [fixed] = {row[0] for row in found["turns"]}
    assert fixed in {each.id for each in due}
    told = [(row[1], row[2], row[3], row[4]) for row in found["turns"]]
    assert told == [(turn, 60, "主要责任", "主任") for turn in ("told", "imposed")]
