"""What the regulations mean: forms, requirements, procedures, registers and the engine they share.

Knows no Casbin, GraphQL or HTTP, reads no file and opens no connection.
"""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from domain import areas, ledger
from domain.approval import correspondence, finding, request
from domain.approval.procedure import Procedure
from domain.areas import finance, openness, seals, vehicles
from domain.areas.attendance import daily, outings, sheets, signing_in
from domain.areas.duty import circulars
from domain.areas.evaluation import cases as evaluation
from domain.areas.evaluation import reviews, targets
from domain.areas.leave import accounts as leave_accounts
from domain.areas.leave import birth, hours, leave, oral
from domain.areas.leave import files as leave_files
from domain.areas.party import reports
from domain.areas.party.joining import PARTY_CASE
from domain.areas.petitions import books, cases
from domain.areas.petitions import forms as petitions
from domain.areas.vehicles import repairs, trips, upkeep, use
from domain.office import (
    administration,
    booking,
    channels,
    delegation,
    notices,
    organisation,
    personal_data,
)
from domain.records import (
    accounts,
    case_tables,
    checks,
    consequences,
    exports,
    files,
    lines,
    occurrences,
    publications,
    registers,
    retention,
    rosters,
    round_tables,
    sitting_tables,
    things,
)
from domain.records.cases import CaseKind
from domain.records.rounds import RoundKind
from domain.records.sittings import SittingKind
from domain.records.statements import Statement
from domain.rules import tables
from domain.shapes import clock_tables
from domain.time import calendar

PACKAGES = tuple(
    import_module(f"{areas.__name__}.{each.name}") for each in iter_modules(areas.__path__)
)
"""Every area there is."""


def declared(word: str) -> tuple[Any, ...]:
    """What areas declare of one word: of "registers" what their packages list as `REGISTERS`."""
    return tuple(each for area in PACKAGES for each in getattr(area, word.upper(), ()))


FIRST = (leave, birth, hours, outings, targets, use, upkeep, petitions, openness, finance, seals)
AREAS = (*FIRST, *(each for each in PACKAGES if "PROCEDURES" in vars(each) and each not in FIRST))
"""The areas with forms of their own, in handbook order."""

PROCEDURES: dict[str, Procedure[Any]] = {
    procedure.kind: procedure for area in AREAS for procedure in area.PROCEDURES
}
"""Every procedure, by the kind of request that it serves."""

SERVED_OTHERWISE = leave.SERVED_OTHERWISE | openness.SERVED_OTHERWISE
"""Kinds that no form serves."""

SETTLING = upkeep.SETTLING
"""Kinds whose least form names the approved request whose cost they settle."""

NAMED: tuple[tuple[str, str, Any], ...] = declared("named")
"""What least forms may name besides: the kind, the field's name, the field."""

CASE_KINDS: tuple[CaseKind[Any], ...] = (
    trips.TRIP,
    repairs.REPAIR_ORDER,
    *cases.CASES,
    PARTY_CASE,
    *evaluation.CASES,
    reviews.REVIEW,
    *daily.CASES,
    *oral.CASES,
    *declared("cases"),
)
"""Every kind of case."""

CHECKS: tuple[checks.Check, ...] = (*declared("checks"), *reviews.CHECKS)
"""What is looked at and marked, each with the book of its sheets."""

REGISTERS: tuple[registers.Register, ...] = (
    occurrences.OCCURRENCES,
    *books.REGISTERS,
    *leave_accounts.REGISTERS,
    *signing_in.REGISTERS,
    *daily.REGISTERS,
    *leave_files.REGISTERS,
    *reports.REGISTERS,
    evaluation.TASKS,
    *declared("registers"),
    *(each.book for each in CHECKS),
)
"""Every book whose lines people enter, or approved requests do."""

THINGS: tuple[things.Thing, ...] = declared("things")
"""What the office has, on cards."""

STOCKS = declared("stocks")
"""What the office has many of: taken in, handed out and counted."""

HOLDS = declared("holds")
"""Which cases have such a thing meanwhile."""

QUEUES = (trips.QUEUE,)
"""What waits for a stage in the office's order."""

ROSTERS: tuple[rosters.Roster, ...] = declared("rosters")
"""Whose turn it is, by month."""

ACCOUNTS: tuple[accounts.Account, ...] = (*leave_accounts.ACCOUNTS, *declared("accounts"))
"""What a person has left of something."""

STATEMENTS: tuple[Statement, ...] = (
    *sheets.STATEMENTS,
    *circulars.STATEMENTS,
    *declared("statements"),
)
"""What is drawn up for a period, and published."""

KEPT = {
    **{each.name: each.table for each in REGISTERS},
    **{each.name: each.table for each in THINGS},
    **{each.code: each.table for each in CASE_KINDS},
    **books.KEPT,
}
"""The table of whatever a clause calls a register, by its object."""

SITTINGS: tuple[SittingKind, ...] = tuple(
    sorted(declared("sittings"), key=lambda each: not each.deliberates)
)
"""Every kind of sitting; the first is what a body meets for that decides requests."""

ROUNDS: tuple[RoundKind, ...] = targets.ROUNDS
"""Every kind of evaluation."""

DECLARING_TABLES = (
    accounts, booking, channels, calendar, case_tables, consequences, correspondence,
    finding, clock_tables, delegation, round_tables, ledger, sitting_tables,
    notices, administration, organisation, personal_data, books, request, tables, vehicles, lines,
    things, checks, exports, files, publications, retention, rosters,
)  # fmt: skip
"""Importing the package imports each module whose tables belong to the schema."""
