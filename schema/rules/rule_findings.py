"""What the analysis of the shapes finds: ladders, quotas, votes and clocks that do not hold up."""

from datetime import date
from typing import Annotated, Any

import strawberry

from domain.shapes import findings
from domain.shapes.findings import RuleProblem
from domain.vocabulary import FactValue
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.errors import sentence
from schema.ground.fields import Info, query
from schema.ground.mirrors import enum_of
from schema.ground.rows import Words, told
from schema.ground.scalars import JSON
from schema.office.organisation import titled
from schema.rules.clauses import Clause
from schema.rules.matrix import Severity

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
    example = {name: written(value) for name, value in each.example.items()}
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


def written(value: FactValue) -> str | bool:
    return value if isinstance(value, bool) else str(value)


FIELDS = (query(rule_findings, "matrix.read"),)
