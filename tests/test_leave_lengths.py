"""How long a leave for a marriage or a birth may be, by what is known and what is stated."""

from typing import Any

import pytest

from tests.office import Api, leave, problems
from tests.papers import papers


@pytest.mark.parametrize(
    ("born", "until", "code"),
    [
        ("2003-06-18", "2026-03-11", "GAP"),
        ("2003-06-18", "2026-03-12", "ABOVE_QUOTA"),
        ("2003-03-02", "2026-03-27", "GAP"),
        ("2003-03-02", "2026-03-30", "ABOVE_QUOTA"),
    ],
)
async def test_how_long_a_marriage_leave_may_be_hangs_on_the_age_on_record(
    api: Api, born: str, until: str, code: str
) -> None:
    refusal = await asked_by_a_woman(api, born, "leave.marriage", leave("2026-03-09", until))
    assert code in {refusal["code"], *(each["code"] for each in refusal["problems"])}


async def asked_by_a_woman(api: Api, born: str, kind: str, form: Any) -> Any:
    of = "from accounts a where a.person_id = people.id and a.account = 'staff@county-organs'"
    before = await api.value(f"select facts::text from people where exists (select {of})")
    known = f"""update people set facts = cast($1 as jsonb) where exists (select {of})"""
    await api.run(known, f'{{"gender": "female", "born": "{born}"}}')
    try:
        applicant = await api.person("staff@county-organs")
        return await applicant.submit(kind, form)
    finally:
        await api.run(known, before)


LATE, EARLY = {"ageAtMarriage": 24}, {"ageAtMarriage": 22}
TWINS = {"multipleBirthDays": "30"}


def beyond(field: str) -> set[tuple[str, str]]:
    return {(field, "ABOVE_QUOTA")}


@pytest.mark.parametrize(
    ("born", "until", "told", "against"),
    [
        ("2003-06-18", "2026-06-07", EARLY, set()),
        ("2003-06-18", "2026-06-08", EARLY, beyond("ends")),
        ("2003-06-18", "2026-06-08", {}, {("ageAtMarriage", "NEEDED_BY_RULES")}),
        ("1999-03-02", "2026-06-29", LATE, set()),
        ("1999-03-02", "2026-06-30", LATE, beyond("ends")),
        ("1999-03-02", "2026-06-08", {**EARLY, "firstChild": False}, beyond("ends")),
        ("1999-03-02", "2026-06-29", {**EARLY, "firstChild": True}, set()),
        ("1999-03-02", "2026-07-29", {**LATE, "oneChildDays": "30"}, set()),
        ("1999-03-02", "2026-07-30", {**LATE, "oneChildDays": "31"}, beyond("oneChildDays")),
        ("2003-06-18", "2026-06-22", {**EARLY, "difficultBirthDays": "15"}, set()),
        ("2003-06-18", "2026-06-07", {**EARLY, "prenatalDays": "16"}, beyond("prenatalDays")),
        ("2003-06-18", "2026-07-07", {**EARLY, **TWINS, "furtherInfants": 2}, set()),
        ("2003-06-18", "2026-07-07", {**EARLY, **TWINS, "furtherInfants": 1},
         beyond("multipleBirthDays")),
        ("2003-06-18", "2026-07-07", {**EARLY, **TWINS}, {("furtherInfants", "REQUIRED")}),
    ],
)  # fmt: skip
async def test_how_long_a_maternity_leave_may_be_hangs_on_what_is_added_for_what(
    api: Api, born: str, until: str, told: Any, against: Any
) -> None:
    form = leave("2026-03-02", until, **told, attachments=papers("准生证"))
    refusal = await asked_by_a_woman(api, born, "leave.maternity", form)
    assert problems(refusal) == against or (refusal["code"], against) == ("GAP", set())


@pytest.mark.parametrize(("gender", "said"), [("female", "Submitted"), ("male", "Refusal")])
async def test_nursing_time_is_for_women(api: Api, gender: str, said: str):
    nursing = {"begins": "2026-03-09", "ends": "2026-04-09", "minutesADay": 60}
    nursing |= {"fixedTime": "10:00-11:00", "childBorn": "2025-09-01"}
    of = "from accounts a where a.person_id = people.id and a.account = 'staff@hrss-bureau'"
    before = await api.value(f"select facts::text from people where exists (select {of})")
    known = f"update people set facts = cast($1 as jsonb) where exists (select {of})"
    await api.run(known, f'{{"gender": "{gender}"}}')
    try:
        asked = await (await api.person("staff@hrss-bureau")).submit("leave.nursing", nursing)
    finally:
        await api.run(known, before)
    refused = asked["__typename"] == "Refusal"
    assert refused is (said == "Refusal"), asked
    assert not refused or "限女职工" in asked["problems"][0]["message"]
