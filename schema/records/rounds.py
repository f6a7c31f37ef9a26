"""A round of evaluation as the API shows it: every total with what it is made of, by clause."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import strawberry

from domain.approval.request import Status
from domain.records.marks import Mark
from domain.records.rounds import mean
from domain.rules.phrases import plain
from domain.time.moments import OFFICE_TIME
from resolvers.records.round_rows import PANEL, Round, Section
from schema.ground.errors import sentence
from schema.ground.ids import global_id
from schema.ground.rows import Words, told
from schema.ground.scalars import JSON
from schema.records.actions import LivingAction, of_object
from schema.requests.kinds import said
from schema.rules.clauses import Clause, clause_of


@strawberry.type
class EvaluationComponent:
    """A row that counts towards a total, and what it counts."""

    item: str = strawberry.field(description="What is counted, as the row names it.")
    label: str = strawberry.field(description="In words.")
    points: Decimal | None = strawberry.field(
        description="With its sign; null where the text leaves the figure open."
    )
    clause: Clause = strawberry.field(description="The clause that says so.")


@strawberry.type
class EvaluationMark:
    """What was recorded of a section under a clause."""

    id: strawberry.ID = strawberry.field(description="To cancel it.")
    measure: str = strawberry.field(description="What was found: late, awards_district …")
    label: str = strawberry.field(description="In words.")
    value: JSON = strawberry.field(description="How often, how many points, or that it was.")
    reason: str = strawberry.field(description="Why, as recorded.")
    recorded_by: str = strawberry.field(description="Who recorded it.")
    recorded_at: datetime = strawberry.field(description="When.")
    cancelled_at: datetime | None = strawberry.field(description="Since when it counts no more.")
    clause: Clause = strawberry.field(description="The clause that it falls under.")


@strawberry.type
class EvaluationCount:
    """What was counted of a section from the office's books."""

    measure: str = strawberry.field(description="What is counted.")
    label: str = strawberry.field(description="In words.")
    value: JSON = strawberry.field(description="How much, or whether.")
    clause: Clause = strawberry.field(description="The clause that scores it.")


@strawberry.type
class EvaluationPanel:
    """How one panel rates a section."""

    panel: str = strawberry.field(description="The measure of its ratings.")
    label: str = strawberry.field(description="In words.")
    ballots: int = strawberry.field(description="How many were cast.")
    mean: Decimal | None = strawberry.field(description="Their mean; null without a ballot.")
    weight: Decimal | None = strawberry.field(description="Null where the text gives none.")
    clause: Clause = strawberry.field(description="The clause that asks for it.")


@strawberry.type
class SectionTarget:
    """A business target that a section proposed for the year."""

    request_id: strawberry.ID = strawberry.field(description="The request that proposed it.")
    number: str = strawberry.field(description="The request's number.")
    title: str = strawberry.field(description="Its title, or how it was explained.")
    standard: str | None = strawberry.field(description="When it counts as done.")
    confirmed: bool = strawberry.field(description="It was approved as the rules say.")


@strawberry.type
class EvaluatedSection:
    """A section in a round; final once the round is closed."""

    unit_id: strawberry.ID = strawberry.field(description="The section.")
    unit: str = strawberry.field(description="Its name when the round was opened.")
    total: Decimal | None = strawberry.field(description="Null while something is unstated.")
    review: Decimal | None = strawberry.field(
        description="The panels' means by weight; null where the text gives no weights."
    )
    place: int | None = strawberry.field(description="Told once every section has a total.")
    tied: bool = strawberry.field(description="Others share the place.")
    tier: str | None = strawberry.field(description="Null where it is open; see the findings.")
    unstated: list[str] = strawberry.field(description="Measures that are still to be recorded.")
    components: list[EvaluationComponent] = strawberry.field(description="What the total is of.")
    marks: list[EvaluationMark] = strawberry.field(description="In the order of recording.")
    counted: list[EvaluationCount] = strawberry.field(
        description="What the office's books say, as it was last counted."
    )
    panels: list[EvaluationPanel] = strawberry.field(description="The ratings.")
    targets: list[SectionTarget] = strawberry.field(description="Proposed for the year.")


@strawberry.type
class EvaluationFinding:
    """Something that the text leaves open, and that is therefore not decided here."""

    code: str = strawberry.field(description="A stable code.")
    message: str = strawberry.field(description="A sentence for people.")
    clause: Clause = strawberry.field(description="The clause that leaves it open.")


def _for_a_panel(root: Any) -> dict[str, str]:
    """Whether somebody may rate is told of the first panel that is cast in person."""
    return {PANEL: root.in_person[0]} if root.in_person else {}


@strawberry.type
class EvaluationRound:
    """An evaluation of the sections of an institution."""

    id: strawberry.ID = strawberry.field(description="To conduct and read it.")
    kind: str = strawberry.field(description="evaluation.round …")
    round: str = strawberry.field(description="Which of the office's, by its row in `rounds`.")
    label: str = strawberry.field(description="What people call it.")
    year: int = strawberry.field(description="The year.")
    period: int = strawberry.field(description="Which of the year's, from 1.")
    in_person: list[str] = strawberry.field(
        description="The panels whose members cast their ballots themselves."
    )
    public_until: date | None = strawberry.field(
        description="Until when the results are made public; null where no clause gives a term."
    )
    opened_at: datetime = strawberry.field(description="When it was opened.")
    closed_at: datetime | None = strawberry.field(description="Since when it is final.")
    resolution: str | None = strawberry.field(
        description="The number of the request that fixed it."
    )
    sections: list[EvaluatedSection] = strawberry.field(description="In the office's order.")
    findings: list[EvaluationFinding] = strawberry.field(description="What the text leaves open.")
    allowed_actions: list[LivingAction] = of_object(lambda root: root.kind, _for_a_panel)


def shown(round_: Round, language: str) -> EvaluationRound:
    words = Words(round_.living, language)
    return told(
        EvaluationRound,
        round_,
        words,
        kind=round_.kind.code,
        round=round_.row.id,
        label=said(round_.row.label, language),
        in_person=list(round_.cast_in_person),
        public_until=round_.row.public_until(round_.closed_at.astimezone(OFFICE_TIME).date())
        if round_.closed_at
        else None,
        sections=[_section(round_, each, words) for each in round_.sections],
        findings=[
            told(
                EvaluationFinding,
                each,
                words,
                message=sentence(each.code, each.details, language),
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
        unit_id=global_id("Unit", section.unit),
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
                ballots=len(ratings),
                mean=mean(ratings),
            )
            for each in round_.scheme.panels
            for ratings in [section.ratings.get(each.measure, ())]
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
        "label": said(words.living.shapes.measures[mark.measure].label, words.language),
        "value": value,
        "clause": clause_of(words.living, mark.clause),
    }


def _figure(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(plain(value))
