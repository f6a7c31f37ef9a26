"""Registers served: a line is entered by those who keep the book, signed for, read, and stands."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.approval.procedure import Form
from domain.approval.soundness import shape_problems
from domain.errors import Refused, at_fault, invalid, must_be_none, must_be_said
from domain.records.lines import AWAITS, NUMBER, WRITTEN, stored
from domain.records.registers import Register
from domain.records.rules import day_of
from domain.shapes.count_words import Whose
from resolvers.ground.absent import here
from resolvers.ground.context import Context
from resolvers.ground.keeping import alone
from resolvers.ground.people import named
from resolvers.records.accounts import held_for, post
from resolvers.records.acts import clauses_of, kept_by, may
from resolvers.records.allowed import must_be_kept_here, refusal
from resolvers.records.approvals import must_be_covered
from resolvers.records.case_going_on import next_number
from resolvers.records.classified import must_be_graded
from resolvers.records.demanded import against_clauses, broken, placed, spoken_of
from resolvers.records.line_clocks import confirmed, written
from resolvers.records.proposing import Subject, retold
from resolvers.records.register_rows import SIGN, entering, one, record_of, the_same
from resolvers.records.roster_rows import posts_borne
from resolvers.records.rosters import taken_over
from resolvers.records.serving import named_on
from resolvers.records.sight import rows_seen
from resolvers.records.signatures import ask_to_sign, awaits_signature, signs_for
from resolvers.records.stock import (
    all_counted,
    hold_items,
    must_be_there,
    not_all_counted,
    of_item,
    unknown_item,
)
from resolvers.records.thing_rows import borne_by
from resolvers.records.verdicts import Verdict
from resolvers.records.walks import must_run_on, must_see_cases, walked
from resolvers.requests.needs import unfilled
from resolvers.time.duties_done import Shown, fulfil

Check = Callable[[Context, Any], Awaitable[Mapping[str, Any] | None]]
"""What an area asks of an entry beside its form, and what it fills in of what is served."""


async def enter(
    context: Context,
    register: Register,
    entry: Form,
    corrects: UUID | None = None,
    check: Check | None = None,
) -> UUID:
    """Write a line, or the line that corrects another.

    Raises: Refused: not a keeper, a form that will not do, or something that is not there.
    """
    entry = await of_item(context, register, entry)
    await must_be_graded(context, context.services.vocabulary.objects[register.name], entry)
    verdict = await _must_keep(context, register, vars(entry))
    await must_be_covered(context, register, entry, corrects)
    values = await _found_right(context, register, entry, verdict.role, check, corrects)
    before = await standing_line(context, register, corrects, "corrects") if corrects else None
    await _must_be_once(context, register, values, corrects)
    line = {**values, "corrects": corrects, "void": False, "why": ""}
    if register.numbered:
        line[NUMBER] = before[NUMBER] if before else await _next_number(context, register, values)
    key = await _write(context, register, line)
    if before:
        await retold(context, subjects_of(register, before))
    if register.due:
        await fulfilled(context, register, values, key)
    return key


async def served(context: Context, register: Register, entries: Iterable[Form]) -> None:
    """Lines that the server writes of what was done; what stands once is not written again."""
    for entry in entries:
        values = {each.name: stored(getattr(entry, each.name)) for each in register.fields}
        same = {name: values[name] for name in register.once}
        if not (same and await context.row(the_same(register), but=None, **same)):
            line = {**values, "corrects": None, "void": False, "why": ""}
            await _write(context, register, line, answered=False)


async def strike_out(context: Context, register: Register, line: UUID, reason: str) -> None:
    """Let a line count no more; it stays to be seen.

    Raises: Refused: not a keeper, no such line, or one that was corrected or struck out before.
    """
    why = must_be_said(reason, "reason")
    await _must_keep(context, register, await _found(context, register, line) or {})
    row = await standing_line(context, register, line, "lineId")
    values = {name: row[name] for name in row if name not in ("stands", "open", *WRITTEN)}
    struck = {**values, "corrects": line, "void": True, "why": why}
    await _write(context, register, struck)


async def _must_keep(context: Context, register: Register, line: Mapping[str, Any]) -> Verdict:
    """Who may write such a line by the rows of the office."""
    of = context.services.vocabulary.objects[register.name]
    facts = {name: stored(line.get(name)) for name in of.facts}
    living = await context.rulebook()
    must_be_kept_here(living, register.name)
    bearers = await posts_borne(context, register.name, line.get(register.day))
    bearers |= await borne_by(context, register, line)
    own = {each.name for each in register.fields}
    bearers |= {role: line.get(name) for role, name in of.bears.items() if name in own}
    verdict = await may(context, register.name, register.act, facts, bearers)
    if not verdict.allowed:
        if unspoken := spoken_of(living, register, line.get(register.words)):
            raise invalid(unspoken)
        raise refusal(context, "NOT_A_KEEPER", register.name, verdict)
    return verdict


async def _found_right(
    context: Context,
    register: Register,
    entry: Form,
    role: str,
    check: Check | None,
    corrects: UUID | None,
) -> dict[str, Any]:
    """The columns of a line, with what the server fills in; everything that is wrong at once."""
    me = context.viewer.person.id
    entry = _dated(context, register, entry)
    found = [placed(each) for each in shape_problems(entry)]
    served: dict[str, Any] = {}
    if not found:
        living = await context.rulebook()
        found = [
            *await broken(context, register, entry),
            *map(placed, unfilled(living, register.name, entry, register.asked_when)),
            *await unknown_item(context, register, entry),
            *spoken_of(living, register, vars(entry).get(register.words)),
        ]
        if register.by_others and getattr(entry, register.about) == me:
            raise Refused("OWN_RECORD", clause=kept_by(living, register.name))
        try:
            served = await named_on(context, register, entry)
            served |= await walked(context, register, entry)
            await must_see_cases(context, register, entry)
            await must_run_on(context, register, entry, corrects)
            served |= (await check(context, entry) if check else None) or {}
        except Refused as refused:
            if not refused.problems:
                raise
            kept = kept_by(await context.rulebook(), register.name)
            found += [replace(each, clause=each.clause or kept) for each in refused.problems]
    values = {each.name: stored(getattr(entry, each.name)) for each in register.fields} | served
    found = found or await against_clauses(context, register, values, role, corrects)
    must_be_none(found)
    return values


def _dated(context: Context, register: Register, entry: Form) -> Form:
    """A day that the server fills in is today."""
    served = {each.name for each in register.fields if each.served}
    if register.day not in served:
        return entry
    kind = next(each.type for each in register.fields if each.name == register.day)
    at = context.now if issubclass(kind, datetime) else context.today
    return replace(entry, **{register.day: at})


async def standing_line(
    context: Context, register: Register, line: UUID, named: str
) -> Mapping[str, Any]:
    """The line as it stands.

    Raises: Refused: no such line, or one that was corrected or struck out before.
    """
    row = await _found(context, register, line)
    if row is None:
        raise at_fault("LINE_NOT_FOUND", "input", named)
    if not row["open"]:
        raise Refused("CORRECTED_ALREADY")
    return row


async def _found(context: Context, register: Register, line: UUID) -> dict[str, Any] | None:
    rows = await rows_seen(context, record_of(register), one(register), id=line)
    return dict(rows[0]) if rows else None


async def _must_be_once(
    context: Context, register: Register, values: Mapping[str, Any], corrects: UUID | None
) -> None:
    """Raises: Refused: another line stands for the same; two at once are judged in turn."""
    if all(values[name] is None for name in register.once):
        return
    institution = context.viewer.institution
    same = {name: values[name] for name in register.once}
    of = f"{institution}:{register.name}:{sorted(map(str, same.items()))}"
    await context.one_at_a_time(of)
    found = await context.row(the_same(register), but=corrects, **same)
    if found is not None:
        raise Refused("ENTERED_ALREADY")


async def _next_number(context: Context, register: Register, values: Mapping[str, Any]) -> str:
    """The next of the series in the year of the line's day."""
    living = await context.rulebook()
    value = str(values[register.series]) if register.series else ""
    return await next_number(context, living, register.name, value, day_of(values[register.day]))


async def fulfilled(
    context: Context, register: Register, values: Mapping[str, Any], key: UUID
) -> None:
    """The duties that the clauses of the register ask for are done by whom the line is about."""
    living = await context.rulebook()
    clauses, objects = clauses_of(living, register.name), living.vocabulary.objects
    # Where a clause asks for several, each names the object that it is done by.
    asking = [each for each in living.shapes.cadences if each.clause in clauses]
    untold = [each for each in asking if not each.shown_by]
    rows = [each for each in untold if each.done not in objects or each.done == register.name]
    me = context.viewer.person
    whose = values[register.about] if register.about else me.id
    found = await named(context, whose)
    name = found[1] if found else me.name
    unit = values[register.of_unit] if register.of_unit else None
    told = values[register.day] if register.is_timed else None
    shown = Shown(whose, name, key, unit, at=told)
    await fulfil(context, living, rows, day_of(values[register.day]), shown)


async def _write(
    context: Context, register: Register, line: Mapping[str, Any], *, answered: bool = True
) -> UUID:
    person, line_id = context.viewer.person, context.services.new_id()
    row = {
        **line,
        "institution_id": person.institution,
        "id": line_id,
        "recorded_by": person.id,
        "recorded_by_name": person.name,
        "recorded_at": context.now,
    }
    if register.signed_by:
        row[AWAITS] = await awaits_signature(context, register, row)
    corrected = await _found(context, register, row["corrects"]) if row["corrects"] else None
    accounts = await held_for(context, register, row, corrected)
    items = await hold_items(context, register, row, corrected)
    with here(), alone(Refused("CORRECTED_ALREADY")):
        await context.rows(entering(register), rows=[row])
    await ask_to_sign(context, register, row)
    if answered:
        said = {"line": line_id, "register": register.name}
        await context.remember(said)
    content = {"register": register.name, "person": person.id, "line": row}
    await context.record("register_entered", content)
    await post(context, accounts, line_id)
    await must_be_there(context, items)
    await written(context, register, row, corrected)
    await retold(context, subjects_of(register, row))
    if corrected:
        await not_all_counted(context, register, corrected)
    return line_id


def subjects_of(register: Register, row: Mapping[str, Any]) -> list[Subject]:
    """Whom a line concerns: a person, a unit, or both."""
    named = ((Whose.PERSON, register.about), (Whose.UNIT, register.of_unit))
    return [Subject(whose, row[each]) for whose, each in named if each and row[each]]


async def sign(context: Context, register: Register, line: UUID) -> None:
    """Sign for a line as its second person: it counts from then on.

    Raises: Refused: no such line, not the viewer's to sign, or signed before.
    """
    row, me = await standing_line(context, register, line, "lineId"), context.viewer.person
    if not register.signed_by or not row[AWAITS]:
        raise at_fault("NOTHING_TO_SIGN", "input", "lineId")
    signs, verdict = await signs_for(context, register, row)
    if row["recorded_by"] == me.id or not signs:
        raise Refused("NOT_YOURS_TO_SIGN", clause=verdict.clause)
    told = {"register": register.name, "line": line}
    by = {"person_id": me.id, "person_name": me.name, "at": context.now}
    signed = {"institution_id": me.institution, "register": register.name, "line_id": line, **by}
    with alone(Refused("SIGNED_ALREADY")):
        await context.rows(SIGN, rows=[signed])
    await taken_over(context, register, row)
    await confirmed(context, register, row)
    await retold(context, subjects_of(register, row))
    await all_counted(context, register, row)
    await context.done("register_signed", told, clause=verdict.clause)
