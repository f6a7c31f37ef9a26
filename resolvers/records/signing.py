"""A line signed for by its second person: from then on it counts."""

from uuid import UUID

from domain.errors import Refused, at_fault
from domain.records.lines import AWAITS
from domain.records.registers import Register
from resolvers.ground.context import Context
from resolvers.ground.keeping import alone
from resolvers.records.line_clocks import confirmed
from resolvers.records.on_duty import taken_over
from resolvers.records.proposing import retold
from resolvers.records.register_rows import SIGN
from resolvers.records.registers import standing_line, subjects_of
from resolvers.records.signatures import signs_for
from resolvers.records.stock import all_counted


async def sign(context: Context, register: Register, line: UUID) -> None:
    """Sign for a line as its second person: it counts from then on.

    Raises: Refused: no such line, not the viewer's to sign, or signed before.
    """
    row, me = await standing_line(context, register, line, "lineId"), context.viewer.person
    if not register.signed_by or not row[AWAITS]:
        raise at_fault("NOTHING_TO_SIGN", "input", "lineId")
    signs, verdict = await signs_for(context, register, row)
    if row["recorded_by"] == me.id or not signs:
        raise Refused("NOT_YOURS_TO_SIGN", clause=verdict.clause)
    told = {"register": register.name, "line": line}
    by = {"person_id": me.id, "person_name": me.name, "at": context.now}
    signed = {"institution_id": me.institution, "register": register.name, "line_id": line, **by}
    with alone(Refused("SIGNED_ALREADY")):
        await context.rows(SIGN, rows=[signed])
    await taken_over(context, register, row)
    await retold(context, subjects_of(register, row))
    await confirmed(context, register, row)
    await all_counted(context, register, row)
    await context.remember(told)
    content = {**told, "person": me.id, "clause": verdict.clause}
    await context.record("register_signed", content)
