"""The doors of the API: which role may use what at this office, and by which clause it is so."""

from collections.abc import Iterator
from typing import Annotated, Any

import strawberry

from domain.messages import say
from domain.shapes.doors import Door
from domain.shapes.verbs import Ruling
from policies.door_rows import changeable, labels
from policies.permissions import HARD_ROLES, ROLES_BY_PERMISSION
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.fields import Info, query
from schema.office.organisation import title_of
from schema.rules.clauses import Clause, clause_of

ROOTS = ("Query", "Mutation", "Subscription")


@strawberry.type
class PermissionDoor:
    """A line of the office that opens or closes a permission."""

    role: Annotated[str, "Whom it speaks of; `anyone` is everybody."]
    title: Annotated[str, "What this office calls it."]
    opens: Annotated[bool, "False: it is closed to the role."]
    clause: Annotated[Clause, "The clause that it states."]


@strawberry.type
class Permission:
    """What is opened together, to whom, and whether the office may change that."""

    name: Annotated[str, "As `doors.csv` names it."]
    label: Annotated[str, "What it is called."]
    roles: Annotated[list[str], "To whom the product opens it; `anyone` is everybody."]
    changeable: Annotated[bool, "False: a hard rule, which no line of an office lifts."]
    doors: Annotated[list[PermissionDoor], "The office's own lines."]
    operations: Annotated[list[str], "The root fields behind it."]


@strawberry.type
class Permissions:
    """Every permission, and the roles that no line of an office may speak of."""

    permissions: Annotated[list[Permission], "By name."]
    hard_roles: Annotated[
        list[str], "Administrators: what they may use is the same at every office."
    ]


async def permissions(info: Info) -> Permissions:
    """Who may use what at the viewer's office; who decides is in `approvalMatrix`."""
    living, language = await info.context.rulebook(), info.context.language
    behind: dict[str, list[str]] = {}
    for _, operation, opens in operations(info.schema):
        behind.setdefault(opens, []).append(operation)
    found = [
        Permission(
            name=name,
            label=say(language, label),
            roles=sorted(ROLES_BY_PERMISSION[name]),
            changeable=name in changeable(),
            doors=[
                _door(each, living, language)
                for each in living.shapes.doors
                if each.permission == name
            ],
            operations=sorted(behind.get(name, ())),
        )
        for name, label in sorted(labels().items())
    ]
    return Permissions(permissions=found, hard_roles=sorted(HARD_ROLES))


def operations(schema: Any) -> Iterator[tuple[str, str, str]]:
    """Every root field: its root, its name, and the permission that opens it."""
    for root in ROOTS:
        for each in schema.get_type_by_name(root).fields:
            yield root, camel(each.python_name), each.metadata["permission"]


def _door(row: Door, living: LivingRulebook, language: str) -> PermissionDoor:
    title = title_of(row.role, living.vocabulary.roles, language)
    opened = row.effect is Ruling.ALLOW
    clause = clause_of(living, row.clause)
    return PermissionDoor(role=row.role, title=title, opens=opened, clause=clause)


FIELDS = (query(permissions, "rulebooks.history"),)
