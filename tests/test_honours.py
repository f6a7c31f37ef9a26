"""Honours of a year: who has none, because of what was decided of them or of theirs."""

from typing import Any

import pytest

from tests.balances import enter
from tests.office import Api, Visitor, cites, problems
from tests.test_consequences import SHOWN, act

BUREAU, SCIENCE = "hrss-bureau", "science-bureau"
GIVEN = {"honouredOn": "2026-03-02", "honour": "先进个人"}


@pytest.fixture
async def office(api: Api) -> Api:
    await api.empty("honours", "occurrences", "consequence_turns")
    return api


async def barred(clerk: Visitor, role: str, office: str) -> Any:
    """Whether an honour is refused, by which clause; one that is entered is gone again."""
    before = await clerk.api.counts()
    answer = await enter(clerk, "Honour", f"{role}@{office}", **GIVEN)
    if isinstance(answer, str):
        await clerk.api.empty("honours")
        return None
    assert await clerk.api.counts() == before
    assert problems(answer) == {("personId", "NOT_ELIGIBLE")}
    return cites([each["clause"] for each in answer["problems"]])


async def test_nobody_is_honoured_in_a_year_in_which_they_or_theirs_were_dealt_with(office: Api):
    clerk = await office.person(f"office_clerk@{BUREAU}")
    deputy = await office.person(f"deputy_in_charge@{BUREAU}")
    concerned = ("staff", "section_chief", "deputy_in_charge")
    of = {"happenedOn": "2026-03-02", "what": "absent_without_leave", "amount": "1"}
    assert isinstance(await enter(clerk, "Occurrence", f"staff@{BUREAU}", **of), str)
    for role in concerned:
        assert await barred(clerk, role, BUREAU) is None, "nothing is decided yet"
    found = await deputy.one(f"{{ consequences {{ {SHOWN} }} }}")
    [mine, *_] = [each for each in found if each["clause"]["cite"] == "五、2"]
    imposed = await act(deputy, "decideConsequence", mine, outcome="IMPOSE")
    assert imposed["state"] == "IMPOSED", imposed
    for role in concerned:
        assert await barred(clerk, role, BUREAU) == ["staff-management/五、3"], role
    for role in ("section_chief_2", "deputy_in_charge_2"):
        assert await barred(clerk, role, BUREAU) is None, "those of other sections"


async def test_where_the_text_names_nobody_who_decides_being_dealt_with_is_entered(office: Api):
    clerk = await office.person(f"office_clerk@{BUREAU}")
    of = {"happenedOn": "2026-03-02", "what": "absent_without_leave", "amount": "2"}
    assert isinstance(await enter(clerk, "Occurrence", f"staff@{BUREAU}", **of), str)
    assert await barred(clerk, "staff", BUREAU) is None, "nobody has dealt with it yet"
    dealt = {"happenedOn": "2026-03-02", "what": "absence_dealt_with"}
    assert isinstance(await enter(clerk, "Occurrence", f"staff@{BUREAU}", **dealt), str)
    for role in ("staff", "section_chief", "deputy_in_charge"):
        assert await barred(clerk, role, BUREAU) == ["staff-management/五、3"], role
    assert await barred(clerk, "section_chief_2", BUREAU) is None, "those of other sections"


async def test_whoever_was_criticised_in_public_has_no_honour_that_year(office: Api):
    clerk = await office.person(f"office_clerk@{SCIENCE}")
    chief = await office.person(f"office_director@{SCIENCE}")
    assert await barred(clerk, "staff", SCIENCE) is None
    of = {"happenedOn": "2026-02-10", "what": "civility_criticised"}
    entered = [await enter(each, "Occurrence", f"staff@{SCIENCE}", **of) for each in (clerk, chief)]
    assert any(isinstance(each, str) for each in entered), entered
    assert await barred(clerk, "staff", SCIENCE) == ["civility/三、2"]
