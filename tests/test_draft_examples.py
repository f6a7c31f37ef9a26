"""An office holds its rules to examples and turns switches, each by lines that drafts change."""

from typing import Any

import pytest

from domain.rules.routes import Finding, Route, RouteStep
from domain.rules.switches import Example, read_route, write_route
from tests.drafting import (
    ANALYSIS,
    INTERPRETED,
    KIND,
    SPENT,
    administrators,
    centre,
    drafted,
    enacted,
    submitted,
)
from tests.office import Api, problems

__all__ = ["centre"]

PROMISED = {
    "example": "八百元由主管财经副职批准",
    "kind": KIND,
    "facts": "amount=800",
    "route": "finance_deputy",
}
SAID = {
    "clause": "interpretation/97",
    "title": "本机关设定",
    "clause_kind": "interpretation",
    "area": "finance",
    "summary": "试行期内适用",
}


def step(role: str, act: str, place: int, *others: str) -> RouteStep:
    return RouteStep(role, others, act, ("a/1",), place)


ROUTE = Route(
    Finding.ROUTED,
    (
        step("section_chief", "endorse", 0),
        step("office_clerk", "sign", 1),
        step("deputy", "approve", 1, "director"),
    ),
)


@pytest.mark.parametrize(
    ("written", "holds"),
    [
        ("endorse:section_chief > sign:office_clerk + approve:deputy|director", True),
        ("section_chief>director|deputy+office_clerk", True),
        ("approve:section_chief > office_clerk + deputy|director", False),
        ("section_chief > office_clerk > deputy|director", False),
        ("section_chief", False),
        ("section_chief > office_clerk + deputy", False),
        ("GAP", False),
        ("none", False),
    ],
)
def test_a_route_holds_where_its_turns_are_those_that_are_written(
    written: str, holds: bool
) -> None:
    example = Example("一", KIND, {}, written, read_route(written))
    assert example.holds(ROUTE) is holds
    assert example.holds(Route(Finding.GAP)) is (written == "GAP")


def test_a_route_is_written_as_it_is_read() -> None:
    for found in (ROUTE, Route(Finding.GAP), Route(Finding.ROUTED)):
        assert Example("一", KIND, {}, "", read_route(write_route(found))).holds(found)


async def test_a_broken_example_blocks_until_it_is_changed_with_a_reason(centre: Api) -> None:
    admin, _ = await administrators(centre)
    kept = {"file": "examples", "add": PROMISED}
    broken = await drafted(admin, [kept])
    assert problems(await submitted(admin, broken)) == {("draftId", "EXAMPLE_BROKEN")}
    told = await admin.one(ANALYSIS, {"id": broken["id"]})
    assert told["examples"] == [
        {"example": PROMISED["example"], "expected": "finance_deputy", "found": "GAP"}
        | {"holds": False}
    ]
    await enacted(centre, [*INTERPRETED, kept])
    gone = [{"file": "finance", "remove": {**_of(INTERPRETED[2]), "institution": "service-centre"}}]
    back = await drafted(admin, gone)
    refused = await submitted(admin, back, reason="班子另定")
    assert ("draftId", "EXAMPLE_BROKEN") in problems(refused)
    dropped = await drafted(admin, [{"file": "examples", "remove": PROMISED}])
    assert problems(await submitted(admin, dropped)) == {("reason", "EXAMPLE_CHANGED")}
    told = await admin.one(ANALYSIS, {"id": dropped["id"]})
    assert told["examplesChanged"] == [PROMISED["example"]]
    asked = await submitted(admin, dropped, reason="班子另定")
    assert asked["waits"]["id"]


def _of(change: dict[str, Any]) -> dict[str, Any]:
    return dict(change["add"])


@pytest.mark.parametrize(
    ("file", "line", "column"),
    [
        ("examples", {**PROMISED, "kind": "expenditure.none"}, "kind"),
        ("examples", {**PROMISED, "facts": "amount=much"}, "facts"),
        ("examples", {**PROMISED, "facts": "amount=5 colour=red"}, "facts"),
        ("examples", {**PROMISED, "route": "emperor"}, "route"),
        ("examples", {**PROMISED, "example": " "}, "example"),
        ("switches", {"switch": "never_asks", "clause": "finance/三"}, "switch"),
        ("switches", {"switch": "escalates_gaps", "clause": "no/1"}, "clause"),
        ("switches", {"switch": "escalates_gaps", "clause": "finance/三", "of": "x"}, "of"),
    ],
)
async def test_a_line_that_cannot_be_read_is_named_by_its_column(
    centre: Api, file: str, line: dict[str, str], column: str
) -> None:
    admin, _ = await administrators(centre)
    refused = await drafted(admin, [{"file": file, "add": line}])
    assert [each["code"] for each in refused["problems"]] == ["ROW_AT_FAULT"]
    assert f" {column}：" in refused["problems"][0]["message"]


async def test_a_switch_is_turned_by_a_draft_and_cites_its_clause(centre: Api) -> None:
    clerk = await centre.person("staff@service-centre")
    assert (await clerk.submit(KIND, SPENT))["code"] == "GAP"
    switches = [
        {"file": "switches", "add": {"switch": name, "clause": SAID["clause"], "of": of}}
        for name, of in (("escalates_gaps", "finance"), ("demands_reasons", KIND))
    ]
    await enacted(centre, [{"file": "clauses", "add": SAID}, *switches])
    routed = await clerk.submit(KIND, SPENT)
    assert routed["steps"], routed
    decider = await centre.person(f"{routed['steps'][0]['role']}@service-centre")
    turn = await decider.turn()
    silent = await decider.decide(turn["id"], "REJECT")
    assert (problems(silent), silent["problems"][0]["clause"]["regulation"]) == (
        {("comment", "REASON_DEMANDED")},
        "interpretation",
    )
    said = await decider.decide(turn["id"], "REJECT", comment="没有预算")
    assert said.get("status") == "REJECTED", said
