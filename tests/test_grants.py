"""The serving role may do what some statement needs, and nothing else."""

import importlib
import pkgutil
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import orjson
import pytest
from pgqueuer.adapters.persistence.qb import QueryQueueBuilder

import resolvers
from domain import CASE_KINDS, REGISTERS, THINGS
from domain.tables import metadata
from migrations.grants import OF_THE_QUEUE, changes
from resolvers.ground.database import Database, Statement, statement
from resolvers.ground.derived import insertion
from resolvers.ground.keep_parts import Part
from resolvers.ground.keep_statement import keeping
from resolvers.ground.opening import opening
from resolvers.records import case_sql, thing_rows
from resolvers.requests import acting, outcomes
from resolvers.running import postgres
from resolvers.running.jobs import NAMES
from resolvers.time.sweeps import SWEEPS
from tests.office import Api, leave

OWNERS = {
    "time.calendars.SEED",
}
"""Statements that the owner alone runs: the national calendar."""

ARISING = {name: metadata.tables[name] for name in ("vehicle_hires",)}
"""What an approval brings about."""

GRANTED = """
select c.relname as table, lower(a.privilege_type) as may, '' as column
from pg_class c, aclexplode(c.relacl) a
where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.grantee = $1::regrole
union all
select c.relname, lower(a.privilege_type), t.attname
from pg_attribute t join pg_class c on c.oid = t.attrelid, aclexplode(t.attacl) a
where c.relnamespace = 'public'::regnamespace and a.grantee = $1::regrole"""
Right = tuple[str, str, str]


def declared(table: str) -> Iterator[Right]:
    yield table, "select", ""
    for privilege in changes(table):
        may, _, columns = privilege.partition(" (")
        for column in columns.rstrip(")").split(", "):
            yield table, may, column


def of_declarations() -> dict[str, str]:
    """The statements of what is declared: registers, things, cases."""
    found: dict[str, str] = {}
    for register in REGISTERS:
        found[f"register {register.lines}"] = insertion(register.table).sql
    for thing in THINGS:
        found[f"entering {thing.cards}"] = thing_rows.entering(thing).sql
        found[f"changing {thing.cards}"] = thing_rows.changing(thing).sql
    for kind in CASE_KINDS:
        for make in (case_sql.any_one, case_sql.keep, case_sql.begin):
            found[f"{make.__name__} {kind.code}"] = make(kind).sql
        page = case_sql.page(kind, frozenset())
        found[f"one {kind.code}"] = case_sql.every(case_sql.one(kind)).sql
        found[f"page {kind.code}"] = case_sql.every(page).sql
    return found


def written() -> dict[str, str]:
    """Every statement that serving may run, by its name."""
    found: dict[str, str] = {}
    for module in pkgutil.walk_packages(resolvers.__path__, "resolvers."):
        home = module.name.removeprefix("resolvers.")
        for name, value in vars(importlib.import_module(module.name)).items():
            for place, each in enumerate(_statements(value)):
                if not home.startswith("demo") and f"{home}.{name}" not in OWNERS:
                    found[f"{home}.{name} {place}"] = each.sql
    found |= of_declarations()
    for name, parts in (("anew", frozenset(Part)), ("again", frozenset(Part) - {Part.NEW})):
        found[f"keeping {name}"] = keeping(parts).sql
    found |= {f"sweeping {table}": each.remove.sql for table, each in SWEEPS.items()}
    opens = opening(session=True, office=True, absences=True, answer=True, beside=acting.NEAR)
    found["opening"] = opens.sql
    for name, table in ARISING.items():
        columns = tuple(each.name for each in table.columns if each.name != "corrects")
        found[f"arises {name}"] = outcomes._insertion(name, columns).sql
    return found | queue()


def queue() -> dict[str, str]:
    library: Any = QueryQueueBuilder(settings=NAMES)
    names = ("log_job", "retry_job", "update_heartbeat")
    found = {name: getattr(library, f"build_{name}_query")() for name in names}
    taken = library.build_dequeue_query(
        batch_size=1,
        entrypoints=[],
        concurrency_limits=[],
        queue_manager_id=uuid4(),
        global_concurrency_limit=None,
        heartbeat_timeout=timedelta(seconds=1),
    )
    return {**found, "dequeue": taken.sql}


def _statements(value: Any) -> Iterable[Statement]:
    several = value.values() if isinstance(value, dict) else value
    items = several if isinstance(value, dict | list | tuple) else [value]
    return [each for each in items if isinstance(each, Statement)]


@asynccontextmanager
async def serving(api: Api) -> AsyncIterator[None]:
    """The superuser's connection in the serving role; what happens to rights is undone."""
    transaction = api.superuser.transaction()
    await transaction.start()
    try:
        yield
    finally:
        await transaction.rollback()


async def refused(api: Api, sql: str) -> bool:
    """Whether the serving role lacks a right that the statement needs; nothing is run."""
    try:
        async with api.superuser.transaction():
            await api.run(f"set local role {postgres.APP}")
            await api.run(f"explain (generic_plan) {sql}")
            await api.run("reset role")
    except asyncpg.InsufficientPrivilegeError:
        return True
    return False


async def test_the_catalogue_grants_what_is_declared(api: Api) -> None:
    found = {tuple(row) for row in await api.rows(GRANTED, postgres.APP)}
    tables = {*metadata.tables, *OF_THE_QUEUE, "alembic_version"} | {name for name, _, _ in found}
    assert found == {right for table in tables for right in declared(table)}


async def test_every_statement_of_serving_is_allowed(api: Api) -> None:
    assert [name for name, sql in written().items() if await refused(api, sql)] == []


CHANGED = sorted(each for each in (*metadata.tables, *OF_THE_QUEUE) if changes(each))


@pytest.mark.parametrize("table", CHANGED)
async def test_every_right_is_needed_by_a_statement(api: Api, table: str) -> None:
    using = [sql for sql in written().values() if table in sql]
    for _, may, column in declared(table):
        if may == "select":
            continue
        async with serving(api):
            of = f"({column})" if column else ""
            await api.run(f"revoke {may} {of} on {table} from {postgres.APP}")
            assert any([await refused(api, sql) for sql in using]), f"{may} {column}"


@pytest.mark.parametrize(
    "change",
    [
        "update institutions set name = ''",
        "delete from institutions",
        "insert into institution_superiors values ('hrss-bureau', 'platform')",
        "update units set position = 0",
        "update seats set role = 'director'",
        "delete from seats",
        "update people set account = ''",
        "delete from people",
        "update accounts set person_id = (select id from people limit 1)",
        "delete from accounts",
        "update rulebook_rows set role = 'staff'",
        "delete from rulebook_rows",
        "delete from rulebook_clauses",
        "delete from steps",
        "update steps set id = gen_random_uuid()",
        "update notices set code = ''",
        "update comments set text = ''",
        "update answers set answer = null",
        "delete from ledger",
        "update sessions set person_id = (select id from people limit 1)",
        "update appointments set person_id = (select id from people limit 1)",
        "delete from clock_changes",
        "update regulation_texts set text = ''",
        "update pgqueuer set payload = null",
        "truncate pgqueuer",
    ],
)
async def test_what_nothing_needs_is_refused(api: Api, app_url: str, change: str) -> None:
    app = await Database.connect(app_url, most=1)
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with app.transaction("hrss-bureau") as transaction:
                await transaction.rows(statement(change))
    finally:
        await app.close()


async def test_a_decided_step_and_a_submitted_request_stand(api: Api, app_url: str) -> None:
    staff = await api.person("staff@hrss-bureau")
    chief = await api.person("section_chief@hrss-bureau")
    await staff.submit("leave.sick", leave("2026-03-16"))
    await chief.agree()
    app = await Database.connect(app_url, most=1)
    try:
        async with app.transaction("hrss-bureau") as transaction:
            for change in (
                "update steps set comment = 'x' where status = 'done' returning id",
                "delete from requests where status <> 'draft' returning id",
            ):
                assert await transaction.rows(statement(change)) == []
    finally:
        await app.close()
    assert await api.value("select count(*) from steps where status = 'done'") == 1
    assert await api.value("select count(*) from requests") == 1


JOB = """insert into pgqueuer (priority, status, entrypoint, dedupe_key, payload)
  values (0, 'queued', 'daily', $1, $2)"""


def job(institution: str, named: str) -> tuple[str, bytes]:
    return f"daily:{named}:x", orjson.dumps({"institution": institution, "at": "2026-03-02"})


async def test_a_session_sees_and_changes_its_own_institution_s_jobs_alone(
    api: Api, app_url: str
) -> None:
    for institution in ("hrss-bureau", "science-bureau"):
        await api.run(JOB, *job(institution, institution))
    await api.run(
        "insert into pgqueuer_log (job_id, status, priority, entrypoint, traceback)"
        " values (1, 'exception', 0, 'daily', '{\"a\": 1}')"
    )
    app = await Database.connect(app_url, most=1)
    try:
        async with app.transaction("science-bureau") as transaction:
            seen = await transaction.rows(statement("select dedupe_key from pgqueuer"))
            assert [row["dedupe_key"] for row in seen] == ["daily:science-bureau:x"]
            told = "select count(*) from pgqueuer_log"
            assert await transaction.value(statement(told)) == 0
            for change in (
                "update pgqueuer set status = 'failed' returning dedupe_key",
                "delete from pgqueuer returning dedupe_key",
            ):
                changed = await transaction.rows(statement(change))
                assert [row["dedupe_key"] for row in changed] == ["daily:science-bureau:x"]
        for institution, named in (
            ("hrss-bureau", "hrss-bureau"),
            ("hrss-bureau", "science-bureau"),
        ):
            key, payload = job(institution, named)
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with app.transaction("science-bureau") as transaction:
                    await transaction.rows(
                        Statement(JOB, ("key", "payload")), key=key, payload=payload
                    )
        async with app.transaction("*") as transaction:
            assert await transaction.value(statement("select count(*) from pgqueuer")) == 1
    finally:
        await app.close()
