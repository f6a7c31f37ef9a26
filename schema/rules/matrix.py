"""What is wrong with an institution's rules of who decides: holes, contradictions, vacant seats."""

from datetime import date
from typing import Annotated, Any

import strawberry

from domain.conditions import severity
from domain.rulebook import matrix
from domain.rules import findings, wording
from resolvers.rules.authority import held_roles
from resolvers.rules.regulations import known
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.fields import Info, query
from schema.ground.mirrors import enum_of
from schema.ground.rows import Words, told
from schema.ground.scalars import JSON, KindCode
from schema.requests.kinds import CODE, ByCode, RequestKind, kind_asked, kind_told
from schema.rules.clauses import Clause

Severity: Any = enum_of(severity.Severity)
MatrixProblem: Any = enum_of(findings.MatrixProblem)


@strawberry.type
class MatrixFinding:
    """A hole or a contradiction in the rules of one kind; all its cases, joined."""

    severity: Annotated[Severity, "How bad it is."]
    problem: Annotated[MatrixProblem, "What is wrong."]
    kind: Annotated[RequestKind, "The kind of request."]
    kind_code: Annotated[KindCode, CODE]
    region: Annotated[str, 'Its cases, as a `when`: "500 < amount < 1000".']
    example: Annotated[JSON, "The facts of its smallest case."]
    message: Annotated[str, "A sentence for people."]
    clauses: Annotated[list[Clause], "The clauses that speak of it; of a silent gap the nearest."]


async def matrix_findings(
    info: Info,
    institution: str,
    kind: RequestKind | None = None,
    on: date | None = None,
    regulation: Annotated[str | None, "By this one alone, also when replaced."] = None,
    kind_code: ByCode = None,
) -> list[MatrixFinding]:
    """What is wrong with the rules in force that day, or with one regulation alone.

    For the policy administrator of the institution, or the platform's.
    """
    context = info.context
    living = await context.rulebook(institution, on)
    if regulation is not None:
        known(living, regulation, "regulation")
    held = await held_roles(context, institution)
    code = kind_asked(living.vocabulary, kind, kind_code)
    speaker = wording.speaker(
        living.rulebook.vocabulary, living.rulebook.register, context.language
    )
    found = matrix(living.rulebook, on or context.today, regulation, code, held)
    return [shown(each, living, speaker) for each in found]


def shown(
    each: findings.MatrixFinding, living: LivingRulebook, speaker: wording.Speaker
) -> MatrixFinding:
    return told(
        MatrixFinding,
        each,
        Words(living),
        **kind_told(each.kind),
        region=each.region.text,
        example=each.facts,
        message=wording.sentence(each, speaker),
    )


FIELDS = (query(matrix_findings, "matrix.read"),)
