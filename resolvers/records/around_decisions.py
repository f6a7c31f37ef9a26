"""What is asked around a decision on a consequence: that they are heard, told, and it is done."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.errors import Refused, at_fault
from domain.records.consequences import HEARING, Stand, Step, Turn, imposed_by
from domain.records.occurrences import OCCURRENCES
from domain.shapes.verbs import Verb, ruled
from domain.time.moments import office_local
from domain.vocabulary import STAGE, WHAT, Act
from resolvers.ground.context import Context
from resolvers.records.acts import roles_that_may, titles
from resolvers.records.concerned import looking_into
from resolvers.records.knowing import is_about
from resolvers.records.proposing import Kept, bench, words_behind
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.duty_rows import seats_by_role


def must_be_heard(living: LivingRulebook, kept: Kept, said: str) -> None:
    """Raises: Refused: a clause wants them heard first, and told in writing what is decided; or
    somebody else to look into it first.
    """
    facts = {STAGE: kept.told["trigger"]}
    row = ruled(living.shapes.verbs, Verb.HEARING, "", "", facts)
    if row and not any(each.turn in HEARING for each in kept.steps):
        raise Refused("HEAR_FIRST", clause=row.clause)
    if row and not said.strip():
        raise at_fault("REQUIRED", "input", "text", clause=row.clause)
    looks = looking_into(living, bench(living, kept.told["source"]), kept.told["trigger"])
    if looks and not any(each.turn is Turn.HEARD for each in kept.steps):
        who = titles(living, [each.role for each in looks])
        raise Refused("LOOKED_INTO_FIRST", clause=looks[0].clause, **who)


async def reported_to(context: Context, living: LivingRulebook, kept: Kept) -> tuple[UUID, ...]:
    """Who decided on it, and the seats that a clause lets see such occurrences."""
    roles = {
        role
        for word in words_behind(living, kept.told["trigger"])
        for role in roles_that_may(living, OCCURRENCES.name, Act.SEE, {WHAT: word})
    }
    here = context.transaction, context.viewer.institution
    seats = await seats_by_role(*here, roles, context.today)
    told = {*(seat.id for of in seats.values() for seat in of), imposed_by(kept.steps)}
    return tuple(sorted(each for each in told if each))


def _decision(kept: Kept) -> Step:
    return next(each for each in reversed(kept.steps) if each.turn is not Turn.REPORTED)


def carried_out(context: Context, kept: Kept, on: date | None) -> Decimal | None:
    """How much. Raises: Refused: about oneself, not the viewer's, or not on that day."""
    name = "givenBackOn" if kept.stands is Stand.REVOKED else "carriedOutOn"
    clause, decided = kept.told["clause"], office_local(_decision(kept).at).date()
    if is_about(context, kept):
        raise Refused("OWN_RECORD")
    if not kept.carrying.allowed:
        raise Refused("OTHERS_CARRY_OUT", clause=kept.carrying.clause or clause)
    if on and on > context.today:
        raise at_fault("NOT_YET_HAPPENED", "input", name, clause=clause)
    if on and on < decided:
        raise at_fault("CARRIED_OUT_BEFORE", "input", name, clause=clause, decided=decided)
    return kept.steps[-1].amount  # type: ignore[no-any-return]
