"""The walls, seen by walking the catalogue and the schema: no table and no field is forgotten."""

from contextlib import suppress

import asyncpg
import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
)

from domain.shapes.doors import ANYONE
from domain.tables import metadata
from policies import vocabulary
from policies.permissions import ROLES_BY_PERMISSION
from resolvers.demo.offices import offices
from resolvers.ground.database import Database, statement
from resolvers.running import postgres
from schema.ground.fields import PUBLIC
from schema.root import schema
from tests.databases import WORKING_TABLES
from tests.office import Api, leave
from tests.papers import file

QUEUE = ("pgqueuer", "pgqueuer_log", "pgqueuer_schedules", "pgqueuer_statistics")
OTHERS = ("alembic_version", *QUEUE)
"""Tables of libraries, which know no institution."""

SERVED: GraphQLSchema = schema._schema

TABLES = """select c.relname as name, c.relrowsecurity as walled, c.relforcerowsecurity as forced,
                   count(p.polname) as policies
            from pg_class c left join pg_policy p on p.polrelid = c.oid
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
            group by c.oid order by 1"""
KEYS = """select t.relname || '.' || i.relname as name,
                 (select attname from pg_attribute a
                  where a.attrelid = t.oid and a.attnum = x.indkey[0]) as leads
          from pg_index x join pg_class i on i.oid = x.indexrelid
          join pg_class t on t.oid = x.indrelid join pg_am m on m.oid = i.relam
          where t.relnamespace = 'public'::regnamespace and m.amname = 'btree'"""
THEIRS = "institution_id = 'hrss-bureau' returning 1) select count(*) from c"
UPDATE = "with c as (update {0} set {1} = {1} where"
FOREIGN = """select f.conname as name, a.attname as leads
             from pg_constraint f
             join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[1]
             where f.contype = 'f' and f.connamespace = 'public'::regnamespace"""


async def test_every_table_stands_behind_a_forced_wall(api: Api) -> None:
    found = {row["name"]: row for row in await api.rows(TABLES)}
    del found["alembic_version"]
    assert set(found) == {*metadata.tables, *QUEUE}
    for name, row in found.items():
        assert row["walled"], f"{name} has no row-level security"
        assert row["forced"], f"{name} does not bind its owner"
        assert row["policies"] > 0, f"{name} has no policy"


async def test_the_institution_leads_every_key_and_index(api: Api) -> None:
    found = [*await api.rows(KEYS), *await api.rows(FOREIGN)]
    others = {row["name"]: row["leads"] for row in found if row["leads"] != "institution_id"}
    assert {name.split(".")[0] for name in others} <= set(OTHERS), others


async def test_every_table_has_its_institution(api: Api) -> None:
    for table in metadata.tables.values():
        assert next(iter(table.primary_key.columns)).name == "institution_id"


async def test_the_serving_role_is_a_plain_one(api: Api) -> None:
    role = dict((await api.rows("select * from pg_roles where rolname = $1", postgres.APP))[0])
    for right in ("rolsuper", "rolbypassrls", "rolcreaterole", "rolcreatedb", "rolreplication"):
        assert role[right] is False, right
    owned = "select count(*) from pg_class where relowner = $1::regrole::oid"
    assert await api.value(owned, postgres.APP) == 0
    member = "select pg_has_role($1, $2, 'MEMBER')"
    assert await api.value(member, postgres.APP, postgres.OWNER) is False


@pytest.mark.parametrize(
    "change",
    [
        (
            "insert into ledger select institution_id, seq + 1000, at, event, record, previous,"
            " hash from ledger limit 1"
        ),
        "update ledger set record = '{}'",
        "delete from ledger",
        "truncate ledger",
        "update ledger_heads set seq = 0",
        "delete from ledger_heads",
        "insert into ledger_values values ('hrss-bureau', 1, '{name}', '', '', null)",
        "update ledger_values set value = ''",
        "delete from ledger_values",
        "truncate ledger_values",
        "truncate requests cascade",
        "alter table ledger disable trigger all",
        "alter table ledger disable row level security",
        "drop table ledger",
        "create table mine (id int)",
        "set role guiju_owner",
    ],
)
async def test_the_serving_role_cannot_touch_the_ledger_or_the_walls(
    api: Api, app_url: str, change: str
) -> None:
    connection = await asyncpg.connect(app_url)
    try:
        await connection.execute("set guiju.institution = 'hrss-bureau'")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(change)
    finally:
        await connection.close()


async def test_even_the_owner_does_not_change_what_was_recorded(api: Api, owner_url: str) -> None:
    connection = await asyncpg.connect(owner_url)
    try:
        await connection.execute("set guiju.institution = 'hrss-bureau'")
        for change in (
            *("update ledger set record = '{}'", "delete from ledger", "truncate ledger"),
            *("update ledger_values set value = '\"x\"'", "delete from ledger_values"),
            "update ledger_values set value = null, salt = null, destroyed = seq",
            "truncate ledger_values",
        ):
            with pytest.raises(asyncpg.RaiseError, match="never changed"):
                await connection.execute(change)
    finally:
        await connection.close()


async def test_nobody_appends_to_another_institution_s_ledger(api: Api, app_url: str) -> None:
    connection = await asyncpg.connect(app_url)
    try:
        await connection.execute("set guiju.institution = 'hrss-bureau'")
        for institution in ("science-bureau", None):
            with pytest.raises(asyncpg.RaiseError, match="not this session's"):
                await connection.execute(
                    "select ledger_append($1, now(), 'decided', '{}', '[]')", institution
                )
    finally:
        await connection.close()


async def test_rows_of_another_institution_are_out_of_sight_and_reach(
    api: Api, app_url: str
) -> None:
    applicant = await api.person("staff@hrss-bureau")
    await applicant.submit("leave.annual", leave("2026-03-09"))
    form = leave("2026-03-16", attachments=[file("a.pdf")])
    request = await applicant.submit("leave.sick", form, key="known")
    chief = await api.person("section_chief@hrss-bureau")
    await chief.decide(request["steps"][0]["id"])
    for change in (
        "sign_in_attempts values ('hrss-bureau', gen_random_uuid(), 'x', '', now())",
        "sign_in_addresses values ('hrss-bureau', 'x', '', now())",
        "exports select institution_id, id, id, id, '', '', '', 0, '', now() from people limit 900",
        """sign_in_links select institution_id, '', account, person_id, now(), now()
           from accounts where account = 'staff@hrss-bureau'""",
        "second_factors select institution_id, id, '', now(), now(), 1 from people limit 900",
        """recovery_codes select institution_id, '', id, now() from people
           where institution_id = 'hrss-bureau' limit 1""",
        """identity_providers values
           ('hrss-bureau', '', '', '', '', '', '', gen_random_uuid(), now())""",
    ):
        await api.run(f"insert into {change}")
    app = await Database.connect(app_url, most=1)
    try:
        proved = set()
        for name, table in metadata.tables.items():
            theirs = f"select count(*) from {name} where institution_id = 'hrss-bureau'"
            if await api.value(theirs) == 0:
                continue
            proved.add(name)
            columns = [
                column.name
                for column in table.columns
                if not (column.primary_key or column.computed or column.identity)
            ]
            for asked in (
                theirs,
                *(f"{UPDATE.format(name, column)} {THEIRS}" for column in columns),
                f"with c as (delete from {name} where {THEIRS}",
            ):
                # Where the right itself is missing nothing can be reached either.
                with suppress(asyncpg.InsufficientPrivilegeError):
                    async with app.transaction("science-bureau") as transaction:
                        assert await transaction.value(statement(asked)) == 0, asked
        assert proved >= {*WORKING_TABLES, "people", "seats", "accounts", "ledger", "units"}
    finally:
        await app.close()


async def test_a_row_cannot_be_written_in_another_institution_s_name(
    api: Api, app_url: str
) -> None:
    app = await Database.connect(app_url, most=1)
    try:
        for change in (
            (
                "insert into notice_reads (institution_id, notice_id, person_id, person_name, at)"
                " select 'hrss-bureau', id, id, name, now() from people limit 1"
            ),
            (
                "insert into sessions (institution_id, id, person_id, expires_at)"
                " select 'hrss-bureau', gen_random_uuid(), id, now() from people limit 1"
            ),
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with app.transaction("science-bureau") as transaction:
                    await transaction.rows(statement(change))
    finally:
        await app.close()


async def test_without_an_institution_nothing_is_seen(api: Api, app_url: str) -> None:
    connection = await asyncpg.connect(app_url)
    try:
        for name in metadata.tables:
            if name != "calendar_days":
                assert await connection.fetchval(f"select count(*) from {name}") == 0, name
    finally:
        await connection.close()


def root_fields() -> list[tuple[str, str]]:
    return [
        (field.name, field.metadata.get("permission"))
        for root in (schema.query, schema.mutation)
        for field in root.__strawberry_definition__.fields
    ]


def test_every_root_field_names_a_permission_that_somebody_has() -> None:
    held = {seat.role for office in offices().values() for seat in office.holders} | {ANYONE}
    for name, permission in root_fields():
        if permission == PUBLIC:
            assert name in {"sign_in", "spend_link", "refresh_session"}, (
                f"{name} is open to everybody"
            )
            continue
        assert permission in ROLES_BY_PERMISSION, f"{name} names no permission: {permission}"
        assert ROLES_BY_PERMISSION[permission] & held, f"nobody may use {name}"


BESIDE_FIELDS = {
    "rulebooks.read": "whether a field may answer of another institution",
    "administrators.apart": "of which of these seats nobody holds two",
    "administration.second": "who confirms administrative acts where no rule of the office says",
    "rulebooks.second": "who agrees to rules where no rule of the office says",
    "second_factor.owed": "which seats' acts need a second factor, where an office demands it",
    "sessions.manage": "whether a field may tell and end sessions of others",
    "institutions.found": "who founds an institution: each act is confirmed by the other",
    "retention.keep": "who appraises what is due where no rule of the office says",
    "retention.second": "who decides on destruction where no rule of the office says",
    **{
        f"corrections.{keeper}": "who answers for what this keeper keeps where no rule says"
        for keeper in (
            *("rows", "deciders", "server"),
            *("system_admin", "policy_admin", "audit_admin"),
        )
    },
}


def test_every_permission_opens_a_field_and_names_roles_that_exist() -> None:
    used = {permission for _, permission in root_fields()} | BESIDE_FIELDS.keys()
    roles = {*vocabulary.shipped().roles, ANYONE}
    for permission, holders in ROLES_BY_PERMISSION.items():
        assert holders <= roles
        assert permission in used, f"{permission} opens nothing"


def test_everything_in_the_schema_is_described() -> None:
    described = [
        (f"{kind.name}", kind.description)
        for kind in SERVED.type_map.values()
        if not kind.name.startswith("__")
    ]
    for kind in SERVED.type_map.values():
        if kind.name.startswith("__"):
            continue
        if isinstance(kind, GraphQLEnumType):
            described += [(f"{kind.name}.{name}", v.description) for name, v in kind.values.items()]
        if isinstance(kind, GraphQLInputObjectType):
            described += [(f"{kind.name}.{name}", f.description) for name, f in kind.fields.items()]
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for name, field in kind.fields.items():
                described.append((f"{kind.name}.{name}", field.description))
                described += [
                    (f"{kind.name}.{name}({argument})", given.description)
                    for argument, given in field.args.items()
                ]
    silent = [name for name, description in described if not (description or "").strip()]
    assert silent == []
