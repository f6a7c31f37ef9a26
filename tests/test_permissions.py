"""Permissions of the API: plain Casbin lines, answered as stock Casbin does."""

import pytest

from domain.shapes.doors import ANYONE
from policies.lines import RulebookError
from policies.permissions import (
    GRANTS,
    PERMISSIONS,
    ROLES_BY_PERMISSION,
    allows,
    read_permissions,
    stock_enforcer,
)

ROLES = sorted(set().union(*ROLES_BY_PERMISSION.values()) | {"stranger"})


def test_every_permission_answers_as_stock_casbin_does():
    enforcer = stock_enforcer(read_permissions(GRANTS))
    context = enforcer.new_enforce_context("2")
    for permission in sorted(PERMISSIONS):
        for role in ROLES:
            assert allows({role}, permission) is enforcer.enforce(context, {role}, permission)


def test_what_anyone_may_needs_no_role():
    open_to_all = [name for name, roles in ROLES_BY_PERMISSION.items() if ANYONE in roles]
    assert open_to_all
    assert all(allows(frozenset(), name) for name in open_to_all)


def test_no_role_is_granted_an_unknown_permission():
    assert not any(allows({role}, "nothing.at_all") for role in ROLES)


def test_a_stranger_has_only_what_anyone_has():
    for name, roles in ROLES_BY_PERMISSION.items():
        assert allows({"stranger"}, name) is (ANYONE in roles)


@pytest.mark.parametrize("line", ["p2, clerk", "p2, clerk, a.read, allow", "p, clerk, a.read"])
def test_a_line_of_another_shape_is_refused_with_its_number(tmp_path, line):
    path = tmp_path / "permissions.csv"
    path.write_text(f"# who may what\n{line}\n", encoding="utf-8")
    with pytest.raises(RulebookError) as refused:
        read_permissions(path)
    assert [(fault.file, fault.line) for fault in refused.value.faults] == [("permissions.csv", 2)]
