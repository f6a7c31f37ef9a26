"""Who may know of a consequence: whom it concerns, who decides, and who keeps what led to it."""

from collections.abc import Sequence

from domain.records.consequences import Turn
from domain.records.occurrences import OCCURRENCES
from domain.rules.rows import ANY
from domain.vocabulary import STAGE, WHAT, Act
from resolvers.ground.context import Context
from resolvers.records.acts import judged, seats_of, speaking
from resolvers.records.proposing import Kept, bench, words_behind
from resolvers.records.verdicts import Acting
from resolvers.rules.rulebooks import LivingRulebook

DECIDING = (Act.TAKE, Act.CONFIRM)
"""To decide, and to review what was objected to."""


async def known_triggers(context: Context) -> list[str]:
    """Each source of counts with a trigger of the ladders of which the viewer may know."""
    living = await context.rulebook()
    triggers = sorted({each.trigger for each in living.shapes.ladders})
    sources: dict[str, set[str]] = {}
    for count in living.shapes.counts:
        sources.setdefault(bench(living, count.of), set()).add(count.of)
    counted = {each.of for each in living.shapes.counts}
    kept = [each for each in sorted(counted) if await _keeps(context, living, each)]
    found = [f"{source}:{each}" for source in kept for each in triggers]
    words = await _words_kept(context, living)
    for of, counted_there in sources.items():
        seats = await seats_of(context, of, {})
        saying = [each for each in triggers if _has_a_say(living, of, each, seats, words)]
        found += (f"{source}:{each}" for each in saying for source in sorted(counted_there))
    return found


async def carried_triggers(context: Context) -> list[str]:
    """The same, of which the viewer carries out what was decided."""
    living = await context.rulebook()
    triggers = sorted({each.trigger for each in living.shapes.ladders})
    found: list[str] = []
    for source in sorted({each.of for each in living.shapes.counts}):
        of = bench(living, source)
        seats = await seats_of(context, of, {})
        told = ((f"{source}:{each}", {STAGE: each}) for each in triggers)
        found += (key for key, at in told if judged(living, of, Act.CARRY_OUT, at, seats).allowed)
    return found


async def may_know(context: Context, each: Kept) -> bool:
    """Whoever it concerns, decides, reviews, keeps the lines; carries out what was decided."""
    decided = any(step.turn is Turn.IMPOSED for step in each.steps)
    if is_about(context, each) or each.verdict.allowed or (decided and each.carrying.allowed):
        return True
    living, told = await context.rulebook(), each.told
    if await _keeps(context, living, told["source"]):
        return True
    of, words = bench(living, told["source"]), await _words_kept(context, living)
    return _has_a_say(living, of, told["trigger"], await seats_of(context, of, {}), words)


async def _keeps(context: Context, living: LivingRulebook, source: str) -> bool:
    """Whether the viewer keeps or sees all lines of a register, by a line for a seat of theirs."""
    if source not in living.vocabulary.objects:
        return False
    seats = await seats_of(context, source, {})
    found = [judged(living, source, act, {}, seats) for act in (Act.KEEP, Act.SEE)]
    return any(each.allowed and each.row and each.row.role != ANY for each in found)


async def _words_kept(context: Context, living: LivingRulebook) -> frozenset[str]:
    """The words of occurrences that the viewer may enter."""
    seats, of = await seats_of(context, OCCURRENCES.name, {}), OCCURRENCES.name
    said = (each.id for each in living.shapes.occurrences)
    return frozenset(e for e in said if judged(living, of, Act.KEEP, {WHAT: e}, seats).allowed)


def _has_a_say(
    living: LivingRulebook, of: str, trigger: str, seats: Sequence[Acting], words: frozenset[str]
) -> bool:
    """To decide; where nobody decides, to keep the lines that lead to it, by their words."""
    facts = {STAGE: trigger}
    if any(judged(living, of, act, facts, seats).allowed for act in DECIDING):
        return True
    decided = speaking(living, of, Act.TAKE, facts)
    return not decided and not words.isdisjoint(words_behind(living, trigger))


def is_about(context: Context, each: Kept) -> bool:
    """Whether it is the viewer, or the viewer's own unit, whom it concerns."""
    me = context.viewer.person
    return not {me.id, *(seat.unit_id for seat in me.seats)}.isdisjoint(each.concerned)
