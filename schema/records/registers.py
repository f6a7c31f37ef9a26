"""Registers in the API: for each a type of its lines, a page of them, and an act to enter one.

What is entered is the entry's form, as a request's input is its form.
"""

from datetime import date, datetime
from operator import attrgetter
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import CHECKS, REGISTERS
from domain.office.roll import Unit as Row
from domain.records.lines import NUMBER, stored
from domain.records.registers import Register
from domain.vocabulary import snake
from resolvers.areas import LINES
from resolvers.records import checks as of_checks
from resolvers.records import lacking as lacks
from resolvers.records import register_rows, registers
from resolvers.records.register_rows import record_of
from resolvers.records.sight import tells_secrets
from schema.ground.acts import act
from schema.ground.connections import Cursors, moment
from schema.ground.edges import pages
from schema.ground.errors import Refusal
from schema.ground.fields import Info, mutation, query
from schema.ground.ids import Id, argument, global_id, uuid_if_given
from schema.ground.mirrors import mirror, read_input, read_off
from schema.ground.papers import attach, attachments_field, papered
from schema.office.organisation import Person, somebody
from schema.office.units import Unit, unit_of
from schema.records.actions import LivingAction, of_object
from schema.records.checks import MarkInput, SheetMark, marks_field

DOOR = "registers"


@strawberry.type
class LineEntered:
    """The line is written, and stands."""

    line_id: Annotated[strawberry.ID, "Its id, to correct it or strike it out."]


LineResult = Annotated[LineEntered | Refusal, strawberry.union("LineResult")]


BY_WORD = {each.reference.word: each for each in REGISTERS}
SHEETS = {each.name: each for each in CHECKS}
Line = Annotated[tuple[str, UUID], Id(*BY_WORD), "The line."]


async def strike_out_line(
    info: Info, line_id: Line, reason: Annotated[str, "Why it is struck out."]
) -> None:
    """Let a line of a register count no more; it stays to be seen."""
    register, line = BY_WORD[line_id[0]], line_id[1]
    if check := SHEETS.get(register.name):
        await of_checks.strike_out(info.context, check, line, reason)
    else:
        await registers.strike_out(info.context, register, line, reason)


async def sign_line(info: Info, line_id: Line) -> None:
    """Sign for a line as its second person; it counts from then on."""
    await registers.sign(info.context, BY_WORD[line_id[0]], line_id[1])


async def _entered(_: Info, answer: Any) -> LineEntered:
    register = next(each for each in REGISTERS if each.name == answer["register"])
    return LineEntered(line_id=global_id(register.reference.word, answer["line"]))


def _line_type(register: Register) -> Any:
    word = register.reference.word

    told_by = [each.name for each in register.fields if each.name not in register.secret]

    def told(root: Any) -> dict[str, Any]:
        return {name: stored(getattr(root, name)) for name in told_by}

    def corrected(root: Any) -> strawberry.ID | None:
        return global_id(word, root.corrects) if root.corrects else None

    names, id_ = record_of(register).named, strawberry.ID
    more = [
        read_off("id", id_, "To correct it or strike it out.", lambda it: global_id(word, it.id)),
        read_off("corrects", id_ | None, "The line that it corrects or strikes out.", corrected),
        read_off("stands", bool, "Whether it counts."),
        read_off(
            "struck_out", bool, "Whether it strikes out the line it corrects.", attrgetter("void")
        ),
        read_off("why", str, "Why it strikes that line out; else empty."),
        read_off("recorded_by", str, "Who wrote it.", attrgetter("recorded_by_name")),
        read_off("recorded_at", datetime, "When it was written."),
        ("allowed_actions", list[LivingAction], of_object(register.name, told, names)),
    ]
    more.append(attachments_field())
    if register.numbered:
        more.append(read_off(NUMBER, str, "Its number; none of a year is missing."))
    if register.name in SHEETS:
        more.append(("marks", list[SheetMark], marks_field()))
    secret = {name: _secret(register, name) for name in register.secret}
    return mirror(register.entry, word, more=tuple(more), instead=secret)


def _secret(register: Register, name: str) -> Any:
    async def read(root: Any, info: Info) -> str:
        if not await tells_secrets(info.context, record_of(register), vars(root)):
            return ""
        info.context.reads_secret(register.name, root.id)
        return str(getattr(root, name))

    return read


def _page(register: Register) -> Any:
    line, word = _line_type(register), register.reference.word
    cursors = Cursors(word, (moment if register.is_timed else date.fromisoformat, UUID))
    lists = pages(word, line, cursors, ("A line in a page.", "The line.", "A page of lines."))

    words = {each.refers.word for each in register.fields if each.refers}

    async def page(
        info: Info,
        from_: date | None = None,
        to: date | None = None,
        naming: strawberry.ID | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> Any:
        asked = lists.page(first, after)
        named = argument(naming, words, "naming") if naming is not None else None
        found = await register_rows.lines(info.context, register, from_, to, asked, named)
        return await lists.told(info, asked, found)

    page.__doc__ = f"{_title(register)}: what happened between two days, the newest first."
    return query(page, DOOR, lists.connection, name=register.lines)


def _lacking(register: Register) -> Any:
    if not register.about:
        return _units_lacking(register)

    async def lacking(info: Info) -> list[Person]:
        found = await lacks.without(info.context, register)
        return [somebody(each["id"], each["name"], each["account"]) for each in found]

    lacking.__doc__ = f"{_title(register)}: who has no line there, though a clause wants one."
    return query(lacking, DOOR, name=f"{register.lines}_lacking")


def _units_lacking(register: Register) -> Any:
    async def lacking(info: Info) -> list[Unit]:
        return [unit_of(Row(**each)) for each in await lacks.without(info.context, register)]

    lacking.__doc__ = f"{_title(register)}: which sections have no line there that a clause wants."
    return query(lacking, DOOR, name=f"{register.lines}_lacking")


def _title(register: Register) -> str:
    return (register.entry.__doc__ or register.name).partition(";")[0]


def _entering(register: Register) -> Any:
    entry, word = register.entry, register.reference.word
    check, sheet = LINES.get(register.name), SHEETS.get(register.name)
    given = strawberry.field(default=None, description="The line that this one corrects.")
    marks = strawberry.field(description="Each item of the office, marked once.")
    more = (
        *((("marks", list[MarkInput], marks),) if sheet else ()),
        ("corrects", strawberry.ID | None, given),
    )

    async def record(info: Info, input: Any) -> None:
        corrects = uuid_if_given(input.corrects, word, "corrects")
        context, form = info.context, read_input(entry, input)
        if sheet:
            marked = [each.read() for each in input.marks]
            line = await of_checks.record(context, sheet, form, marked, corrects, check)
        else:
            line = await registers.enter(context, register, form, corrects, check)
        await attach(info, input.attachments, register.name, line)

    record.__annotations__["input"] = mirror(
        entry, f"Record{word}Input", is_input=True, more=papered(*more)
    )
    record.__doc__ = f"{_title(register)}: enter a line; it stands and can only be corrected."
    name = f"record_{snake(word)}"
    return mutation(record, DOOR, LineResult, replay=_entered, name=name)


FIELDS = (
    act(strike_out_line, DOOR, "LineResult", replay=_entered),
    act(sign_line, DOOR, "LineResult", replay=_entered),
    *map(_page, REGISTERS),
    *(_lacking(each) for each in REGISTERS if each.owed_by),
    *(_entering(each) for each in REGISTERS if each.entered),
)
