"""Things served: entered on a card, changed by versions, handed out, taken back and over."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg

from domain.approval.forms import write_form
from domain.approval.procedure import Form
from domain.approval.soundness import shape_problems
from domain.errors import Problem, Refused, at_fault, must_be_none, must_be_said
from domain.office.notices import Notice
from domain.records.lines import read_value, stored
from domain.records.things import Keeping, Move, Thing, Whereabouts, moved
from domain.shapes.points import end_of
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.keeping import changed_since
from resolvers.ground.notices import announce
from resolvers.ground.people import named
from resolvers.records.allowed import must, must_be_kept_here
from resolvers.records.classified import must_be_graded
from resolvers.records.demanded import must_be_a_keeper, placed, things_apart, unkept
from resolvers.records.lapsing import watched
from resolvers.records.stock import must_be_empty
from resolvers.records.thing_grounds import Given, Knowing, days_out, must_be_approved, must_be_fit
from resolvers.records.thing_rows import LENT_BY, MOVED, changing, entering, one, same
from resolvers.records.verdicts import Verdict
from resolvers.requests.needs import unfilled
from resolvers.requests.words import camel
from resolvers.time.clocks import Subject, happened

KEEPERS = {Move.ENTERED, Move.CHANGED, Move.ENDED}
LOSS = {Move.LOST, Move.REPORTED}
THEIRS = {Move.OFFERED, *LOSS}
"""What who has it may do as well as who hands it out."""
OUT = {Move.LENT, Move.TAKEN_OVER}
"""What is somebody's until a day, where one is named."""


async def enter(context: Context, thing: Thing, card: Form, knowing: Knowing | None = None) -> UUID:
    """Put a thing on its card.

    Raises: Refused: not a keeper, a card that will not do, or one that is there already.
    """
    verdict = await _must_be_allowed(context, thing, Act.KEEP, vars(card))
    known = await knowing(context, card) if knowing else {}
    await must_be_fit(context, thing, Move.ENTERED, {**vars(card), **known})
    key = context.services.new_id()
    await _must_be_sound(context, thing, card, key)
    row = {
        **_columns(thing, card),
        "institution_id": context.viewer.institution,
        "id": key,
        "state": Keeping.KEPT.value,
        "version": 1,
        "entered_at": context.now,
    }
    await context.rows(entering(thing), rows=[row])
    await _note(context, thing, row, card, Given(Move.ENTERED), verdict)
    await context.remember({"thing": thing.name, "id": key})
    return key


async def change(context: Context, thing: Thing, key: UUID, known: int, card: Form) -> None:
    """Put another version on a thing's card.

    Raises: Refused: not a keeper, no such thing, or changed since it was read.
    """
    row = await _found(context, thing, key, known)
    verdict = await _must_be_allowed(context, thing, Act.KEEP, row)
    moved(_whereabouts(row), Move.CHANGED)
    before = card_of(thing, row)
    fixed = (name for name in thing.fixed if getattr(before, name) != getattr(card, name))
    must_be_none(Problem("FIXED", ("input", camel(name))) for name in fixed)
    await _must_be_sound(context, thing, card, key)
    lowers = thing.lowers(before, card)
    await must_be_fit(context, thing, Move.CHANGED, {**vars(card), **lowers})
    after = {**row, **_columns(thing, card), "version": known + 1}
    await _keep(context, thing, after, known)
    await _note(context, thing, after, card, Given(Move.CHANGED), verdict)
    await context.remember({"thing": thing.name, "id": key})


async def move(context: Context, thing: Thing, key: UUID, known: int, given: Given) -> None:
    """Hand a thing out, take it back, hand it over, lose, report or find it, or end it.

    Raises: Refused: not the viewer's to do, not from where it is, or without the approval it needs.
    """
    row = await _found(context, thing, key, known)
    where = _whereabouts(row)
    if thing.custody is None and given.move not in KEEPERS | LOSS | {Move.FOUND}:
        raise Refused("NOT_HANDED_OUT")
    verdict = await _mover(context, thing, row, given.move)
    due = await must_be_approved(context, thing, row, given)
    if given.to and given.move in (Move.ISSUED, Move.OFFERED):
        await must_be_a_keeper(context, thing, row, given.to, given.request)
    after = moved(where, given.move, given.to, due)
    if given.move is Move.ENDED:
        await must_be_empty(context, thing, key)
    await must_be_fit(context, thing, given.move, {**row, "days_out": days_out(context, due)})
    await things_apart(context, thing, where, after)
    if given.move is Move.ENDED or given.move in LOSS:
        must_be_said(given.said, "text")
    await _place(context, thing, row, after, replace(given, due=due), verdict)
    await context.remember({"thing": thing.name, "id": key})


async def end(context: Context, thing: Thing, key: UUID, said: str) -> None:
    """A thing is no more by what was done elsewhere. Raises: Refused: it has yet to come back."""
    row = await context.found(one(thing), at_fault("THING_NOT_FOUND", "input"), id=key)
    where = _whereabouts(row)
    if where.state is not Keeping.ENDED:
        given = Given(Move.ENDED, said=said)
        await _place(context, thing, row, moved(where, Move.ENDED), given, Verdict(True))


async def _place(
    context: Context,
    thing: Thing,
    row: Mapping[str, Any],
    after: Whereabouts,
    given: Given,
    verdict: Verdict,
) -> None:
    kept = {
        **row,
        "state": after.state.value,
        "keeper_id": after.keeper,
        "holder_id": after.holder,
        "offered_id": after.offered,
        "due_on": after.due,
        "version": row["version"] + 1,
    }
    await _keep(context, thing, kept, row["version"])
    await _note(context, thing, kept, card_of(thing, row), given, verdict)


async def _mover(context: Context, thing: Thing, row: Mapping[str, Any], what: Move) -> Verdict:
    """Whose move it is: the keeper's, the giver's, or theirs who have it."""
    me = context.viewer.person.id
    if what is Move.TAKEN_OVER:
        if row["offered_id"] != me:
            raise Refused("NOT_YOURS_TO_TAKE_OVER")
        return Verdict(True)
    if what in THEIRS and me in (row["holder_id"], row["keeper_id"]):
        return Verdict(True)
    act = Act.KEEP if what in KEEPERS else Act.ISSUE
    return await _must_be_allowed(context, thing, act, row)


async def _must_be_allowed(
    context: Context, thing: Thing, act: Act, row: Mapping[str, Any]
) -> Verdict:
    must_be_kept_here(await context.rulebook(), thing.name)
    facts = {name: stored(row.get(name)) for name in facts_of(context, thing)}
    return await must(context, "NOT_A_KEEPER", thing.name, act, facts)


async def _must_be_sound(context: Context, thing: Thing, card: Form, key: UUID) -> None:
    await must_be_graded(context, context.services.vocabulary.objects[thing.name], card)
    problems = shape_problems(card) or [
        *await unkept(context, thing.rules, card),
        *unfilled(await context.rulebook(), thing.name, card),
    ]
    institution = context.viewer.institution
    for name in () if problems else thing.unique:
        await context.one_at_a_time(f"{institution}:{thing.name}:{name}")
        if await context.row(same(thing, name), value=stored(getattr(card, name)), id=key):
            problems.append(Problem("ENTERED_ALREADY", (name,)))
    must_be_none(map(placed, problems))


async def _found(context: Context, thing: Thing, key: UUID, known: int) -> dict[str, Any]:
    missing = at_fault("THING_NOT_FOUND", "input", "thingId")
    row = await context.found(one(thing), missing, id=key)
    if row["version"] != known:
        raise Refused("CHANGED_MEANWHILE", version=row["version"])
    return {str(column.name): row[column.name] for column in thing.table.columns}


async def _keep(context: Context, thing: Thing, row: Mapping[str, Any], known: int) -> None:
    try:
        await context.found(changing(thing), changed_since(known), row=row, known=known)
    except asyncpg.ForeignKeyViolationError as missing:
        raise at_fault("NOT_FOUND_HERE", "input", "toId") from missing


async def _note(
    context: Context,
    thing: Thing,
    row: Mapping[str, Any],
    card: Form,
    given: Given,
    verdict: Verdict,
) -> None:
    """Write the version down, tell who is handed it, start and stop the clocks."""
    me, institution = context.viewer.person, context.viewer.institution
    to = await named(context, given.to) if given.to else None
    line = {
        **context.signed,
        "thing_id": row["id"],
        "version": row["version"],
        "thing": thing.name,
        "move": given.move.value,
        "from_id": row["holder_id"] or row["keeper_id"] if "holder_id" in row else None,
        "to_id": given.to,
        "to_name": to[1] if to else "",
        "due_on": given.due,
        "request_id": given.request,
        "said": given.said.strip(),
        "card": write_form(card),
        "clause": verdict.clause,
        "role": verdict.role,
    }
    await context.rows(MOVED, rows=[line])
    if given.to and given.to != me.id:
        details = {"name": str(getattr(card, thing.named_by))}
        code = "THING_OFFERED" if given.move is Move.OFFERED else "THING_HANDED_OUT"
        notice = Notice(code, given.to, institution, details, subject=row["id"])
        await announce(context, notice)
    responsible = given.to or row.get("holder_id") or row.get("keeper_id") or me.id
    facts = {each: stored(row.get(each)) for each in facts_of(context, thing)}
    back = await context.value(LENT_BY, id=row["id"]) if given.move is Move.RETURNED else None
    subject = Subject(
        *(row["id"], institution, thing.name, given.request, (responsible,), facts),
        concerns=(back,) if back else (),
    )
    due = row.get("due_on") if given.move in OUT else None
    until = end_of(due, context.now) if due else None
    await happened(context, [f"{thing.name}.{given.move.value}"], subject, until=until)
    if given.move in (Move.ENTERED, Move.CHANGED):
        await watched(context, thing, card, subject)
    content = {"thing": thing.name, "id": row["id"], "move": given.move.value, "to": given.to}
    content |= {"version": row["version"], "person": me.id, "due": given.due, "card": line["card"]}
    await context.record("thing_moved", content)


def facts_of(context: Context, thing: Thing) -> Collection[str]:
    return context.services.vocabulary.objects[thing.name].facts


def _columns(thing: Thing, card: Form) -> dict[str, Any]:
    return {each.name: stored(getattr(card, each.name)) for each in thing.fields}


def card_of(thing: Thing, row: Mapping[str, Any]) -> Any:
    return thing.card(**{each.name: read_value(each.type, row[each.name]) for each in thing.fields})


def _whereabouts(row: Mapping[str, Any]) -> Whereabouts:
    return Whereabouts(
        Keeping(row["state"]), row["keeper_id"], row["holder_id"], row["offered_id"], row["due_on"]
    )
