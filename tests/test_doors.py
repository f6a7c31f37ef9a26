"""An office opens and closes doors by lines that cite a clause; the hard ones stay as they are."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from domain.shapes.doors import ANYONE, Door
from domain.shapes.verbs import Ruling
from policies import vocabulary
from policies.door_rows import changeable, labels
from policies.drafting import Change, changed, files_of, source_of
from policies.lines import Faults, RulebookError
from policies.loading import SHIPPED, load, read_source
from policies.permissions import HARD_ROLES, PERMISSIONS, ROLES_BY_PERMISSION, allows
from tests.changed_rules import restoring
from tests.drafting import drafted, submitted
from tests.moving import do
from tests.office import Api

CENTRE = "service-centre"
CITE = {
    "clause": "interpretation/98",
    "title": "本机关的解释",
    "clause_kind": "interpretation",
    "area": "conduct",
    "summary": "临时人员不外发清单;办公室主任可看审批矩阵",
}
FINDINGS = f'{{ matrixFindings(institution: "{CENTRE}") {{ problem }} }}'
PERMISSION = """{ permissions { hardRoles permissions { name label roles changeable operations
  doors { role title opens clause { cite } } } } }"""


def door(name: str, permission: str, role: str, effect: str) -> dict[str, str]:
    row = {"door": name, "clause": "interpretation/98", "permission": permission}
    return {**row, "role": role, "effect": effect}


def faults_of(*rows: dict[str, str]) -> set[tuple[str, str]]:
    """What is wrong with an office's rulebook that has these lines more."""
    words, faults = vocabulary.shipped(), Faults()
    files = files_of(read_source(SHIPPED / CENTRE, faults), words)
    lines = [Change("clauses", added=CITE), *(Change("doors", added=row) for row in rows)]
    after = changed(CENTRE, files, lines, faults)
    found = Faults()
    try:
        load(source_of(CENTRE, after), words, found)
    except RulebookError as error:
        return {(each.column, each.code) for each in error.faults}
    return set()


def test_every_permission_has_a_name_and_what_is_hard_is_not_changeable() -> None:
    assert set(labels()) == PERMISSIONS
    for name in changeable():
        holders = ROLES_BY_PERMISSION[name]
        assert ANYONE in holders or not holders <= HARD_ROLES or name in (
            "matrix.read", "rulebooks.history",
        ), name  # fmt: skip


def test_an_allow_opens_and_a_deny_closes_whatever_else_is_open() -> None:
    opened = Door("1", "c/1", "matrix.read", "director", Ruling.ALLOW)
    closed = Door("2", "c/1", "exports", "staff", Ruling.DENY)
    assert not allows({"director"}, "matrix.read")
    assert allows({"director"}, "matrix.read", [opened, closed])
    assert allows({"director"}, "exports", [opened, closed])
    assert not allows({"director", "staff"}, "exports", [opened, closed])


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (door("a", "posts.manage", "director", "allow"), ("permission", "HARD_RULE")),
        (door("a", "requests.decide", "staff", "deny"), ("permission", "HARD_RULE")),
        (door("a", "exports", "audit_admin", "deny"), ("role", "DOOR_OF_ADMINISTRATORS")),
        (door("a", "clocks.extend", "policy_admin", "allow"), ("role", "DOOR_OF_ADMINISTRATORS")),
        (door("a", "exports", "anyone", "deny"), ("role", "DENIED_TO_ALL")),
        (door("a", "exports", "nobody_known", "deny"), ("role", "UNKNOWN_WORD")),
        (door("a", "everything", "staff", "allow"), ("permission", "UNKNOWN_WORD")),
        (door("a", "exports", "staff", "maybe"), ("effect", "UNKNOWN_WORD")),
        ({**door("a", "exports", "staff", "deny"), "clause": "x/1"}, ("clause", "CLAUSE_UNKNOWN")),
    ],
)
def test_a_line_that_cannot_stand_is_refused_at_its_column(
    row: dict[str, str], wrong: tuple[str, str]
) -> None:
    assert wrong in faults_of(row)
    assert faults_of(door("a", "exports", "staff", "deny")) == set()


@pytest.fixture
async def centre(api: Api) -> AsyncIterator[Api]:
    """The service centre, whose rules are as they were after each test."""
    restore = await restoring(api)
    yield api
    await restore([CENTRE])


async def test_a_draft_opens_a_door_to_a_role_and_closes_another_at_once(centre: Api) -> None:
    admin, second, clerk, chief = [
        await centre.person(f"{name}@{CENTRE}")
        for name in ("policy_admin", "policy_admin_2", "staff", "director")
    ]
    given = '{requestId: "x", idempotencyKey: "1"}'
    printing = f"mutation {{ printRequest(input: {given}) {{ __typename }} }}"
    assert (await chief.ask(FINDINGS)).codes == ["NOT_ALLOWED"]
    assert (await clerk.ask(printing)).codes != ["NOT_ALLOWED"]
    changes: list[Any] = [
        {"file": "clauses", "add": CITE},
        {"file": "doors", "add": door("matrix", "matrix.read", "director", "allow")},
        {"file": "doors", "add": door("print", "requests.print", "staff", "deny")},
    ]
    asked = await submitted(admin, await drafted(admin, changes))
    await do(second, "confirmAct", actId=asked["waits"]["id"])
    assert await chief.one(FINDINGS)
    assert (await clerk.ask(printing)).codes == ["NOT_ALLOWED"]
    told = await admin.one(PERMISSION)
    by = {each["name"]: each for each in told["permissions"]}
    assert [(e["role"], e["opens"]) for e in by["matrix.read"]["doors"]] == [("director", True)]
    assert "printRequest" in by["requests.print"]["operations"]
    assert not by["posts.manage"]["changeable"]
    assert set(told["hardRoles"]) == HARD_ROLES
