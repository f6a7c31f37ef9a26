"""Every list that the areas declare, exported: which one and narrowed to what, as its query is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from typing import Annotated, Any

import strawberry
from strawberry.types.base import StrawberryList, StrawberryOptional
from strawberry.types.union import StrawberryUnion

from domain import CASE_KINDS, REGISTERS, STATEMENTS, THINGS
from domain.approval.request import Status
from domain.errors import at_fault
from domain.records.case_tables import refers
from domain.values.choices import Choice
from domain.vocabulary import listed_as, snake, words_of
from resolvers.records import export_lists, exports
from resolvers.records.export_lists import Listing
from resolvers.requests import boxes
from resolvers.requests.box_rows import Box
from resolvers.requests.words import camel
from schema.areas import CASES
from schema.ground.acts import act, replayed
from schema.ground.descriptions import ARGUMENTS
from schema.ground.fields import Info
from schema.ground.ids import argument
from schema.records import served_lists
from schema.records.exported import shown
from schema.records.things import ThingState
from schema.requests.kinds import kind_asked

DOOR = "exports"
IDS = {
    "person": {"Person"},
    "holder": {"Person"},
    "subject": {"Request", "Case", "Subject"},
    "seat": {"Seat"},
    "unit": {"Unit"},
}
"""What narrows a list by an id, and of what."""
IDS["naming"] = {each.refers.word for book in REGISTERS for each in book.fields if each.refers}
for _kind in CASE_KINDS:
    for _name, _of in refers(_kind.record).items():
        IDS.setdefault(_name, set()).add(_of)

BOOKS = frozenset(each.name for each in REGISTERS)
PAGED = frozenset({"first", "after"})
LEFT_OUT = frozenset(
    (
        *("inbox", "box_counts", "kinds", "record_forms", "sessions", "signing_keys", "channels"),
        *("open_ballots", "open_vote_steps", "rulebook_drafts", "rulebook_diff"),
    )
)
"""What lists no records: an inbox is a box of requests, and forms, keys and sessions are none."""


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


@strawberry.input(description="The days that a list is of, and what the lines of a book name.")
class ExportedDaysInput:
    from_: date | None = _said("from_")
    to: date | None = _said("to")
    naming: strawberry.ID | None = _said("naming")


@strawberry.input(description="Which things a list is of.")
class ExportedThingsInput:
    state: ThingState | None = _optional("In this state alone.")
    holder: strawberry.ID | None = _optional("With this person alone.")
    overdue: Annotated[bool, "Only what should be back."] = False


@dataclass(frozen=True)
class Exported:
    """A list under the name of its query: of which object it is, and what narrows it."""

    name: str
    of: str
    given: Any

    @property
    def told(self) -> str:
        return f"As {camel(self.name)} lists them." if self.of == self.name else self.of


def _names_of(query: Any) -> Iterator[tuple[str, Any]]:
    """The lists that a root type serves, each with the input that narrows it as its query does."""
    for field in query.__strawberry_definition__.fields:
        name = field.python_name
        if name in LEFT_OUT or not (name in served_lists.WITHIN or _is_list(field.type)):
            continue
        given = [each for each in field.arguments if each.python_name not in PAGED]
        body: dict[str, Any] = {
            each.python_name: strawberry.field(
                description=each.description,
                name=each.graphql_name or camel(each.python_name),
                **({} if each.default is strawberry.UNSET else {"default": each.default}),
            )
            for each in given
        }
        body["__annotations__"] = {each.python_name: each.type_annotation for each in given}
        made = type(f"Exported{words_of(name)}Input", (), body)
        told = f"What {camel(name)} is narrowed to."
        yield name, strawberry.input(made, description=told) if given else bool


def _is_list(kind: Any) -> bool:
    if isinstance(kind, StrawberryUnion):
        return any(map(_is_list, kind.types))
    if isinstance(kind, StrawberryOptional):
        return _is_list(kind.of_type)
    if isinstance(kind, StrawberryList):
        each = kind.of_type
        each = each.of_type if isinstance(each, StrawberryOptional) else each
        return hasattr(each, "__strawberry_definition__")
    return getattr(kind, "__name__", "").endswith("Connection")


def every(query: Any) -> dict[str, Exported]:
    """Each list of a root type that can be taken away; what areas declare, as of its object."""
    found = {each.name: each for each in _declared()}
    for name, given in _names_of(query):
        found.setdefault(name, Exported(name, name, given))
    return found


def _declared() -> Iterator[Exported]:
    for register in REGISTERS:
        yield Exported(register.lines, register.name, ExportedDaysInput)
    for thing in THINGS:
        yield Exported(thing.cards, thing.name, ExportedThingsInput)
    for cases in CASES.values():
        yield Exported(listed_as(cases.words), cases.kind.code, cases.filter)
    for statement in STATEMENTS:
        if statement.columns:
            yield Exported(f"{snake(statement.word)}_statement", statement.name, ExportedDaysInput)


async def _listing(info: Info, of: Exported, given: Any) -> Listing:
    context = info.context
    if of.name == "requests":
        status = Status(given.status).value if given.status else None
        words = (await context.rulebook()).vocabulary
        kind = kind_asked(words, given.kind, given.kind_code, "input", "list")
        wanted = boxes.Filter(kind, status, given.text, given.from_, given.to)
        return await export_lists.of_requests(context, Box(given.box), wanted)
    if of.name == "accounts":
        person = given.person and argument(given.person, {"Person"})[1]
        person = person or context.viewer.person.id
        return export_lists.of_accounts(context, person, given.on or context.today)
    return served_lists.listing(info, of.name, of.of, given)


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
        if filters.get("naming") and lists[name].of not in BOOKS:
            raise at_fault("INVALID_ID", "input", "list", camel(name), "naming")
        listing = await _listing(info, lists[name], given)
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
