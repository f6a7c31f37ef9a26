"""What the regulations mean: forms, requirements, procedures, registers and the engine they share.

Knows no Casbin, GraphQL or HTTP, reads no file and opens no connection.
"""

from typing import Any

from domain import (
    absence,
    attendance,
    booking,
    calendar,
    cases,
    correspondence,
    delegation,
    evaluation,
    leave,
    leave_hours,
    ledger,
    meetings,
    notices,
    organisation,
    party,
    petition_registers,
    petitions,
    vehicle_registers,
    vehicles,
    vehicles_upkeep,
)
from domain.approval import request
from domain.approval.procedure import Procedure
from domain.rules import tables
from domain.shapes import clock_tables

AREAS = (leave, leave_hours, attendance, evaluation, vehicles, vehicles_upkeep, petitions)
"""The areas, in handbook order."""

PROCEDURES: dict[str, Procedure[Any]] = {
    procedure.kind: procedure for area in AREAS for procedure in area.PROCEDURES
}
"""Every procedure, by the kind of request that it serves."""

CASES: dict[str, cases.Conduct] = {conduct.kind: conduct for conduct in petitions.CASES}
"""How cases are conducted, by the kind of request that each begins with."""

REGISTERS = (*vehicle_registers.REGISTERS, *petition_registers.REGISTERS)
"""Every book that an office keeps."""

DECLARING_TABLES = (
    absence,
    booking,
    calendar,
    cases,
    correspondence,
    clock_tables,
    delegation,
    evaluation,
    ledger,
    meetings,
    notices,
    organisation,
    party,
    petition_registers,
    request,
    tables,
    vehicle_registers,
)
"""Importing the package imports each module whose tables belong to the schema."""
