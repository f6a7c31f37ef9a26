"""People as others in their office see them."""

from uuid import UUID

from resolvers.context import Context
from resolvers.database import statement

PERSON = statement(
    "select id, name, account from people where institution_id = :institution and id = :id"
)


async def named(context: Context, person: UUID) -> tuple[UUID, str, str] | None:
    """Somebody of the viewer's institution: id, name and account."""
    found = await context.transaction.row(PERSON, institution=context.viewer.institution, id=person)
    return (found["id"], found["name"], found["account"]) if found else None
