"""What no word can say of proposals: whether the time in which one may be returned is over."""

from collections.abc import Mapping

from domain.areas.proposals.files import FILE
from resolvers.ground.context import Context
from resolvers.records.case_looks import Look, Looked, Looks
from resolvers.records.case_rows import CaseView


async def _in_time(context: Context, view: CaseView, _: Look) -> Looked:
    """Where the office set no time, none is over."""
    until = view.case.filled.return_until
    return Looked({"return_overdue": until is not None and context.today > until})


LOOKS: Mapping[str, Looks] = {FILE.code: _in_time}
