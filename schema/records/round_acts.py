"""Rounds of evaluation in the API: opened, marked, rated, closed and read."""

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import ROUNDS
from resolvers.records import marking
from resolvers.records import rounds as conducting
from resolvers.records.round_rows import Round, every_round, rounds_of
from schema.ground import edges
from schema.ground.errors import Refusal
from schema.ground.fields import Info, mutation, query
from schema.ground.ids import argument, uuid_if_given, uuid_of
from schema.ground.scalars import JSON
from schema.records.rounds import EvaluationRound, shown

KEY = "The same key is answered once."
ROUND = "The round."
UNIT = "The section, by `unitId` of the round."
WHY = "Why, in a few words."


@strawberry.type
class EvaluationKept:
    """The act is kept."""

    round: EvaluationRound = strawberry.field(description="As the act left it.")


EvaluationActResult = Annotated[EvaluationKept | Refusal, strawberry.union("EvaluationActResult")]


@strawberry.input
class OpenEvaluationRoundInput:
    """A year's round for every section."""

    institution: str = strawberry.field(description="The institution's code.")
    round: str | None = strawberry.field(
        default=None, description="Which of the office's evaluations; the only one if absent."
    )
    year: int = strawberry.field(description="The year that is evaluated.")
    period: int = strawberry.field(default=1, description="Which of the year's: a half, a month.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class RecordEvaluationMarkInput:
    """What was found of a section. The points are the clause's own."""

    round_id: strawberry.ID = strawberry.field(description=ROUND)
    unit_id: strawberry.ID = strawberry.field(description=UNIT)
    clause: str = strawberry.field(description="<regulation id>/<cite>")
    measure: str = strawberry.field(description="What the clause counts: late, business_points …")
    value: JSON = strawberry.field(
        description="How often; for what is judged the points; else true or the degree."
    )
    reason: str = strawberry.field(description=WHY)
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class CancelEvaluationMarkInput:
    """A mark that was wrong."""

    mark_id: strawberry.ID = strawberry.field(description="The mark.")
    reason: str = strawberry.field(description=WHY)
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class CountEvaluationMarksInput:
    """A round whose counted marks are to be taken from the books anew."""

    round_id: strawberry.ID = strawberry.field(description=ROUND)
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class RateEvaluatedSectionInput:
    """One's own ballot on a section."""

    round_id: strawberry.ID = strawberry.field(description=ROUND)
    unit_id: strawberry.ID = strawberry.field(description=UNIT)
    panel: str | None = strawberry.field(
        default=None, description="Of `inPerson`; the only one if absent."
    )
    rating: Decimal = strawberry.field(description="On the panel's scale.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class EnterEvaluationRatingsInput:
    """Ballots that were cast on paper."""

    round_id: strawberry.ID = strawberry.field(description=ROUND)
    unit_id: strawberry.ID = strawberry.field(description=UNIT)
    panel: str = strawberry.field(description="supervisor_rating, client_rating …")
    ratings: list[Decimal] = strawberry.field(description="One for each ballot.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class CloseEvaluationRoundInput:
    """The end of a round."""

    round_id: strawberry.ID = strawberry.field(description=ROUND)
    request_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="The approved request for the result, submitted after the last record; null "
        "where no clause says who fixes it.",
    )
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


async def evaluation_rounds(info: Info, institution: str) -> list[EvaluationRound | None]:
    """The rounds of one's own institution, the latest year first; null for one not to be shown."""
    conducting.must_be_own(info.context, institution)
    return [
        await edges.in_place("rounds", each, lambda found: shown(found, info.context.language))
        for each in await every_round(info.context)
    ]


async def evaluation_round(info: Info, id: strawberry.ID) -> EvaluationRound | None:
    """A round with totals, places, tiers and what each is made of; null where there is none."""
    found = await rounds_of(info.context, argument(id, {"EvaluationRound"}, "id")[1])
    return shown(found[0], info.context.language) if found else None


async def open_evaluation_round(info: Info, input: OpenEvaluationRoundInput) -> EvaluationKept:
    """Open an evaluation of every section."""
    asked = (input.institution, input.round, input.year, input.period)
    return _kept(await conducting.open_round(info.context, ROUNDS[0], *asked), info)


async def record_evaluation_mark(info: Info, input: RecordEvaluationMarkInput) -> EvaluationKept:
    """Record a deduction, an award or the points of a section under the clause that counts it."""
    round_ = await marking.record_mark(
        info.context,
        uuid_of(input.round_id, "EvaluationRound", "roundId"),
        uuid_of(input.unit_id, "Unit", "unitId"),
        clause=input.clause,
        measure=input.measure,
        value=input.value,
        reason=input.reason,
    )
    return _kept(round_, info)


async def cancel_evaluation_mark(info: Info, input: CancelEvaluationMarkInput) -> EvaluationKept:
    """Cancel a mark; it stays to be seen and counts no more."""
    mark = uuid_of(input.mark_id, "EvaluationMark", "markId")
    return _kept(await marking.cancel_mark(info.context, mark, input.reason), info)


async def count_evaluation_marks(info: Info, input: CountEvaluationMarksInput) -> EvaluationKept:
    """Take from the office's books what its counts say of each section, as it stands today."""
    round_id = uuid_of(input.round_id, "EvaluationRound", "roundId")
    return _kept(await marking.count_marks(info.context, round_id), info)


async def rate_evaluated_section(info: Info, input: RateEvaluatedSectionInput) -> EvaluationKept:
    """Cast one's ballot on a section for a panel of one's own; never on one's own section."""
    round_ = await conducting.rate(
        info.context,
        uuid_of(input.round_id, "EvaluationRound", "roundId"),
        uuid_of(input.unit_id, "Unit", "unitId"),
        input.panel,
        input.rating,
    )
    return _kept(round_, info)


async def enter_evaluation_ratings(
    info: Info, input: EnterEvaluationRatingsInput
) -> EvaluationKept:
    """Enter the ballots of supervisors or clients; nobody is told who cast which."""
    round_ = await conducting.enter_ratings(
        info.context,
        uuid_of(input.round_id, "EvaluationRound", "roundId"),
        uuid_of(input.unit_id, "Unit", "unitId"),
        input.panel,
        input.ratings,
    )
    return _kept(round_, info)


async def close_evaluation_round(info: Info, input: CloseEvaluationRoundInput) -> EvaluationKept:
    """Make the results final, as the body resolved on the request for them."""
    round_ = await conducting.close_round(
        info.context,
        uuid_of(input.round_id, "EvaluationRound", "roundId"),
        uuid_if_given(input.request_id, "Request", "requestId"),
    )
    return _kept(round_, info)


async def replay(info: Info, answer: Any) -> EvaluationKept:
    [round_] = await rounds_of(info.context, UUID(answer["round"]))
    return _kept(round_, info)


def _kept(round_: Round, info: Info) -> EvaluationKept:
    return EvaluationKept(round=shown(round_, info.context.language))


def _act(resolver: Any) -> Any:
    return mutation(resolver, EvaluationActResult, permission="rounds", replay=replay)


@strawberry.type
class Query:
    evaluation_rounds = query(evaluation_rounds, list[EvaluationRound | None], permission="rounds")
    evaluation_round = query(evaluation_round, EvaluationRound | None, permission="rounds")


@strawberry.type
class Mutation:
    open_evaluation_round = _act(open_evaluation_round)
    record_evaluation_mark = _act(record_evaluation_mark)
    cancel_evaluation_mark = _act(cancel_evaluation_mark)
    count_evaluation_marks = _act(count_evaluation_marks)
    rate_evaluated_section = _act(rate_evaluated_section)
    enter_evaluation_ratings = _act(enter_evaluation_ratings)
    close_evaluation_round = _act(close_evaluation_round)
