"""What the regulations mean: forms, requirements, procedures, registers and the engine they share.

Knows no Casbin, GraphQL or HTTP, reads no file and opens no connection.
"""

from typing import Any

from domain import ledger
from domain.approval import correspondence, request
from domain.approval.procedure import Procedure
from domain.areas import vehicles
from domain.areas.attendance import outings
from domain.areas.evaluation import targets
from domain.areas.leave import hours, leave
from domain.areas.party import tables as party
from domain.areas.petitions import books
from domain.areas.petitions import cases as petitions
from domain.areas.vehicles import upkeep, use
from domain.office import absence, booking, delegation, notices, organisation
from domain.records import cases, lines, sittings
from domain.rules import tables
from domain.shapes import clock_tables
from domain.time import calendar

AREAS = (leave, hours, outings, targets, use, upkeep, petitions)
"""The areas, in handbook order."""

PROCEDURES: dict[str, Procedure[Any]] = {
    procedure.kind: procedure for area in AREAS for procedure in area.PROCEDURES
}
"""Every procedure, by the kind of request that it serves."""

CASES: dict[str, cases.Conduct] = {conduct.kind: conduct for conduct in petitions.CASES}
"""How cases are conducted, by the kind of request that each begins with."""

REGISTERS = (*vehicles.REGISTERS, *books.REGISTERS)
"""Every book whose lines people enter, or approved requests do."""

KEPT = {**{each.name: each.table for each in REGISTERS}, **vehicles.KEPT, **books.KEPT}
"""The table of whatever a clause calls a register, by its object."""

DECLARING_TABLES = (
    absence,
    booking,
    calendar,
    cases,
    correspondence,
    clock_tables,
    delegation,
    targets,
    ledger,
    sittings,
    notices,
    organisation,
    party,
    books,
    request,
    tables,
    vehicles,
    lines,
)
"""Importing the package imports each module whose tables belong to the schema."""
