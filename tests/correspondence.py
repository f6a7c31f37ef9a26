"""What the tests of correspondence share: who somebody is, what was sent, what was told."""

from typing import Any

from schema.ground.ids import read_id
from tests.office import Api, Visitor
from tests.papers import papers

HOME = "hrss-bureau"
SENT = """query ($id: ID!) { node(id: $id) { ... on Request { number
  copies { to { person { name } seat { role holders { name } } } by { name } at }
  circulations { id by { name } note at endedAt
    readers { to { person { name } seat { role } } readAt readBy { name } } } } } }"""
COPIED = """{ requests(box: COPIED) { totalCount
  edges { node { number copies { at } circulations { id } } } } }"""
NOTICES = """{ notices { unreadCount edges { node { code sentence seat { role }
  clause { cite } request { number } } } } }"""
STATION, COUNTY = "household-registration", "county-police-bureau"
"""Staff of Green Stone Station, whose requests go up to another institution's county bureau."""

BIRTH_DATE = {
    "explanation": "出生证所载日期与户口簿不一致",
    "hasWorkUnit": False,
    "attachments": papers("出生证或出生医学证明", "户口簿", "身份证"),
}


async def me(visitor: Visitor) -> str:
    return str((await visitor.one("{ viewer { id } }"))["id"])


async def seat_of(visitor: Visitor) -> str:
    return str((await visitor.one("{ viewer { seats { id } } }"))["seats"][0]["id"])


async def sent(visitor: Visitor, request_id: str) -> Any:
    """The request with its copies and circulations; None where it is out of sight."""
    return await visitor.one(SENT, {"id": request_id})


async def copied(visitor: Visitor) -> list[str]:
    found = await visitor.one(COPIED)
    assert found["totalCount"] == len(found["edges"])
    return [edge["node"]["number"] for edge in found["edges"]]


async def told(visitor: Visitor) -> list[Any]:
    return [edge["node"] for edge in (await visitor.one(NOTICES))["edges"]]


async def codes(visitor: Visitor) -> list[str]:
    return [notice["code"] for notice in await told(visitor)]


async def recorded(api: Api, event: str, request_id: str) -> list[str]:
    """The institutions in whose ledger such an act on the request stands."""
    sql = "select institution_id from ledger where event = $1 and request = $2 order by seq"
    return [row[0] for row in await api.rows(sql, event, read_id(request_id)[1])]


async def at_the_county(api: Api, applicant: Visitor) -> Any:
    """A request of the station that waits for the county bureau."""
    request = await applicant.submit("household.birth_date", BIRTH_DATE)
    for role in ("area_officer_2", "police_station_chief_2"):
        await (await api.person(f"{role}@{STATION}")).agree()
    return request
