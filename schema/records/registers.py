"""Registers in the API: for each book a type of its lines, a page of them, and an act to enter one.

What is entered is the entry's form, as a request's input is its form.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import SimpleNamespace
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import REGISTERS
from domain.approval.forms import form_fields
from domain.records.registers import Register
from domain.vocabulary import Act
from resolvers.records import registers
from resolvers.records.acts import clauses_of, may
from resolvers.records.registers import Check
from resolvers.requests.words import camel
from schema.ground.connections import Cursors, PageInfo, moment, page_info, page_size
from schema.ground.edges import edges_of, unreadable_field
from schema.ground.errors import Refusal
from schema.ground.fields import Info, mutation, query
from schema.ground.ids import argument, global_id, uuid_if_given
from schema.ground.mirrors import mirror, read_input
from schema.records.actions import ALLOWED, LivingAction, of_register
from schema.requests.kinds import said, words_of
from schema.rules.clauses import Clause, clause_of

DOOR = "registers"


@strawberry.type
class LineEntered:
    """The line is written, and stands."""

    line_id: strawberry.ID = strawberry.field(description="Its id, to correct it or strike it out.")


LineResult = Annotated[LineEntered | Refusal, strawberry.union("LineResult")]


@strawberry.input
class StrikeOutLineInput:
    """A line that was wrong."""

    line_id: strawberry.ID = strawberry.field(description="The line.")
    reason: str = strawberry.field(description="Why it is struck out.")
    idempotency_key: strawberry.ID = strawberry.field(description="The same key is answered once.")


class Books:
    """The root types of some registers."""

    def __init__(self, books: Iterable[Register], checks: Mapping[str, Check]) -> None:
        self.registers = {words_of(each.name): each for each in books if each.entry}
        queries, mutations = {}, {}
        for words, register in self.registers.items():
            check = checks.get(register.name)
            queries[register.table.name] = _page(register, words)
            name = f"record_{register.name.replace('.', '_')}"
            mutations[name] = _entering(register, words, check)
        self.Query = strawberry.type(type("Query", (), queries))
        self.Mutation = strawberry.type(type("Mutation", (), mutations))

    def register_of(self, line: str) -> tuple[Register, UUID]:
        """The book and the key of a line's id."""
        words, key = argument(line, self.registers, "input", "lineId")
        return self.registers[words], key


def _line_type(register: Register, words: str) -> Any:
    def line_id(root: Any) -> strawberry.ID:
        return global_id(words, root.id)

    def corrected(root: Any) -> strawberry.ID | None:
        return global_id(words, root.corrects) if root.corrects else None

    def stands(root: Any) -> bool:
        return bool(root.stands)

    def struck_out(root: Any) -> bool:
        return bool(root.void)

    def by(root: Any) -> str:
        return str(root.recorded_by_name)

    def at(root: Any) -> datetime:
        return root.recorded_at  # type: ignore[no-any-return]

    def field(read: Any, description: str) -> Any:
        return strawberry.field(resolver=read, description=description)

    id_ = strawberry.ID
    more = (
        ("id", id_, field(line_id, "Opaque and global.")),
        ("corrects", id_ | None, field(corrected, "The line that it corrects or strikes out.")),
        ("stands", bool, field(stands, "Whether it counts: not corrected, not struck out.")),
        ("struck_out", bool, field(struck_out, "Whether it strikes out the line it corrects.")),
        ("recorded_by", str, field(by, "Who wrote it.")),
        ("recorded_at", datetime, field(at, "When it was written.")),
    )
    assert register.entry  # noqa: S101  # only books with an entry are served so
    return mirror(register.entry, words, more=more)


def _page(register: Register, words: str) -> Any:
    line, cursors = _line_type(register, words), Cursors(words, (moment, UUID))

    @strawberry.type(name=f"{words}Edge", description="A line in a page.")
    class Edge:
        cursor: str = strawberry.field(description="Continue after it.")
        node: line | None = strawberry.field(description="The line.")  # type: ignore[valid-type]
        unreadable: str | None = unreadable_field()

    @strawberry.type(name=f"{words}Connection", description="A page of lines.")
    class Connection:
        edges: list[Edge] = strawberry.field(description="The page.")
        page_info: PageInfo = strawberry.field(description="Where it lies.")

    async def page(
        info: Info,
        from_: date | None = None,
        to: date | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> Any:
        since, size = cursors.read(after), page_size(first)
        found, more = await registers.lines(info.context, register, from_, to, size, since)
        edges = await edges_of(info, Edge, cursors, found, lambda row: SimpleNamespace(**row))
        told = [edge.cursor for edge in edges]
        return Connection(edges=edges, page_info=page_info(told, more=more, after=after))

    page.__doc__ = f"{register.zh}: the lines of the register, the newest first."
    return query(page, Connection, permission=DOOR)


def _entering(register: Register, words: str, check: Check | None) -> Any:
    more = (
        (
            "corrects",
            strawberry.ID | None,
            strawberry.field(default=None, description="The line that this one corrects."),
        ),
        (
            "idempotency_key",
            strawberry.ID,
            strawberry.field(description="The same key is answered once."),
        ),
    )
    assert register.entry  # noqa: S101
    entry = register.entry
    given = mirror(entry, f"Record{words}Input", is_input=True, more=more)

    async def record(info: Info, input: Any) -> LineEntered:
        corrects = uuid_if_given(input.corrects, words, "corrects")
        form = read_input(entry, input)
        line = await registers.enter(info.context, register, form, corrects, check)
        return LineEntered(line_id=global_id(words, line))

    async def replay(info: Info, answer: Any) -> LineEntered:  # noqa: ARG001
        return LineEntered(line_id=global_id(words, answer["line"]))

    record.__annotations__["input"] = given
    record.__doc__ = f"{register.zh}: enter a line; it stands and can only be corrected."
    return mutation(record, LineResult, permission=DOOR, replay=replay)


@strawberry.type
class RegisterColumn:
    """A column of a register, as it is filled in."""

    name: str = strawberry.field(description="The field of its entry.")
    label: str = strawberry.field(description="What the form calls it.")
    required: bool = strawberry.field(description="Whether it must be filled in.")


@strawberry.type
class RegisterInfo:
    """A book that an office keeps."""

    name: str = strawberry.field(description="vehicle.refuelling …")
    label: str = strawberry.field(description="What people call it: 车辆加油登记表.")
    columns: list[RegisterColumn] = strawberry.field(
        description="What its keepers fill in; none where the server alone writes."
    )
    kept_by: list[str] = strawberry.field(description="The roles that may write.")
    mine: bool = strawberry.field(description="Whether the viewer may write.")
    clauses: list[Clause] = strawberry.field(description="The clauses that ask for it.")
    allowed_actions: list[LivingAction] = strawberry.field(
        resolver=of_register, description=ALLOWED
    )


async def register_list(info: Info) -> list[RegisterInfo]:
    """The books that clauses of the viewer's office ask for."""
    context = info.context
    living = await context.rulebook(context.viewer.institution)
    return [
        RegisterInfo(
            name=each.name,
            label=said(each.label, context.language),
            columns=[
                RegisterColumn(
                    name=camel(field.name),
                    label=said(field.label, context.language),
                    required=field.required,
                )
                for field in (form_fields(each.entry) if each.entry else ())
            ],
            kept_by=list(keeper.whose),
            mine=keeper.allowed,
            clauses=[clause_of(living, clause) for clause in clauses_of(living, each.name)],
        )
        for each in REGISTERS
        if clauses_of(living, each.name)
        for keeper in [await may(context, each.name, Act.KEEP)]
    ]


@strawberry.type
class Query:
    registers = query(register_list, list[RegisterInfo], permission="clauses.read")
