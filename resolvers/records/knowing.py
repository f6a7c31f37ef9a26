"""Who may know of a consequence: whom it concerns, who decides, and who keeps what led to it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from domain import REGISTERS
from domain.records.consequences import (
    CARRYING,
    LEADS,
    SERVED,
    THEIRS,
    Stand,
    Turn,
    imposed_by,
    to_confirm,
)
from domain.records.occurrences import OCCURRENCES
from domain.rules.rows import ANY
from domain.shapes.ladders import Rung, contradicting
from domain.vocabulary import STAGE, WHAT, Act, FactType
from resolvers.ground.context import Context
from resolvers.ground.derived import derived
from resolvers.records.acts import judged, seats_of, speaking
from resolvers.records.concerned import looking_into
from resolvers.records.proposing import Kept, bench, words_behind
from resolvers.records.verdicts import Acting
from resolvers.rules.rulebooks import LivingRulebook

FIGURES = (FactType.DECIMAL, FactType.INT)
DECIDING = (Act.TAKE, Act.CONFIRM)
"""To decide, and to review what was objected to."""


Sources = Mapping[str, tuple[Acting, ...]]


def telling_books(living: LivingRulebook) -> tuple[str, ...]:
    """The tables of the lines that say an occurrence in the office, as entered or by themselves."""
    told = {OCCURRENCES.name, *(each.of for each in living.shapes.recorded)}
    return tuple(sorted(each.lines for each in REGISTERS if each.name in told))


def brought_by(books: tuple[str, ...]) -> str:
    """SQL: of a turn `t`, whether `:me` entered a line of these tables that it was counted from."""
    return " or ".join(
        f"""exists (
      select from jsonb_array_elements_text(t.lines) of
      join {each} l on l.institution_id = t.institution_id
        and l.id = cast(split_part(of, '/', -1) as uuid)
      where l.recorded_by = :me)"""
        for each in books
    )


TURNED = """exists (select from consequence_turns of
      where of.institution_id = t.institution_id and of.proposal_id = t.proposal_id
        and of.turn in ({}))"""
IMPOSED, DONE = TURNED.format("'imposed'"), TURNED.format("'carried_out', 'revoked'")
CARRIED_OUT, REVOKED = TURNED.format("'carried_out'"), TURNED.format("'revoked'")
GIVEN_BACK = TURNED.format("'given_back'")


@derived
def latest(books: tuple[str, ...]) -> str:
    """Those about the viewer, to decide on or carry out, or of lines one keeps or entered."""
    return f"""
  select t.proposal_id from consequence_turns t
  where t.institution_id = :institution and t.turn = 'told'
    and (:me = any(t.answers)
      or t.answers = '{{}}' and (t.person_id = :me or t.unit_id = any(cast(:units as uuid[])))
      or t.source || ':' || t.trigger = any(cast(:knows as text[]))
      or t.source || ':' || t.trigger = any(cast(:carries as text[])) and {IMPOSED}
      or {brought_by(books)})
    and (not :awaiting or {IMPOSED} and not {DONE}
      or {CARRIED_OUT} and {REVOKED} and not {GIVEN_BACK})
    and (cast(:person as uuid) is null or t.person_id = :person)
    and t.day between :first and :last
    and not exists (
      select from consequence_turns later
      where later.institution_id = t.institution_id and later.proposal_id = t.proposal_id
        and later.number > t.number
        and (later.turn = 'told' or later.turn = 'lapsed' and not :lapsed))
  order by t.at desc, t.proposal_id limit :size"""


@derived
def _brought(books: tuple[str, ...]) -> str:
    return f"""select exists (
      select from consequence_turns t where t.institution_id = :institution
        and t.proposal_id = :proposal and t.turn = 'told' and ({brought_by(books)}))"""


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
    """Whoever it concerns, decides, reviews, keeps or entered lines, or carries it out."""
    decided = any(step.turn is Turn.IMPOSED for step in each.steps)
    if is_about(context, each) or each.verdict.allowed or (decided and each.carrying.allowed):
        return True
    living, told = await context.rulebook(), each.told
    source, of = told["source"], bench(living, told["source"])
    known = source in living.vocabulary.objects
    if known and _keeps(living, source, await seats_of(context, source, {})):
        return True
    words = _words_kept(living, await seats_of(context, OCCURRENCES.name, {}))
    if _has_a_say(living, of, told["trigger"], await seats_of(context, of, {}), words):
        return True
    whose = {"proposal": told["proposal_id"], "me": context.viewer.person.id}
    return bool(await context.value(_brought(telling_books(living)), **whose))


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
    acts = (Act.INSPECT, *DECIDING) if looking_into(living, of, trigger) else DECIDING
    if any(judged(living, of, act, facts, seats).allowed for act in acts):
        return True
    decided = speaking(living, of, Act.TAKE, facts)
    return not decided and not words.isdisjoint(words_behind(living, trigger))


def is_about(context: Context, each: Kept) -> bool:
    """Whether it is the viewer, or the viewer's own unit, whom it concerns."""
    me = context.viewer.person
    return not {me.id, *(seat.unit_id for seat in me.seats)}.isdisjoint(each.concerned)


def may(context: Context, each: Kept) -> list[Turn]:
    """What the viewer may do with it now."""
    about = is_about(context, each)
    own = imposed_by(each.steps) == context.viewer.person.id
    decides = each.verdict.allowed and not about and not (own and each.stands is Stand.OBJECTED)
    mine = (
        dict.fromkeys(LEADS, decides) | dict.fromkeys(THEIRS, about) | dict.fromkeys(SERVED, False)
    )
    mine[Turn.HEARD] = each.hearing.allowed and not about
    for turn in CARRYING:
        mine[turn] = each.carrying.allowed and not about and to_confirm(each.steps) is turn
    return [turn for turn, (since, _) in LEADS.items() if since is each.stands and mine[turn]]


def contradicted(living: LivingRulebook, rung: Rung, counted: Mapping[str, Any]) -> list[str]:
    """The steps that follow from the same counts although both cannot be meant."""
    facts = living.rulebook.shapes.measures
    figures = [name for name in counted if name in facts and facts[name].type in FIGURES]
    told = {**counted, **{name: Decimal(counted[name]) for name in figures}}
    beside = [each for each in living.shapes.ladders if each.trigger == rung.trigger]
    return [*contradicting(rung, (each for each in beside if each.follows(told)))]
