"""People and seats in the API."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.messages import say
from domain.office import organisation
from domain.vocabulary import Role, Vocabulary
from resolvers.ground.people import colleagues
from schema.ground.connections import page_size
from schema.ground.fields import Info, query
from schema.ground.ids import global_id
from schema.ground.nodes import Node


@strawberry.type
class Person(Node):
    """Somebody of an office."""

    id: Annotated[strawberry.ID, "Opaque and global."]
    name: Annotated[str, "As the office writes it."]
    account: Annotated[str, "The name to sign in with; empty where unknown."]
    seats: Annotated[
        list["Seat"], "The seats held today, for the viewer; none are shown of others."
    ]


@strawberry.type
class Seat:
    """A post's authority at the unit that it serves: section_chief of the finance section."""

    id: Annotated[strawberry.ID, "To submit in it: `asSeat`."]
    role: Annotated[str, "The level of authority: section_chief."]
    title: Annotated[str, "What this office calls it: 科长."]
    unit: Annotated[str, "The unit that it serves."]
    unit_id: Annotated[strawberry.ID, "The unit's id: `whoCanApprove` asks it."]
    holders: Annotated[list[Person], "Who holds it today; none when vacant."]


def person_of(holder: organisation.Holder, seats: list[Seat] | None = None) -> Person:
    return somebody(holder.id, holder.name, holder.account, seats)


def somebody(key: UUID, name: str, account: str, seats: list[Seat] | None = None) -> Person:
    return Person(id=global_id("Person", key), name=name, account=account, seats=seats or [])


def seat_of(seat: organisation.Seat, roles: Mapping[str, Role], language: str) -> Seat:
    return Seat(
        id=global_id("Seat", seat.id),
        role=seat.role,
        title=title_of(seat.role, roles, language),
        unit=seat.unit,
        unit_id=global_id("Unit", seat.unit_id),
        holders=[person_of(holder) for holder in seat.holders],
    )


def title_of(role: str, roles: Mapping[str, Role], language: str) -> str:
    known = roles.get(role)
    return say(language, known.label) if known else role


NAMED = frozenset({"role", "instead_of", "fact"})
"""The details of messages that are codes of the office's vocabulary."""


def titled(details: Mapping[str, Any], words: Vocabulary) -> dict[str, Any]:
    """The details of a message, with roles and facts under the names that the office gives them."""
    said = {}
    for name in NAMED & details.keys():
        known = words.facts if name == "fact" else words.roles
        word = known.get(details[name]) if isinstance(details[name], str) else None
        said[name] = word.label if word else details[name]
    return {**details, **said}


async def viewer_person(info: Info) -> Person:
    """The viewer, with the seats held today."""
    context = info.context
    person = context.viewer.person
    living = await context.rulebook(person.institution)
    me = organisation.Holder(person.id, person.name, person.account)
    seats = [seat_of(seat, living.vocabulary.roles, context.language) for seat in person.seats]
    for seat in seats:
        seat.holders = [person_of(me)]
    return person_of(me, seats)


async def people(
    info: Info,
    text: Annotated[str, "Any part of a name, its pinyin, initials: 雪, oyx."],
    first: int | None = 20,
) -> list[Person]:
    """Colleagues of whose name, its pinyin or its initials this is a part, or whose account."""
    found = await colleagues(info.context, text, page_size(first))
    return [person_of(holder) for holder in found]


FIELDS = (query(people, "viewer.read"), query(viewer_person, "viewer.read", name="viewer"))
