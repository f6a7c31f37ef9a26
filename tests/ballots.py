"""Secret ballots in tests: a recommendation meeting of the construction bureau, and who votes."""

from typing import Any
from uuid import uuid4

from tests.office import REFUSAL, Api, Visitor
from tests.sittings import keep, never_met

OFFICE = "construction-bureau"
BODY = "recommendation_meeting"
CAST = f"""mutation ($input: CastBallotInput!) {{ castBallot(input: $input) {{ __typename
  ... on BallotCast {{ ballot {{ title voted }} }} ... on Refusal {{ {REFUSAL} }} }} }}"""
OPEN = "{ openBallots { id title body voted } }"


async def voters_of(api: Api, count: int) -> list[Visitor]:
    """So many people of the office, each with an account of their own, always the same."""
    found = await api.rows(
        """select distinct on (person_id) account from accounts
           where institution_id = $1 and account !~ $2 order by person_id, account limit $3""",
        *(OFFICE, f"^{BODY}@", count),
    )
    return [await api.person(row["account"]) for row in found]


async def met(api: Api, voters: list[Visitor], matter: str = "party.activist") -> tuple[Any, str]:
    """A sitting that has begun, to which all of these came, and its only item."""
    await never_met(api)
    keeper = await api.person(f"{BODY}@{OFFICE}")
    sitting = await keep(
        keeper,
        "callSitting",
        body=BODY,
        beginsAt="2026-03-02T09:00:00+08:00",
        agenda=[{"title": "推荐入党积极分子", "matter": matter}],
    )
    people = [(await each.one("{ viewer { id } }"))["id"] for each in voters]
    members = [{"personId": each, "attended": True} for each in people]
    await keep(keeper, "recordAttendance", sittingId=sitting["id"], members=members)
    return keeper, sitting["items"][0]["id"]


async def cast(voter: Visitor, item: str, choice: str, key: str | None = None) -> Any:
    given = {"itemId": item, "choice": choice, "idempotencyKey": key or str(uuid4())}
    answer = await voter.one(CAST, {"input": given})
    return answer.get("ballot", answer)
