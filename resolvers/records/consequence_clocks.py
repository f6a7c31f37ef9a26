"""What is imposed, objected to and reviewed, for the clocks: until when, and who is waited for."""

from uuid import UUID

from domain.records.consequences import CONSEQUENCE, Turn
from domain.vocabulary import STAGE, Act
from resolvers.ground.context import Context
from resolvers.records.acts import roles_that_may
from resolvers.records.proposing import Kept, bench
from resolvers.time.clocks import Subject, happened
from resolvers.time.duty_rows import seat_ids, seats_by_role


async def taken(context: Context, kept: Kept, turn: Turn) -> None:
    """Start and stop what a turn concerns: `consequence.<trigger>.<turn>`.

    Whom it concerns is waited for, and once they have objected the seats that decide.
    """
    me, told = context.viewer.person, kept.told
    who: tuple[UUID, ...] = (told["person_id"],) if told["person_id"] else ()
    if turn is Turn.OBJECTED:
        living = await context.rulebook(me.institution)
        facts = {STAGE: told["trigger"]}
        roles = roles_that_may(living, bench(living, told["source"]), Act.TAKE, facts)
        seats = await seats_by_role(context.transaction, me.institution, roles, context.today)
        who = tuple(sorted(seat_ids(each for found in seats.values() for each in found)))
    subject = Subject(kept.id, me.institution, CONSEQUENCE, None, who, applicant=me.id)
    await happened(context, [f"{CONSEQUENCE}.{told['trigger']}.{turn}"], subject)
