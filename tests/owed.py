"""Whose section somebody is of, and what is owed in a year."""

from tests.office import Visitor


async def unit_of(visitor: Visitor, role: str = "section_chief") -> str:
    seats = (await visitor.one("{ viewer { seats { role unitId } } }"))["seats"]
    return next(each["unitId"] for each in seats if each["role"] == role and each["unitId"])


async def duties(visitor: Visitor, activity: str, year: int = 2026) -> list[tuple[str, str]]:
    """The unit's name and the state of each duty of a year that is called so."""
    found, after = [], None
    while True:
        page = await visitor.one(
            "query ($after: String) { duties(from: "
            f'"{year}-01-01", to: "{year}-12-31", first: 100, after: $after) {{'
            " ... on DutyConnection { edges { node { activity state unit } }"
            " pageInfo { hasNextPage endCursor } } } }",
            {"after": after},
        )
        nodes = [edge["node"] for edge in page["edges"]]
        found += [
            (each["unit"] or "", each["state"]) for each in nodes if each["activity"] == activity
        ]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]
