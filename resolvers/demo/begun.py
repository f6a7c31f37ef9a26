"""What the demo offices have on their books: cards, lines and cases, as their files state them.

A file is named after a thing, a register or a kind of case; its columns are those of the card, the
entry or the form, with who keeps it. People stand by their account, units by their code.
"""

import csv
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

from domain import CASE_KINDS, REGISTERS, THINGS
from domain.approval.forms import Field, form_fields, write_form
from domain.approval.procedure import Approved, Form
from domain.records.case_paths import entered, paths_of
from domain.records.lines import AWAITS, stored
from domain.records.registers import PERSON, UNIT, Register
from domain.records.things import Thing
from domain.shapes.book import Shapes
from domain.time.moments import OFFICE_TIME
from resolvers.demo.offices import FILES, Office, id_of

FIRST_VERSION = 1
"""Of the rulebook, by which the cases began."""

NAMED = {
    "vehicle.archive": ("vehicle", "plate"),
    "supplies.item": ("supply", "name"),
    "supplies.opening": ("supply opening", "item_id"),
    "openness.item": ("openness item", "name"),
    "site.column": ("site column", "name"),
}
"""What an id says whose line is known by its name, and the column of it; else its place is told."""

Row = dict[str, Any]


@cache
def _lines(of: str) -> tuple[Mapping[str, str], ...]:
    path = FILES / "books" / f"{of}.csv"
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def own_rows(office: Office, of: str) -> Iterator[Mapping[str, str]]:
    """The rows of a file that are this office's."""
    return (row for row in _lines(of) if row["institution"] == office.institution)


def _own(office: Office, of: str) -> Iterator[tuple[UUID, Mapping[str, str], datetime]]:
    for place, row in enumerate(_lines(of)):
        if row["institution"] == office.institution:
            at = datetime.fromisoformat(row["at"]).replace(tzinfo=OFFICE_TIME)
            known, column = NAMED.get(of, ("", ""))
            named = (known, office.institution, row[column]) if known else None
            yield id_of(*(named or ("book", of, office.institution, str(place)))), row, at


def cards_of(office: Office) -> Iterator[tuple[Thing, list[Row], list[Row]]]:
    """The cards of each thing that has a file, and that each was put on its card."""
    for thing in THINGS:
        cards, moves = [], []
        for key, row, at in _own(office, thing.name):
            card, by = _form(office, thing.card, row), office.accounts[office.account(row["by"])]
            values = {each.name: stored(getattr(card, each.name)) for each in thing.fields}
            kept = {"state": "kept", "version": 1, "entered_at": at}
            cards.append({**values, "id": key, **kept})
            moves.append(
                {
                    "thing_id": key,
                    "version": 1,
                    "thing": thing.name,
                    "move": "entered",
                    "to_name": "",
                    "said": "",
                    "card": write_form(card),
                    "role": row["by"],
                    "by_id": by.id,
                    "by_name": by.name,
                    "at": at,
                }
            )
        if cards:
            yield thing, cards, moves


def lines_of(office: Office) -> Iterator[tuple[Register, list[Row]]]:
    """The lines of each register that has a file; what is signed for is signed already."""
    for register in REGISTERS:
        lines = []
        for key, row, at in _own(office, register.name):
            entry, by = (
                _form(office, register.entry, row),
                office.accounts[office.account(row["by"])],
            )
            line = {each.name: stored(getattr(entry, each.name)) for each in register.fields}
            signed = {AWAITS: False} if register.signed_by else {}
            written = {"recorded_by": by.id, "recorded_by_name": by.name, "recorded_at": at}
            lines.append({**line, **signed, "id": key, "void": False, "why": "", **written})
        if lines:
            yield register, lines


def cases_of(office: Office, shapes: Shapes) -> Iterator[tuple[Any, Any, Any]]:
    """The cases that were begun, each at the head of the office's path, with its first event."""
    for kind in CASE_KINDS:
        for key, row, at in _own(office, kind.code) if kind.entry else ():
            by = office.accounts[office.account(row["by"])]
            form = _form(office, kind.entry.form, row)  # type: ignore[union-attr]  # asked above
            approved = Approved(
                request=key,
                number="",
                institution=office.institution,
                applicant=by.id,
                applicant_name=by.name,
                unit=None,
                unit_name="",
                facts={},
                now=at,
                new_id=lambda key=key: key,  # type: ignore[misc]  # a case is its own id
            )
            if made := entered(kind, form, approved, shapes, FIRST_VERSION, paths_of(kind, form)):
                yield kind, *made


def ids_of(office: Office) -> frozenset[UUID]:
    """Of every card and case of the office's files."""
    named = [*(each.name for each in THINGS), *(each.code for each in CASE_KINDS)]
    return frozenset(key for of in named for key, _, _ in _own(office, of))


def _form(office: Office, form: type[Form], row: Mapping[str, str]) -> Any:
    told = {each.name: each for each in form_fields(form) if row.get(each.name)}
    return form(**{name: _read(office, each, row[name]) for name, each in told.items()})


def _read(office: Office, field: Field, text: str) -> Any:
    if field.refers == PERSON:
        return office.accounts[office.account(text)].id
    if field.refers == UNIT:
        return id_of("unit", office.institution, text)
    for thing in THINGS:
        if field.refers == thing.reference:
            return id_of(NAMED[thing.name][0], office.institution, text)
    if issubclass(field.type, Enum):
        return field.type(text)
    if field.type is bool:
        return text == "true"
    if field.type is datetime:
        return datetime.fromisoformat(text).replace(tzinfo=OFFICE_TIME)
    of: Any = {date: date.fromisoformat, Decimal: Decimal, int: int}.get(field.type, str)
    return of(text)
