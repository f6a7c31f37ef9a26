"""Of which grade the office's network is, as two administrators record it by a document."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.errors import invalid
from domain.values.names import Names, canonical
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.office.appointments import undocumented
from resolvers.office.outcomes import Outcome, sentence
from resolvers.records.classified import label_of

RECORD = statement(
    "update institutions set network_grade = :grade where institution_id = :institution"
)


async def record_grade(context: Context, given: Mapping[str, Any], by: UUID) -> Outcome:
    """Record the grade, from which on carriers up to it are registered; or that it is none.

    Raises: Refused: naming the document.
    """
    if problems := undocumented(given["document"]):
        raise invalid(problems)
    grade, me = given["grade"], context.viewer.person
    document = canonical(Names.DOCUMENT, given["document"])
    await context.rows(RECORD, grade=grade)
    content = {"network_grade": grade or "none", "document": document, "asked_by": by}
    await context.record("network_graded", {**content, "person": me.id, "name": me.name})
    said = {"grade": label_of(grade), "document": document}
    return Outcome(
        sentence(await context.rulebook(), "SAID_NETWORK_GRADE", said), weighty=grade is not None
    )
