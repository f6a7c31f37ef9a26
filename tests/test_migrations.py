"""The tables that are declared are those that are migrated, and a new one comes with its walls."""

import re

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations.ops import CreateTableOp, UpgradeOps
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, MetaData, Table, Text
from sqlalchemy.dialects import postgresql as dialect
from sqlalchemy.schema import CreateTable

from domain.tables import LINE, TOLD, metadata
from migrations.upgrade import OtherRevision, engine, is_ours, migrate
from migrations.walls import completed
from resolvers.running import postgres
from resolvers.running.settings import CHECKOUT
from tests.office import Api

POLICIES = "select policyname as name from pg_policies where tablename = $1"
CHECKS = """
select conname, pg_get_constraintdef(oid) as said from pg_constraint
where contype in ('c', 'f') and connamespace = to_regnamespace($1)"""
REFUSING = """
select p.proname || case when t.tgtype & 8 = 8 and t.tgtype & 16 = 16 then '' else ' in part' end
from pg_trigger t join pg_proc p on p.oid = t.tgfoid
where t.tgrelid = to_regclass($1) and not t.tgisinternal and t.tgtype & 24 > 0
  and t.tgname not like 'tells%'"""

TELLING = """
select p.proname, count(*) from pg_trigger t join pg_proc p on p.oid = t.tgfoid
where t.tgrelid = to_regclass($1) and t.tgname like 'tells%' and t.tgenabled = 'A'
group by p.proname"""


async def test_the_tables_are_those_that_are_declared(owner_url: str):
    def drift(connection) -> list[object]:
        known = {"compare_server_default": True, "include_name": is_ours}
        return compare_metadata(MigrationContext.configure(connection, opts=known), metadata)

    async with engine(owner_url).connect() as connection:
        assert await connection.run_sync(drift) == []


async def test_what_the_database_refuses_of_a_row_is_what_is_declared(api: Api):
    migrated = await constraints(api, "public")
    await api.run("create schema declared")
    try:
        for table in metadata.sorted_tables:
            created = str(CreateTable(table).compile(dialect=dialect.dialect()))
            await api.run(f"set search_path = declared, public; {created}")
        assert await constraints(api, "declared") == migrated
    finally:
        await api.run("set search_path = public; drop schema declared cascade")


async def constraints(api: Api, schema: str) -> dict[str, str]:
    rows = await api.rows(CHECKS, schema)
    return {row["conname"]: row["said"].replace(f"{schema}.", "") for row in rows}


@pytest.mark.parametrize("table", sorted(metadata.tables))
async def test_a_table_has_the_walls_and_the_refusal_that_it_declares(api: Api, table: str):
    declared = metadata.tables[table].info
    found = {row["name"] for row in await api.rows(POLICIES, table)}
    assert found == {"own", *declared["walls"]}
    refusing = {row[0] for row in await api.rows(REFUSING, table)}
    assert refusing == ({declared["stands"]} if declared["stands"] else set())
    telling = dict(await api.rows(TELLING, table))
    assert telling == ({declared["tells"]: 3} if declared["tells"] else {})


async def test_a_new_table_comes_with_its_walls_refuses_changes_and_tells_of_them(api: Api):
    info = {
        "changes": ("insert",),
        "stands": LINE,
        "tells": TOLD,
        "walls": {"everybody": "for select using (true)"},
    }
    parts = (Column("institution_id", Text, primary_key=True), Column("said", Text))
    created = CreateTableOp.from_table(Table("fresh_lines", MetaData(), *parts, info=info))
    first, *more = completed(None, None, UpgradeOps(ops=[created])).ops
    assert (first, created.info) == (created, {})
    await api.run("create table fresh_lines (institution_id text primary key, said text)")
    try:
        for each in more:
            await api.run(each.sqltext)
        [wall] = await api.rows(
            "select relrowsecurity, relforcerowsecurity from pg_class where relname = 'fresh_lines'"
        )
        assert tuple(wall) == (True, True)
        assert {row["name"] for row in await api.rows(POLICIES, "fresh_lines")} == {
            "own",
            "everybody",
        }
        epoch = "select organisation_epoch from institutions where institution_id = 'hrss-bureau'"
        before = await api.value(epoch)
        await api.run("insert into fresh_lines values ('hrss-bureau', 'once')")
        assert await api.value(epoch) > before
        for change in ("update fresh_lines set said = ''", "delete from", "truncate"):
            with pytest.raises(asyncpg.RaiseError, match="stand"):
                await api.run(change if " set " in change else f"{change} fresh_lines")
        assert await api.value("select said from fresh_lines") == "once"
    finally:
        await api.run("drop table fresh_lines")


async def test_a_database_of_an_unknown_revision_is_left_as_it_is(api: Api, owner_url: str):
    async def stand_at(revision: str) -> None:
        await api.run(f"update alembic_version set version_num = '{revision}'")

    before = await api.value("select version_num from alembic_version")
    await stand_at("0014")
    try:
        with pytest.raises(OtherRevision, match="0014, which this version does not know"):
            await migrate(owner_url, postgres.APP)
        assert await api.value("select version_num from alembic_version") == "0014"
    finally:
        await stand_at(before)
    await migrate(owner_url, postgres.APP)


CHANGES_ROWS = re.compile(r'op\.execute\(\s*f?"+(?:update|insert into|delete from) ')


def test_a_revision_that_changes_rows_opens_their_walls_to_the_owner_first():
    """The owner is no superuser: behind forced walls it changes nothing, and nobody is told."""
    texts = {
        each.name: each.read_text(encoding="utf-8")
        for each in (CHECKOUT / "migrations" / "versions").glob("*.py")
    }
    changing = {name for name, text in texts.items() if CHANGES_ROWS.search(text)}
    assert len(changing) >= 4
    assert [n for n in changing if "no force row level security" not in texts[n]] == []
