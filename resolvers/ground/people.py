"""People as others in their office see them."""

from collections.abc import Collection
from uuid import UUID

from domain.office.organisation import Holder, Person
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.opening import anybody
from resolvers.ground.viewers import Viewer

COLLEAGUES = statement("""
  select id, name, account from people
  where institution_id = :institution
    and (:begins = '' or id in (
      select w.person_id from people_words w
      where w.institution_id = :institution
        and w.word >= :begins and w.word < :begins || chr(1114111)))
    and (leaves is null or leaves >= :today)
  order by name_key, id limit :most""")
PERSON = statement(
    "select id, name, account from people where institution_id = :institution and id = :id"
)


async def colleagues(context: Context, text: str, most: int) -> list[Holder]:
    """People of the viewer's institution of whose name, its pinyin or initials this is a part."""
    rows = await context.rows(
        COLLEAGUES, begins="".join(text.lower().split()), most=most, today=context.today
    )
    return [Holder(row["id"], row["name"], row["account"]) for row in rows]


async def serving(context: Context, people: Collection[UUID]) -> dict[UUID, Person]:
    """Those of these people who belong to the viewer's institution and have not left."""
    found = {}
    for each in sorted(people):
        known = await context.services.people.of(
            context.transaction,
            context.viewer.institution,
            each,
            context.today,
            office=False,
            at=context.viewer.epochs,
        )
        if known and not known.has_left:
            found[each] = known.person
    return found


async def these(context: Context, people: Collection[UUID]) -> dict[UUID, Holder]:
    """The same, as whoever holds a seat is told."""
    known = (await serving(context, people)).values()
    return {each.id: Holder(each.id, each.name, each.account) for each in known}


async def name_of(context: Context, institution: str, person: UUID) -> str | None:
    """What somebody of an institution is called, in whose name the transaction acts."""
    found = await context.transaction.row(PERSON, institution=institution, id=person)
    return found["name"] if found else None


async def named(context: Context, person: UUID) -> tuple[UUID, str, str] | None:
    """Somebody of the viewer's institution: id, name and account."""
    found = await context.row(PERSON, id=person)
    return (found["id"], found["name"], found["account"]) if found else None


async def load_applicant(context: Context, institution: str, person: UUID) -> Viewer:
    """Somebody whose request is judged anew while another acts: with seats, office and absences."""
    people = context.services.people
    found = await anybody(context.transaction, people, institution, person, context.now)
    if found is None:
        raise LookupError(f"{institution} has no person {person}")
    return found
