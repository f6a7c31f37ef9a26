"""What was published of vehicles before there was one board stands on it, as it was told."""

import asyncio
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
insert into people (institution_id, id, name, name_key, employment, facts, account)
  values ('o', '{1}', '郭', 'guo', 'formal', '{{}}', 'guo@o');
insert into vehicle_publications (institution_id, id, statement, first_day, last_day, clause,
    content, void, why, recorded_by, recorded_by_name, recorded_at)
  values ('o', '{0}', 'repair-report', '2026-01-01', '2026-06-30', 'vehicles/七',
    '[{{"plate": "鲁B", "total": "960.50"}}]', false, '', '{1}', '郭', '2026-07-02T01:00Z'),
    ('o', '{1}', 'mileage-report', '2026-06-01', '2026-06-30', 'vehicles/六', '[]', false, '',
    '{1}', '郭', '2026-07-03T01:00Z')
"""


def _before(connection: Connection) -> None:
    config = upgrade._config()
    config.attributes["connection"] = connection
    command.upgrade(config, "0034")


async def _migrated(url: str, superuser: str) -> list[dict[str, Any]]:
    async with engine(url).begin() as connection:
        await connection.run_sync(_before)
    direct = await asyncpg.connect(superuser)
    await direct.execute("set session_replication_role = replica")
    await direct.execute(BEFORE.format(UUID(int=1), UUID(int=2)))
    await direct.execute("set session_replication_role = origin")
    await migrate(url, postgres.APP)
    found = await direct.fetch("select * from publications order by at")
    await direct.close()
    return [dict(each) for each in found]


def test_what_was_published_of_vehicles_stands_on_the_one_board(data_dir: Path) -> None:
    with postgres.running(data_dir, fsync="off") as database:
        superuser = database.owner_url.replace(postgres.OWNER, "postgres")
        repairs, use = asyncio.run(_migrated(database.owner_url, superuser))
    assert (repairs["statement"], repairs["cadence"]) == ("vehicle.repairs", "repair-report")
    assert (repairs["reach"], repairs["by_name"], repairs["replaces"]) == ("office", "郭", None)
    assert '"960.50"' in repairs["lines"]
    assert '"name": "plate"' in repairs["heads"]
    assert (use["statement"], use["lines"], use["heads"]) == ("vehicle.use", "[]", "[]")
