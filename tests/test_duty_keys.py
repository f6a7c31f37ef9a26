"""Keys of the duty room: whose each is, and to whom it goes."""

from tests.driving import add, give
from tests.office import Api

BUREAU = "construction-bureau"


async def test_a_key_of_the_duty_room_is_kept_and_handed_over_and_never_lent(api: Api) -> None:
    clerk, staff, chief = [
        await api.person(f"{each}@{BUREAU}") for each in ("office_clerk", "staff", "section_chief")
    ]
    assert (await add(staff, "DutyKey", name="自配钥匙"))["code"] == "NOT_A_KEEPER"
    key = await add(clerk, "DutyKey", name="值班室一号钥匙")
    key = await give(clerk, key, f"staff@{BUREAU}")
    before = await api.counts()
    lent = await give(staff, key, f"section_chief@{BUREAU}", "LENT")
    assert lent["__typename"] == "Refusal"
    assert (await give(chief, key, f"section_chief@{BUREAU}", "OFFERED"))["__typename"] == "Refusal"
    assert await api.counts() == before
    offered = await give(staff, key, f"section_chief@{BUREAU}", "OFFERED")
    taken = await give(chief, offered, f"section_chief@{BUREAU}", "TAKEN_OVER")
    assert taken["version"] == 4
