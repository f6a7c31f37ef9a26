"""A kit for tests of lent seats and posts: who has which seat, lending, and what came of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from tests.office import REFUSAL, Api, Visitor

DELEGATION = """id state vacant begins ends kinds excepted document reason endedAt
  limit { fact maximum } seat { id role unit } lender { id name account }
  borrower { id name account } endedBy { name }"""
WAITS = "waits { id said askedBy mine state }"
LENT = f"""__typename ... on Lent {{ {WAITS} delegation {{ {DELEGATION} }} }}
  ... on Refusal {{ {REFUSAL} }}"""
POST = f"""__typename
  ... on PostChanged {{ {WAITS} seat {{ id role unit holders {{ name account }} }} }}
  ... on Refusal {{ {REFUSAL} }}"""
HANDED = f"""__typename ... on HandedOver {{ {WAITS} person {{ name }} lastDay endedLoans
  successions {{ seat {{ id role unit holders {{ name }} }} successor {{ name }} }}
  steps {{ id number }} pendingRequests {{ id number kind status }} }}
  ... on Refusal {{ {REFUSAL} }}"""
ACTING = """title status onBehalfOf { role unit } decidedBy { name }
  actingFor { person { name } document delegation }"""


async def id_of(visitor: Visitor) -> str:
    """The person's own global id."""
    return str((await visitor.one("{ viewer { id } }"))["id"])


async def name_of(visitor: Visitor) -> str:
    return str((await visitor.one("{ viewer { name } }"))["name"])


async def seat_of(visitor: Visitor, role: str, unit: str | None = None) -> str:
    """A seat that the visitor holds today."""
    seats = (await visitor.one("{ viewer { seats { id role unit } } }"))["seats"]
    return next(s["id"] for s in seats if s["role"] == role and unit in (None, s["unit"]))


CONFIRMED = f"__typename ... on Administered {{ {WAITS} link }} ... on Refusal {{ {REFUSAL} }}"


async def asked(visitor: Visitor, name: str, shown: str, /, key: str = "", **given: Any) -> Any:
    """One mutation with an input: its payload or its refusal."""
    words = name[0].upper() + name[1:]
    return await visitor.one(
        f"mutation ($input: {words}Input!) {{ {name}(input: $input) {{ {shown} }} }}",
        {"input": {**given, "idempotencyKey": key or str(uuid4())}},
    )


async def change(visitor: Visitor, name: str, shown: str, /, key: str = "", **given: Any) -> Any:
    """The same; where it waits for a second person, another administrator confirms it."""
    key = key or str(uuid4())
    answer = await asked(visitor, name, shown, key, **given)
    if not answer.get("waits") or answer["waits"]["state"] != "PENDING":
        return answer
    institution = visitor.account.partition("@")[2]
    me = await name_of(visitor)
    for other in ("system_admin", "system_admin_2"):
        second = await visitor.api.person(f"{other}@{institution}")
        if await name_of(second) != me:
            done = await asked(second, "confirmAct", CONFIRMED, actId=answer["waits"]["id"])
            if done["__typename"] == "Refusal":
                return done
            return await asked(visitor, name, shown, key, **given)
    raise AssertionError("nobody confirms")


async def lend(
    visitor: Visitor,
    seat: str,
    to: Visitor,
    begins: str = "2026-03-02",
    ends: str = "2026-03-31",
    **more: Any,
) -> Any:
    """The loan, or the refusal."""
    given = {"seatId": seat, "toPersonId": await id_of(to), "document": "人社党组〔2026〕3号"}
    answer = await change(
        visitor, "lendSeat", LENT, **given | {"begins": begins, "ends": ends} | more
    )
    return answer.get("delegation", answer)


async def end_loan(visitor: Visitor, loan: str, **more: Any) -> Any:
    answer = await change(visitor, "endLoan", LENT, delegationId=loan, **more)
    return answer.get("delegation", answer)


async def loans(visitor: Visitor, box: str = "LENT", **narrowed: Any) -> list[Any]:
    asked = "".join(f", {name}: {value}" for name, value in narrowed.items())
    found = await visitor.one(
        f"{{ delegations(box: {box}{asked}) {{ __typename ... on Refusal {{ {REFUSAL} }}"
        f" ... on DelegationConnection {{ totalCount edges {{ node {{ {DELEGATION} }} }} }} }} }}"
    )
    return [edge["node"] for edge in found["edges"]] if "edges" in found else [found]


async def recorded(api: Api, event: str) -> int:
    """How often an event stands in the ledger of the human resources bureau."""
    return int(
        await api.value(
            "select count(*) from ledger where institution_id = 'hrss-bureau' and event = $1", event
        )
    )


@asynccontextmanager
async def posts_restored(api: Api) -> AsyncIterator[Api]:
    """Whoever is appointed or leaves meanwhile, afterwards the office is as before."""
    before = await api.rows("select * from appointments")
    yield api
    await api.empty("delegations", "appointments")
    await api.superuser.copy_records_to_table("appointments", records=[tuple(r) for r in before])
    await api.run("update people set leaves = null")


async def appointed(api: Api, account: str, like: str) -> None:
    """Give a person the first seat of another's, as the database's owner could."""
    await api.run(
        "insert into appointments (institution_id, id, seat_id, person_id, begins)"
        " select a.institution_id, gen_random_uuid(), a.seat_id, o.person_id, date '2026-01-01'"
        " from accounts o, accounts l join appointments a"
        " on (a.institution_id, a.person_id) = (l.institution_id, l.person_id)"
        " where o.account = $1 and l.account = $2 and o.institution_id = l.institution_id limit 1",
        account,
        like,
    )
