"""A round of evaluation as the API shows it: every total with what it is made of, by clause."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

import strawberry

from domain.approval.request import Status
from domain.messages import say
from domain.records.marks import Mark
from domain.records.rounds import mean
from domain.rules.phrases import plain
from domain.shapes.count_words import Whose
from domain.time.moments import OFFICE_TIME
from resolvers.records.round_rows import PANEL, Round, Section
from schema.ground.errors import sentence
from schema.ground.ids import global_id
from schema.ground.rows import Words, told
from schema.ground.scalars import JSON
from schema.records.actions import LivingAction, of_object
from schema.rules.clauses import Clause, clause_of

NODES = {Whose.UNIT: "Unit", Whose.PERSON: "Person"}


@strawberry.type
class EvaluationComponent:
    """A row that counts towards a total, and what it counts."""

    item: Annotated[str, "What is counted, as the row names it."]
    label: Annotated[str, "In words."]
    points: Annotated[Decimal | None, "With its sign; null where the text leaves the figure open."]
    clause: Annotated[Clause, "The clause that says so."]


@strawberry.type
class EvaluationMark:
    """What was recorded of a section under a clause."""

    id: Annotated[strawberry.ID, "To cancel it."]
    measure: Annotated[str, "What was found: late, awards_district …"]
    label: Annotated[str, "In words."]
    value: Annotated[JSON, "How often, how many points, or that it was."]
    reason: Annotated[str, "Why, as recorded."]
    recorded_by: Annotated[str, "Who recorded it."]
    recorded_at: Annotated[datetime, "When."]
    cancelled_at: Annotated[datetime | None, "Since when it counts no more."]
    clause: Annotated[Clause, "The clause that it falls under."]


@strawberry.type
class EvaluationCount:
    """What was counted of a section from the office's books."""

    measure: Annotated[str, "What is counted."]
    label: Annotated[str, "In words."]
    value: Annotated[JSON, "How much, or whether."]
    clause: Annotated[Clause, "The clause that scores it."]


@strawberry.type
class EvaluationPanel:
    """How one panel rates a section or a person, on one line of its ballots."""

    panel: Annotated[str, "The measure of its ratings."]
    label: Annotated[str, "In words."]
    line: Annotated[str | None, "The line of the ballot; null where each rates the whole."]
    ballots: Annotated[int, "How many were cast."]
    mean: Annotated[Decimal | None, "Their mean; null without a ballot."]
    weight: Annotated[Decimal | None, "Null where the text gives none."]
    clause: Annotated[Clause, "The clause that asks for it."]


@strawberry.type
class SectionTarget:
    """A business target that a section proposed for the year."""

    request_id: Annotated[strawberry.ID, "The request that proposed it."]
    number: Annotated[str, "The request's number."]
    title: Annotated[str, "Its title, or how it was explained."]
    standard: Annotated[str | None, "When it counts as done."]
    confirmed: Annotated[bool, "It was approved as the rules say."]


@strawberry.type
class EvaluatedSection:
    """A section or a person in a round; final once the round is closed."""

    unit_id: Annotated[strawberry.ID, "The section, or the person in an evaluation of people."]
    unit: Annotated[str, "The name when the round was opened."]
    total: Annotated[Decimal | None, "Null while something is unstated."]
    review: Annotated[
        Decimal | None, "The panels' means by weight; null where the text gives no weights."
    ]
    place: Annotated[int | None, "Told once every section has a total."]
    tied: Annotated[bool, "Others share the place."]
    tier: Annotated[str | None, "Null where it is open; see the findings."]
    unstated: Annotated[list[str], "Measures that are still to be recorded."]
    components: Annotated[list[EvaluationComponent], "What the total is of."]
    marks: Annotated[list[EvaluationMark], "In the order of recording."]
    counted: Annotated[
        list[EvaluationCount], "What the office's books say, as it was last counted."
    ]
    panels: Annotated[list[EvaluationPanel], "The ratings."]
    targets: Annotated[list[SectionTarget], "Proposed for the year."]


@strawberry.type
class EvaluationFinding:
    """Something that the text leaves open, and that is therefore not decided here."""

    code: Annotated[str, "A stable code."]
    message: Annotated[str, "A sentence for people."]
    clause: Annotated[Clause, "The clause that leaves it open."]


def _for_a_panel(root: Any) -> dict[str, str]:
    """Whether somebody may rate is told of the first panel that is cast in person."""
    return {PANEL: root.in_person[0]} if root.in_person else {}


@strawberry.type
class EvaluationRound:
    """An evaluation of the sections or the people of an institution."""

    id: Annotated[strawberry.ID, "To conduct and read it."]
    kind: Annotated[str, "evaluation.round …"]
    round: Annotated[str, "Which of the office's, by its row in `rounds`."]
    label: Annotated[str, "What people call it."]
    year: Annotated[int, "The year."]
    period: Annotated[int, "Which of the year's, from 1."]
    in_person: Annotated[list[str], "The panels whose members cast their ballots themselves."]
    public_until: Annotated[
        date | None, "Until when the results are made public; null where no clause gives a term."
    ]
    opened_at: Annotated[datetime, "When it was opened."]
    closed_at: Annotated[datetime | None, "Since when it is final."]
    resolution: Annotated[str | None, "The number of the request that fixed it."]
    sections: Annotated[list[EvaluatedSection], "In the office's order."]
    findings: Annotated[list[EvaluationFinding], "What the text leaves open."]
    allowed_actions: list[LivingAction] = of_object(lambda root: root.kind, _for_a_panel)


def shown(round_: Round, language: str) -> EvaluationRound:
    words = Words(round_.living, language)
    return told(
        EvaluationRound,
        round_,
        words,
        kind=round_.kind.code,
        round=round_.row.id,
        label=say(language, round_.row.label),
        in_person=list(round_.cast_in_person),
        public_until=round_.row.public_until(round_.closed_at.astimezone(OFFICE_TIME).date())
        if round_.closed_at
        else None,
        sections=[_section(round_, each, words) for each in round_.sections],
        findings=[
            told(
                EvaluationFinding, each, words, message=sentence(each.code, each.details, language)
            )
            for each in round_.findings
        ],
    )


def _section(round_: Round, section: Section, words: Words) -> EvaluatedSection:
    result = section.result
    return told(
        EvaluatedSection,
        result,
        words,
        unit_id=global_id(NODES[round_.row.whose], section.subject),
        unit=section.name,
        total=_figure(result.total),
        review=_figure(result.review),
        components=[
            told(EvaluationComponent, each.item, words, points=_figure(each.points))
            for each in result.components
        ],
        marks=[
            told(EvaluationMark, each, words, **_marked(each.mark, words)) for each in section.marks
        ],
        counted=[EvaluationCount(**_marked(each, words)) for each in section.counted],
        panels=[
            told(
                EvaluationPanel,
                each,
                words,
                panel=each.measure,
                line=line or None,
                ballots=len(ratings),
                mean=mean(ratings),
            )
            for each in round_.scheme.panels
            for line in round_.scheme.lines
            for ratings in [section.ratings.get((each.measure, line), ())]
        ],
        targets=[
            told(
                SectionTarget,
                each,
                request_id=global_id("Request", each["id"]),
                title=each["form"].get("title") or each["form"]["explanation"],
                standard=each["form"].get("standard"),
                confirmed=each["status"] == Status.APPROVED,
            )
            for each in section.targets
        ],
    )


def _marked(mark: Mark, words: Words) -> dict[str, Any]:
    value = plain(mark.value) if isinstance(mark.value, Decimal) else mark.value
    return {
        "measure": mark.measure,
        "label": say(words.language, words.living.shapes.measures[mark.measure].label),
        "value": value,
        "clause": clause_of(words.living, mark.clause),
    }


def _figure(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(plain(value))
