"""Nothing of a carrier of secrets is kept before the office recorded its network's grade."""

from collections.abc import Mapping
from typing import Any

from domain.approval.classified import grade_of, suffices, telling
from domain.errors import Problem, Refused, must_be_none
from domain.vocabulary import Kind, Label, LivingObject
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
    context: Context, of: Kind | LivingObject, form: Any, half: Mapping[str, Any] | None = None
) -> None:
    """Refuse what is about a carrier where the network is not of its grade, and what tells of it.

    Of a draft the `form` is its type, and `half` what is filled in so far.

    Raises: Refused: NETWORK_NOT_GRADED; or INVALID_INPUT naming each text that is no number.
    """
    form_type, values = (type(form), vars(form)) if half is None else (form, half)
    needed = grade_of(values, carriers=of.area in vocabulary.shipped().carriers)
    if needed is None:
        return
    if not suffices(await network_grade(context), needed):
        raise Refused("NETWORK_NOT_GRADED", **label_of(needed).both)
    told = telling(form_type, values)
    must_be_none(Problem("TELLS_OF_A_SECRET", ("input", camel(each))) for each in told)
