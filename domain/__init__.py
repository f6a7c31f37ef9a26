"""What the regulations mean: forms, requirements, procedures, registers and the engine they share.

Knows no Casbin, GraphQL or HTTP, reads no file and opens no connection.
"""

from typing import Any

from domain import ledger
from domain.approval import correspondence, request
from domain.approval.procedure import Procedure
from domain.areas import hygiene, seals, vehicles
from domain.areas.attendance import messages as attendance_messages
from domain.areas.attendance import outings
from domain.areas.evaluation import messages as evaluation_messages
from domain.areas.evaluation import targets
from domain.areas.leave import hours, leave
from domain.areas.leave import messages as leave_messages
from domain.areas.party import messages as party_messages
from domain.areas.party import tables as party
from domain.areas.petitions import books
from domain.areas.petitions import cases as petitions
from domain.areas.petitions import messages as petition_messages
from domain.areas.vehicles import messages as vehicle_messages
from domain.areas.vehicles import upkeep, use
from domain.messages import FAMILIES as ENGINE_FAMILIES
from domain.messages import Message
from domain.office import absence, booking, delegation, notices, organisation
from domain.records import (
    cases,
    checks,
    consequences,
    lines,
    occurrences,
    registers,
    sittings,
    things,
)
from domain.rules import tables
from domain.shapes import clock_tables
from domain.time import calendar

AREAS = (leave, hours, outings, targets, use, upkeep, petitions)
"""The areas, in handbook order."""

PROCEDURES: dict[str, Procedure[Any]] = {
    procedure.kind: procedure for area in AREAS for procedure in area.PROCEDURES
}
"""Every procedure, by the kind of request that it serves."""

SERVED_OTHERWISE = leave.SERVED_OTHERWISE
"""Kinds that no form serves."""

SETTLING = upkeep.SETTLING
"""Kinds whose least form names the approved request whose cost they settle."""

CASES: dict[str, cases.Conduct] = {conduct.kind: conduct for conduct in petitions.CASES}
"""How cases are conducted, by the kind of request that each begins with."""

OWN_MATTERS = party.OWN_MATTERS
"""What is about a person beside requests and cases."""

CHECKS = (*hygiene.CHECKS,)
"""What is looked at and marked, each with the book of its sheets."""

REGISTERS: tuple[registers.Register, ...] = (
    occurrences.OCCURRENCES,
    *vehicles.REGISTERS,
    *books.REGISTERS,
    *seals.REGISTERS,
    *(each.book for each in CHECKS),
)
"""Every book whose lines people enter, or approved requests do."""

VALUES = {**seals.VALUES}
"""What the words of areas' own enumerations mean."""

THINGS = (*seals.THINGS,)
"""What the office has, on cards."""

KEPT = {
    **{each.name: each.table for each in REGISTERS},
    **{each.name: each.table for each in THINGS},
    **vehicles.KEPT,
    **books.KEPT,
}
"""The table of whatever a clause calls a register, by its object."""

FAMILIES = (
    *ENGINE_FAMILIES,
    leave_messages,
    attendance_messages,
    evaluation_messages,
    vehicle_messages,
    petition_messages,
    party_messages,
)
"""Every family of messages: the engine's, then those of the areas."""

MESSAGES: dict[str, Message] = {
    code: message for family in FAMILIES for code, message in family.MESSAGES.items()
}
"""Every code with its sentences."""

DECLARING_TABLES = (
    absence,
    booking,
    calendar,
    cases,
    consequences,
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
    things,
    checks,
)
"""Importing the package imports each module whose tables belong to the schema."""
