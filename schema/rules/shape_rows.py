"""The rows of the shapes as they stand, the measures that they ask, and what is wrong with them."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

import strawberry

from domain.conditions.language import Condition
from domain.messages import say
from domain.rules.phrases import plain
from domain.shapes import findings
from domain.shapes.asking import looked_at
from domain.shapes.book import ShapeRow as Row
from domain.shapes.clocks import Expiry, Span
from domain.shapes.findings import RuleProblem
from domain.shapes.points import Point
from domain.shapes.votes import Share
from domain.vocabulary import Fact, FactValue, Label
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.rules.shapes import known_to
from schema.ground.errors import sentence
from schema.ground.fields import Info, query
from schema.ground.mirrors import enum_of
from schema.ground.rows import Words, told
from schema.ground.scalars import JSON
from schema.office.organisation import titled
from schema.rules.clauses import Clause, clause_of
from schema.rules.matrix import Severity

OF_THE_ROW = ("id", "clause", "when")


@strawberry.type
class Measure:
    """A value that a row looks at, declared like a fact."""

    name: Annotated[str, "Its name in measures and conditions."]
    label: Annotated[str, "What people call it."]
    type: Annotated[str, "decimal, int, bool or enum."]
    unit: Annotated[str, "What it is counted in."]
    source: Annotated[str, "Who states it: form, records, judgement …"]
    minimum: Annotated[Decimal | None, "The least value."]
    maximum: Annotated[Decimal | None, "The greatest value."]
    values: Annotated[JSON, "The words of an enum with their labels."]


@strawberry.type
class ShapeRow:
    """A clause, or a part of one, as data."""

    shape: Annotated[str, "clocks, ladders, votes …"]
    id: Annotated[str, "`only` takes it."]
    clause: Annotated[Clause, "The clause that it states."]
    when: Annotated[str, "The cases that it speaks of."]
    measures: Annotated[list[Measure], "What it may be asked by."]
    fields: Annotated[JSON, "What it says; null where the text is open."]


async def shape_rows(
    info: Info,
    institution: str,
    clause: str | None = None,
    shape: str | None = None,
    on: date | None = None,
) -> list[ShapeRow]:
    """The rows of an institution's shapes in force on a day, in the order of its files."""
    living = await info.context.rulebook(institution, on)
    language = info.context.language
    return [
        ShapeRow(
            shape=name,
            id=row.id,
            clause=clause_of(living, row.clause),
            when=getattr(getattr(row, "when", None), "text", "always"),
            measures=[
                measure(known[each], language)
                for known in [known_to(living.rulebook, [row])]
                for each in looked_at([row], known)
            ],
            fields=JSON(said_by(row, language)),
        )
        for name, rows in living.shapes.tables()
        if shape in (None, name)
        for row in rows
        if clause in (None, row.clause)
    ]


def measure(fact: Fact, language: str) -> Measure:
    values = {code: say(language, label) for code, label in (fact.values or {}).items()}
    label = say(language, fact.label)
    return told(Measure, fact, name=fact.code, label=label, values=values)


def said_by(row: Row, language: str) -> Mapping[str, Any]:
    """A row's fields by name, beside those that every row has."""
    names = [each.name for each in fields(row) if each.name not in OF_THE_ROW]  # type: ignore[arg-type]
    return {camel(name): written(getattr(row, name), language) for name in names}


def written(value: Any, language: str) -> Any:
    """A field as JSON; what is empty is open."""
    match value:
        case Label():
            return say(language, value)
        case Decimal():
            return plain(value)
        case Fraction():
            return str(value)
        case Point() | Condition() | Span() | Expiry():
            return value.text
        case Share():
            whole = value.whole.value if value.whole else None
            return {"part": str(value.part), "of": whole, "strict": value.strict}
        case tuple():
            return list(value)
    return None if value == "" else value


RuleProblemKind: Any = enum_of(RuleProblem, "RuleProblem")


@strawberry.type
class RuleFinding:
    """A hole, a contradiction or an open place in the clauses that compute."""

    severity: Annotated[Severity, "How bad it is."]
    problem: Annotated[RuleProblemKind, "What is wrong."]
    rows: Annotated[list[str], "The ids of the rows."]
    example: Annotated[JSON, "The measures of the smallest case that shows it."]
    message: Annotated[str, "A sentence for people."]
    clauses: Annotated[list[Clause], "The clauses to look at."]


async def rule_findings(info: Info, institution: str, on: date | None = None) -> list[RuleFinding]:
    """What is wrong or left open in the ladders, quotas, votes and clocks of an institution."""
    living = await info.context.rulebook(institution, on)
    return [shown(living, each, info.context.language) for each in findings.findings(living.shapes)]


def shown(living: LivingRulebook, each: findings.RuleFinding, language: str) -> RuleFinding:
    example = {name: in_words(value) for name, value in each.example.items()}
    details = {
        **titled(each.details, living.vocabulary),
        "example": " ".join(f"{name}={value}" for name, value in example.items()),
    }
    return told(
        RuleFinding,
        each,
        Words(living),
        severity=findings.severity_of(each),
        rows=list(dict.fromkeys(row.id for row in each.rows)),
        example=example,
        message=sentence(each.problem.value, details, language),
    )


def in_words(value: FactValue) -> str | bool:
    return value if isinstance(value, bool) else str(value)


FIELDS = (query(shape_rows, "clauses.read"), query(rule_findings, "matrix.read"))
