"""Consequences in the API: what is proposed, of which lines, and what became of it."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import REGISTERS
from domain.records.consequences import LEADS, SERVED, THEIRS, Stand, Turn
from domain.vocabulary import FactValue, Label
from resolvers.records import consequences
from resolvers.records.consequences import Decision
from resolvers.records.proposing import Kept
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.acts import act, input_of, replayed
from schema.ground.connections import page_size
from schema.ground.fields import Info, query
from schema.ground.ids import Id, global_id
from schema.ground.mirrors import enum_from, enum_of
from schema.ground.rows import Words, told
from schema.requests.kinds import said
from schema.rules.clauses import Clause

Whom = Annotated[UUID | None, Id("Person"), "About this person alone."]
Lapsed = Annotated[bool, "Also what the lines no longer lead to."]
CONSEQUENCE = "ProposedConsequence"
WORDS = {each.name: each.reference.word for each in REGISTERS}
ConsequenceState: Any = enum_of(Stand, "ConsequenceState")
ConsequenceTurn: Any = enum_of(Turn, "ConsequenceTurn")


ConsequenceOutcome: Any = enum_from(
    "ConsequenceOutcome",
    {
        "IMPOSE": (Turn.IMPOSED, "It is imposed."),
        "DROP": (Turn.DROPPED, "Nothing follows; say why."),
        "UPHOLD": (Turn.UPHELD, "On review it stands; say why."),
        "REVOKE": (Turn.REVOKED, "On review it is taken back; say why."),
    },
    "What whoever decides makes of it.",
)


@strawberry.type
class ConsequenceStep:
    """One thing that happened to it."""

    turn: ConsequenceTurn = strawberry.field(description="What was done.")
    by: str = strawberry.field(description="Who did it.")
    text: str = strawberry.field(description="What was said.")
    at: datetime = strawberry.field(description="When.")


@strawberry.type
class CountedMeasure:
    """A measure as it was counted from the lines."""

    measure: str = strawberry.field(description="Its name.")
    label: str = strawberry.field(description="What people call it.")
    value: str = strawberry.field(description="How much.")


@strawberry.type
class ProposedConsequence:
    """What a clause makes of lines on record: a proposal, until a seat of the clause decides."""

    id: strawberry.ID = strawberry.field(description="To state, decide, object.")
    person_id: strawberry.ID | None = strawberry.field(description="Whom it was counted of.")
    unit_id: strawberry.ID | None = strawberry.field(description="Or which section.")
    label: str = strawberry.field(description="What follows, in words.")
    type: str = strawberry.field(description="fine, deduct_score, warning …")
    amount: Decimal | None = strawberry.field(description="How much; null where it is open.")
    unit: str = strawberry.field(description="yuan, score, day …")
    whom: str = strawberry.field(description="Upon whom the clause lays it, as a role.")
    answers: list[strawberry.ID] = strawberry.field(
        description="Who answers with or for them, where that role is another's."
    )
    day: date = strawberry.field(description="The day of the last line.")
    lines: list[strawberry.ID] = strawberry.field(description="What it was counted from.")
    counted: list[CountedMeasure] = strawberry.field(description="What was counted.")
    judged: list[str] = strawberry.field(description="Measures that are for the decider to judge.")
    state: ConsequenceState = strawberry.field(description="Where it stands.")
    steps: list[ConsequenceStep] = strawberry.field(description="What happened to it.")
    may: list[ConsequenceTurn] = strawberry.field(description="What the viewer may do now.")
    decided_by: list[str] = strawberry.field(
        description="The roles that decide; none where the text names nobody."
    )
    clause: Clause = strawberry.field(description="The clause that says so.")


@strawberry.type
class ConsequenceKept:
    """As it stands now."""

    consequence: ProposedConsequence = strawberry.field(description="The consequence.")


@strawberry.input
class JudgedInput:
    """How the decider judges what lines do not tell: one of the three."""

    measure: str = strawberry.field(description="Its name.")
    holds: bool | None = strawberry.field(default=None, description="Whether it is so.")
    number: Decimal | None = strawberry.field(default=None, description="How much.")
    word: str | None = strawberry.field(default=None, description="Which of its words.")


async def consequence_list(
    info: Info, person: Whom = None, lapsed: Lapsed = False, first: int | None = 50
) -> list[ProposedConsequence]:
    """What lines on record lead to: about oneself, one's to decide on, of lines one keeps."""
    size = page_size(first)
    found = await consequences.consequences(info.context, person, size, lapsed=lapsed)
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
    text: Annotated[str, "Why; needed unless it is imposed."] = "",
) -> ConsequenceKept:
    """Impose or drop what is proposed, or uphold or revoke what was objected to."""
    found = {each.measure: value for each in judged if (value := _value(each)) is not None}
    return await _turned(info, consequence_id, Decision(outcome.value, text, amount, found))


async def state_on_consequence(info: Info, consequence_id: Which, text: Said) -> ConsequenceKept:
    """State one's side before it is decided."""
    return await _turned(info, consequence_id, Decision(Turn.STATED, text))


async def object_to_consequence(info: Info, consequence_id: Which, text: Said) -> ConsequenceKept:
    """Object to what was imposed: another than who imposed it reviews."""
    return await _turned(info, consequence_id, Decision(Turn.OBJECTED, text))


def _value(given: JudgedInput) -> FactValue | None:
    return next((v for v in (given.holds, given.number, given.word) if v is not None), None)


async def _turned(info: Info, proposal: UUID, given: Decision) -> ConsequenceKept:
    await consequences.turn(info.context, proposal, given)
    return await _now(info, proposal)


async def _now(info: Info, proposal: UUID) -> ConsequenceKept:
    kept = await consequences.one(info.context, proposal)
    return ConsequenceKept(consequence=_shown(info, await info.context.rulebook(), kept))


def _shown(info: Info, living: LivingRulebook, kept: Kept) -> ProposedConsequence:
    row, words = kept.told, Words(living, info.context.language)
    shapes = living.rulebook.shapes
    rung = next((each for each in shapes.ladders if each.key == kept.rung), None)
    measures, known = row["measures"], shapes.measures
    word = WORDS.get(row["source"], "Request")
    regions = rung.when.regions if rung else {}
    return told(
        ProposedConsequence,
        {**row, "label": Label(**row["label"]), "steps": kept.steps},
        words,
        id=global_id(CONSEQUENCE, kept.id),
        type=rung.type if rung else "",
        amount=kept.steps[-1].amount,
        unit=rung.unit if rung else "",
        whom=rung.whom if rung else "",
        answers=[global_id("Person", each) for each in row["answers"]],
        lines=[global_id(word, line) for line in row["lines"]],
        counted=[
            CountedMeasure(
                measure=name,
                label=said(known[name].label, words.language) if name in known else name,
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
        may=_may(info, kept),
        decided_by=list(kept.verdict.whose),
    )


def _may(info: Info, kept: Kept) -> list[Turn]:
    about = consequences.is_about(info.context, kept)
    decides = kept.verdict.allowed and not about
    return [
        each
        for each, (since, _) in LEADS.items()
        if since is kept.stands and each not in SERVED and (about if each in THEIRS else decides)
    ]


ACT: Any = {"permission": "registers", "replay": replayed(_now, "proposal")}
ANSWER = {**ACT, "given": input_of(state_on_consequence, "AnswerConsequenceInput")}
FIELDS = (
    query(consequence_list, list[ProposedConsequence], permission="registers", name="consequences"),
    act(decide_consequence, "ConsequenceResult", **ACT),
    act(state_on_consequence, "ConsequenceResult", **ANSWER),
    act(object_to_consequence, "ConsequenceResult", **ANSWER),
)
