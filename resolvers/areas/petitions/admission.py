"""Whom a petition or complaint is about must be somebody of the office, before it is judged."""

from collections.abc import Mapping

from domain.approval.procedure import Form
from domain.areas.petitions.forms import PROCEDURES, Matter
from domain.errors import Problem, invalid
from domain.vocabulary import FactValue
from resolvers.ground.context import Context
from resolvers.ground.database import statement

KNOWN = statement(
    """select exists (select from people where institution_id = :institution
                        and id = cast(:person as uuid)) as person,
              exists (select from units where institution_id = :institution
                        and id = cast(:unit as uuid)) as unit"""
)


async def must_be_ours(context: Context, _: str, form: Form) -> Mapping[str, FactValue]:
    """Nothing is added to the facts.

    Raises:
        Refused: the person or section complained of is none of this office.

    """
    if not isinstance(form, Matter):
        return {}
    person, unit = form.complained_person_id, form.complained_unit_id
    if person is None and unit is None:
        return {}
    known = await context.transaction.row(
        KNOWN, institution=context.viewer.institution, person=person, unit=unit
    )
    problems = []
    if person and not (known and known["person"]):
        problems.append(Problem("NOBODY_HERE", ("input", "complainedPersonId")))
    if unit and not (known and known["unit"]):
        problems.append(Problem("NO_UNIT_HERE", ("input", "complainedUnitId")))
    if problems:
        raise invalid(problems)
    return {}


ADMISSIONS = dict.fromkeys((each.kind for each in PROCEDURES), must_be_ours)
