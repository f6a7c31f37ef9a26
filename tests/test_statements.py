"""How many statements an operation runs: a fixed number, however much there is to read."""

from typing import Any

import pytest

from tests.office import INBOX, REQUEST, SIX_DAYS, Api, Visitor, leave

LISTS = {
    "inbox": (INBOX, 4),
    "inbox without steps": ("{ inbox { edges { node { id summary } } } }", 2),
    "inbox with its total": ("{ inbox { totalCount edges { node { id } } } }", 3),
    **{
        box: (f"{{ requests(box: {box}) {{ edges {{ node {{ {REQUEST} }} }} }} }}", 4)
        for box in ("MINE", "TO_DECIDE", "HANDLED", "COPIED", "UNIT")
    },
    "box counts": ("{ boxCounts { box count } }", 2),
    "viewer": ("{ viewer { name seats { title unit holders { name } } } }", 1),
    "kinds": ('{ kinds(institution: "hrss-bureau") { kind label fields } }', 1),
    "clauses": (
        (
            '{ clauses(institution: "hrss-bureau", first: 100)'
            " { totalCount edges { node { id summary enforcedBy } } } }"
        ),
        1,
    ),
}
"""Each with the most that it may run, the viewer's own included."""


@pytest.fixture(autouse=True)
async def no_second_passes(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """A calendar is read anew every second, which is not what is counted here."""
    monkeypatch.setattr(api.services.calendars, "_clock", lambda: 0.0)


async def counted(api: Api, visitor: Visitor, query: str, variables: Any = None) -> int:
    """The statements of one operation, once the rulebook and the calendar are known."""
    await visitor.ask(query, variables)
    api.statements.clear()
    assert (await visitor.ask(query, variables)).data
    return len(api.statements)


@pytest.mark.parametrize("name", LISTS)
async def test_a_list_runs_as_many_statements_for_thirty_rows_as_for_one(
    api: Api, name: str
) -> None:
    query, most = LISTS[name]
    staff, other, chief = [
        await api.person(f"{role}@hrss-bureau") for role in ("staff", "staff_2", "section_chief")
    ]
    for day in ("2026-03-09", "2026-03-10"):
        await staff.submit("leave.personal", leave(day))
    await chief.submit("leave.personal", leave("2026-03-09"))
    await chief.decide((await chief.inbox())[0]["step"]["id"])
    few = [await counted(api, visitor, query) for visitor in (staff, chief)]
    for number in range(10):
        month, day = divmod(number, 5)
        for visitor in (staff, other, chief):
            await visitor.submit("leave.personal", leave(f"2026-0{month + 4}-{day + 13:02}"))
    [step, *_] = await chief.inbox()
    await chief.decide(step["step"]["id"])
    many = [await counted(api, visitor, query) for visitor in (staff, chief)]
    assert many == few
    assert max(many) <= most


async def test_a_submission_and_a_decision_run_two_statements_each(api: Api) -> None:
    staff, chief = [await api.person(f"{role}@hrss-bureau") for role in ("staff", "section_chief")]
    await staff.submit("leave.personal", leave(SIX_DAYS[0]))
    for day in SIX_DAYS[1:]:
        api.statements.clear()
        request = await staff.submit("leave.personal", leave(day))
        assert len(api.statements) == 2, api.statements
        api.statements.clear()
        await chief.decide(request["steps"][0]["id"])
        assert len(api.statements) == 2 or day == SIX_DAYS[1], api.statements


async def test_a_preview_reads_once_and_writes_nothing(api: Api) -> None:
    staff = await api.person("staff@hrss-bureau")
    await staff.preview("leave.sick", leave("2026-03-09"))
    before = await api.counts()
    api.statements.clear()
    await staff.preview("leave.sick", leave("2026-03-09"))
    assert len(api.statements) == 1
    assert await api.counts() == before


async def test_two_fields_of_one_question_share_the_viewer(api: Api) -> None:
    staff = await api.person("staff@hrss-bureau")
    both = "{ viewer { name } inbox { edges { cursor } } }"
    assert await counted(api, staff, both) == 2
