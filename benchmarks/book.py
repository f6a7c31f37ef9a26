"""A long book of requests to measure on: a few are submitted, and these are told many times over.

One office, three years, eight kinds, six units, rounds, comments and copies; deterministic.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import asyncpg
from sqlalchemy import Table

from benchmarks.asking import OFFICE, Desk, desk
from domain.approval.correspondence import comments, copies
from domain.approval.finding import handled, request_counts, request_words
from domain.approval.request import requests, steps, waiting
from domain.time.moments import OFFICE_TIME
from resolvers import demo
from resolvers.running import postgres

MONDAY = datetime(2026, 3, 2, 9, tzinfo=OFFICE_TIME)
WAITING = 1000
"""So many wait in all at the end, whatever the length of the book."""

APPLICANTS = (
    *("guo.xiaoyan", "yuan.yuhang", "lai.dayong", "xu.xiaohong", "long.haixia", "liao.deming"),
)
"""One of each unit but one."""

COPIED_TO = "office_director"
READER, LENDER = "deputy_in_charge", "deputy_in_charge_2"
"""Whose inbox is measured, and who lends a seat to it."""

REQUEST = """request { id
  steps { id status waitingFor { holders { account } } } }"""


@dataclass(frozen=True)
class Told:
    """One request of which the book is made: how many turns are taken, and whether it came back."""

    kind: str
    form: dict[str, Any]
    turns: int = 9
    returned: bool = False


def leave(first: date) -> dict[str, Any]:
    return {
        "begins": {"date": first.isoformat(), "half": "MORNING"},
        "ends": {"date": (first + timedelta(4)).isoformat(), "half": "AFTERNOON"},
    }


PAPER = {"name": "医务部门出具的检查、诊断、建议休假材料.pdf", "sha256": "0" * 64}


def stories() -> Iterator[Told]:
    """Leaves go to four seats one after another, the other kinds to one, two or three."""
    spring = [date(2026, 3, 9) + timedelta(7 * week) for week in (0, 1, 2, 5, 6, 10, 11, 12)]
    summer = [date(2026, 7, 6) + timedelta(7 * week) for week in range(8)]
    for place, turns in enumerate((9, 9, 9, 9, 9, 0, 1, 2)):
        form = {**leave(spring[place]), "explanation": "家中有事回乡探望"}
        yield Told("LeavePersonal", form, turns, returned=place in {0, 2, 4})
        form = {**leave(summer[place]), "explanation": "感冒发烧在家休息", "attachments": [PAPER]}
        yield Told("LeaveSick", form, turns, returned=place in {1, 3, 6})
    for turns in (9, 0):
        day = f"2026-06-{8 if turns else 9:02}"
        out = {"departs": f"{day}T09:00:00+08:00", "returns": f"{day}T11:00:00+08:00"}
        yield Told("OutingOfficial", {**out, "goingTo": "市档案馆", "explanation": "送件"}, turns)
        yield Told("ResearchReport", {"explanation": "就业形势季度分析"}, turns)
        yield Told("SuppliesRequisition", {"explanation": "窗口用打印纸"}, turns)
        yield Told("ComputerRepair", {"explanation": "主机无法启动", "outsideHelp": True}, turns)
        yield Told("GateGoodsExit", {"explanation": "旧办公桌运出", "internal": True}, turns)
        away = leave(date(2026, 9, 7 if turns else 14))
        yield Told("LeaveOfficial", {**away, "explanation": "参加培训"}, turns)


async def tell_one(desk: Desk, applicant: str, told: Told, copied_to: str) -> None:
    """One request as people make it: submitted, returned, told anew, talked of, decided."""
    takes = f"Submit{told.kind}Input"
    request = await act(desk, applicant, f"submit{told.kind}", takes, "Submitted", told.form)
    about = {"requestId": request["id"]}
    if told.returned:
        await take(desk, request, "RETURN")
        request = await act(desk, applicant, "resubmit", "ResubmitInput", "Decided", about)
    await act(desk, applicant, "comment", "CommentInput", "", {**about, "text": "工作已交接"})
    if told.turns:
        await act(desk, applicant, "copy", "CopyInput", "", {**about, "to": [copied_to]})
    for _ in range(told.turns):
        if all(step["status"] != "OPEN" for step in request["steps"]):
            break
        request = await take(desk, request, "AGREE")


async def take(desk: Desk, request: Any, decision: str) -> Any:
    """The open turn of a request, taken by who holds it."""
    turn = next(step for step in request["steps"] if step["status"] == "OPEN")
    holder = turn["waitingFor"][0]["holders"][0]["account"].partition("@")[0]
    given = {"stepId": turn["id"], "decision": decision}
    return await act(desk, holder, "decide", "DecideInput", "Decided", given)


async def act(
    desk: Desk, role: str, verb: str, takes: str, gives: str, given: dict[str, Any]
) -> Any:
    """What became of a request by an act on it."""
    said = f"... on {gives} {{ {REQUEST} }}" if gives else "__typename"
    mutation = f"""mutation ($input: {takes}!) {{ {verb}(input: $input) {{
      {said} ... on Refusal {{ code message problems {{ message }} }} }} }}"""
    answer = await desk.one(role, mutation, {"input": {**given, "idempotencyKey": desk.key()}})
    return answer.get("request")


async def lend(desk: Desk) -> None:
    """A seat is lent to the reader, whose inbox then holds what waits for it as well."""
    reader = await desk.one(READER, "{ viewer { id } }")
    lender = await desk.one(LENDER, "{ viewer { seats { id role unit } } }")
    seat = next(each for each in lender["seats"] if each["role"] == READER)
    days = {"begins": MONDAY.date().isoformat(), "ends": (MONDAY + timedelta(7)).date().isoformat()}
    given = {"seatId": seat["id"], "toPersonId": reader["id"], "document": "人社党组〔2026〕3号"}
    await act(desk, LENDER, "lendSeat", "LendSeatInput", "", {**given, **days})


LENT_ON = "update delegations set ends = current_date + 31"
"""The loan lasts beyond the day of the measurement, whenever that is."""


async def told_once(database: postgres.Database) -> None:
    """The few requests, made and decided as people do."""
    await demo.load(database.owner_url)
    async with desk(database.app_url, lambda: MONDAY) as office:
        viewer = await office.one(COPIED_TO, "{ viewer { id } }")
        await lend(office)
        for applicant in APPLICANTS:
            for told in stories():
                await tell_one(office, applicant, told, viewer["id"])


LONG = tuple(
    each.name
    for each in (requests, steps, waiting, comments, copies, handled, request_words, request_counts)
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
    select t.id, b.n, case when b.n > :size then (b.n % 4000) * interval '1 minute'
             else (:size - b.n) * (interval '1095 days' / :size) end as ago
    from generate_series(1, :size + :waiting) as b(n)
    join told t on t.place = case when b.n > :size
      then t.decided + b.n % greatest(t.in_all - t.decided, 1) else b.n % t.decided end"""
NUMBER = "to_char(t.created_at - b.ago, 'YYYY') || '-' || lpad(cast(b.n as text), 7, '0')"
SELDOM = "case when b.n % 997 = 0 then {} else {} end"
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
    for each in (EMPTIED, HANDLED, COUNTS, WORDS, f"analyze {', '.join(LONG)}"):
        await owner.execute(each)


async def fill(database: postgres.Database, size: int) -> None:
    """A book of so many requests, with all that hangs on them, its words and its counts."""
    await told_once(database)
    owner = await asyncpg.connect(database.owner_url.replace(postgres.OWNER, "postgres"))
    try:
        async with owner.transaction():
            await owner.execute("set local maintenance_work_mem = '1GB'; set local work_mem = '256MB'")
            async with built_afterwards(owner):
                await tell(owner, size)
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
    return f'alter table {constraint["of"]} add constraint "{constraint["name"]}" {constraint["told"]}'
