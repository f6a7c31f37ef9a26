"""What may happen in an office, in the words in which clocks and rhythms name it.

Walked from the declarations and the office's rows, so that no row waits for what never comes.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from domain import (
    ACCOUNTS,
    CASE_KINDS,
    CHECKS,
    PROCEDURES,
    REGISTERS,
    ROSTERS,
    SITTINGS,
    STATEMENTS,
    THINGS,
)
from domain.approval.forms import form_fields
from domain.approval.placement import expanded
from domain.approval.procedure import Procedure
from domain.approval.request import Status
from domain.approval.times import AHEAD
from domain.records.accounts import SETTLED
from domain.records.case_paths import GIVEN_UP
from domain.records.consequences import CONSEQUENCE, TO_CARRY_OUT, Turn
from domain.records.lines import LineEvent
from domain.records.rounds import CLOSED, in_conditions
from domain.records.sittings import TASK_EVENTS
from domain.records.things import Move
from domain.rulebook import Rulebook
from domain.shapes.clocks import Clock, concerned
from domain.shapes.house_clocks import CONFIRMED, MOOT, RECORDED
from policies import accounting, loading

OF_REQUESTS = ("submitted", "resubmitted", "given_up", "completed", *Status)
"""What may happen to any request."""

OF_STEPS = ("opened", "done")
OF_CHECKS = ("failed", "mended")
OF_STATEMENTS = ("published", "withdrawn")
OF_ROSTERS = ("settled", "taken_over")
OF_SITTINGS = ("begins", "noticed", "held")
KINDS = Clock.clause_kinds


def events_of(book: Rulebook) -> frozenset[str]:
    """Every event that clocks and rhythms of an office may wait for."""
    return frozenset(
        [
            *(RECORDED, CONFIRMED, MOOT),
            *(event for kind in book.vocabulary.kinds for event in _of_request(book, kind)),
            *(event for kind in CASE_KINDS for event in _of_case(book, kind.code)),
            *(f"{each.name}.{move}" for each in THINGS for move in Move),
            *(f"{each.name}.{day}" for each in THINGS for day in each.lapses.values()),
            *(event for each in REGISTERS for event in each.events),
            *(f"{row.of}.{row.id}.{LineEvent.RECORDED}" for row in book.shapes.occurrences),
            *(f"{each.name}.{what}" for each in CHECKS for what in OF_CHECKS),
            *(each.name for each in STATEMENTS),
            *(f"{each.name}.{what}" for each in STATEMENTS for what in OF_STATEMENTS),
            *(f"{each.name}.{SETTLED}" for each in ACCOUNTS if each.owed),
            *(f"{each.name}.{what}" for each in ROSTERS for what in OF_ROSTERS),
            *(f"{row.kind}.{in_conditions(row.id)}.{CLOSED}" for row in book.shapes.rounds),
            *(event for kind in SITTINGS for event in _of_sitting(book, kind.code)),
            *(
                f"{CONSEQUENCE}.{rung.trigger}.{turn}"
                for rung in book.shapes.ladders
                for turn in (*Turn, TO_CARRY_OUT)
            ),
        ]
    )


def unheard_of(book: Rulebook) -> Iterator[tuple[str, str, str]]:
    """The file, the row and the event of each that nothing in the program brings about."""
    known = events_of(book)
    named = [("clocks", row.id, (*row.starts, *row.stops)) for row in book.shapes.clocks]
    named += [("cadences", row.id, row.shown_by) for row in book.shapes.cadences]
    for shape, row, events in named:
        for event in events:
            if not concerned([event], known):
                yield shape, row, event


def idle(institution: str) -> Iterator[Clock]:
    """The deadlines that nothing starts, and of which no line of the accounting says why."""
    book, told = loading.shipped(institution), accounting.by_clause(institution)
    for row in book.shapes.clocks:
        lines = [each for each in told.get(row.clause, ()) if each.clause_kind in KINDS]
        if not row.starts and not row.is_open and not any(each.reason for each in lines):
            yield row


def _of_request(book: Rulebook, kind: str) -> Iterator[str]:
    yield from (f"{kind}.{what}" for what in (*OF_REQUESTS, *_of_form(PROCEDURES.get(kind))))
    for row in book.rows:
        if row.kind == kind:
            for role in {row.role, *expanded(row.role, book.vocabulary.roles)}:
                yield from (f"{kind}.{role}.{row.act}.{what}" for what in OF_STEPS)


def _of_form(procedure: Procedure[Any] | None) -> Iterable[str]:
    """What else happens to what begins, has something for a time, or is come back from."""
    if procedure is None:
        return ()
    begins = (
        ("begins", AHEAD) if "begins" in {each.name for each in form_fields(procedure.form)} else ()
    )
    back = ("leaves", "ends", "extended", "reported_back") if procedure.reports_back else ()
    ends = ("ends",) if procedure.books else ()
    return (*begins, *ends, *back)


def _of_case(book: Rulebook, code: str) -> Iterator[str]:
    kind = next(each for each in CASE_KINDS if each.code == code)
    further = {each.kind: tuple(each.clocks) for each in kind.begins_with}
    paths = {code, *book.vocabulary.objects[code].paths}
    rows = [each for each in book.shapes.paths if each.id in paths] or kind.plain
    reached = {name for each in rows for name in (each.origin, each.target, each.event)}
    reached |= {name for each in rows if (of := kind.stages.get(each.event)) for name in of.terms}
    for asked_for in {code, *further}:
        for what in {GIVEN_UP, *reached, *further.get(asked_for, ())}:
            yield f"{asked_for}.{what}"


def _of_sitting(book: Rulebook, code: str) -> Iterator[str]:
    yield from (f"{code}.{what}" for what in TASK_EVENTS)
    bodies = {vote.body: set[str]() for vote in book.shapes.votes}
    for vote in book.shapes.votes:
        bodies[vote.body].add(vote.matter)
    for body in {*bodies, *book.vocabulary.roles}:
        for matter in {"", *bodies.get(body, ())}:
            yield from (".".join(filter(None, (code, body, matter, what))) for what in OF_SITTINGS)
