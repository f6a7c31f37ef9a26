"""Acknowledging in the API: what binds the viewer's conduct, and who has not acknowledged it."""

from typing import Annotated, Any
from uuid import UUID

import strawberry

from resolvers.rules import regulations as served
from schema.ground.acts import act
from schema.ground.connections import Cursors, PageInfo, page_info, page_size, wants_total
from schema.ground.fields import Info, query
from schema.ground.rows import told
from schema.office.organisation import Person, person_of
from schema.rules.clauses import Clause, clause_of
from schema.rules.regulations import CODE

CURSORS = Cursors("notAcknowledged", (str, UUID))
VERSION = "The version of its text: the newest upload's, and 0 before there is one."


@strawberry.type
class ToAcknowledge:
    """A regulation that binds the viewer's conduct and is not acknowledged in this version."""

    regulation: Annotated[str, CODE]
    title: Annotated[str, "Its title."]
    version: Annotated[int, VERSION]
    clauses: Annotated[list[Clause], "Its clauses that concern the viewer."]


@strawberry.type
class RegulationAcknowledged:
    """It is kept, and stands in the ledger."""

    regulation: Annotated[str, CODE]
    version: Annotated[int, VERSION]
    left: Annotated[list[ToAcknowledge], "What is still to be acknowledged."]


@strawberry.type
class NotAcknowledgedEdge:
    """Somebody in a page."""

    cursor: Annotated[str, "Continue after it."]
    node: Annotated[Person, "Whom it concerns."]


@strawberry.type
class NotAcknowledgedConnection:
    """A page of those who have not acknowledged a regulation, by name."""

    version: Annotated[int, VERSION]
    edges: Annotated[list[NotAcknowledgedEdge], "The page."]
    page_info: Annotated[PageInfo, "Where it lies."]
    total_count: Annotated[int, "How many there are on all pages."]


async def to_acknowledge(info: Info) -> list[ToAcknowledge]:
    """What binds the viewer's conduct and is not acknowledged yet; nothing waits for it."""
    living = await info.context.rulebook()
    return [
        ToAcknowledge(
            regulation=each.regulation.id,
            title=each.regulation.title,
            version=each.version,
            clauses=[clause_of(living, clause) for clause in each.clauses],
        )
        for each in await served.to_acknowledge(info.context)
    ]


async def acknowledge_regulation(
    info: Info, regulation: Annotated[str, CODE], version: Annotated[int, VERSION]
) -> None:
    """Acknowledge a regulation in the version that stands, by oneself and for oneself."""
    await served.acknowledge(info.context, regulation, version)


async def _acknowledged(info: Info, answer: Any) -> RegulationAcknowledged:
    return told(RegulationAcknowledged, answer, left=await to_acknowledge(info))


async def not_acknowledged(
    info: Info, regulation: Annotated[str, CODE], first: int | None = 50, after: str | None = None
) -> NotAcknowledgedConnection:
    """Who of the viewer's office has not acknowledged a regulation that concerns them.

    For who looks after it: the policy administrator and the office.
    """
    size, begins = page_size(first), CURSORS.read(after)
    found = await served.not_acknowledged(
        info.context, regulation, size + 1, begins, counted=wants_total(info)
    )
    edges = [
        NotAcknowledgedEdge(cursor=CURSORS.after(name, person.id), node=person_of(person))
        for person, name in found.people[:size]
    ]
    cursors = [edge.cursor for edge in edges]
    return NotAcknowledgedConnection(
        version=found.version,
        edges=edges,
        page_info=page_info(cursors, more=len(found.people) > size, after=after),
        total_count=found.total,
    )


FIELDS = (
    query(to_acknowledge, "regulations.acknowledge"),
    query(not_acknowledged, "regulations.acknowledged"),
    act(acknowledge_regulation, "regulations.acknowledge", replay=_acknowledged),
)
