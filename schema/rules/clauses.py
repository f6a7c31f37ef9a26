"""Clauses in the API: the register of an institution, and what enforces each."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Annotated, Any

import strawberry

from domain import PROCEDURES
from domain.accounting import Names, Outcome, enforcing
from domain.errors import at_fault
from domain.messages import say
from domain.rulebook import Rulebook
from domain.rules.rows import INTERPRETATION, ClauseLine
from domain.shapes.law import LawInForce as Law
from domain.shapes.law import Sure
from domain.vocabulary import Label
from policies import accounting
from resolvers.ground.batches import batched
from resolvers.ground.context import Context
from resolvers.rules import regulations
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.connections import Cursors, PageInfo, page_info, page_size
from schema.ground.fields import Info, is_after_write, query
from schema.ground.ids import global_id
from schema.ground.mirrors import enum_of
from schema.ground.nodes import Node
from schema.requests.kinds import ByCode, RequestKind, kind_asked

CURSORS = Cursors("clauses", (str,))
ClauseOutcome: Any = enum_of(Outcome, "ClauseOutcome")
LawSureness: Any = enum_of(Sure, "LawSureness")


@strawberry.type
class ClauseAccount:
    """What becomes of a clause today; a cite has one for each thing that its text says."""

    clause_kind: Annotated[str, "What the text says there: deadline, duty."]
    number: Annotated[int, "Tells apart what shares the cite and the kind."]
    outcome: Annotated[ClauseOutcome, "What becomes of it."]
    by: Annotated[list[str], "What enforces it; while nothing does, what a preview answers by."]
    words: Annotated[str, "The few words that leave it open; else empty."]
    reason: Annotated[str, "Why it is left open, or what is not said by rows."]
    concerns: Annotated[
        list[str], "The roles that acknowledge it, `*` being everybody; else empty."
    ]


async def decided(root: strawberry.Parent["Clause"], info: Info) -> int | None:
    """All clauses of an answer are counted in one statement."""
    if root.institution != info.context.viewer.institution:
        return None
    clause = f"{root.regulation}/{root.cite}"
    after_write = is_after_write(info)
    return await batched(info.context, regulations.decided, clause, after_write=after_write) or 0


def differs(root: strawberry.Parent["LawInForce"], info: Info) -> str:
    return say(info.context.language, root.label)


@strawberry.type
class LawInForce:
    """A law in force that says otherwise than a clause of a published sample."""

    law: Annotated[str, "The law, with the year whose text is meant."]
    article: Annotated[str, "Which article; empty where it is not said."]
    sure: Annotated[LawSureness, "How sure that is."]
    interpretation: Annotated[
        str, "Why the office has its own text stand nevertheless; empty in a sample."
    ]
    label: strawberry.Private[Label]
    differs: str = strawberry.field(resolver=differs, description="What it says otherwise.")


@strawberry.type
class Clause(Node):
    """A clause of an office's regulation: the authority for a step, a refusal or a demand."""

    id: Annotated[strawberry.ID, "Opaque and global."]
    institution: Annotated[str, "The institution's code."]
    regulation: Annotated[str, "The regulation's id."]
    cite: Annotated[str, "The article or paragraph."]
    title: Annotated[str, "The regulation's title."]
    summary: Annotated[str, "What it says, in few words."]
    interpretation: Annotated[
        bool, "Whether the office itself says so where its texts do not: `summary` says why."
    ]
    enforced_by: Annotated[
        list[str], "The rows that enforce it, the registers that keep it, the forms that ask it."
    ]
    accounts: Annotated[list[ClauseAccount], "What becomes of it today, in the order of the text."]
    law: Annotated[
        list[LawInForce],
        "The laws in force that have overtaken it; none that is known of for most.",
    ]
    decided: int | None = strawberry.field(
        resolver=decided,
        description="How many requests of the institution it decided; null for another's.",
    )

    @classmethod
    async def named(cls, context: Context, clause: str | None) -> "Clause | None":
        """A clause of the viewer's own institution, as it stands today."""
        if clause is None:
            return None
        return clause_of(await context.rulebook(), clause)


@strawberry.type
class ClauseEdge:
    """A clause in a page."""

    cursor: Annotated[str, "Continue after it."]
    node: Annotated[Clause, "The clause."]


@strawberry.type
class ClauseConnection:
    """A page of clauses."""

    edges: Annotated[list[ClauseEdge], "The page."]
    page_info: Annotated[PageInfo, "Where it lies."]
    total_count: Annotated[int, "How many there are on all pages."]


def clause_of(living: LivingRulebook, clause: str) -> Clause:
    """The clause as the register names it; of one cite the first line speaks."""
    known = _clauses(living)
    if clause not in known:
        known[clause] = _read(living, clause)
    return known[clause]


@lru_cache(maxsize=64)
def _clauses(living: LivingRulebook) -> dict[str, Clause]:  # noqa: ARG001
    """Every page cites the same few, which stand as long as their rulebook does."""
    return {}


def _read(living: LivingRulebook, clause: str) -> Clause:
    regulation, _, cite = clause.partition("/")
    line = _first_lines(living).get(clause)
    institution = living.rulebook.institution
    return Clause(
        id=global_id("Clause", f"{institution}:{clause}"),
        institution=institution,
        regulation=regulation,
        cite=cite,
        title=line.title if line else "",
        interpretation=regulation == INTERPRETATION,
        summary=line.summary if line else "",
        enforced_by=list(_enforcers(living).get(clause, ())),
        accounts=[*accounts_of(living, clause)],
        law=[law_of(each, living.rulebook) for each in living.rulebook.law.get(clause, ())],
    )


def law_of(each: Law, book: Rulebook) -> LawInForce:
    reason = book.lines_by_clause.get(each.interpretation)
    return LawInForce(
        law=each.law,
        article=each.article,
        sure=each.sure,
        interpretation=reason[0].summary if reason else "",
        label=each.differs,
    )


def accounts_of(living: LivingRulebook, clause: str) -> Iterator[ClauseAccount]:
    """As they were written for the shipped rows, and as far as the rows of today still stand."""
    names = _enforcing(living)
    for each in accounting.by_clause(living.rulebook.institution).get(clause, ()):
        yield ClauseAccount(
            clause_kind=each.clause_kind,
            number=each.number,
            outcome=each.stands_by(names),
            by=[name for name in each.by if name in names],
            words=each.words,
            reason=each.reason,
            concerns=list(each.concerns),
        )


@lru_cache(maxsize=64)
def _enforcing(living: LivingRulebook) -> Names:
    return enforcing(living.rulebook)


@lru_cache(maxsize=64)
def _first_lines(living: LivingRulebook) -> Mapping[str, ClauseLine]:
    lines: dict[str, ClauseLine] = {}
    for line in living.rulebook.register.values():
        lines.setdefault(line.clause, line)
    return lines


@lru_cache(maxsize=64)
def _enforcers(living: LivingRulebook) -> Mapping[str, tuple[str, ...]]:
    """By clause: what cites it or keeps what it asks for, each named once."""
    found: dict[str, dict[str, None]] = {}
    for clause, name in _named(living):
        found.setdefault(clause, {})[name] = None
    return {clause: tuple(names) for clause, names in found.items()}


def _named(living: LivingRulebook) -> Iterator[tuple[str, str]]:
    book = living.rulebook
    yield from ((row.clause, f"rule {row.rule}: {row.kind}") for row in book.rows)
    yield from ((each.clause, f"documents: {each.kind}") for each in book.documents)
    for shape, rows in book.shapes.tables():
        yield from ((each.clause, f"{shape}: {each.id}") for each in rows)
    yield from ((kept.clause, f"register: {kept.register}") for kept in book.registers)
    kinds = living.vocabulary.kinds.values()
    yield from ((kind.clause, f"kind: {kind.code}") for kind in kinds if kind.clause)
    for code in book.rows_by_kind.keys() & PROCEDURES.keys():
        for needed in PROCEDURES[code].requirements:
            if needed.clause and needed.clause in book.lines_by_clause:
                yield needed.clause, f"form: {code}"


async def clauses(
    info: Info,
    institution: str,
    area: str | None = None,
    clause_kind: str | None = None,
    request_kind: RequestKind | None = None,
    kind_code: ByCode = None,
    outcome: ClauseOutcome | None = None,
    on: date | None = None,
    first: int | None = 50,
    after: str | None = None,
) -> ClauseConnection:
    """The clauses that an institution's register names, in the order of its regulations."""
    size, key = page_size(first), CURSORS.read(after)
    living = await info.context.rulebook(institution, on)
    kind = kind_asked(living.vocabulary, request_kind, kind_code)
    matching = [
        line.clause
        for line in living.rulebook.register.values()
        if area in (None, line.area)
        and clause_kind in (None, line.clause_kind)
        and kind in (None, line.request_kind)
    ]
    named = [
        each
        for each in dict.fromkeys(matching)
        if outcome is None or outcome in {account.outcome for account in accounts_of(living, each)}
    ]
    begin = _position(living, named, key[0]) if key else 0
    page = named[begin : begin + size]
    edges = [ClauseEdge(cursor=CURSORS.after(each), node=clause_of(living, each)) for each in page]
    cursors = [edge.cursor for edge in edges]
    more = begin + size < len(named)
    return ClauseConnection(
        edges=edges, page_info=page_info(cursors, more=more, after=after), total_count=len(named)
    )


def _position(living: LivingRulebook, named: list[str], clause: str) -> int:
    """How many of these clauses come up to this one in the register.

    Raises: Refused: the register does not have it.
    """
    every = dict.fromkeys(line.clause for line in living.rulebook.register.values())
    order = {each: place for place, each in enumerate(every)}
    if clause not in order:
        raise at_fault("INVALID_CURSOR", "after")
    return sum(order[each] <= order[clause] for each in named)


FIELDS = (query(clauses, "clauses.read"),)
