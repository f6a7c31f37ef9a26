"""The page of who may use what: each permission by role, each root field by permission."""

from policies.door_rows import changeable, labels
from policies.permissions import ROLES_BY_PERMISSION
from schema.pages.markdown import both, code, codes, plainly, table
from schema.root import schema
from schema.rules.permissions import ROOTS, operations

INTRODUCTION = """\
# 谁可以用什么 Who may use what

本页由 `guiju export-schema` 按 `policies/permissions.csv`、`policies/vocabulary/doors.csv` 和接口
生成，请勿手改：哪一格变了，改动里看得见。每个根字段恰有一项权限；`anyone` 指任何登录的人，`public`
不须登录。可由本机关改的，`doors.csv` 的行依条款向某个角色开放或关闭。权限只是门：由谁登记、受理、
批准，另由 `p` 行规定。

Written by `guiju export-schema` of `policies/permissions.csv`, `policies/vocabulary/doors.csv` and
the API: a cell that changes shows in the change. Each root field has exactly one permission;
`anyone` is everybody who is signed in, `public` needs no signing in. What offices may change, lines
of their `doors.csv` open or close to a role by a clause. A permission is a door: who keeps, takes
and approves is said by `p` lines."""

PERMISSION = "权限 Permission"
DOORS = (PERMISSION, "含义 Meaning", "角色 Roles", "可由本机关改 Offices may change it")
FIELD = ("字段 Field", PERMISSION)


def permissions_page() -> str:
    """Permissions by role, then the root fields by permission."""
    doors = [
        (code(name), both(label), codes(sorted(ROLES_BY_PERMISSION[name])), _may(name))
        for name, label in sorted(labels().items())
    ]
    lines = [INTRODUCTION, *table(DOORS, doors)]
    every = [*operations(schema)]
    for root in ROOTS:
        of = sorted((code(name), code(opens)) for kind, name, opens in every if kind == root)
        lines += ["", f"## {root}", *table(FIELD, of)]
    return "\n".join(lines) + "\n"


def _may(name: str) -> str:
    return plainly(True) if name in changeable() else ""
