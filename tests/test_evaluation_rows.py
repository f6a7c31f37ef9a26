"""What holds of every evaluation that an office's rows name."""

from asyncio import gather
from typing import Any
from uuid import uuid4

import pytest

from domain.rules.rows import ALLOW
from domain.shapes.rounds import Round
from domain.vocabulary import Act
from policies import loading
from tests.office import Api, problems
from tests.records import records
from tests.test_evaluation_journey import act, of, read

EVERY = [
    (office, row)
    for office in loading.institutions()
    for row in loading.shipped(office).shapes.rounds
]
ROWS = pytest.mark.parametrize(("office", "row"), EVERY, ids=lambda each: getattr(each, "id", each))
TABLES = tuple(f"evaluation_{name}" for name in ("ballots", "marks", "results", "rounds"))


def keepers(office: str, row: Round) -> list[str]:
    """The roles whose lines let them conduct it."""
    lines = loading.shipped(office).acts
    return sorted(
        each.role
        for each in lines
        if (each.kind, each.act, each.effect) == (row.kind, Act.KEEP, ALLOW)
    )


async def begun(api: Api, office: str, row: Round) -> tuple[Any, dict[str, Any]]:
    await api.empty(*TABLES)
    keeper = await api.person(f"{keepers(office, row)[0]}@{office}")
    return keeper, {"institution": office, "year": 2026, "round": row.id}


@ROWS
async def test_it_is_opened_once_by_who_keeps_it_with_a_line(api: Api, office: str, row: Round):
    keeper, asked = await begun(api, office, row)
    key = str(uuid4())
    twins = await gather(*(act(keeper, "openEvaluationRound", key, **asked) for _ in range(2)))
    assert twins[0] == twins[1]
    both = await gather(
        *(act(keeper, "openEvaluationRound", **asked, period=row.times) for _ in range(2))
    )
    again = [each for each in both if "code" in each]
    assert len(again) == (2 if row.times == 1 else 1)
    assert all(problems(each) == {("year", "ROUND_EXISTS")} for each in again)
    opened = "l.event = 'evaluation_opened' and l.institution_id = $1"
    told = (await records(api, opened, office))[-(row.times or 1) :]
    assert {each["row"] for each in told} == {row.id}


@ROWS
async def test_twins_of_one_call_are_answered_alike(api: Api, office: str, row: Round):
    keeper, asked = await begun(api, office, row)
    round_ = await act(keeper, "openEvaluationRound", **asked)
    last = round_["sections"][-1]
    panels = [each for each in last["panels"] if each["panel"] not in round_["inPerson"]]
    if not panels:
        return
    given = {**of(round_, last["unit"]), "panel": panels[0]["panel"], "line": panels[0]["line"]}
    key = str(uuid4())
    one, other = await gather(
        *(act(keeper, "enterEvaluationRatings", key, **given, ratings=["90"]) for _ in range(2))
    )
    assert one == other
    assert await api.value("select count(*) from evaluation_ballots") == 1


@ROWS
async def test_others_do_nothing_to_it_and_another_office_sees_nothing(
    api: Api, office: str, row: Round
):
    keeper, asked = await begun(api, office, row)
    round_ = await act(keeper, "openEvaluationRound", **asked)
    unit = of(round_, round_["sections"][0]["unit"])
    mark = {"clause": row.clause, "measure": "late", "value": 1, "reason": "-"}
    acts = (
        ("recordEvaluationMark", {**unit, **mark}),
        ("enterEvaluationRatings", {**unit, "panel": "client_rating", "ratings": ["1"]}),
        ("rateEvaluatedSection", {**unit, "panel": "client_rating", "rating": "1"}),
        ("closeEvaluationRound", {"roundId": round_["id"]}),
    )
    abroad = next(each for each, _ in EVERY if each != office)
    staff = await api.person(f"driver@{office}")
    stranger = await api.person(f"{keepers(abroad, row)[0]}@{abroad}")
    before = await api.counts()
    for name, given in acts:
        refused = await act(staff, name, **given)
        assert refused["__typename"] == "Refusal", name
        assert problems(await act(stranger, name, **given)) == {("roundId", "ROUND_NOT_FOUND")}
    assert (await act(staff, "openEvaluationRound", **asked))["code"] == "NOT_YOURS_TO_DO"
    assert (await act(stranger, "openEvaluationRound", **asked))["code"] == "OTHER_INSTITUTION"
    assert await read(stranger, round_["id"]) is None
    assert await api.counts() == before


@ROWS
async def test_it_is_not_closed_before_everything_is_recorded(api: Api, office: str, row: Round):
    keeper, asked = await begun(api, office, row)
    round_ = await act(keeper, "openEvaluationRound", **asked)
    before = await api.counts()
    early = await act(keeper, "closeEvaluationRound", roundId=round_["id"])
    assert early["code"] == "EVALUATION_INCOMPLETE"
    assert await api.counts() == before
