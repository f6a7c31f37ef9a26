"""Which role may use which field of the API or action of an administrator: `p2` lines of Casbin."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import casbin
from casbin.persist.adapter import load_policy_line

from domain.shapes.doors import Door, opens
from policies.authority import MODEL
from policies.lines import Faults, Line

GRANTS = Path(__file__).parent / "permissions.csv"


def read_permissions(path: Path) -> casbin.Model:
    """Casbin's model of the permission lines; a line of another shape is refused here."""
    model = casbin.Model()
    model.load_model(str(MODEL))
    width = len(model["p"]["p2"].tokens)
    faults = Faults()
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not text.strip() or text.startswith("#"):
            continue
        line = Line(path.name, number, tuple(part.strip() for part in text.split(",")))
        found = len(line.fields) - 1
        if found != width:
            faults.add(line, "", "WRONG_WIDTH", expected=width + 1, found=found + 1)
        elif faults.word(line, "p2", line.fields[0], ("p2",)):
            load_policy_line(text, model)
    faults.raise_any()
    return model


def granted(model: casbin.Model) -> Mapping[str, frozenset[str]]:
    """The roles that each permission is granted to."""
    roles: dict[str, set[str]] = {}
    for role, permission in model["p"]["p2"].policy:
        roles.setdefault(permission, set()).add(role)
    return {permission: frozenset(holders) for permission, holders in roles.items()}


def stock_enforcer(model: casbin.Model) -> casbin.Enforcer:
    """Casbin's own enforcer of the same lines, asked with `new_enforce_context("2")`."""
    enforcer = casbin.Enforcer(model)
    enforcer.add_function("holds_seat", lambda roles, role: role in roles)
    return enforcer


ROLES_BY_PERMISSION = granted(read_permissions(GRANTS))
PERMISSIONS = frozenset(ROLES_BY_PERMISSION)
HARD_ROLES = frozenset().union(
    *(ROLES_BY_PERMISSION[each] for each in ("administrators.apart", "institutions.create")),
    ROLES_BY_PERMISSION["institutions.found"],
)
"""The administrators: what they may use is the product's to say, and no office's."""


def allows(roles: Collection[str], permission: str, own: Iterable[Door] = ()) -> bool:
    """Whether any of these roles is granted the permission; nobody is granted an unknown one.

    The office's `own` lines open and close doors beside those of the product.
    """
    return opens(permission, ROLES_BY_PERMISSION.get(permission, frozenset()), own, roles)
