"""What the regulations mean: forms, requirements, procedures, registers and the engine they share.

Knows no Casbin, GraphQL or HTTP, reads no file and opens no connection.
"""

from typing import Any

from domain import ledger
from domain.approval import correspondence, request
from domain.approval.procedure import Procedure
from domain.areas import vehicles as vehicle_registers
from domain.areas.attendance import outings
from domain.areas.evaluation import targets
from domain.areas.leave import hours, leave
from domain.areas.party import joining
from domain.areas.petitions import books, cases
from domain.areas.petitions import forms as petitions
from domain.areas.vehicles import repairs, trips, upkeep, use
from domain.office import absence, booking, delegation, notices, organisation
from domain.records import case_tables, sittings
from domain.rules import tables
from domain.shapes import clock_tables
from domain.time import calendar

AREAS = (leave, hours, outings, targets, use, upkeep, petitions)
"""The areas, in handbook order."""

PROCEDURES: dict[str, Procedure[Any]] = {
    procedure.kind: procedure for area in AREAS for procedure in area.PROCEDURES
}
"""Every procedure, by the kind of request that it serves."""

CASE_KINDS = (trips.TRIP, repairs.REPAIR_ORDER, *cases.CASES, joining.PARTY_CASE)
"""Every kind of case."""

REGISTERS = (*vehicle_registers.REGISTERS, *books.REGISTERS)
"""Every book that an office keeps."""

DECLARING_TABLES = (
    absence,
    booking,
    calendar,
    case_tables,
    cases,
    correspondence,
    clock_tables,
    delegation,
    targets,
    ledger,
    sittings,
    notices,
    organisation,
    joining,
    books,
    request,
    tables,
    vehicle_registers,
)
"""Importing the package imports each module whose tables belong to the schema."""
