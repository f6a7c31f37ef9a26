"""An office kept by sheets: written as they are now, and read again into one act with many changes.

What is told beforehand is judged as it will be done, and nothing is kept.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.approval.description import ANSWERS
from domain.errors import Problem, invalid
from domain.messages import say
from domain.office import changes as to
from domain.office.roll import Office, Place
from domain.office.sheet_rows import read
from domain.office.sheets import COLUMNS, TITLES, Origin, Reading, columns_of
from domain.sheets import Column, Does, Sheet, Table, table_of
from domain.time.moments import EARLIEST
from domain.vocabulary import RANK, Fact, FactType, RoleClass, Source
from resolvers.ground.context import Context
from resolvers.ground.sheets import Written, sheets_in
from resolvers.office import appointments
from resolvers.office.administering import Done, administer
from resolvers.office.organising import is_weighty, judge, organise, said_of
from resolvers.office.outcomes import Said
from resolvers.office.roll import read_office
from resolvers.office.spelling import account_name
from resolvers.records.export_sheets import file_of
from resolvers.records.exports import keep

"""It follows from the seats that are held."""


DOES: Mapping[type[Any], Does] = {
    to.AddUnit: Does.ADDS,
    to.AddPerson: Does.ADDS,
    to.AddSeat: Does.ADDS,
    to.Appoint: Does.ADDS,
    to.CloseUnit: Does.REMOVES,
    to.CloseSeat: Does.REMOVES,
    to.EndAppointment: Does.REMOVES,
}


@dataclass(frozen=True)
class Change:
    """What one line would do; there is no line where none names what ends."""

    sheet: str
    line: int | None
    does: Does
    said: Said


@dataclass(frozen=True)
class Plan:
    """What sheets would do; nothing is done while there are problems."""

    changes: tuple[Change, ...]
    unchanged: int
    problems: tuple[Problem, ...]
    weighty: bool
    asked: tuple[Any, ...]


async def plan(context: Context, content: bytes, *, whole: bool) -> Plan:
    """What a file would change of the office. Raises: Refused: it is no file of sheets."""
    living, before = await context.rulebook(), await _office(context)
    roles = {
        code: each
        for code, each in living.vocabulary.roles.items()
        if each.role_class in (RoleClass.SEAT, RoleClass.BODY)
    }
    facts = await _facts(context)
    sheets = await sheets_in(content)
    tables, problems = _tables(sheets, columns_of(facts), context.language)
    new_id, home = context.services.new_id, context.viewer.institution
    common = {c: each.label for c, each in context.services.vocabulary.roles.items()}
    reading = Reading(
        before, context.today, home, roles, facts, new_id, account_name, tables, whole, common
    )
    read(reading)
    asked = tuple(each.change for each in reading.changes)
    me = context.viewer.person.id
    judged = await judge(context, asked, me, EARLIEST)
    problems += [problem for table in tables.values() for problem in table.problems]
    for fault in judged.plan.faults:
        origin = reading.changes[fault.at]
        cell = _cell(tables[origin.sheet], origin, fault.problem)
        problems.append(
            Problem(fault.problem.code, cell, fault.problem.clause, fault.problem.details)
        )
    said = (
        Change(
            e.sheet,
            e.line,
            DOES.get(type(e.change), Does.CHANGES),
            said_of(living, judged, e.change),
        )
        for e in reading.changes
    )
    return Plan(
        () if problems else tuple(said),
        reading.unchanged,
        tuple(problems),
        is_weighty(judged),
        asked,
    )


async def apply(context: Context, content: bytes, *, whole: bool, document: str) -> Done:
    """Do what a file says, all of it or nothing; what changes who decides waits for another.

    Raises: Refused: with everything that is wrong, each at its cell.
    """
    # Whoever imports at the same time is waited for, and then counted in.
    await appointments.alone(context)
    await context.must_be_first()
    found = await plan(context, content, whole=whole)
    if found.problems:
        at = [
            Problem(p.code, ("input", "file", *p.path), p.clause, p.details) for p in found.problems
        ]
        raise invalid(at, clause=next((p.clause for p in at if p.clause), None))
    if not found.asked:
        await context.remember({"changed": 0})
        return Done({"changed": 0})
    given = {
        "changes": [to.written(each) for each in found.asked],
        "document": document,
        "earliest": EARLIEST.isoformat(),
        "answer": {"changed": len(found.asked)},
    }
    return await administer(context, "organise", organise, given)


async def written(context: Context, sheet: str | None, format: str) -> None:
    """The office as it is, or one sheet of it, as the file that is filled in.

    Raises: Refused: the viewer has too many files that are fresh.
    """
    every = await _written(context)
    chosen = [sheet] if sheet else [*every]
    titled = {say(context.language, TITLES[each]): every[each] for each in chosen}
    lines = sum(len(each) - 1 for each in titled.values())
    told = {"object": "organisation", "format": format, "lines": lines}
    made = file_of("-".join(titled), titled, format, context.now)
    await keep(context, "exported", made, told)


async def _office(context: Context) -> Office:
    return await read_office(context.transaction, context.viewer.institution)


async def _facts(context: Context) -> Mapping[str, Fact]:
    """What is kept of people: the facts of the organisation that nothing else tells."""
    words = context.services.vocabulary
    told = {RANK, *words.parts.absences, *words.parts.held}
    return {
        code: each
        for code, each in words.facts.items()
        if each.source is Source.ORGANISATION and code not in told
    }


def _tables(
    sheets: Sequence[Sheet], columns: Mapping[str, Sequence[Column]], language: str
) -> tuple[dict[str, Table], list[Problem]]:
    """Which sheet is which, by what it is called or else by its headings."""
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    for sheet in sheets:
        fits = sorted(
            (
                (table, name)
                for name in columns
                if (table := table_of(sheet, columns[name], _title(sheet, name, language)))
            ),
            key=lambda each: (
                sheet.title not in _titles(each[1]),
                len(each[0].problems),
                -len(each[0].at),
            ),
        )
        if not fits:
            problems.append(
                Problem(
                    "SHEET_UNKNOWN",
                    (sheet.title or "CSV", "A1"),
                    None,
                    {"name": sheet.title or "CSV"},
                )
            )
        elif fits[0][1] in tables:
            problems.append(
                Problem("SHEET_TWICE", (sheet.title, "A1"), None, {"name": sheet.title})
            )
        else:
            tables[fits[0][1]] = fits[0][0]
    return tables, problems


def _titles(name: str) -> tuple[str, str]:
    return TITLES[name].zh, TITLES[name].en


def _title(sheet: Sheet, name: str, language: str) -> str:
    return sheet.title or say(language, TITLES[name])


def _cell(table: Table, origin: Origin, problem: Problem) -> tuple[str, ...]:
    if origin.line is None:
        return (table.title,)
    [name] = problem.path[-1:] or ("",)
    column = problem.details.get("fact", name) if name == "facts" else name
    column = COLUMNS[origin.sheet].get(column, column)
    return table.place(origin.line, column)


async def _written(context: Context) -> Written:
    """By sheet the headings, then what stands today."""
    office, language, today = await _office(context), context.language, context.today
    facts, roles = await _facts(context), (await context.rulebook()).vocabulary.roles
    units = {k: u for k, u in office.units.items() if u.ends is None or u.ends >= today}
    places = {k: p for k, p in office.places.items() if p.ends is None or p.ends >= today}
    several = Counter(each.name for each in units.values())
    twins = Counter(each.name for each in office.people.values())

    def called(unit: UUID) -> str:
        above = [units[unit]]
        while several[units[unit].name] > 1 and above[0].parent in units:
            above.insert(0, units[above[0].parent])
        return "/".join(each.name for each in above)

    def post(place: Place) -> list[str]:
        role = roles.get(place.role)
        return [called(place.unit), say(language, role.label) if role else place.role]

    rows: dict[str, list[list[str | date | None]]] = {name: [] for name in TITLES}
    for unit in units.values():
        above = called(unit.parent) if unit.parent in units else None
        rows["units"].append([unit.name, above, None, unit.begins, unit.ends])
    for person in office.people.values():
        if person.leaves is None or person.leaves >= today:
            kept = {**person.facts, "employment": person.employment}
            known = [_fact(fact, kept.get(code), language) for code, fact in facts.items()]
            twin = say(language, ANSWERS[True]) if twins[person.name] > 1 else None
            rows["people"].append([person.name, person.account, twin, *known])
    for place in places.values():
        rows["seats"].append([*post(place), place.ends])
    for held in office.appointments.values():
        if held.seat in places and (held.ends is None or held.ends >= today):
            person = office.people[held.person]
            days = [held.begins, held.ends]
            rows["appointments"].append(
                [held.name, person.account, *post(places[held.seat]), *days]
            )
    columns = columns_of(facts)
    return {n: [[say(language, c.label) for c in columns[n]], *rows[n]] for n in TITLES}


def _fact(fact: Fact, value: Any, language: str) -> str | None:
    if value is None:
        return None
    if fact.type is FactType.BOOL and isinstance(value, bool):
        return say(language, ANSWERS[value])
    if fact.values and value in fact.values:
        return say(language, fact.values[value])
    return str(value)
