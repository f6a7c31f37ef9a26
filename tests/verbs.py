"""The turns of a long leave, and who takes them: what the tests of the verbs share."""

from typing import Any

from tests.office import Visitor, leave

LONG = ("2026-03-09", "2026-03-13")


async def long_leave(staff: Visitor) -> Any:
    """Three levels and the clerk: chief, deputy, director, record."""
    return await staff.submit("leave.personal", leave(*LONG))


async def seat(visitor: Visitor, role: str) -> str:
    seats = (await visitor.one("{ viewer { seats { id role } } }"))["seats"]
    return str(next(each["id"] for each in seats if each["role"] == role))


async def person(visitor: Visitor) -> str:
    return str((await visitor.one("{ viewer { id } }"))["id"])


def step(request: Any, role: str, status: str = "OPEN") -> str:
    found = [s for s in request["steps"] if (s["role"], s["status"]) == (role, status)]
    return str(found[-1]["id"])
