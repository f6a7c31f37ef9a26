"""Nothing of a carrier of secrets is kept before the office recorded its network's grade."""

from collections.abc import Mapping
from typing import Any

from domain.approval.classified import grade_of, suffices, telling
from domain.errors import Problem, Refused, invalid
from domain.vocabulary import Label
from policies import vocabulary
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.requests.words import camel

GRADE = statement("select network_grade from institutions where institution_id = :institution")


async def network_grade(context: Context) -> str | None:
    """The grade that the viewer's office recorded of its network."""
    found: str | None = await context.value(GRADE)
    return found


def label_of(grade: str | None) -> Label:
    """What a grade is called; none is called that too."""
    return (vocabulary.shipped().facts["secrecy"].values or {})[grade or "none"]


async def must_be_graded(
    context: Context, area: str, form_type: type, values: Mapping[str, Any]
) -> None:
    """Refuse what is about a carrier where the network is not of its grade, and what tells of it.

    Raises:
        Refused: NETWORK_NOT_GRADED; or INVALID_INPUT naming each text that is no number.

    """
    needed = grade_of(area, values)
    if needed is None:
        return
    if not suffices(await network_grade(context), needed):
        raise Refused("NETWORK_NOT_GRADED", **label_of(needed).both)
    if told := [*telling(form_type, values)]:
        raise invalid([Problem("TELLS_OF_A_SECRET", ("input", camel(e))) for e in told])
