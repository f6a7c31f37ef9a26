"""Each root field by each role: it has one permission, and a cell that is closed is closed."""

from collections import Counter
from typing import Any

import pytest

from policies import vocabulary
from policies.door_rows import labels
from policies.permissions import PERMISSIONS, ROLES_BY_PERMISSION, allows
from schema.ground.fields import PUBLIC, Reads, Writes
from schema.pages.permissions import permissions_page
from schema.root import schema
from schema.rules.permissions import ROOTS, operations
from tests.office import Api, Visitor
from tests.test_administrators_apart import AT_THE_DOOR
from tests.test_arguments import SCHEMA, cases, document, keyed, real_ids
from tests.test_inbox_changes import streamed

EVERY = tuple(operations(schema))
ROLES = sorted({*vocabulary.shipped().roles, *set().union(*ROLES_BY_PERMISSION.values())})
ASKED = [each for each in EVERY if each[0] != "Subscription" and each[2] != PUBLIC]
SIGNED_IN = (
    *(f"{each}_admin@hrss-bureau" for each in ("system", "policy", "audit")),
    *("platform_admin", "staff@hrss-bureau", "section_chief@hrss-bureau"),
)


def test_each_root_field_has_exactly_one_permission_that_is_known_and_called_something() -> None:
    served = {root: set(SCHEMA.type_map[root].fields) for root in ROOTS}
    assert Counter((root, name) for root, name, _ in EVERY) == Counter(
        (root, name) for root, names in served.items() for name in names
    )
    assert {name for _, name, opens in EVERY if opens == PUBLIC} == AT_THE_DOOR
    behind = {opens for _, _, opens in EVERY} - {PUBLIC}
    assert behind <= PERMISSIONS == set(labels())


def test_what_a_field_is_said_to_need_is_what_its_door_asks_for() -> None:
    for root in ("Query", "Mutation"):
        for field in schema.get_type_by_name(root).fields:
            doors = [each for each in field.extensions if isinstance(each, Reads | Writes)]
            assert [each.permission for each in doors] == [field.metadata["permission"]]


def test_each_cell_of_role_and_permission_is_as_the_page_has_it() -> None:
    """The page is committed: a cell that changes is seen in review."""
    doors, *fields = permissions_page().split("\n## ")
    rows = [each.split(" | ") for each in doors.splitlines() if each.startswith("| `")]
    told = {row[0].strip("| `"): set(row[2].replace("`", "").split()) for row in rows}
    assert told.keys() == PERMISSIONS
    for name, holders in told.items():
        for role in ROLES:
            assert allows({role}, name) is bool(holders & {role, "anyone"}), (role, name)
    for root, page in zip(ROOTS, fields, strict=True):
        lines = [each for each in page.splitlines() if each.startswith("| `")]
        of = {(f"`{name}`", f"`{opens}`") for kind, name, opens in EVERY if kind == root}
        assert {tuple(each.strip("| ").split(" | ")) for each in lines} == of


def asked(root: str, name: str, ids: Any) -> tuple[str, dict[str, Any]]:
    field = SCHEMA.type_map[root].fields[name]
    return document(root, name, field), keyed(next(cases(field, ids)))


async def test_nothing_is_open_to_whoever_is_not_signed_in(api: Api) -> None:
    ids, before = await real_ids(api), await api.counts()
    for root, name, _ in ASKED:
        answer = await api.ask(*asked(root, name, ids))
        assert answer.codes == ["NOT_SIGNED_IN"], (name, answer.body)
    async with streamed(Visitor(api, "", "")) as events:
        assert "NOT_SIGNED_IN" in (await events.get())[1]
    assert await api.counts() == before


@pytest.mark.parametrize("account", SIGNED_IN)
async def test_each_closed_cell_of_what_is_asked_is_closed(api: Api, account: str) -> None:
    """Those of mutations are walked beside the administrators' own lists."""
    visitor, ids, role = await api.person(account), await real_ids(api), account.partition("@")[0]
    closed = [each for each in ASKED if not allows({role}, each[2])]
    assert closed
    before = await api.counts()
    for root, name, _ in closed:
        answer = await visitor.ask(*asked(root, name, ids))
        assert answer.codes == ["NOT_ALLOWED"], (name, answer.body)
    assert await api.counts() == before
