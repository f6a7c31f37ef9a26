"""Every list that the areas declare, exported: which one and narrowed to what, as its query is."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import REGISTERS, STATEMENTS, THINGS
from domain.approval.request import Status
from domain.errors import at_fault
from domain.values.choices import Choice
from domain.vocabulary import listed_as, snake
from resolvers.records import export_lists as lists
from resolvers.records import exports
from resolvers.records.export_lists import Listing
from resolvers.records.thing_rows import Wanted
from resolvers.requests import boxes
from resolvers.requests.box_rows import Box
from resolvers.requests.words import camel
from schema.areas import CASES
from schema.ground.acts import act, replayed
from schema.ground.descriptions import ARGUMENTS
from schema.ground.fields import Info
from schema.ground.ids import argument
from schema.ground.scalars import KindCode
from schema.records import served_lists
from schema.records.exported import shown
from schema.records.things import ThingState
from schema.requests.boxes import RequestBox
from schema.requests.kinds import CODE, RequestKind, kind_asked
from schema.requests.requests import RequestStatus

DOOR = "exports"
IDS = {
    "person": {"Person"},
    "holder": {"Person"},
    "subject": {"Request", "Case", "Subject"},
    "seat": {"Seat"},
    "unit": {"Unit"},
}
"""What narrows a list by an id, and of what."""


class ExportFormat(Choice):
    """As what a list is written."""

    XLSX = "xlsx", "A workbook of typed cells."
    CSV = "csv", "Plain text in UTF-8."


Format: Any = strawberry.enum(ExportFormat, description=ExportFormat.__doc__)


def _optional(description: str, name: str | None = None) -> Any:
    return strawberry.field(default=None, description=description, name=name)


def _said(name: str) -> Any:
    """What an argument of this name means wherever it stands."""
    api_name, description = ARGUMENTS[name]
    return _optional(description, api_name)


@strawberry.input(description="The days that a list is of.")
class ExportedDaysInput:
    from_: date | None = _said("from_")
    to: date | None = _said("to")


@strawberry.input(description="Which things a list is of.")
class ExportedThingsInput:
    state: ThingState | None = _optional("In this state alone.")
    holder: strawberry.ID | None = _optional("With this person alone.")
    overdue: Annotated[bool, "Only what should be back."] = False


@strawberry.input(description="Which box, and which of its requests.")
class ExportedRequestsInput:
    box: Annotated[RequestBox, "The box."]
    kind: RequestKind | None = _optional("Of this kind alone, with what its form asks.")
    kind_code: KindCode | None = _optional(CODE)
    status: RequestStatus | None = _said("status")
    text: str | None = _said("text")
    from_: date | None = _said("from_")
    to: date | None = _said("to")


@strawberry.input(description="Whose accounts, and until when.")
class ExportedAccountsInput:
    person: strawberry.ID | None = _optional("Whose; one's own when absent.")
    on: date | None = _optional("The last day; today when absent.")


Read = Callable[[Info, Any], Awaitable[Listing]]


@dataclass(frozen=True)
class Exported:
    """A list under the name of its query: what narrows it, and how it is read."""

    name: str
    given: Any
    told: str
    read: Read


def every(query: Any) -> dict[str, Exported]:
    """Each list that can be taken away: those that areas declare, and the others of a root type."""
    found = {each.name: each for each in _declared()}
    for name, given in served_lists.names_of(query):
        if name not in found:
            found[name] = Exported(name, given, f"As {camel(name)} lists them.", _served(name))
    return found


def _declared() -> Iterator[Exported]:
    yield Exported("requests", ExportedRequestsInput, "A box of requests.", _requests)
    yield Exported("accounts", ExportedAccountsInput, "The entries of accounts.", _accounts)
    for register in REGISTERS:
        read = _within_days(lists.of_register, register)
        yield Exported(register.lines, ExportedDaysInput, register.name, read)
    for thing in THINGS:
        yield Exported(thing.cards, ExportedThingsInput, thing.name, _things(thing))
    for cases in CASES.values():
        yield Exported(listed_as(cases.words), cases.filter, cases.kind.code, _cases(cases))
    for statement in STATEMENTS:
        if statement.columns:
            name = f"{snake(statement.word)}_statement"
            read = _within_days(lists.of_statement, statement)
            yield Exported(name, ExportedDaysInput, statement.name, read)


async def _requests(info: Info, given: Any) -> Listing:
    status = Status(given.status).value if given.status else None
    context = info.context
    words = (await context.rulebook()).vocabulary
    kind = kind_asked(words, given.kind, given.kind_code, "input", "list")
    wanted = boxes.Filter(kind, status, given.text, given.from_, given.to)
    return await lists.of_requests(context, Box(given.box), wanted)


async def _accounts(info: Info, given: Any) -> Listing:
    context = info.context
    person = context.viewer.person.id if given.person is None else _person(given, "person")
    return lists.of_accounts(context, person, given.on or context.today)


def _person(given: Any, name: str) -> UUID:
    return argument(getattr(given, name), {"Person"}, "input", "list", name)[1]


def _served(name: str) -> Read:
    async def read(info: Info, given: Any) -> Listing:
        return served_lists.listing(info, name, given)

    return read


def _within_days(listed: Callable[..., Listing], declared: Any) -> Read:
    async def read(info: Info, given: Any) -> Listing:
        return listed(info.context, declared, given.from_, given.to)

    return read


def _things(thing: Any) -> Read:
    async def read(info: Info, given: Any) -> Listing:
        holder = None if given.holder is None else _person(given, "holder")
        return lists.of_things(info.context, thing, Wanted(given.state, holder, given.overdue))

    return read


def _cases(cases: Any) -> Read:
    async def read(info: Info, given: Any) -> Listing:
        return lists.of_cases(info.context, cases.kind, cases.wanted(given))

    return read


def _list_input(lists: Mapping[str, Exported]) -> Any:
    body: dict[str, Any] = {
        each.name: strawberry.field(
            default=strawberry.UNSET, description=each.told, name=camel(each.name)
        )
        for each in lists.values()
    }
    body["__annotations__"] = {each.name: each.given | None for each in lists.values()}
    made = type("ExportedListInput", (), body)
    told = "Which list, by the name of its query, and what it is narrowed to."
    return strawberry.input(made, description=told, one_of=True)


def mutation_of(lists: Mapping[str, Exported]) -> Any:
    """The mutation that takes any of these away."""
    which: Any = _list_input(lists)

    async def export_list(
        info: Info,
        list: Annotated[which, "Which list."],
        format: Annotated[ExportFormat, "As what."] = ExportFormat.XLSX,
        columns: Annotated[
            tuple[str, ...], "These columns alone, secret ones among them; the others when absent."
        ] = (),
    ) -> None:
        """Take a list away as a file: who did, of what, how much and its digest are on record."""
        [(name, given)] = [each for each in vars(list).items() if each[1] is not strawberry.UNSET]
        filters = _filters(given)
        first, last = filters.get("from_"), filters.get("to")
        if first and last and last < first:
            raise at_fault("END_BEFORE_START", "input", "list", camel(name), "to")
        listing = await lists[name].read(info, given)
        await exports.export(info.context, listing, filters, format.value, columns)

    field = act(export_list, DOOR, "ExportResult", replay=replayed(shown, "export"))
    return strawberry.type(type("Mutation", (), {"export_list": field}))


def _filters(given: Any) -> dict[str, Any]:
    """What a list is narrowed to, for its file and the ledger: ids as keys, words as codes."""
    found = {}
    for each in fields(given) if given is not True else ():
        value = getattr(given, each.name)
        if value in (None, False, strawberry.UNSET):
            continue
        if each.name in IDS:
            value = argument(value, IDS[each.name], "input", "list", each.name)[1]
        found[each.name] = value.value if isinstance(value, Enum) else value
    return found
