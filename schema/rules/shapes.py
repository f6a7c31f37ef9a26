"""What clauses compute from measures: consequences, eligibility and quotas, by clause."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, TypeVar

import strawberry

from domain import errors
from domain.messages import say
from domain.rules.phrases import plain
from domain.shapes.asking import Measures, not_stated, read_measures, speaking, unstated
from domain.shapes.book import ShapeRow, Shapes
from domain.shapes.derivations import raw_of
from domain.shapes.eligibility import Reason, reasons, spoken_of
from domain.shapes.ladders import Consequence as Found
from domain.shapes.ladders import consequences, what_follows
from domain.shapes.quotas import is_kept
from domain.vocabulary import Fact
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.rules.shapes import known_to, rows_of
from schema.ground.acts import ask
from schema.ground.errors import Problem, Refusal, problem_of
from schema.ground.fields import Info, query
from schema.ground.rows import Words, told
from schema.ground.scalars import JSON
from schema.rules.clauses import Clause, clause_of

Row = TypeVar("Row", bound=ShapeRow)
ELIDED = ("unit", "whom", "choice")
"""What a rung may leave open."""


@strawberry.input
class MeasurePreviewInput:
    """A case by its measures alone, asked of one clause."""

    institution: Annotated[str, "The institution's code."]
    clause: Annotated[str, "<regulation id>/<cite>"]
    measures: Annotated[JSON, 'By the names that the row declares: {"late": 3}']
    on: Annotated[date | None, "The clause as it stands that day; today when absent."] = None
    only: Annotated[str | None, "One row of the clause alone, by its id."] = None


@strawberry.type
class Consequence:
    """A penalty or reward that follows."""

    type: Annotated[str, "fine, warning, bonus …"]
    amount: Annotated[Decimal | None, "How much; null where the text is open."]
    unit: Annotated[str | None, "Of what: yuan, percent, score …"]
    of: Annotated[str | None, "What a percentage is a part of."]
    whom: Annotated[str | None, "The role that it falls on."]
    label: Annotated[str, "In words."]
    choice: Annotated[
        str | None, "Of consequences that share a letter one is chosen, by gravity or discretion."
    ]
    open: Annotated[bool, "It has a figure, which the text or case leaves open."]
    against: Annotated[list[str], "Rows that follow as well and say otherwise of the same thing."]
    rung: Annotated[str, "The row that says so."]
    clause: Annotated[Clause, "The clause that says so."]


@strawberry.type
class ConsequencePreview:
    """What follows from a case, without what another consequence forbids or replaces."""

    consequences: Annotated[list[Consequence], "In the order of the text."]
    unstated: Annotated[list[str], "Measures not stated, on which further consequences may depend."]


@strawberry.type
class EligibilityPreview:
    """Whether a case meets what a clause asks, and every reason why not."""

    eligible: Annotated[bool, "Every requirement is met and nothing excludes."]
    reasons: Annotated[list[Problem], "All reasons against, at once."]
    clauses: Annotated[list[Clause], "The clauses that say so."]


@strawberry.type
class QuotaCheck:
    """A measure held against its limit."""

    quota: Annotated[str, "The row that says so."]
    subject: Annotated[str, "What is limited."]
    kept: Annotated[bool | None, "Null where the text elides the limit."]
    limit: Annotated[Decimal | None, "The limit, itself allowed."]
    unit: Annotated[str, "What it is counted in."]
    per: Annotated[str, "For what: each month, each head …"]
    bound: Annotated[str, "max, min or exact."]
    excess: Annotated[str, "What then."]
    clause: Annotated[Clause, "The clause that says so."]


@strawberry.type
class QuotaPreview:
    """The quotas of a clause that speak of a case."""

    kept: Annotated[bool | None, "Null where a limit is open, none is broken."]
    quotas: Annotated[list[QuotaCheck], "Each one."]


ConsequencePreviewResult = Annotated[
    ConsequencePreview | Refusal, strawberry.union("ConsequencePreviewResult")
]


@contextmanager
def inside_input(
    living: LivingRulebook,
    language: str,
    stated: Measures = MappingProxyType({}),
    *,
    at: tuple[str, ...] = ("input",),
) -> Iterator[None]:
    """Problems found inside an input object say so in their paths, and call measures by name."""
    try:
        yield
    except errors.Refused as refused:
        known = living.shapes.measures
        problems = []
        for each in asking_for_raw(refused.problems, stated, known):
            details = dict(each.details)
            if fact := known.get(str(details.get("measure"))):
                details["measure"] = say(language, fact.label)
            problems.append(replace(each, path=(*at, *each.path), details=details))
        raise errors.Refused(
            refused.code, clause=refused.clause, problems=problems, **refused.details
        ) from None


def asking_for_raw(
    problems: Iterable[errors.Problem], stated: Measures, known: Mapping[str, Fact]
) -> Iterable[errors.Problem]:
    """The same, with what is worked out asked for by what it is worked out from."""
    missing = [each for each in problems if each.code == "MEASURE_NOT_STATED"]
    names = raw_of((str(each.details["measure"]) for each in missing), stated, known)
    asked_for = not_stated(names).problems if names else ()
    return (*(each for each in problems if each not in missing), *asked_for)


async def asked(
    info: Info,
    input: MeasurePreviewInput,
    pick: Callable[[Shapes], tuple[Row, ...]],
    *,
    ballots: bool = False,
) -> tuple[LivingRulebook, tuple[Row, ...], Measures]:
    """The clause's rows on that day, and the measures that the case states."""
    living = await info.context.rulebook(input.institution, input.on)
    with inside_input(living, info.context.language):
        rows = rows_of(living, pick, input.clause, input.on or info.context.today, input.only)
        known = known_to(living.rulebook, rows)
        return living, rows, read_measures(input.measures, known, rows, ballots=ballots)


async def consequence_preview(info: Info, input: MeasurePreviewInput) -> ConsequencePreview:
    """The penalties and rewards that a clause's ladders lead to."""
    living, rungs, measures = await asked(info, input, lambda shapes: shapes.ladders)
    with inside_input(living, info.context.language, measures):
        found = consequences(speaking(rungs, measures), measures, living.shapes.ladders)
    missing = raw_of(unstated(rungs, measures), measures, living.shapes.measures)
    return shown(living, found, missing, info.context.language)


async def what_follows_from(
    info: Info, institution: str, measures: JSON, on: date | None = None
) -> ConsequencePreview:
    """Every consequence that these measures lead to, whichever the clause."""
    living = await info.context.rulebook(institution, on)
    rungs = living.shapes.ladders
    stated = read_measures(measures, living.shapes.measures, rungs)
    return shown(living, what_follows(rungs, stated), (), info.context.language)


def shown(
    living: LivingRulebook, found: Iterable[Found], missing: Iterable[str], language: str
) -> ConsequencePreview:
    return ConsequencePreview(
        consequences=[
            told(
                Consequence,
                each.rung,
                Words(living, language),
                amount=None if each.amount is None else Decimal(plain(each.amount)),
                open=each.is_open,
                against=list(each.against),
                rung=each.rung.id,
                of=part_of(living, each.rung.of, language) or None,
                **{name: getattr(each.rung, name) or None for name in ELIDED},
            )
            for each in found
        ],
        unstated=list(missing),
    )


def part_of(living: LivingRulebook, of: str, language: str) -> str:
    """What a percentage is a part of, in words."""
    measure = living.rulebook.shapes.measures.get(of)
    return say(language, measure.label) if measure else of


async def eligibility_preview(info: Info, input: MeasurePreviewInput) -> EligibilityPreview:
    """Whether a case meets what a clause requires; what is not stated is not met."""
    living, rows, measures = await asked(info, input, lambda shapes: shapes.eligibility)
    found = reasons(spoken_of(rows, measures), measures)
    return EligibilityPreview(
        eligible=not found,
        reasons=[against(living, reason, info.context.language) for reason in found],
        clauses=[clause_of(living, input.clause)],
    )


def against(living: LivingRulebook, reason: Reason, language: str) -> Problem:
    code = "EXCLUDED" if reason.excludes else "REQUIREMENT_NOT_MET"
    label = " / ".join(say(language, row.label) for row in reason.rows)
    path = ("input", "measures", *reason.measures[:1])
    clause, *others = dict.fromkeys(row.clause for row in reason.rows)
    problem = errors.Problem(code, path, clause, {"label": label}, tuple(others))
    return problem_of(problem, living, language)


async def quota_preview(info: Info, input: MeasurePreviewInput) -> QuotaPreview:
    """Whether a case keeps within a clause's limits."""
    living, quotas, measures = await asked(info, input, lambda shapes: shapes.quotas)
    with inside_input(living, info.context.language, measures):
        spoken = speaking(quotas, measures)
        judged = [quota for quota in spoken if quota.measure in measures]
        if spoken and not judged:
            raise not_stated(dict.fromkeys(quota.measure for quota in spoken))
    checks = [
        told(QuotaCheck, each, Words(living), quota=each.id, kept=is_kept(each, measures))
        for each in judged
    ]
    return QuotaPreview(kept=all_kept([check.kept for check in checks]), quotas=checks)


def all_kept(kept: list[bool | None]) -> bool | None:
    if False in kept:
        return False
    return None if None in kept else True


FIELDS = (
    query(consequence_preview, "shapes.preview", ConsequencePreviewResult),
    query(what_follows_from, "shapes.preview", ConsequencePreviewResult, name="what_follows"),
    ask(eligibility_preview, "shapes.preview"),
    ask(quota_preview, "shapes.preview"),
)
