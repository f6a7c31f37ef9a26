"""The approved requests behind what is done with a thing, and behind a line."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from math import prod
from typing import Any
from uuid import UUID

from domain import CASE_KINDS, REGISTERS
from domain.approval.procedure import Form
from domain.approval.request import Status
from domain.errors import Problem, at_fault
from domain.records.lines import is_open
from domain.records.registers import Draw, Register
from domain.time.moments import office_local
from domain.time.wording import quantity
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.derived import derived
from resolvers.records.acts import clauses_of, kept_by
from resolvers.records.case_rows import CaseView
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook

USED = " or ".join(
    f"exists (select from {of} x where (x.institution_id, x.{by}) = (r.institution_id, r.id))"
    for of, by in (
        ("thing_moves", "request_id"),
        ("roster_changes", "request_id"),
        ("rosters", "request_id"),
        ("evaluation_rounds", "resolution_id"),
    )
)
"""Whether something that was done rests on a request already."""

SPENT = statement(
    " union all ".join(
        f"select true from {kind.table.name} where institution_id = :institution"
        f" and {draw.column} = :request and id <> :case"
        for kind in CASE_KINDS
        for draw in kind.draws
    )
)
"""Whether another case rests on it."""
REQUEST = statement(f"""
  select r.kind, r.status, r.number, r.summary_zh, r.applicant_id, r.unit_id, r.facts, r.form,
         r.submitted_at, r.completed_at, {USED} as used
  from requests r where r.institution_id = :institution and r.id = :request""")


async def approved_for(context: Context, request: UUID | None, kind: str, whom: UUID) -> Any:
    """Somebody's approved request, used for the first time.

    Raises: Refused: no approval of theirs, or one that was used before.
    """
    if request is not None:
        await context.one_at_a_time(f"approval:{request}")
    row = await approved_request(context, request, kind)
    if row["applicant_id"] != whom or row["used"]:
        clause = asked_by(await context.rulebook(), (kind,), context.today)
        raise at_fault("APPROVAL_OF_ANOTHER", "input", "requestId", clause=clause)
    return row


async def approved_request(context: Context, request: UUID | None, kind: str) -> Any:
    """Raises: Refused: no request of the kind is named that was approved."""
    row = await request_of(context, request) if request is not None else None
    if row is None or (row["kind"], row["status"]) != (kind, Status.APPROVED):
        clause = asked_by(await context.rulebook(), (kind,), context.today)
        raise at_fault("APPROVAL_NEEDED", "input", "requestId", clause=clause)
    return row


def asked_by(living: LivingRulebook, kinds: Collection[str], today: date) -> str | None:
    """The clause that wants such a request decided, of the first kind that the office rules."""
    rows = (row for kind in kinds for row in living.rulebook.rows_by_kind.get(kind, ()))
    return next((row.clause for row in rows if living.rulebook.in_force(row, today)), None)


async def request_of(context: Context, request: UUID | None) -> Any:
    """What is approved, of whom, and whether something rests on it already."""
    return await context.row(REQUEST, request=request)


async def not_covered(
    context: Context, view: CaseView, given: Form, clause: str | None
) -> list[Problem]:
    """What is against the requests that a stage names: another's, unfit, or of another case."""
    found, case = [], view.case
    for draw in view.kind.draws:
        if (request := getattr(given, draw.column, None)) is None:
            continue
        await context.one_at_a_time(f"approval:{request}")
        row, told = await request_of(context, request), vars(case.filled)
        fit = row is not None and (
            row["status"] in _fit(draw)
            and (not draw.kinds or row["kind"] in draw.kinds)
            and row["applicant_id"] == told.get(draw.applicant, row["applicant_id"])
            and row["unit_id"] == told.get(draw.of_unit, row["unit_id"])
        )
        spent = fit and await context.value(SPENT, request=request, case=case.id)
        if not fit or spent or row["used"]:
            code = "APPROVAL_OF_ANOTHER" if fit else draw.unfit
            found.append(Problem(code, (draw.column,), clause))
    return found


def _fit(draw: Draw) -> tuple[Status, ...]:
    return (Status.APPROVED, *([Status.PENDING] if draw.pending else []))


async def must_be_covered(
    context: Context, register: Register, entry: Form, corrects: UUID | None
) -> None:
    """Hold a line to the approved requests that it rests on; two at once are judged in turn.

    Raises: Refused: none of the kind is approved, it is another's, or less is left of it.
    """
    living = await context.rulebook()
    for draw in register.draws:
        request = getattr(entry, draw.column)
        if request is None:
            continue
        wanted = asked_by(living, draw.kinds, context.today)
        clauses = *clauses_of(living, register.name, draw.column), wanted
        path, clause = ("input", camel(draw.column)), clauses[0] or kept_by(living, register.name)
        await context.one_at_a_time(f"approval:{request}")
        row = await request_of(context, request)
        if row is None or row["status"] not in _fit(draw):
            raise at_fault("APPROVAL_NEEDED", *path, clause=clause)
        if draw.kinds and row["kind"] not in draw.kinds:
            raise at_fault("APPROVAL_NEEDED", *path, clause=clause)
        if draw.beforehand and not _came_first(row["submitted_at"], getattr(entry, register.day)):
            raise at_fault("ASKED_AFTERWARDS", *path, clause=clause)
        if draw.applicant and getattr(entry, draw.applicant) != row["applicant_id"]:
            raise at_fault("APPROVAL_OF_ANOTHER", "input", camel(draw.applicant), clause=clause)
        await _must_be_of_one(context, register, draw, entry, corrects, clause)
        for fact, of, needed in draw.uses_up:
            stated, told = row["facts"].get(fact), [getattr(entry, each) for each in of]
            if None in told or (stated is None and not needed):
                continue
            drawn = _drawn(register, draw, of)
            taken = await context.value(drawn, request=request, but=corrects)
            left = Decimal(stated or 0) - taken
            if prod(told) > left:
                is_money = fact == "amount"
                code = "BEYOND_APPROVED" if is_money else "MORE_THAN_APPROVED"
                details = {"left": quantity(left, "yuan" if is_money else "")}
                raise at_fault(code, "input", camel(of[-1]), clause=clause, **details)


async def _must_be_of_one(
    context: Context,
    register: Register,
    draw: Draw,
    entry: Form,
    corrects: UUID | None,
    clause: str | None,
) -> None:
    """Raises: Refused: the request was used for another matter already."""
    if not draw.of_one:
        return
    told = {"told": getattr(entry, draw.of_one), "but": corrects}
    named = {"request": getattr(entry, draw.column)}
    if await context.value(_of_another(register, draw), **named, **told):
        raise at_fault("APPROVED_FOR_ONE", "input", camel(draw.of_one), clause=clause)


def _came_first(asked: datetime, happened: date) -> bool:
    if isinstance(happened, datetime):
        return asked <= happened
    return office_local(asked).date() <= happened


@derived
def _of_another(register: Register, draw: Draw) -> str:
    """Whether a line that stands rests on a request for something else."""
    return f"""select true from {register.lines} t
        where t.institution_id = :institution and t.{draw.column} = :request
          and t.{draw.of_one} <> :told and {is_open(register.table, "t")}
          and (cast(:but as uuid) is null or t.id <> :but) limit 1"""


@derived
def _drawn(register: Register, draw: Draw, of: tuple[str, ...]) -> str:
    """How much lines took of a request, signed for or not; the one that is corrected left out."""
    spending = ((each, [d for d in each.draws if d.spends]) for each in REGISTERS)
    takers = (
        [(each, {d.column for d in draws}, (draws[0].amount,)) for each, draws in spending if draws]
        if draw.spends
        else [(register, {draw.column}, of)]
    )
    every = " union all ".join(_taken(*each) for each in takers)
    return f"select coalesce(sum(x.taken), 0) from ({every}) x"


def _taken(register: Register, columns: Collection[str], of: tuple[str, ...]) -> str:
    """What each line took that names the request, once though it names it in two columns."""
    return f"""select {" * ".join(f"t.{each}" for each in of)} as taken
        from {register.lines} t
        where t.institution_id = :institution
          and :request in ({", ".join(f"t.{each}" for each in sorted(columns))})
          and {is_open(register.table, "t")}
          and (cast(:but as uuid) is null or t.id <> :but)"""
