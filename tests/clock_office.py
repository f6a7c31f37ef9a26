"""An office whose complaints run against the clock, for the tests of clocks and of the worker."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from domain.time.moments import OFFICE_TIME
from resolvers.ground.context import Context
from resolvers.time.clocks import Subject, happened
from tests.office import REFUSAL, Api, Visitor

CENTRE = "service-centre"
CLOCK = """id action state dueAt provisional pausedAt warnedAt endedAt doneAt extendedUntil
  onExpiry consequence subjectKind subjectId clause { cite } responsible { role holders { name } }
  extensionAsked { by { name } until count reason }
  changes { what by { name } approvedBy { name } reason dueAt }"""
CLOCKS = f"""query ($state: ClockState, $mine: Boolean! = false) {{
  clocks(state: $state, mine: $mine) {{ totalCount edges {{ node {{ {CLOCK} }} }} }} }}"""


def moment(told: str) -> datetime:
    return datetime.fromisoformat(told).astimezone(OFFICE_TIME)


def day_of(clock: Any) -> str:
    return moment(clock["dueAt"]).date().isoformat()


async def seat(api: Api, role: str, institution: str = CENTRE) -> UUID:
    found: UUID = await api.value(
        "select id from seats where institution_id = $1 and role = $2 order by id limit 1",
        institution,
        role,
    )
    assert found is not None, role
    return found


@asynccontextmanager
async def acting(visitor: Visitor) -> AsyncIterator[Context]:
    """A mutation's context, for what areas do in their own transaction."""
    context = Context(visitor.api.services, token=visitor.token)
    async with context.write("clocks.act"):
        yield context


async def complain(api: Api, **more: Any) -> Subject:
    """A complaint was accepted now; its clock answers to the complaint clerk."""
    clerk = await seat(api, "complaint_clerk")
    subject = Subject(
        uuid4(), CENTRE, "complaint.case", None, (clerk,), applicant=more.get("applicant")
    )
    async with acting(await api.person(f"complaint_clerk@{CENTRE}")) as context:
        await happened(context, ["complaint.case.recorded"], subject)
    return subject


async def only(visitor: Visitor, **wanted: Any) -> Any:
    [edge] = (await visitor.one(CLOCKS, wanted))["edges"]
    return edge["node"]


async def told(api: Api, code: str) -> int:
    found: int = await api.value("select count(*) from notices where code = $1", code)
    return found


async def change(visitor: Visitor, name: str, **given: Any) -> Any:
    words = name[0].upper() + name[1:]
    answer = await visitor.one(
        f"mutation ($input: {words}Input!) {{ {name}(input: $input) {{ __typename"
        f" ... on ClockChanged {{ clock {{ {CLOCK} }} }} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {"idempotencyKey": str(uuid4()), **given}},
    )
    return answer.get("clock", answer)
