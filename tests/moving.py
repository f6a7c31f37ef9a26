"""An office that moves in: founded, its founders signed in, and what they ask for confirmed."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from tests.office import REFUSAL, Api, Visitor

OFFICE = "river-bureau"
PASSWORD = "清溪长流七号楼上灯火"
ACT = "id said askedBy mine state why"
ADMINISTERED = f"""__typename ... on Administered {{ waits {{ {ACT} }} unitId account link
  person {{ id name account }} seat {{ id role unit holders {{ name }} }} }}
  ... on Refusal {{ {REFUSAL} }}"""
CREATED = f"""__typename
  ... on InstitutionCreated {{ institution founders {{ name account link }} }}
  ... on Refusal {{ {REFUSAL} }}"""
FOUNDERS = [{"name": "王芳", "account": "wang.fang"}, {"name": "李强", "account": "li.qiang"}]
SPENT = f"__typename ... on LinkSpent {{ account }} ... on Refusal {{ {REFUSAL} }}"


async def do(who: Visitor, name: str, shown: str = ADMINISTERED, /, **given: Any) -> Any:
    """A mutation with an input: what it answers."""
    words = name[0].upper() + name[1:]
    return await who.one(
        f"mutation ($input: {words}Input!) {{ {name}(input: $input) {{ {shown} }} }}",
        {"input": {"idempotencyKey": str(uuid4()), **given}},
    )


async def spend(api: Api, link: str, password: str = PASSWORD) -> Any:
    answer = await api.ask(
        f"mutation ($input: SpendLinkInput!) {{ spendLink(input: $input) {{ {SPENT} }} }}",
        {"input": {"link": link, "password": password}},
    )
    return answer.data["spendLink"]


async def signed_in(api: Api, account: str, password: str = PASSWORD) -> Visitor:
    answer = await api.ask(
        "mutation ($input: SignInInput!) { signIn(input: $input) {"
        " ... on SignedIn { token } ... on Refusal { code } } }",
        {"input": {"account": account, "password": password}},
    )
    # As if by a code, which administrators owe once the office is founded.
    await api.run("update sessions set proved_at = now()")
    return Visitor(api, account, answer.data["signIn"]["token"])


@dataclass
class Founded:
    """An office while it is founded: each act of the first founder is confirmed by the second."""

    api: Api
    first: Visitor
    second: Visitor

    async def done(self, name: str, shown: str = ADMINISTERED, /, **given: Any) -> Any:
        asked = await do(self.first, name, shown, **given)
        assert asked["__typename"] != "Refusal", asked
        done = await do(self.second, "confirmAct", actId=asked["waits"]["id"])
        assert done["__typename"] == "Administered", done
        return {**asked, "link": done["link"]}

    async def root(self) -> str:
        [unit] = await self.first.one("{ units { id } }")
        return str(unit["id"])

    async def seat(self, unit: str, role: str) -> str:
        return str((await self.done("addSeat", unitId=unit, role=role))["seat"] or "")

    async def seats(self) -> dict[tuple[str, str], str]:
        found = await self.first.one("{ seats { id role unit { name } } }")
        return {(each["unit"]["name"], each["role"]): each["id"] for each in found}

    async def hired(self, name: str, *seats: tuple[str, str], **more: Any) -> dict[str, Any]:
        """Somebody added and appointed to these seats, by unit and role, from today on."""
        added = await self.done("addPerson", name=name, **more)
        [person] = [
            p
            for p in await self.first.one(f'{{ people(text: "{name}") {{ id name account }} }}')
            if p["account"].split("@")[0] == more.get("account", p["account"].split("@")[0])
        ]
        known = await self.seats()
        for each in seats:
            await self.appointed(known[each], person["id"])
        return {**added, **person}

    async def appointed(self, seat: str, person: str) -> Any:
        day = self.api.now.date().isoformat()
        shown = (
            f"__typename ... on PostChanged {{ waits {{ {ACT} }} }} ... on Refusal {{ {REFUSAL} }}"
        )
        return await self.done(
            "fillSeat", shown, seatId=seat, personId=person, begins=day, document="水人〔2026〕1号"
        )


async def founded(api: Api, **more: Any) -> Founded:
    """The office with both founders signed in."""
    platform = await api.person("platform_admin")
    given = {"code": OFFICE, "name": "清河区水务局", "founders": FOUNDERS, **more}
    made = await do(platform, "createInstitution", CREATED, **given)
    assert made["__typename"] == "InstitutionCreated", made
    doors = []
    for founder in made["founders"]:
        assert (await spend(api, founder["link"]))["account"] == founder["account"]
        doors.append(await signed_in(api, founder["account"]))
    return Founded(api, *doors)
