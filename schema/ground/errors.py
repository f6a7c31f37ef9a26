"""How a no reaches the client.

An expected no is data: a `Refusal` in the field's result union. Signing in, permissions, limits
and bugs are entries of `errors` with a code in `extensions`; whatever was not expected is masked.
"""

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry
import structlog
from graphql import GraphQLError
from strawberry.types.field import StrawberryField

from domain import errors
from policies.messages import MESSAGES
from resolvers.ground.connections import StoreUnavailable
from resolvers.ground.context import Context
from resolvers.ground.listing import UNREADABLE, note
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.connections import WHOLE
from schema.office.organisation import NAMED, titled
from schema.rules.clauses import Clause, clause_of

log = structlog.get_logger()
STORE_UNAVAILABLE = "STORE_UNAVAILABLE"
MOST_TOLD = 100
"""Who has more to mend than this mends it in several turns."""


@strawberry.type
class Problem:
    """One thing that is wrong, and with which field."""

    path: Annotated[list[str], "Where it stands, from the argument down."]
    code: Annotated[str, "A stable code."]
    message: Annotated[str, "A sentence for people."]
    clause: Annotated[Clause | None, "The clause that demands it."]
    clauses: Annotated[list[Clause], "Every clause that demands it."]


@strawberry.type
class Refusal:
    """The single shape of every expected no, with all its problems at once."""

    code: Annotated[str, "A stable code; docs/codes.md lists them all."]
    message: Annotated[str, "A sentence for people."]
    clause: Annotated[Clause | None, "The clause that says no."]
    problems: Annotated[list[Problem], "Everything that is wrong."]


def sentence(code: str, details: Mapping[str, Any], language: str) -> str:
    """What a code means to a person; `because` in the details says it more exactly."""
    told = MESSAGES.get(str(details.get("because", code))) or MESSAGES[code]
    return told.say(language, dict(details))


async def refusal(refused: errors.Refused, context: Context) -> Refusal:
    """The refusal in the words and with the clauses of the viewer's own institution."""
    language, living = context.language, None
    said = errors.Problem(refused.code, (), refused.clause, refused.details)
    if any(each.clause or NAMED & each.details.keys() for each in (said, *refused.problems)):
        living = await context.rulebook()
    whole = problem_of(said, living, language)
    return Refusal(
        code=whole.code,
        message=whole.message,
        clause=whole.clause,
        problems=[problem_of(each, living, language) for each in refused.problems[:MOST_TOLD]],
    )


def problem_of(problem: errors.Problem, living: LivingRulebook | None, language: str) -> Problem:
    """A problem in the words of an office, with its clauses; without one it names neither."""
    clauses = [clause_of(living, clause) for clause in problem.clauses] if living else []
    details = titled(problem.details, living.vocabulary) if living else problem.details
    return Problem(
        path=list(problem.path),
        code=problem.code,
        message=sentence(problem.code, details, language),
        clause=clauses[0] if clauses else None,
        clauses=clauses,
    )


class RefusalHandler(strawberry.ExceptionHandler[errors.Refused, Refusal]):
    """Turns every `Refused` into the `Refusal` of the field's union."""

    async def handle(
        self,
        exception: errors.Refused,
        *,
        field: StrawberryField,  # noqa: ARG002
        info: strawberry.Info,
    ) -> Refusal:
        if WHOLE.get():
            raise exception  # it is the export's own
        return await refusal(exception, info.context)


def told(error: GraphQLError, context: Context) -> None:
    """Set the error's message and `extensions` in place: its code, and each problem by its path."""
    refused = error.original_error
    match refused:
        case errors.TokenExpired():
            refused = errors.Refused("TOKEN_EXPIRED")
        case errors.NotSignedIn():
            refused = errors.Refused("NOT_SIGNED_IN")
        case errors.NotAllowed():
            refused = errors.Refused("NOT_ALLOWED")
        case errors.Refused():
            if isinstance(refused.__cause__, UNREADABLE):
                first, *rest = error.path or [""]
                note(str(first), ".".join(map(str, rest)), refused.__cause__)
        case StoreUnavailable() as lost:
            log.warning("store_unavailable", request_id=context.request_id, why=str(lost))
            refused = errors.Refused(STORE_UNAVAILABLE)
        case unexpected:
            log.error("unexpected", request_id=context.request_id, exc_info=unexpected or error)
            refused = errors.Refused("INTERNAL", request_id=context.request_id)
    reason = error.message if refused.code == "INVALID_GRAPHQL" else ""
    error.message = sentence(refused.code, refused.details, context.language)
    error.extensions = {
        "code": refused.code,
        "problems": [
            _problem(problem, context.language) for problem in refused.problems[:MOST_TOLD]
        ],
    }
    if reason and not context.services.production:
        # What GraphQL says of it in English may suggest what exists: for developers alone.
        error.extensions["reason"] = reason


def _problem(problem: errors.Problem, language: str) -> dict[str, Any]:
    clause = {"clause": problem.clause} if problem.clause else {}
    return {
        "path": list(problem.path),
        "code": problem.code,
        "message": sentence(problem.code, problem.details, language),
        **clause,
    }
