"""Consequences served: listed, stated on, decided, objected to and reviewed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.conditions.language import Condition
from domain.errors import Problem, Refused, at_fault, must_be_none, must_be_said
from domain.office.notices import Notice
from domain.records.consequences import (
    CARRYING,
    THEIRS,
    Stand,
    Turn,
    carried_on,
    imposed_by,
    may_follow,
)
from domain.shapes.asking import Measures
from domain.shapes.count_words import Whose, Within
from domain.shapes.counts import period_of
from domain.shapes.ladders import Pot, Rung
from domain.shapes.proposals import Proposal, Taken, chosen_before, left_of
from domain.vocabulary import STAGE, Act
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.notices import announce
from resolvers.records.acts import speaking
from resolvers.records.around_decisions import carried_out, must_be_heard, reported_to
from resolvers.records.concerned import must_be_in_time, set_clocks, to_be_carried_out, to_be_told
from resolvers.records.knowing import (
    is_about,
    known_triggers,
    latest,
    may_know,
    telling_books,
)
from resolvers.records.proposing import Kept, Subject, bench, kept_of, note, proposed_for
from resolvers.records.verdicts import Verdict
from resolvers.rules.rulebooks import LivingRulebook

CONCERNING = statement("""
  select distinct proposal_id from consequence_turns
  where institution_id = :institution and turn = 'told'
    and (answers && cast(:whom as uuid[]) or answers = '{}'
      and (person_id = any(cast(:whom as uuid[])) or unit_id = any(cast(:whom as uuid[]))))""")
"""Those that concern the same, whomever they are counted of."""

SAID = {
    Turn.IMPOSED: "CONSEQUENCE_IMPOSED",
    Turn.DROPPED: "CONSEQUENCE_DROPPED",
    Turn.UPHELD: "CONSEQUENCE_UPHELD",
    Turn.REVOKED: "CONSEQUENCE_REVOKED",
    Turn.REPORTED: "CONSEQUENCE_REPORTED",
    Turn.CARRIED_OUT: "CONSEQUENCE_CARRIED_OUT",
    Turn.GIVEN_BACK: "CONSEQUENCE_GIVEN_BACK",
}
"""What whom it concerns is told of a decision, and who decided of its being carried out."""


@dataclass(frozen=True)
class Decision:
    """What somebody decides: how much where that is open, what was theirs to judge, which day."""

    turn: Turn
    said: str = ""
    amount: Decimal | None = None
    judged: Measures | None = None
    on: date | None = None


async def consequences(
    context: Context,
    person: UUID | None,
    days: tuple[date, date],
    size: int,
    *,
    lapsed: bool,
    awaiting: bool = False,
) -> list[Kept]:
    """The latest that the viewer may see: about oneself, one's to decide on, of lines one keeps."""
    books = telling_books(await context.rulebook())
    viewer, (knows, carries) = context.viewer, await known_triggers(context)
    rows = await context.rows(
        latest(books),
        me=viewer.person.id,
        units=sorted({seat.unit_id for seat in viewer.person.seats}),
        knows=knows,
        person=person,
        first=days[0],
        last=days[1],
        lapsed=lapsed,
        awaiting=awaiting,
        carries=carries,
        size=size,
    )
    kept = await kept_of(context, [row["proposal_id"] for row in rows])
    return [kept[row["proposal_id"]] for row in rows]


async def one(context: Context, proposal: UUID) -> Kept:
    """Raises: Refused: there is none that the viewer may see."""
    found = (await kept_of(context, [proposal])).get(proposal)
    if found is None or not await may_know(context, found):
        raise Refused("CONSEQUENCE_NOT_FOUND")
    return found


async def turn(context: Context, proposal: UUID, given: Decision) -> None:
    """State one's side or object, as whom it concerns; decide or review, as the clause's seat.

    Raises: Refused: not the viewer's to do, not now, or what was counted no longer stands.
    """
    kept = await one(context, proposal)
    may_follow(kept.steps, given.turn)
    if given.turn in THEIRS:
        if not is_about(context, kept):
            raise Refused("NOT_ABOUT_YOU")
        must_be_said(given.said, "text")
        amount, verdict = kept.steps[-1].amount, None
        if given.turn is Turn.OBJECTED:
            await must_be_in_time(context, kept.told)
    elif given.turn in CARRYING:
        amount, verdict = carried_out(context, kept, given.on), kept.carrying
    else:
        verdict = kept.hearing if given.turn is Turn.HEARD else kept.verdict
        amount = await _decided(context, kept, given, verdict)
    said_so: dict[str, Any] = {"said": given.said.strip(), "verdict": verdict}
    of_it = kept.told, given.turn, len(kept.steps)
    await note(context, *of_it, amount=amount, carried_on=given.on, **said_so)
    living = await context.rulebook()
    if given.turn is Turn.IMPOSED:
        for each in await _instead_of(context, living, kept):
            await note(context, each.told, Turn.DROPPED, len(each.steps), **said_so)
    of = bench(living, kept.told["source"])
    await set_clocks(context, living, of, kept.told, given.turn)
    carried = carried_on(kept.steps) is not None
    await to_be_carried_out(context, living, of, kept.told, given.turn, carried=carried)
    await context.remember({"proposal": proposal})
    if given.turn in SAID:
        told, of = kept.told, context.viewer.institution
        about = {"clause": told["clause"], "subject": proposal}
        reported = given.turn is Turn.REPORTED
        to = await (reported_to(context, living, kept) if reported else to_be_told(context, told))
        notices = (Notice(SAID[given.turn], each, of, told["label"], **about) for each in to)
        await announce(context, *notices)


async def _decided(
    context: Context, kept: Kept, given: Decision, verdict: Verdict
) -> Decimal | None:
    """How much a decision comes to.

    Raises: Refused: about oneself, not the viewer's, of one's own decision, or without a reason.
    """
    clause, me, living = kept.told["clause"], context.viewer.person.id, await context.rulebook()
    if is_about(context, kept) or kept.told["person_id"] == me:
        raise Refused("OWN_RECORD")
    facts = {STAGE: kept.told["trigger"]}
    if not speaking(living, bench(living, kept.told["source"]), Act.TAKE, facts):
        raise Refused("NOBODY_DECIDES", clause=clause)
    if not verdict.allowed:
        raise Refused("OTHERS_DECIDE", clause=verdict.clause or clause)
    if given.turn in (Turn.UPHELD, Turn.REVOKED) and imposed_by(kept.steps) == me:
        raise Refused("OWN_REVIEW", clause=clause)
    if given.turn is not Turn.IMPOSED:
        must_be_said(given.said, "text")
        return kept.steps[-1].amount  # type: ignore[no-any-return]
    must_be_heard(living, kept, given.said)
    proposal = await _following(context, living, kept, given)
    counted = proposal.consequence.amount
    amount = given.amount if given.amount is not None else counted
    lines, taken = frozenset(kept.told["lines"]), await _taken(context, living, kept)
    if chosen_before(proposal.rung, lines, taken):
        raise Refused("CONSEQUENCE_CHOSEN", clause=clause)
    return left_of(proposal.rung, amount, lines, taken)


async def _following(
    context: Context, living: LivingRulebook, kept: Kept, given: Decision
) -> Proposal:
    """The proposal as it still follows, with what is judged; its amount is the rung's."""
    whose = Whose.PERSON if kept.told["person_id"] else Whose.UNIT
    subject = Subject(whose, kept.told["person_id"] or kept.told["unit_id"])
    due = {each.id: each for each in await proposed_for(context, living, subject)}
    proposal = due.get(kept.id)
    if proposal is None:
        raise Refused("CONSEQUENCE_LAPSED", clause=kept.told["clause"])
    rung, judged_so = proposal.rung, given.judged or {}
    must_be_none(
        Problem("MEASURE_NOT_STATED", ("input", "judged"), rung.clause, {"measure": name})
        for name in proposal.wanting
        if name not in judged_so
    )
    asked = {name: rung.when.regions[name] for name in proposal.wanting}
    if not Condition(rung.when.text, asked).holds(judged_so):
        raise Refused("DOES_NOT_FOLLOW", clause=rung.clause)
    counted = proposal.consequence.amount
    if counted is not None and given.amount not in (None, counted) and not rung.choice:
        raise at_fault("AMOUNT_IS_COUNTED", "input", "amount", clause=rung.clause, amount=counted)
    _must_be_among(living, rung, given.amount)
    if proposal.consequence.is_open and given.amount is None:
        raise at_fault("REQUIRED", "input", "amount", clause=rung.clause)
    return proposal


def _must_be_among(living: LivingRulebook, rung: Rung, amount: Decimal | None) -> None:
    """Raises: Refused: it lies outside the amounts between which the clause leaves the choice."""
    same = rung.id, rung.clause, rung.choice, rung.unit
    others = (e for e in living.shapes.ladders if (e.id, e.clause, e.choice, e.unit) == same)
    amounts = [each.amount for each in others if each.amount is not None]
    if not rung.choice or amount is None or not amounts:
        return
    least, most = min(amounts), max(amounts)
    if not least <= amount <= most:
        at = "input", "amount"
        raise at_fault("AMOUNT_NOT_AMONG", *at, clause=rung.clause, least=least, most=most)


async def _taken(context: Context, living: LivingRulebook, kept: Kept) -> list[Taken]:
    """What stands imposed on the same subject in the same time; one after the other."""
    institution = context.viewer.institution
    for whom in sorted(kept.concerned):
        await context.one_at_a_time(f"{institution}:consequences:{whom}")
    rungs = {each.key: each for each in living.shapes.ladders}
    mine = rungs.get(kept.rung)
    pot = mine.most if mine else None
    return [
        Taken(rung, each.steps[-1].amount, frozenset(each.told["lines"]), of_one_pot)
        for each in await _of_the_same(context, kept)
        if each.stands in (Stand.IMPOSED, Stand.OBJECTED)
        if (of_one_pot := _of_one_pot(each, kept, pot)) or _in_one_time(each, kept)
        if (rung := rungs.get(each.rung))
    ]


def _in_one_time(one: Kept, other: Kept) -> bool:
    """Whether they count over the same time, or were of the same month."""
    months = [period_of(Within.MONTH, each.told["day"]) for each in (one, other)]
    return one.told["counted_from"] == other.told["counted_from"] or months[0] == months[1]


def _of_one_pot(one: Kept, other: Kept, pot: Pot | None) -> bool:
    """Whether they take of one sum: what counts without end takes of that of its time alone."""
    endless = one.told["counted_from"] == other.told["counted_from"] == date.min
    within = pot.within if pot else Within.MONTH
    times = [period_of(within, each.told["day"]) for each in (one, other)]
    return times[0] == times[1] or (not endless and _in_one_time(one, other))


async def left_in_pot(context: Context, living: LivingRulebook, kept: Kept) -> Decimal | None:
    """What is left of a sum of a fixed size, were all taken that stands proposed or imposed.

    For whoever decides and for whom it concerns; None where the clause gives no such sum.
    """
    rungs = {each.key: each for each in living.shapes.ladders}
    mine = rungs.get(kept.rung)
    mine_to_know = kept.verdict.allowed or context.viewer.person.id in kept.concerned
    if mine is None or mine.most is None or not mine_to_know:
        return None
    gone = (
        each.steps[-1].amount or Decimal(0)
        for each in await _of_the_same(context, kept)
        if each.stands in (Stand.PROPOSED, Stand.IMPOSED, Stand.OBJECTED)
        if _of_one_pot(each, kept, mine.most) and (rung := rungs.get(each.rung))
        if (rung.of, rung.unit) == (mine.of, mine.unit)
    )
    return max(mine.most.whole - sum(gone, Decimal(0)), Decimal(0))


async def _of_the_same(context: Context, kept: Kept) -> list[Kept]:
    """Every proposal that concerns whom this one does."""
    rows = await context.rows(CONCERNING, whom=sorted(kept.concerned))
    return [*(await kept_of(context, [row["proposal_id"] for row in rows])).values()]


async def _instead_of(context: Context, living: LivingRulebook, kept: Kept) -> list[Kept]:
    """What the clause lets be imposed instead of it, for the same lines: it falls away."""
    rungs = {each.key: each for each in living.shapes.ladders}
    lines, mine = {*kept.told["lines"]}, rungs[kept.rung]
    if not mine.choice:
        return []
    return [
        each
        for each in await _of_the_same(context, kept)
        if each.id != kept.id and each.stands is Stand.PROPOSED
        if (rung := rungs.get(each.rung)) and mine.excludes(rung)
        if not lines.isdisjoint(each.told["lines"])
    ]
