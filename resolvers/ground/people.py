"""People as others in their office see them."""

from collections.abc import Collection
from uuid import UUID

from domain.office.organisation import Holder
from resolvers.ground.context import Context
from resolvers.ground.database import statement

COLLEAGUES = statement(
    """select id, name, account from people
       where institution_id = :institution
         and (starts_with(name, :begins) or starts_with(name_key, :begins)
              or starts_with(account, :begins))
         and (leaves is null or leaves >= :today)
       order by name_key, id limit :most"""
)
THESE = statement(
    """select id, name, account from people
       where institution_id = :institution and id = any(cast(:ids as uuid[]))
         and (leaves is null or leaves >= :today)"""
)
PERSON = statement(
    "select id, name, account from people where institution_id = :institution and id = :id"
)


async def colleagues(context: Context, text: str, most: int) -> list[Holder]:
    """People of the viewer's institution whose name, its pinyin or account begins so."""
    rows = await context.rows(
        COLLEAGUES, begins=text.strip().lower(), most=most, today=context.today
    )
    return [Holder(row["id"], row["name"], row["account"]) for row in rows]


async def these(context: Context, people: Collection[UUID]) -> dict[UUID, Holder]:
    """Those of these people who belong to the viewer's institution and have not left."""
    if not people:
        return {}
    rows = await context.rows(THESE, ids=sorted(people), today=context.today)
    return {row["id"]: Holder(row["id"], row["name"], row["account"]) for row in rows}


async def name_of(context: Context, institution: str, person: UUID) -> str | None:
    """What somebody of an institution is called, in whose name the transaction acts."""
    found = await context.transaction.row(PERSON, institution=institution, id=person)
    return found["name"] if found else None


async def named(context: Context, person: UUID) -> tuple[UUID, str, str] | None:
    """Somebody of the viewer's institution: id, name and account."""
    found = await context.row(PERSON, id=person)
    return (found["id"], found["name"], found["account"]) if found else None
