"""A long book of requests to measure on: those that people made are told many times over.

One office, three years, eight kinds, six units, rounds, comments and copies; deterministic.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from sqlalchemy import Table

from benchmarks.asking import OFFICE
from benchmarks.books import FEWER, keep_over
from benchmarks.stories import told_once
from domain.approval.correspondence import comments, copies
from domain.approval.finding import handled, request_counts, request_words
from domain.approval.request import requests, steps, waiting
from domain.office.notices import notices
from resolvers.running import postgres

WAITING = 1000
"""So many wait in all at the end, whatever the length of the book."""

LENT_ON = "update delegations set ends = current_date + 31"
"""The loan lasts beyond the day of the measurement, whenever that is."""


LONG = tuple(
    each.name
    for each in (
        *(requests, steps, waiting, comments, copies, notices, handled, request_words),
        request_counts,
    )
)
"""The tables that grow with the book."""

AGAIN = "cast(md5({} || '/' || b.n) as uuid)"
TOLD = """
  create temporary table told on commit drop as
    select r.*, row_number() over (order by r.waits, r.number) - 1 as place,
           count(*) filter (where not r.waits) over () as decided, count(*) over () as in_all
    from (select r.id, r.number, exists (select from waiting w where w.request_id = r.id) as waits
          from requests r where r.institution_id = :office and r.status <> 'draft') r"""
BOOK = """
  create temporary table book on commit drop as
    select t.id, b.n, b.n % greatest(:size / 100, 1) = 0 as seldom,
           case when b.n > :size then (b.n % 4000) * interval '1 minute'
             else (:size - b.n) * (interval '1095 days' / :size) end as ago
    from generate_series(1, :size + :waiting) as b(n)
    join told t on t.place = case when b.n > :size
      then t.decided + b.n % greatest(t.in_all - t.decided, 1) else b.n % t.decided end"""
NUMBER = "to_char(t.created_at - b.ago, 'YYYY') || '-' || lpad(cast(b.n as text), 7, '0')"
SELDOM = "case when b.seldom then {} else {} end"
FORM = f"""jsonb_set(t.form, '{{explanation}}', to_jsonb(
  t.form ->> 'explanation' || {SELDOM.format("'督查回访'", "''")}))"""
RARE, NONE = "array['督查', '查回', '回访']", "array[]::text[]"
SEARCH = f"t.search || {SELDOM.format(RARE, NONE)}"
EMPTIED = "truncate request_words, handled, request_counts"
WORDS = """
  insert into request_words (institution_id, word, created_at, request_id)
  select institution_id, word, created_at, id
  from requests cross join lateral (select distinct word from unnest(search) word) word
  where char_length(word) = 2 and status <> 'draft'"""
HANDLED = """
  insert into handled (institution_id, person_id, request_id, request_institution_id, at)
  select s.institution_id, s.decided_by, r.id, r.institution_id, max(s.decided_at)
  from steps s join requests r on (r.institution_id, r.id) = (s.institution_id, s.request_id)
  where s.decided_by is not null and r.applicant_id <> s.decided_by
    and r.concerns_id is distinct from s.decided_by
  group by s.institution_id, s.decided_by, r.id, r.institution_id"""
COUNTED = """
  select institution_id, 'mine' as list, applicant_id as subject_id,
         institution_id as request_institution_id, kind, status, count(*) as number
  from requests group by institution_id, applicant_id, kind, status
  union all
  select institution_id, 'unit', unit_id, institution_id, kind, status, count(*)
  from requests where status <> 'draft' and unit_id is not null
  group by institution_id, unit_id, kind, status
  union all
  select h.institution_id, 'handled', h.person_id, r.institution_id, r.kind, r.status, count(*)
  from handled h
  join requests r on (r.institution_id, r.id) = (h.request_institution_id, h.request_id)
  group by h.institution_id, h.person_id, r.institution_id, r.kind, r.status"""
COUNTS = f"""
  insert into request_counts
    (institution_id, list, subject_id, request_institution_id, kind, status, number) {COUNTED}"""
MISCOUNTED = f"""
  with counted as ({COUNTED}), kept as (select * from request_counts where number <> 0)
  select count(*) from counted full join kept
    using (institution_id, list, subject_id, request_institution_id, kind, status)
  where counted.number is distinct from kept.number"""
"""How many of the counts that are kept say another number than the rows do."""


def copied(of: Table, key: str, earlier: tuple[str, ...], **said: str) -> str:
    """Each row of a table once for every request of the book that tells its request again."""
    anew = {**{name: f"t.{name} - b.ago" for name in earlier}, **said}
    names = ", ".join(each.name for each in of.columns)
    values = ", ".join(anew.get(each.name, f"t.{each.name}") for each in of.columns)
    return (
        f"insert into {of.name} ({names}) select {values}"
        f" from {of.name} t join book b on b.id = t.{key}"
    )


async def tell(owner: Any, size: int) -> None:
    """Tell what is there over again, until the book has so many requests, in one transaction."""
    values = {"office": f"'{OFFICE}'", "size": str(size), "waiting": str(min(WAITING, size))}
    for statement in (TOLD, BOOK):
        for name, value in values.items():
            statement = statement.replace(f":{name}", value)  # noqa: PLW2901
        await owner.execute(statement)
    again = {"request_id": AGAIN.format("t.request_id")}
    itself = {"id": AGAIN.format("t.id"), **again}
    moments = ("created_at", "submitted_at", "closed_at", "completed_at")
    anew = {"id": AGAIN.format("t.id"), "number": NUMBER, "form": FORM, "search": SEARCH}
    await owner.execute("create index on book (id); analyze book")
    await owner.execute("set local session_replication_role = replica")
    await owner.execute(copied(requests, "id", moments, **anew))
    at = ("decided_at", "opened_at", "due_at")
    await owner.execute(copied(steps, "request_id", at, **itself))
    anew = {**again, "step_id": AGAIN.format("t.step_id")}
    await owner.execute(copied(waiting, "request_id", ("opened_at",), **anew))
    await owner.execute(copied(comments, "request_id", ("at",), **itself))
    await owner.execute(copied(copies, "request_id", ("at",), **again))
    some = f"{copied(notices, 'request_id', ('at',), **itself)} where b.n % {FEWER} = 0"
    await owner.execute(some)
    for each in (EMPTIED, HANDLED, COUNTS, WORDS, f"analyze {', '.join(LONG)}"):
        await owner.execute(each)


async def fill(database: postgres.Database, size: int) -> None:
    """A book of so many requests, with all that hangs on them, its words and its counts."""
    await told_once(database)
    owner = await asyncpg.connect(database.owner_url.replace(postgres.OWNER, "postgres"))
    try:
        async with owner.transaction():
            await owner.execute(
                "set local maintenance_work_mem = '1GB'; set local work_mem = '256MB'"
            )
            async with built_afterwards(owner):
                await tell(owner, size)
            await keep_over(owner, size)
            await owner.execute(LENT_ON)
        await owner.execute("vacuum analyze")
    finally:
        await owner.close()


BUILT = """
  select conname as name, cast(cast(conrelid as regclass) as text) as of,
         pg_get_constraintdef(oid) as told, contype = 'f' as refers
  from pg_constraint
  where contype in ('p', 'u', 'f') and cast(conrelid as regclass) = any(cast($1 as regclass[]))
     or contype = 'f' and cast(confrelid as regclass) = any(cast($1 as regclass[]))
  order by contype = 'f', conrelid, oid"""
INDEXED = """
  select indexname as name, indexdef as told from pg_indexes
  where schemaname = 'public' and tablename = any(cast($1 as text[]))"""


@asynccontextmanager
async def built_afterwards(owner: Any) -> AsyncIterator[None]:
    """Take the keys and indexes of the long tables away, and build each as it was, checked."""
    constraints = await owner.fetch(BUILT, list(LONG))
    for each in reversed(constraints):
        await owner.execute(f'alter table {each["of"]} drop constraint "{each["name"]}"')
    indexes = await owner.fetch(INDEXED, list(LONG))
    for each in indexes:
        await owner.execute(f'drop index "{each["name"]}"')
    yield
    for each in constraints:
        if not each["refers"]:
            await owner.execute(_added(each))
    for each in indexes:
        await owner.execute(each["told"])
    for each in constraints:
        if each["refers"]:
            await owner.execute(_added(each))


def _added(constraint: Any) -> str:
    return (
        f'alter table {constraint["of"]} add constraint "{constraint["name"]}" {constraint["told"]}'
    )
