"""Lists stay as quick as they are, however long the book: what each statement reads is bounded."""

from collections.abc import Iterator
from itertools import product
from typing import Any
from uuid import UUID

import orjson
import pytest

from benchmarks.asking import OFFICE
from benchmarks.book import tell
from domain.approval.finding import handled, request_words
from domain.approval.request import requests, steps, waiting
from resolvers.ground.connections import SERVED
from resolvers.ground.database import Statement, statement
from resolvers.requests import told_columns
from resolvers.requests.box_rows import (
    ALL_COUNTS,
    COUNTED_TO,
    LOOKED_UP,
    NUMBERED,
    WORDED,
    Box,
    Narrowing,
    count_of,
    page_of,
)
from resolvers.requests.step_rows import EVERYTHING, columns, step_columns
from resolvers.requests.words import pairs
from tests.office import MONDAY, SIX_DAYS, Api, leave

LENGTH = 6_000
TOLD = columns(EVERYTHING) + step_columns(EVERYTHING)
OF_STEP = [each for each in told_columns.COLUMNS.values() if "t." in each]
STEPS = told_columns.steps_of(told_columns.concat(*told_columns.STEP.values(), *OF_STEP))
OWN = [each for each in told_columns.COLUMNS.values() if "t." not in each]
TEXT = told_columns.concat(*told_columns.REQUEST.values(), told_columns.summary("zh"), *OWN, STEPS)
AS_TEXT = ("t.id as own_id", f"{TEXT} as told")
ONE = statement(told_columns.one_of(TEXT, 51))
"""What is told as JSON text, with all that it may say."""
GROWING = {each.name for each in (requests, steps, waiting, handled, request_words)}
BOUND = 2_200
"""A page of 51, what is narrowed away on the way to it, what is seldom looked up, or a count."""

WANTED: tuple[dict[str, Any], ...] = (
    {},
    {"kind": "leave.sick"},
    {"status": "approved"},
    {"status": "withdrawn"},
    {"kind": "leave.personal", "status": "pending"},
    {"text": "家中有事"},
    {"text": "督查回访"},
    {"text": "没有这样的事"},
    {"number": "2026-000001"},
)
LEADING = ("section_chief", "deputy_in_charge")
BEYOND = {"after_at": MONDAY, "after_id": UUID(int=1 << 127), "kind": None, "status": None}
NOT_FOUND = {"word": None, "found": None}
ROLES = ("staff", *LEADING, "director")
TWO = ("section_chief", "director")


@pytest.fixture
async def book(api: Api) -> Any:
    """A connection as the serving role to a long book, which is forgotten afterwards."""
    staff = await api.person(f"staff@{OFFICE}")
    for number, day in enumerate(SIX_DAYS):
        request = await staff.submit("leave.sick" if number % 2 else "leave.personal", leave(day))
        for step in request["steps"] if number < 4 else ():
            await (await api.person(f"{step['role']}@{OFFICE}")).decide(step["id"])
    transaction = api.superuser.transaction()
    await transaction.start()
    try:
        await tell(api.superuser, LENGTH)
        for name, value in SERVED.items():
            await api.run(f"set local {name} = '{value}'")
        await api.run("set local session_replication_role = origin")
        await api.run(f"set local guiju.institution = '{OFFICE}'; set local role guiju")
        yield api
    finally:
        await transaction.rollback()


async def wait_for(api: Api, seats: list[UUID]) -> None:
    """What was ever asked for waits for these seats as well."""
    said = {"seat_id": "s.id", "request_id": "r.id", "step_id": "t.id", "opened_at": "r.created_at"}
    said |= {name: f"r.{name}" for name in ("applicant_id", "concerns_id", "kind")}
    names = [column.name for column in waiting.columns]
    await api.run("reset role; set local session_replication_role = replica")
    await api.run(f"""
      insert into waiting ({", ".join(names)})
      select {", ".join(said.get(each, f"w.{each}") for each in names)}
      from (select * from waiting limit 1) w, requests r cross join lateral (
        select t.id from steps t
        where (t.institution_id, t.request_id) = (r.institution_id, r.id) limit 1) t,
        unnest(cast({literal(seats)} as uuid[])) s(id)
      where r.status <> 'draft' on conflict do nothing""")
    await api.run("analyze waiting")
    await api.run("set local session_replication_role = origin; set local role guiju")


def shapes(values: dict[str, Any], wanted: dict[str, Any], found: Any) -> Iterator[Any]:
    """Each list narrowed so, from its beginning and from further on, and how many it holds."""
    named = {"text": Narrowing.PAIRS, "number": Narrowing.NUMBER}
    given = {named.get(each) or Narrowing[each.upper()] for each in wanted}
    for box, after in product(Box, (False, True)):
        narrowed = set(given)
        if found and box in LOOKED_UP and found["found"] is not None:
            narrowed.add(Narrowing.FOUND)
        elif box is Box.UNIT and found and found["word"] is not None:
            narrowed.add(Narrowing.WORD)
        if box is Box.UNIT and not (values["led"] or values["headed"]):
            continue
        narrowings = frozenset(narrowed)
        # The first page is told as text and counts, a later one is shown as it ever was.
        shown = TOLD if after else AS_TEXT
        yield box, page_of(box, narrowings, shown, 51, after=after, counting=not after)
        if not after:
            yield box, count_of(box, narrowings)


async def plan(api: Api, run: Statement, values: dict[str, Any]) -> list[dict[str, Any]]:
    """Every node of a statement's plan, as it ran: planned once, whatever it is given."""
    given = ", ".join(literal(values[name]) for name in run.names)
    await api.run(f"prepare asked as {run.sql}")
    asked = f"execute asked({given})" if given else "execute asked"
    [row] = await api.superuser.fetch(f"explain (analyze, format json) {asked}")
    await api.run("deallocate asked")
    root = row[0] if isinstance(row[0], list) else orjson.loads(row[0])
    waiting_nodes, nodes = [root[0]["Plan"]], []
    while waiting_nodes:
        node = waiting_nodes.pop()
        nodes.append(node)
        waiting_nodes += node.get("Plans", ())
    return nodes


def literal(value: Any) -> str:
    if value is None:
        return "null"
    said = f"{{{','.join(map(str, value))}}}" if isinstance(value, list) else str(value)
    return "'" + said.replace("'", "''") + "'"


async def one(api: Api, run: Statement, values: dict[str, Any]) -> Any:
    return await api.superuser.fetchrow(run.sql, *[values[name] for name in run.names])


async def values_of(api: Api, role: str) -> dict[str, Any]:
    """What lists are asked with for the holder of a seat."""
    [held] = await api.rows(
        """select p.id, array_agg(s.id) as seats, array_agg(s.unit_id) as units
           from people p
           join appointments a on (a.institution_id, a.person_id) = (p.institution_id, p.id)
           join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
           where p.account = $1 group by p.id""",
        f"{role}@{OFFICE}",
    )
    return {
        **dict.fromkeys(("seats", "turns"), held["seats"]),
        "institution": OFFICE,
        "person": held["id"],
        "loans": "[]",
        "led": held["units"] if role in LEADING else [],
        "headed": held["units"] if role == "director" else [],
        "today": api.now.date(),
        "year": "2026",
        "overseen": False,
        "id": await api.value("select id from requests order by created_at, id limit 1"),
    }


def read(node: dict[str, Any]) -> float:
    away = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return float((node["Actual Rows"] + away) * node["Actual Loops"])


def too_much(nodes: list[dict[str, Any]], bound: int = BOUND) -> list[str]:
    nodes = [node for node in nodes if node["Actual Loops"]]
    scanned = [node for node in nodes if node.get("Relation Name") in GROWING]
    sorting = [node for node in nodes if "Sort" in node["Node Type"]]
    return [
        *(f"all of {n['Relation Name']}" for n in scanned if n["Node Type"] == "Seq Scan"),
        *(f"{read(n):.0f} of {n['Relation Name']}" for n in scanned if read(n) > bound),
        *(f"sorts {read(n):.0f}" for n in sorting if read(n) > bound),
    ]


async def test_no_list_reads_more_of_a_long_book_than_its_page(book: Api) -> None:
    failed = []
    for role in ROLES:
        values = await values_of(book, role)
        plans = {(role, "counts"): (ALL_COUNTS, values), (role, "one"): (ONE, values)}
        for wanted in WANTED:
            given = {**values, **BEYOND, **wanted, "pairs": pairs(wanted.get("text", ""))}
            found = None
            if looked_up := {"text": WORDED, "number": NUMBERED}.get(next(iter(wanted), "")):
                plans[role, "looking up", str(wanted)] = looked_up, given
                found = {"word": None, **dict(await one(book, looked_up, given) or NOT_FOUND)}
            for place, (box, run) in enumerate(shapes(given, wanted, found)):
                plans[role, box, str(wanted), place] = run, {**given, **(found or NOT_FOUND)}
        for which, (run, given) in plans.items():
            bound = BOUND * max(1, len(given.get("pairs", ()))) if run is WORDED else BOUND
            failed += [(*which, each) for each in too_much(await plan(book, run, given), bound)]
    assert not failed, "\n".join(map(str, failed))


async def test_what_waits_for_two_seats_of_one_person_is_counted_no_further_than_the_bound(
    book: Api,
) -> None:
    own, other = [await values_of(book, role) for role in TWO]
    loan = {"seat_id": str(other["seats"][0]), "lender_id": str(other["person"]), "excepted": []}
    seats = [*other["seats"], *own["seats"]]
    await wait_for(book, seats)
    failed = []
    for turns in (seats, seats[::-1]):
        for lent in ([], [loan], [{**loan, "kinds": ["leave.sick"]}]):
            held = own["seats"] if lent else turns
            given = {**own, "turns": turns, "seats": held, "loans": orjson.dumps(lent).decode()}
            first = page_of(Box.TO_DECIDE, frozenset(), ("r.id as request",), 51, after=False)
            for run in (ALL_COUNTS, first):
                walked = [each for each in await plan(book, run, given) if each.get("Alias") == "w"]
                failed += too_much(walked, len(seats) * (COUNTED_TO + 1))
            assert (await one(book, ALL_COUNTS, given))["to_decide"] == -1000
            rows = await book.superuser.fetch(first.sql, *[given[name] for name in first.names])
            expected = await book.rows(
                """select request_id from waiting
                   where seat_id = any($1) and applicant_id <> $2
                     and concerns_id is distinct from $2
                   group by request_id order by min(opened_at), min(step_id::text) limit 51""",
                turns if not lent else own["seats"],
                own["person"],
            )
            assert [row["request"] for row in rows] == [row["request_id"] for row in expected]
    assert not failed, "\n".join(failed)
