"""A carrier of secrets is no more on the register once its destruction is done."""

from collections.abc import Mapping
from typing import Any

from domain.areas.confidentiality.carriers import CARRIERS
from domain.areas.confidentiality.handling import DESTRUCTION
from resolvers.ground.context import Context
from resolvers.records.cases import Effect, Taking
from resolvers.records.thing_rows import same
from resolvers.records.things import end


async def _struck_off(context: Context, taking: Taking) -> Mapping[str, Any]:
    """The card of that number ends with what it is of."""
    number, case = taking.view.case.filled.explanation, taking.view.case.id
    if row := await context.row(same(CARRIERS, CARRIERS.named_by), value=number, id=case):
        await end(context, CARRIERS, row["id"], DESTRUCTION.label.zh)
    return {}


EFFECTS: Mapping[str, Mapping[str, Effect]] = {DESTRUCTION.code: {"destroy": _struck_off}}
