"""Cases that were begun before they were of kinds stand as they stood."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
from alembic import command
from sqlalchemy import Connection

from migrations import upgrade
from migrations.upgrade import engine, migrate
from resolvers.running import postgres

BEFORE = """
insert into vehicle_trips (institution_id, id, request_id, number, kind, section, user_id,
    user_name, going_to, purpose, facts, period, vehicle_id, driver_id,
    driver_number, driver_name, state, since, standing, remarks)
  values ('o', '{2}', '{3}', '2026-000001', 'vehicle.dispatch', '科', '{0}', '郭', '市局', '送',
    '{{}}', '[2026-03-05 09:00,2026-03-05 11:00)', null, null, null, '郭',
    'dispatched', '{at}', true, '');
insert into vehicle_repair_orders (institution_id, id, request_id, number, vehicle_id, driver_id,
    driver_name, faults, scope, related_scope, garage, accepted_by, state, since)
  values ('o', '{4}', '{5}', '2026-000002', null, '{0}', '郭', '刹车', '', '', '厂', '', 'settled',
    '{at}');
insert into vehicle_events (institution_id, subject_id, version, event, origin, target, clause,
    particulars, person_id, person_name, at)
  values ('o', '{2}', 2, 'dispatch', 'approved', 'dispatched', '', '{{"note": "快"}}', '{0}',
    '郭', '{at}');
insert into cases (institution_id, id, number, kind, path, state, since, version, standing,
    begun_at, registered_by, registered_by_name, channel, received_on, subject, complainant_name,
    complainant_telephone, superior, complained_of, facts, handler_unit, handler_name, forwarded_to,
    answer, answer_form)
  values ('o', '{6}', '2026-000003', 'petition.case', 'petition.case', 'assigned', '{at}', 2, true,
    '{at}', '{0}', '郭', 'letter', '2026-03-02', '积水', '', '', '', '', '{{}}', '', '', '', '',
    '');
insert into path_cases (institution_id, id, person_id, path, state, since, rulebook_version,
    version, standing, begun_at)
  values ('o', '{7}', '{0}', 'party.candidate', 'activist', '{at}', 3, 2, true, '{at}');
insert into path_events (institution_id, case_id, version, path, event, origin, target, person_name,
    role, clause, comment, taken, at, person_id, measures, particulars)
  values ('o', '{7}', 1, 'party.candidate', 'begin', '', 'applicant', '郭', 'requester', 'x/1', '',
    true, '{at}', '{0}', '{{}}', '{{"application": "我志愿", "born": "1995-05-04"}}');
"""
AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


def _to_0029(connection: Connection) -> None:
    config = upgrade._config()
    config.attributes["connection"] = connection
    command.upgrade(config, "0029")


async def _migrated(url: str, superuser: str) -> dict[str, Any]:
    async with engine(url).begin() as connection:
        await connection.run_sync(_to_0029)
    ids = [UUID(int=number) for number in range(1, 9)]
    direct = await asyncpg.connect(superuser)
    await direct.execute("set session_replication_role = replica")
    await direct.execute(BEFORE.format(*ids, at=AT))
    await direct.execute("set session_replication_role = origin")
    await migrate(url, postgres.APP)
    tables = ("vehicle_trips", "vehicle_repair_orders", "cases", "party_cases")
    found = {table: dict(await direct.fetchrow(f"select * from {table}")) for table in tables}
    events = await direct.fetch("select case_id, event, comment, taken from case_events order by 1")
    await direct.close()
    return {**found, "events": [tuple(each) for each in events]}


def test_what_was_begun_before_stands_as_it_stood(data_dir: Path) -> None:
    with postgres.running(data_dir, fsync="off") as database:
        superuser = database.owner_url.replace(postgres.OWNER, "postgres")
        found = asyncio.run(_migrated(database.owner_url, superuser))
    trip, order = found["vehicle_trips"], found["vehicle_repair_orders"]
    assert (trip["path"], trip["state"], trip["begun_at"]) == ("vehicle.dispatch", "dispatched", AT)
    assert trip["begins"] == datetime(2026, 3, 5, 1, tzinfo=UTC)
    assert (trip["begun_by_name"], trip["driver_name"], trip["version"]) == ("郭", "郭", 1)
    assert (order["standing"], order["kind"], order["garage"]) == (False, "vehicle.repair", "厂")
    petition, party = found["cases"], found["party_cases"]
    assert (petition["request_id"], petition["answer_form"]) == (petition["id"], None)
    assert (party["application"], party["rulebook_version"]) == ("我志愿", 3)
    assert (party["born"].isoformat(), party["begun_by_name"]) == ("1995-05-04", "郭")
    assert found["events"] == [
        (UUID(int=3), "dispatch", "快", True),
        (UUID(int=8), "begin", "", True),
    ]
