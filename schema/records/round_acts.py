"""Rounds of evaluation in the API: opened, marked, rated, closed and read."""

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from domain import ROUNDS
from resolvers.records import marking
from resolvers.records import marking as rating_by
from resolvers.records import rounds as conducting
from resolvers.records.round_rows import every_round, rounds_of
from schema.ground import edges
from schema.ground.acts import act, acts, replayed, within
from schema.ground.fields import Info, query
from schema.ground.ids import Id
from schema.ground.scalars import JSON
from schema.records.rounds import EvaluationRound, shown


async def evaluation_rounds(info: Info, institution: str) -> list[EvaluationRound | None]:
    """The rounds of one's own institution, the latest year first; null for one not to be shown."""
    conducting.must_be_own(info.context, institution)
    return [
        await edges.in_place("rounds", each, lambda found: shown(found, info.context.language))
        for each in await every_round(info.context)
    ]


async def evaluation_round(
    info: Info, id: Annotated[UUID, Id("EvaluationRound")]
) -> EvaluationRound | None:
    """A round with totals, places, tiers and what each is made of; null where there is none."""
    found = await rounds_of(info.context, id)
    return shown(found[0], info.context.language) if found else None


RoundId = Annotated[UUID, Id("EvaluationRound"), "The round."]
UnitId = Annotated[
    tuple[str, UUID], Id("Unit", "Person"), "Whom it is of, by `unitId` of the round."
]
Line = Annotated[str | None, "A line of the ballot, `line` of `panels`; all alike if absent."]
Why = Annotated[str, "Why, in a few words."]


async def open_evaluation_round(
    info: Info,
    institution: Annotated[str, "The institution's code."],
    year: Annotated[int, "The year that is evaluated."],
    round: Annotated[
        str | None, "Which of the office's evaluations; the only one if absent."
    ] = None,
    period: Annotated[int, "Which of the year's: a half, a month."] = 1,
) -> None:
    """Open an evaluation of every section, or of everybody whom the clause names."""
    asked = (institution, round, year, period)
    await conducting.open_round(info.context, ROUNDS[0], *asked)


async def record_evaluation_mark(
    info: Info,
    round_id: RoundId,
    unit_id: UnitId,
    clause: Annotated[str, "<regulation id>/<cite>"],
    measure: Annotated[str, "What the clause counts: late, business_points …"],
    value: Annotated[JSON, "How often; for what is judged the points; else true or the degree."],
    reason: Why,
) -> None:
    """Record a deduction, an award or the points of a section under the clause that counts it."""
    found: dict[str, Any] = {"clause": clause, "measure": measure, "value": value, "reason": reason}
    await marking.record_mark(info.context, round_id, unit_id[1], **found)


async def cancel_evaluation_mark(
    info: Info, mark_id: Annotated[UUID, Id("EvaluationMark"), "The mark."], reason: Why
) -> None:
    """Cancel a mark; it stays to be seen and counts no more."""
    await marking.cancel_mark(info.context, mark_id, reason)


async def count_evaluation_marks(info: Info, round_id: RoundId) -> None:
    """Take from the office's books what its counts say of each section, as it stands today."""
    await marking.count_marks(info.context, round_id)


async def rate_evaluated_section(
    info: Info,
    round_id: RoundId,
    unit_id: UnitId,
    rating: Annotated[Decimal, "On the panel's scale."],
    panel: Annotated[str | None, "Of `inPerson`; the only one if absent."] = None,
    line: Line = None,
) -> None:
    """Cast one's ballot for a panel of one's own; never on oneself or one's own section."""
    await rating_by.rate(info.context, round_id, unit_id[1], panel, line, rating)


async def enter_evaluation_ratings(
    info: Info,
    round_id: RoundId,
    unit_id: UnitId,
    panel: Annotated[str, "supervisor_rating, client_rating …"],
    ratings: Annotated[list[Decimal], "One for each ballot."],
    line: Line = None,
) -> None:
    """Enter the ballots of supervisors or clients; nobody is told who cast which."""
    await rating_by.enter_ratings(info.context, round_id, unit_id[1], panel, line, ratings)


async def close_evaluation_round(
    info: Info,
    round_id: RoundId,
    request_id: Annotated[
        UUID | None,
        Id("Request"),
        "The approved request for the result, submitted after the last record; null where no"
        " clause says who fixes it.",
    ] = None,
) -> None:
    """Make the results final, as the body resolved on the request for them."""
    await conducting.close_round(info.context, round_id, request_id)


async def _kept(info: Info, round_id: UUID) -> EvaluationRound:
    [found] = await rounds_of(info.context, round_id)
    return shown(found, info.context.language)


KEPT = within(_kept, "EvaluationKept", "The act is kept.", round="As the act left it.")
ACT: Any = {
    "permission": "rounds",
    "result": "EvaluationActResult",
    "replay": replayed(KEPT, "round"),
}
FIELDS = (
    query(evaluation_rounds, "rounds"),
    query(evaluation_round, "rounds"),
    *acts(open_evaluation_round, record_evaluation_mark, cancel_evaluation_mark, **ACT),
    *acts(count_evaluation_marks, rate_evaluated_section, enter_evaluation_ratings, **ACT),
    act(close_evaluation_round, **ACT),
)
