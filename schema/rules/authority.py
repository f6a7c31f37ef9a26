"""Lists of authority in the API: who decides a case, what the viewer may decide, a table of all."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, cast
from uuid import UUID

import strawberry

from domain.errors import Refused
from domain.messages import say
from domain.rules.analysis import case_of
from domain.rules.lists import PSEUDO, Limit, Table, also_named, table, what_may, who_may
from domain.rules.phrases import ACTS, PSEUDO_ROLES, cases_said, condition_said, limit_said
from domain.rules.rows import Rule
from domain.vocabulary import FactValue, Kind, Vocabulary, seat_told_by
from policies import vocabulary
from resolvers.rules import drafts
from resolvers.rules.authority import nearest
from resolvers.rules.rulebooks import LivingRulebook, living_of
from schema.ground.acts import ask
from schema.ground.fields import Info, query
from schema.ground.ids import Id
from schema.ground.rows import Words, told
from schema.ground.scalars import JSON, KindCode
from schema.office.organisation import Seat, seat_of, title_of
from schema.requests.kinds import CODE, ByCode, RequestKind, kind_asked, kind_told
from schema.requests.steps import StepAct
from schema.rules.clauses import Clause, clause_of
from schema.rules.routes import RouteFinding, RouteStep, shown


@strawberry.type
class Deciders:
    """Who takes each deciding turn of a case, told from its route."""

    finding: Annotated[RouteFinding, "What the rules make of the case."]
    turns: Annotated[
        list[RouteStep], "Endorsements, decisions and votes in order; empty unless ROUTED."
    ]
    claims: Annotated[list[Clause], "Every clause that claims this case."]
    notes: Annotated[list[str], "What fell away and why."]


@strawberry.type
class ApprovalLimit:
    """What the viewer's seats may do in one kind of request, and in which cases."""

    kind: Annotated[RequestKind, "The kind of request."]
    kind_code: Annotated[KindCode, CODE]
    act: Annotated[StepAct, "What they do."]
    limits: Annotated[str, "In a line: 病假 0.5–2 天: 审核."]
    cases: Annotated[str, "The cases alone; empty where it is every case."]
    region: Annotated[str, "A `when` expression: 0.5 < days <= 2."]
    except_regions: Annotated[list[str], "`when` expressions of the prohibitions that cut into it."]
    roles: Annotated[list[str], "The roles that the rules name."]
    seats: Annotated[list[Seat], "The viewer's seats that count as them."]
    clause: Annotated[Clause, "The first clause that gives it."]
    clauses: Annotated[list[Clause], "Every clause that gives it."]


@strawberry.type
class MatrixLevel:
    """A column of an approval matrix."""

    role: Annotated[
        str,
        "A role code; nobody, none and * stand for what names nobody, asks no consent, or forbids.",
    ]
    title: Annotated[str, "What this office calls it."]


@strawberry.type
class MatrixEntry:
    """What one level does in the cases of a row."""

    act: Annotated[str, "endorse, approve, sign, record, vote, none or *."]
    words: Annotated[str, "The act and its limits: 批准: 不超过 1 天."]
    limits: Annotated[str, "The limits alone; empty where there are none."]
    region: Annotated[str, "A `when` expression of the numbers."]
    alternatives: Annotated[list[str], "Other roles, any one of which may do it instead."]
    clauses: Annotated[list[Clause], "The clauses that say so."]


@strawberry.type
class MatrixCell:
    """What one level does in a row."""

    role: Annotated[str, "The column."]
    entries: Annotated[list[MatrixEntry], "One for each act and limit."]


@strawberry.type
class MatrixRow:
    """A kind of request under the same conditions."""

    kind: Annotated[RequestKind, "The kind of request."]
    kind_code: Annotated[KindCode, CODE]
    label: Annotated[str, "What people call it."]
    condition: Annotated[str, "For whom or what; empty where for all."]
    region: Annotated[str, "The condition as a `when` expression."]
    cells: Annotated[list[MatrixCell], "The levels that act, from low to high."]


@strawberry.type
class ApprovalMatrix:
    """An area's approvals in one table: kinds by levels."""

    institution: Annotated[str, "The institution's code."]
    area: Annotated[str, "The area's code."]
    label: Annotated[str, "What people call the area."]
    levels: Annotated[list[MatrixLevel], "The columns, from low to high."]
    rows: Annotated[list[MatrixRow], "Kinds and conditions."]


async def who_can_approve(
    info: Info,
    institution: str,
    kind: RequestKind,
    facts: Annotated[JSON, '{"days": "1.5"}: exactly these.'],
    unit: Annotated[UUID | None, Id("Unit"), "Of this unit; the viewer's own when absent."] = None,
    on: date | None = None,
    kind_code: ByCode = None,
) -> Deciders:
    """Who takes each deciding turn of a case, by the same route as a preview."""
    context = info.context
    living = await context.rulebook(institution, on)
    words = living.vocabulary
    of_kind = words.kinds[kind_asked(words, kind, kind_code)]
    stated = _stated(facts, of_kind, words)
    rules = living.rulebook.rules_for(of_kind.code, on or context.today)
    own = seat_told_by(stated.get("applicant_rank"), words.roles)
    seats = await nearest(context, institution, unit)
    preview = shown(info, living, who_may(rules, stated, own), seats)
    return Deciders(
        finding=preview.finding, turns=preview.steps, claims=preview.claims, notes=preview.notes
    )


def _stated(facts: JSON, kind: Kind, words: Vocabulary) -> dict[str, FactValue]:
    """The facts, whose problems lie in an argument of the field itself."""
    try:
        return case_of(cast(dict[str, Any], facts), kind, words)
    except Refused as refused:
        problems = [replace(each, path=each.path[1:]) for each in refused.problems]
        raise Refused(refused.code, problems=problems, **refused.details) from None


async def what_can_i_approve(
    info: Info,
    kind: RequestKind | None = None,
    area: str | None = None,
    on: date | None = None,
    kind_code: ByCode = None,
) -> list[ApprovalLimit]:
    """What the viewer's seats may do, joined over the rules that name them."""
    context = info.context
    person = context.viewer.person
    living = await context.rulebook(person.institution, on)
    wanted = kind_asked(living.vocabulary, kind, kind_code)
    rules = [
        rule for rule in _in_force(living, area, on or context.today) if wanted in (None, rule.kind)
    ]
    return [
        _limit(info, living, limit) for limit in what_may(rules, person.roles, living.vocabulary)
    ]


async def approval_matrix(
    info: Info,
    institution: str,
    area: str,
    on: date | None = None,
    draft_id: Annotated[
        UUID | None, Id("RulebookDraft"), "As this draft of one's own office would have it."
    ] = None,
) -> ApprovalMatrix:
    """An area's approvals as a table: kinds and conditions by levels, limits and clauses inside."""
    context = info.context
    known = vocabulary.areas()
    if area not in known:
        raise Refused("UNKNOWN_AREA", area=area[:63])
    living = await context.rulebook(institution, on)
    if draft_id is not None:
        await context.must_open("rulebooks.history")
        draft = await drafts.one(context, draft_id)
        book = await drafts.book_of(context, draft.institution, draft.files)
        living = living_of(draft.base, book, on or context.today)
    found = table(_in_force(living, area, on or context.today), living.vocabulary)
    return ApprovalMatrix(
        institution=institution,
        area=area,
        label=say(context.language, known[area]),
        levels=[
            MatrixLevel(role=role, title=_title(role, living, context.language))
            for role in found.levels
        ],
        rows=_rows(info, living, found),
    )


def _in_force(living: LivingRulebook, area: str | None, on: date) -> Iterable[Rule]:
    kinds = living.vocabulary.kinds
    for kind in living.rulebook.rows_by_kind:
        if area in (None, kinds[kind].area):
            yield from living.rulebook.rules_for(kind, on)


def _title(role: str, living: LivingRulebook, language: str) -> str:
    if role in PSEUDO:
        return say(language, PSEUDO_ROLES[role])
    return title_of(role, living.vocabulary.roles, language)


def _limit(info: Info, living: LivingRulebook, limit: Limit) -> ApprovalLimit:
    language, words = info.context.language, living.vocabulary
    return told(
        ApprovalLimit,
        limit,
        Words(living, language),
        **kind_told(limit.kind),
        limits=say(language, limit_said(limit, words)),
        cases=say(language, cases_said(limit, words)),
        region=limit.when.text,
        except_regions=[when.text for when in limit.except_when],
        seats=[
            seat_of(seat, words.roles, language)
            for seat in info.context.viewer.person.seats
            if also_named({seat.role}, words.roles) & set(limit.roles)
        ],
        clause=clause_of(living, limit.clauses[0]),
    )


def _rows(info: Info, living: LivingRulebook, found: Table) -> list[MatrixRow]:
    language, words = info.context.language, living.vocabulary
    return [
        MatrixRow(
            **kind_told(row.kind),
            label=say(language, words.kinds[row.kind].label),
            condition=say(language, condition_said(row.when, words)),
            region=row.when.text,
            cells=[
                MatrixCell(role=role, entries=[_entry(info, living, each) for each in limits])
                for role in found.levels
                if (limits := row.cells.get(role))
            ],
        )
        for row in found.rows
    ]


def _entry(info: Info, living: LivingRulebook, limit: Limit) -> MatrixEntry:
    language, words = info.context.language, living.vocabulary
    act, limits = say(language, ACTS[limit.act]), say(language, cases_said(limit, words))
    return told(
        MatrixEntry,
        limit,
        Words(living),
        words=f"{act}: {limits}" if limits else act,
        limits=limits,
        region=limit.when.text,
        alternatives=list(limit.roles[1:]),
    )


FIELDS = (
    ask(who_can_approve, "authority.read", office=True),
    query(what_can_i_approve, "authority.read"),
    query(approval_matrix, "authority.read"),
)
