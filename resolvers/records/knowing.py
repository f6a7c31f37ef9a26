"""Who may know of a consequence: whom it concerns, who decides, and who keeps what led to it."""

from collections.abc import Mapping, Sequence

from domain.records.consequences import Turn
from domain.records.occurrences import OCCURRENCES
from domain.rules.rows import ANY
from domain.vocabulary import STAGE, WHAT, Act
from resolvers.ground.context import Context
from resolvers.records.acts import judged, seats_of, speaking
from resolvers.records.proposing import Kept, bench, words_behind
from resolvers.records.verdicts import Acting
from resolvers.rules.rulebooks import LivingRulebook

DECIDING = (Act.INSPECT, Act.TAKE, Act.CONFIRM)
"""To look into it first, to decide, and to review what was objected to."""


Sources = Mapping[str, tuple[Acting, ...]]


async def known_triggers(context: Context) -> tuple[list[str], list[str]]:
    """Each source of counts with a trigger of the ladders of which the viewer may know.

    Then those of which the viewer carries out what was decided.
    """
    living = await context.rulebook()
    counted = {each.of for each in living.shapes.counts}
    things = {OCCURRENCES.name, *counted} & living.vocabulary.objects.keys()
    seats = {of: await seats_of(context, of, {}) for of in sorted(things)}
    key = tuple(seats.items())
    return living.once("triggers", key, lambda: (_known(living, seats), _carried(living, seats)))


def _pairs(living: LivingRulebook) -> list[tuple[str, str]]:
    """Each source of counts, with each trigger."""
    triggers = sorted({each.trigger for each in living.shapes.ladders})
    sources = sorted({each.of for each in living.shapes.counts})
    return [(source, each) for source in sources for each in triggers]


def _known(living: LivingRulebook, seats: Sources) -> list[str]:
    kept = {source for source in seats if _keeps(living, source, seats[source])}
    words = _words_kept(living, seats[OCCURRENCES.name])
    return [
        f"{source}:{each}"
        for source, each in _pairs(living)
        if source in kept or _has_a_say(living, of := bench(living, source), each, seats[of], words)
    ]


def _carried(living: LivingRulebook, seats: Sources) -> list[str]:
    return [
        f"{source}:{each}"
        for source, each in _pairs(living)
        if judged(
            living, of := bench(living, source), Act.CARRY_OUT, {STAGE: each}, seats[of]
        ).allowed
    ]


async def may_know(context: Context, each: Kept) -> bool:
    """Whoever it concerns, decides, reviews, keeps the lines; carries out what was decided."""
    decided = any(step.turn is Turn.IMPOSED for step in each.steps)
    if is_about(context, each) or each.verdict.allowed or (decided and each.carrying.allowed):
        return True
    living, told = await context.rulebook(), each.told
    source, of = told["source"], bench(living, told["source"])
    known = source in living.vocabulary.objects
    if known and _keeps(living, source, await seats_of(context, source, {})):
        return True
    words = _words_kept(living, await seats_of(context, OCCURRENCES.name, {}))
    return _has_a_say(living, of, told["trigger"], await seats_of(context, of, {}), words)


def _keeps(living: LivingRulebook, source: str, seats: Sequence[Acting]) -> bool:
    """Whether the viewer keeps or sees all lines of a register, by a line for a seat of theirs."""
    found = [judged(living, source, act, {}, seats) for act in (Act.KEEP, Act.SEE)]
    return any(each.allowed and each.row and each.row.role != ANY for each in found)


def _words_kept(living: LivingRulebook, seats: Sequence[Acting]) -> frozenset[str]:
    """The words of occurrences that may be entered in these seats."""
    of = OCCURRENCES.name
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
