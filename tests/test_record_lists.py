"""Lists of the living side walk an index in their order, whatever stands in their tables."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import orjson

from domain import CASE_KINDS, CHECKS, REGISTERS, STOCKS, THINGS
from resolvers.ground import notices
from resolvers.ground.database import Statement
from resolvers.office import administering, corrections, loans
from resolvers.records import (
    case_sql,
    check_rows,
    followups,
    publication_rows,
    register_rows,
    sitting_rows,
    stock_rows,
    thing_rows,
)
from resolvers.time import clock_pages
from tests.office import Api

ONLY_WALKING = ("enable_sort", "enable_seqscan", "enable_bitmapscan", "enable_incremental_sort")


def lists() -> Iterator[tuple[str, str, Statement]]:
    """Each list, the table that it walks, and its statement narrowed in each way."""
    of_registers = [register_rows.listing(each) for each in REGISTERS]
    of_things = [thing_rows.listing(each) for each in THINGS]
    for each in (*of_registers, *of_things, *map(stock_rows.listing, STOCKS)):
        for narrowed in ways(*each.narrowed):
            for after in (False, True):
                text = each.text(dict.fromkeys(narrowed), after=after)
                yield each.name, each.name, case_sql.every(text)
    for kind in CASE_KINDS:
        for narrowed in ways("number", "state", "overdue", "first_day", "last_day"):
            yield kind.code, kind.table.name, case_sql.every(case_sql.page(kind, narrowed))
    for narrowed in ways(*clock_pages.NARROWED):
        yield "clocks", "clocks", clock_pages.page_of(narrowed)
    for check in CHECKS:
        yield check.name, check.book.lines, case_sql.every(check_rows.to_mend(check))
    for box in loans.LoanBox:
        yield "loans", "delegations", loans.PAGES[box]
    yield "notices", "notices", notices.PAGE
    yield "a body's sittings", "sittings", sitting_rows.OF_BODY
    yield "one's own sittings", "sittings", sitting_rows.OF_PERSON
    yield "a body's tasks", "sitting_tasks", followups.OF_BODY
    yield "one's own tasks", "sitting_tasks", followups.OWN
    yield "the board", "publications", publication_rows.PAGE
    yield "acts of administrators", "administrative_acts", administering.LIST
    yield "corrections", "corrections_asked", corrections.LIST


def ways(*conditions: str) -> Iterator[frozenset[str]]:
    for number in range(len(conditions) + 1):
        yield from map(frozenset, combinations(conditions, number))


async def sorted_rows(api: Api, run: Statement, table: str) -> list[str]:
    """What a plan that may sort nothing sorts all the same, of the table that it should walk."""
    await api.run(f"prepare asked as {run.sql}")
    nothing = ", ".join(["null"] * len(run.names))
    [row] = await api.superuser.fetch(f"explain (format json) execute asked({nothing})")
    await api.run("deallocate asked")
    root = row[0] if isinstance(row[0], list) else orjson.loads(row[0])
    return [node["Node Type"] for node in nodes(root[0]["Plan"]) if sorts(node, table)]


def nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for each in node.get("Plans", ()):
        yield from nodes(each)


def sorts(node: dict[str, Any], table: str) -> bool:
    """Whether all rows of the table are read or put in order here, and not those of one page."""
    if node["Node Type"] == "Seq Scan":
        return bool(node["Relation Name"] == table)
    if "Sort" not in node["Node Type"]:
        return False
    below = [each for each in nodes(node) if each is not node]
    return not any(each["Node Type"] == "Limit" for each in below) and any(
        each.get("Relation Name") == table for each in below
    )


async def test_each_list_walks_an_index_that_has_its_order(api: Api) -> None:
    transaction = api.superuser.transaction()
    await transaction.start()
    try:
        for each in ONLY_WALKING:
            await api.run(f"set local {each} = off")
        await api.run("set local plan_cache_mode = force_generic_plan")
        await api.run("set local guiju.institution = 'hrss-bureau'; set local role guiju")
        failed = [
            (name, table, found)
            for name, table, run in lists()
            if (found := await sorted_rows(api, run, table))
        ]
    finally:
        await transaction.rollback()
    assert not failed, "\n".join(map(str, failed))


SHORT = {"institutions", "institution_superiors", "units"}
LONG = """
  update pg_class set reltuples = 1000000, relpages = 1
  where relkind = 'r' and relnamespace = 'public'::regnamespace
    and relname not in ('institutions', 'institution_superiors', 'units')"""
"""Planned as for long tables, whatever they hold."""


async def read_at_once(api: Api, run: Statement) -> list[str]:
    """The tables of which a plan reads all rows of the office beside those of its page."""
    await api.run(f"prepare asked as {run.sql}")
    nothing = ", ".join(["null"] * len(run.names))
    [row] = await api.superuser.fetch(f"explain (verbose, format json) execute asked({nothing})")
    await api.run("deallocate asked")
    root = row[0] if isinstance(row[0], list) else orjson.loads(row[0])
    text = str(root)
    return [
        below["Relation Name"]
        for node in nodes(root[0]["Plan"])
        if f"hashed {node.get('Subplan Name')})" in text
        for below in nodes(node)
        if below.get("Relation Name", "units") not in SHORT
        if "IS NOT NULL" not in below.get("Index Cond", "") + below.get("Filter", "")
    ]


async def test_no_list_reads_all_that_an_office_has_to_tell_what_stands_on_a_page(api: Api) -> None:
    transaction = api.superuser.transaction()
    await transaction.start()
    try:
        await api.run(LONG)
        await api.run("set local enable_seqscan = off")
        await api.run("set local plan_cache_mode = force_generic_plan")
        await api.run("set local guiju.institution = 'hrss-bureau'; set local role guiju")
        failed = [
            (name, found) for name, _, run in lists() if (found := await read_at_once(api, run))
        ]
    finally:
        await transaction.rollback()
    assert not failed, "\n".join(map(str, failed))
