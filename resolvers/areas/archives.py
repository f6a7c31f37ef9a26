"""A file of the archives is handed out as it was approved, and while it is there."""

from collections.abc import Mapping

from domain.areas.archives.books import VOLUMES
from domain.areas.archives.reading import READING
from domain.errors import Problem, at_fault
from domain.records.things import Keeping
from resolvers.ground.context import Context
from resolvers.records.case_looks import Look, Looked, Looks
from resolvers.records.case_rows import CaseView
from resolvers.records.thing_rows import one


async def of_reading(context: Context, view: CaseView, look: Look) -> Looked:
    """Whether the file that is named is in the archives, and of the kind that was approved."""
    volume = getattr(look.given, "volume_id", None)
    if volume is None:
        return Looked()
    missing = at_fault("NOT_FOUND_HERE", "input", "volumeId")
    card, approved = await context.found(one(VOLUMES), missing, id=volume), view.case.facts
    said = []
    if card["state"] in (Keeping.LOST, Keeping.ENDED):
        said.append("THING_NOT_THERE")
    if approved.get("archive_kind") not in (None, card["archive_kind"]):
        said.append("APPROVED_FOR_ANOTHER_KIND")
    clause = look.named[0].clause
    return Looked(against=tuple(Problem(code, ("volume_id",), clause) for code in said))


LOOKS: Mapping[str, Looks] = {READING.code: of_reading}
