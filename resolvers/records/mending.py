"""What a failed sheet has to be mended by: a clock of the office, two acts, and where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from domain.errors import Refused, must_be_said
from domain.records.checks import Check, Mending, MendTurn, mending
from domain.shapes.checks import every_sheet, to_mend
from domain.shapes.clocks import concerned
from domain.shapes.points import end_of
from domain.shapes.running import GOING, State
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.keeping import alone
from resolvers.records import check_rows
from resolvers.records.allowed import must
from resolvers.records.happened import happened
from resolvers.records.pages import compiled
from resolvers.records.proposing import REACH, Subject
from resolvers.records.register_rows import record_of
from resolvers.records.sight import SEEN, rows_seen
from resolvers.records.verdicts import Verdict
from resolvers.time import clocks
from resolvers.time.clock_rows import read_kept

EVERY = 10_000


@dataclass(frozen=True)
class Mended:
    """A sheet that is to be mended: until when, by which clause, and what was done about it."""

    check: Check
    sheet: Mapping[str, Any]
    clock: Mapping[str, Any]
    turns: Sequence[Mapping[str, Any]]
    state: Mending


def belongs(context: Context, check: Check, row: Mapping[str, Any]) -> bool:
    """Whether the viewer is who was checked, or of the unit that was."""
    me = context.viewer.person
    if check.book.of_unit:
        return row[check.of] in {seat.unit_id for seat in me.seats}
    return bool(row[check.of] == me.id)


async def kept_up(context: Context, check: Check, subject: Subject) -> None:
    """Give a time to mend to what now asks for it, and take it back where nothing does any more."""
    living = await context.rulebook()
    counts = [each for each in living.shapes.counts if each.whose is subject.whose]
    known = await _known(context, check, of=subject.id)
    since = context.today - REACH
    asked = [*counts, every_sheet(check.name, subject.whose)]
    lines = await happened(context, living, asked, subject.whose, subject.id, since, context.today)
    own = [line for line in lines if line.of == check.name]
    wanted = {
        line.id: (row, facts)
        for line, row, facts in to_mend(
            own, lines, counts, living.shapes.clocks, check.event("failed")
        )
    }
    for each in known.values():
        if each.clock["state"] in GOING and each.sheet["id"] not in wanted:
            runs = await _subject(context, check, each.sheet, {})
            await clocks.called_off(context, runs, [check.event("failed")])
    days: dict[UUID, date] = {}
    if check.mend_by and wanted:
        named = await context.rows(check_rows.days_named(check), keys=[*wanted])
        days = {row["id"]: row["day"] for row in named}
    for key, (row, facts) in wanted.items():
        before, day = known.get(key), days.get(key)
        begun = before is not None and before.clock["state"] != State.CANCELLED
        if begun or (row.is_open and day is None):
            continue
        runs = await _subject(context, check, {"id": key, check.of: subject.id}, facts)
        until = end_of(day, context.now) if day else None
        await clocks.begin(context, [row], runs, living, until=until)


async def mendings(
    context: Context, check: Check, state: Mending | None, size: int
) -> list[Mended]:
    """What is to be mended or was, of the sheets that the viewer may see; the latest first."""
    found = await _known(context, check, size=EVERY if state else size, seen=True)
    return [each for each in found.values() if state in (None, each.state)][:size]


async def mend(context: Context, check: Check, line: UUID, said: str) -> None:
    """Say that it is mended: whoever was checked, or is of the unit that was.

    Raises: Refused: nothing to mend, another's, or mended already.
    """
    view = await one(context, check, line)
    if not belongs(context, check, view.sheet):
        raise Refused("NOT_YOURS_TO_MEND", clause=view.clock["clause"])
    _must_stand(view, Mending.DUE, Mending.OVERDUE)
    await _turn(context, view, MendTurn.MENDED, must_be_said(said, "text"))
    runs = await _subject(context, check, view.sheet, {})
    await clocks.happened(context, [check.event("mended")], runs)


async def recheck(context: Context, check: Check, line: UUID, said: str, *, good: bool) -> None:
    """Look again at what was mended; what still fails is to be mended by another day.

    Raises: Refused: not an inspector's, one's own unit's, or not mended yet.
    """
    view = await one(context, check, line)
    own = belongs(context, check, view.sheet)
    facts = {**view.sheet, "own_unit": own}
    verdict = await must(context, "NOT_A_KEEPER", check.name, Act.INSPECT, facts)
    _must_stand(view, Mending.MENDED)
    if own or view.turns[-1]["by_id"] == context.viewer.person.id:
        raise Refused("OWN_RECORD")
    if not good:
        must_be_said(said, "text")
    turn = MendTurn.PASSED if good else MendTurn.FAILED
    await _turn(context, view, turn, said, verdict)
    if not good:
        living = await context.rulebook()
        of = view.clock["clock"], view.clock["clause"]
        rows = [each for each in living.shapes.clocks if (each.id, each.clause) == of]
        runs = await _subject(context, check, view.sheet, {})
        await clocks.begin(context, rows, runs, living, until=_again(context, view))


async def one(context: Context, check: Check, line: UUID) -> Mended:
    """Raises: Refused: nothing is to be mended by it, or the viewer may not see it."""
    found = await _known(context, check, line=line, seen=True)
    if line not in found:
        raise Refused("NOTHING_TO_MEND")
    return found[line]


def _again(context: Context, view: Mended) -> datetime | None:
    """What was given so many days by its sheet is given as many again."""
    book, name = view.check.book, view.check.mend_by
    day = view.sheet[name] if name else None
    return end_of(context.today + (day - view.sheet[book.day]), context.now) if day else None


def _must_stand(view: Mended, *states: Mending) -> None:
    if view.state not in states:
        raise Refused("MENDING_PAST_THAT", clause=view.clock["clause"])


async def _known(
    context: Context,
    check: Check,
    *,
    of: UUID | None = None,
    line: UUID | None = None,
    size: int = EVERY,
    seen: bool = False,
) -> dict[UUID, Mended]:
    values = {"of": of, "id": line, "check": check.name, "size": size}
    if seen:
        text = check_rows.to_mend(check, SEEN)
        sheets = await rows_seen(context, record_of(check.book), text, **values)
    else:
        sheets = await context.rows(compiled(check_rows.to_mend(check)), **values)
    if not sheets:
        return {}
    keys = [sheet["id"] for sheet in sheets]
    running = await context.rows(check_rows.CLOCKS, check=check.name, keys=keys)
    read = await read_kept(context.services.rulebooks, running)
    failed, due = [check.event("failed")], dict[UUID, Mapping[str, Any]]()
    for row, kept in zip(running, read, strict=True):
        if concerned(kept.running.clock.starts, failed):
            due.setdefault(row["subject_id"], row)
    done = await context.rows(check_rows.TURNS, keys=keys)
    turns = {line: [*of] for line, of in groupby(done, itemgetter("line_id"))}
    return {
        each["id"]: Mended(check, each, clock, told, state)
        for each in sheets
        if each["id"] in due
        for clock, told in [(due[each["id"]], turns.get(each["id"], []))]
        for state in [_state(context, clock, told)]
    }


def _state(context: Context, clock: Mapping[str, Any], turns: Sequence[Any]) -> Mending:
    return mending(
        [MendTurn(each["turn"]) for each in turns],
        overdue=clock["due_at"] < context.now,
        lapsed=clock["state"] == State.CANCELLED,
    )


async def _turn(
    context: Context, view: Mended, turn: MendTurn, said: str, verdict: Verdict | None = None
) -> None:
    line = view.sheet["id"]
    row = {
        **context.signed,
        "line_id": line,
        "number": len(view.turns) + 1,
        "of_check": view.check.name,
        "turn": turn.value,
        "said": said.strip(),
        "role": verdict.role if verdict else "",
    }
    with alone(Refused("MENDING_PAST_THAT", clause=view.clock["clause"])):
        await context.rows(check_rows.TURN, rows=[row])
    await context.remember({"line": line, "register": view.check.name})
    await context.record(f"check_{turn.value}", {**row, "clause": view.clock["clause"]})


async def _subject(
    context: Context, check: Check, sheet: Mapping[str, Any], facts: Mapping[str, Any]
) -> clocks.Subject:
    """A sheet that a clock runs for; those of the unit answer for it, or the person."""
    institution, of = context.viewer.institution, sheet[check.of]
    if check.book.of_unit:
        seats = await context.rows(check_rows.SEATS_OF, unit=of)
        responsible = tuple(row["id"] for row in seats)
    else:
        responsible = (of,)
    return clocks.Subject(sheet["id"], institution, check.name, None, responsible, facts)
