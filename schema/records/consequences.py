"""Consequences in the API: what is proposed, of which lines, and what became of it."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import REGISTERS, SITTINGS
from domain.messages import say
from domain.records import consequences as turns
from domain.records.consequences import Stand, Turn
from domain.shapes.derivations import PERCENT
from domain.shapes.recorded import CLOCK
from domain.vocabulary import FactValue, Label
from resolvers.records import consequences, knowing
from resolvers.records.consequences import Decision
from resolvers.records.proposing import Kept
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.acts import act, acts, input_of, replayed, within
from schema.ground.connections import page_size
from schema.ground.fields import Info, query
from schema.ground.ids import Id, global_id
from schema.ground.mirrors import enum_from, enum_of
from schema.ground.rows import Words, told
from schema.rules.clauses import Clause
from schema.rules.shapes import part_of

Whom = Annotated[UUID | None, Id("Person"), "About this person alone."]
Lapsed = Annotated[bool, "Also what the lines no longer lead to."]
ToCarryOut = Annotated[
    bool, "Only what was decided and is not carried out, or was and is to be given back."
]
CONSEQUENCE = "ProposedConsequence"
WORDS = {each.name: each.reference.word for each in REGISTERS}
WORDS |= {each.code: "Sitting" for each in SITTINGS}
ConsequenceState: Any = enum_of(Stand, "ConsequenceState")
ConsequenceTurn: Any = enum_of(Turn, "ConsequenceTurn")
OUTCOMES = {
    "HEAR": (Turn.HEARD, "听取: what was found, and what they said when heard, is written down."),
    "IMPOSE": (Turn.IMPOSED, "决定: it is imposed."),
    "DROP": (Turn.DROPPED, "不予处理: nothing follows; say why."),
    "UPHOLD": (Turn.UPHELD, "维持: on review it stands; say why."),
    "REVOKE": (Turn.REVOKED, "撤销: on review it is taken back; say why."),
}
ANSWERS = {
    "STATE": (Turn.STATED, "陈述: whom it concerns states their side."),
    "OBJECT": (Turn.OBJECTED, "申诉: whom it concerns objects."),
    "REPORT": (Turn.REPORTED, "整改报告: whom it concerns reports how it was carried out."),
}
CARRYING = {
    "CARRY_OUT": (Turn.CARRIED_OUT, "执行: whoever carries it out says that it is done."),
    "GIVE_BACK": (Turn.GIVEN_BACK, "退还: revoked since, it was made good: giveBackConsequence."),
}
ConsequenceOutcome: Any = enum_from(
    "ConsequenceOutcome", OUTCOMES, "What whoever decides makes of it."
)
ConsequenceAct: Any = enum_from(
    "ConsequenceAct",
    {**OUTCOMES, **ANSWERS, **CARRYING},
    "What somebody may do: an outcome of decideConsequence, an answer, or carryOutConsequence.",
)


@strawberry.type
class ConsequenceStep:
    """One thing that happened to it."""

    turn: Annotated[ConsequenceTurn, "What was done."]
    by: Annotated[str, "Who did it."]
    text: Annotated[str, "What was said."]
    at: Annotated[datetime, "When."]


@strawberry.type
class CountedMeasure:
    """A measure as it was counted from the lines."""

    measure: Annotated[str, "Its name."]
    label: Annotated[str, "What people call it."]
    value: Annotated[str, "How much."]


async def _left(root: "ProposedConsequence", info: Info) -> Decimal | None:
    if root.was_left is not None:
        return root.was_left
    return await consequences.left_in_pot(info.context, *root.kept)


@strawberry.type
class ProposedConsequence:
    """What a clause makes of lines on record: a proposal, until a seat of the clause decides."""

    id: Annotated[strawberry.ID, "To state, decide, object."]
    person_id: Annotated[strawberry.ID | None, "Whom it was counted of."]
    unit_id: Annotated[strawberry.ID | None, "Or which section."]
    label: Annotated[str, "What follows, in words."]
    rung: Annotated[str, "The step of the clause that it is of."]
    choice: Annotated[
        str | None, "Of those of one step and the same lines that share a letter one is chosen."
    ]
    against: Annotated[list[str], "Steps that follow as well although both cannot be meant."]
    type: Annotated[str, "fine, deduct_score, warning …"]
    amount: Annotated[Decimal | None, "How much; null where it is open."]
    unit: Annotated[str, "yuan, score, day …"]
    of: Annotated[str, "What a percentage is a part of, in words."]
    comes_to: Annotated[Decimal | None, "What that part comes to, where the whole is on record."]
    whom: Annotated[str, "Upon whom the clause lays it, as a role."]
    answers: Annotated[
        list[strawberry.ID], "Who answers with or for them, where that role is another's."
    ]
    day: Annotated[date, "The day of the last line."]
    lines: Annotated[list[strawberry.ID], "What it was counted from."]
    counted: Annotated[list[CountedMeasure], "What was counted."]
    judged: Annotated[list[str], "Measures that are for the decider to judge."]
    state: Annotated[ConsequenceState, "Where it stands."]
    steps: Annotated[list[ConsequenceStep], "What happened to it."]
    may: Annotated[list[ConsequenceAct], "What the viewer may do now."]
    decided_by: Annotated[list[str], "The roles that decide; none where the text names nobody."]
    carried_out_by: Annotated[list[str], "The roles that carry out what was decided."]
    carried_out_on: Annotated[date | None, "The day on which it was carried out."]
    given_back_on: Annotated[date | None, "The day on which it was made good, revoked since."]
    clause: Annotated[Clause, "The clause that says so."]
    left: Decimal | None = strawberry.field(
        resolver=_left,
        description="What is left of a sum of a fixed size, `of`, in its month, were all taken that"
        " stands proposed or imposed: never below zero. For whom it concerns and who decides.",
    )
    kept: strawberry.Private[tuple[LivingRulebook, Kept]]
    was_left: strawberry.Private[Decimal | None] = None


@strawberry.input
class JudgedInput:
    """How the decider judges what lines do not tell: one of the three."""

    measure: Annotated[str, "Its name."]
    holds: Annotated[bool | None, "Whether it is so."] = None
    number: Annotated[Decimal | None, "How much."] = None
    word: Annotated[str | None, "Which of its words."] = None


async def consequence_list(
    info: Info,
    person: Whom = None,
    from_: date | None = None,
    to: date | None = None,
    lapsed: Lapsed = False,
    to_carry_out: ToCarryOut = False,
    first: int | None = 50,
) -> list[ProposedConsequence]:
    """What lines on record lead to: about oneself, one's to decide on, of lines one keeps."""
    size = page_size(first)
    days = (from_ or date.min, to or date.max)
    asked = {"lapsed": lapsed, "awaiting": to_carry_out}
    found = await consequences.consequences(info.context, person, days, size, **asked)
    living = await info.context.rulebook()
    return [_shown(info, living, each) for each in found]


Which = Annotated[UUID, Id(CONSEQUENCE), "The consequence."]
Said = Annotated[str, "In their words."]


async def decide_consequence(
    info: Info,
    consequence_id: Which,
    outcome: Annotated[ConsequenceOutcome, "What is made of it."],
    amount: Annotated[Decimal | None, "Where the clause leaves it open, or to choose."] = None,
    judged: Annotated[Sequence[JudgedInput], "What is for the decider to judge."] = (),
    text: Annotated[
        str, "Why, or the written notice; needed unless it is imposed and no clause wants one."
    ] = "",
) -> None:
    """Hear them, impose or drop what is proposed, uphold or revoke what was objected to."""
    found = {each.measure: value for each in judged if (value := _value(each)) is not None}
    decision = Decision(outcome.value, text, amount, found)
    await consequences.turn(info.context, consequence_id, decision)


async def state_on_consequence(info: Info, consequence_id: Which, text: Said) -> None:
    """State one's side before it is decided."""
    await consequences.turn(info.context, consequence_id, Decision(Turn.STATED, text))


async def object_to_consequence(info: Info, consequence_id: Which, text: Said) -> None:
    """Object to what was imposed: another than who imposed it reviews."""
    await consequences.turn(info.context, consequence_id, Decision(Turn.OBJECTED, text))


async def report_on_consequence(info: Info, consequence_id: Which, text: Said) -> None:
    """Report in writing how what was imposed was carried out; who decided on it is told."""
    await consequences.turn(info.context, consequence_id, Decision(Turn.REPORTED, text))


async def carry_out_consequence(
    info: Info,
    consequence_id: Which,
    carried_out_on: Annotated[date, "The day on which it was done."],
    text: Annotated[str, "How, as the month from whose pay it was taken."] = "",
) -> None:
    """Confirm that what was decided is carried out: whom it concerns is told."""
    done = Decision(Turn.CARRIED_OUT, text, on=carried_out_on)
    await consequences.turn(info.context, consequence_id, done)


async def give_back_consequence(
    info: Info,
    consequence_id: Which,
    given_back_on: Annotated[date, "The day on which it was done."],
    text: Annotated[str, "How, as the month with whose pay it was given back."] = "",
) -> None:
    """Confirm that what was revoked after it was carried out is made good: they are told."""
    done = Decision(Turn.GIVEN_BACK, text, on=given_back_on)
    await consequences.turn(info.context, consequence_id, done)


def _value(given: JudgedInput) -> FactValue | None:
    return next((v for v in (given.holds, given.number, given.word) if v is not None), None)


async def _now(info: Info, proposal: UUID) -> ProposedConsequence:
    """After a turn, with what is left: once that is told its transaction is over."""
    kept, living = await consequences.one(info.context, proposal), await info.context.rulebook()
    shown = _shown(info, living, kept)
    shown.was_left = await consequences.left_in_pot(info.context, living, kept)
    return shown


def _shown(info: Info, living: LivingRulebook, kept: Kept) -> ProposedConsequence:
    row, words = kept.told, Words(living, info.context.language)
    shapes = living.rulebook.shapes
    every = reversed(shapes.ladders)
    rung = living.once("rungs", "", lambda: {each.key: each for each in every}).get(kept.rung)
    measures, known = row["measures"], shapes.measures
    regions, amount = rung.when.regions if rung else {}, kept.steps[-1].amount
    of, unit = (rung.of, rung.unit) if rung else ("", "")
    whole = measures.get(of) if unit == PERCENT and amount is not None else None
    return told(
        ProposedConsequence,
        {**row, "label": Label(**row["label"]), "steps": kept.steps},
        words,
        id=global_id(CONSEQUENCE, kept.id),
        rung=kept.rung[0],
        choice=rung.choice or None if rung else None,
        against=knowing.contradicted(living, rung, measures) if rung else [],
        type=rung.type if rung else "",
        amount=amount,
        unit=unit,
        of=part_of(living, of, words.language),
        comes_to=None if whole is None else Decimal(str(whole)) * amount / 100,
        kept=(living, kept),
        whom=rung.whom if rung else "",
        answers=[global_id("Person", each) for each in row["answers"]],
        lines=[_line(row["source"], line) for line in row["lines"]],
        counted=[
            CountedMeasure(
                measure=name,
                label=say(words.language, known[name].label) if name in known else name,
                value=str(value),
            )
            for name, value in measures.items()
        ],
        judged=[
            name
            for name in regions
            if name not in measures and name not in ("applicant_rank", "employment")
        ],
        state=kept.stands,
        may=knowing.may(info.context, kept),
        decided_by=list(kept.verdict.whose),
        carried_out_by=list(kept.carrying.whose),
        carried_out_on=turns.carried_on(kept.steps),
        given_back_on=turns.on_day(kept.steps, Turn.GIVEN_BACK),
    )


def _line(source: str, kept: str) -> strawberry.ID:
    """The id of a line that was counted, of the source's own register unless another is named."""
    of, _, line = kept.rpartition("/")
    word = "Clock" if of.startswith(CLOCK) else WORDS.get(of or source, "Request")
    return global_id(word, line)


KEPT = within(_now, "ConsequenceKept", "As it stands now.", consequence="The consequence.")
ACT: Any = {
    "permission": "registers",
    "result": "ConsequenceResult",
    "replay": replayed(KEPT, "proposal"),
}
ANSWER = {**ACT, "given": input_of(state_on_consequence, "AnswerConsequenceInput")}
FIELDS = (
    query(consequence_list, "registers", name="consequences"),
    act(decide_consequence, **ACT),
    act(carry_out_consequence, **ACT),
    act(give_back_consequence, **ACT),
    *acts(state_on_consequence, object_to_consequence, report_on_consequence, **ANSWER),
)
