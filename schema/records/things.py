"""Things in the API: for each a type, a page, an act to enter and to change one; moves for all."""

from datetime import date, datetime
from operator import attrgetter
from types import SimpleNamespace
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import THINGS
from domain.records.things import Keeping, Move, Thing
from domain.vocabulary import snake
from resolvers.areas import CARDS
from resolvers.records import lacking as lacks
from resolvers.records import thing_rows, things
from resolvers.records.thing_grounds import Given
from resolvers.records.thing_rows import Wanted
from schema.ground.acts import act
from schema.ground.connections import Cursors
from schema.ground.edges import pages
from schema.ground.errors import Refusal
from schema.ground.fields import Info, mutation, query
from schema.ground.ids import Id, argument, global_id
from schema.ground.mirrors import enum_of, mirror, read_input, read_off
from schema.ground.nodes import FINDERS, Node, ShownFrom
from schema.ground.papers import AttachmentInput, attach, attachments_field, papered
from schema.ground.rows import told
from schema.records.actions import LivingAction, of_object
from schema.records.asked_for import asked_for
from schema.rules.clauses import Clause, clause_of

VERSION = "The version that was read."
ThingState: Any = enum_of(Keeping, "ThingState")
ThingMove: Any = enum_of(Move, "ThingMove")


@strawberry.type
class ThingKept:
    """The thing is as it was told."""

    thing_id: Annotated[strawberry.ID, "The thing."]
    version: Annotated[int, "Its version now."]


ThingResult = Annotated[ThingKept | Refusal, strawberry.union("ThingResult")]


@strawberry.type
class ThingHistory:
    """What was done with a thing."""

    move: Annotated[ThingMove, "What."]
    to: Annotated[str, "Who received it; else empty."]
    due_on: Annotated[date | None, "Until when."]
    text: Annotated[str, "Why."]
    by: Annotated[str, "Who did it."]
    at: Annotated[datetime, "When."]
    version: Annotated[int, "The version that it made."]


BY_WORD = {each.reference.word: each for each in THINGS}


async def move_thing(
    info: Info,
    thing_id: Annotated[tuple[str, UUID], Id(*BY_WORD), "The thing."],
    expected_version: Annotated[int, VERSION],
    move: Annotated[Move, "ISSUED, LENT, RETURNED, OFFERED, TAKEN_OVER, LOST, FOUND or ENDED."],
    to_id: Annotated[UUID | None, Id("Person"), "Who receives it."] = None,
    due_on: Annotated[date | None, "When a loan is due."] = None,
    request_id: Annotated[
        UUID | None, Id("Request"), "The approved request that lets it be handed out."
    ] = None,
    text: Annotated[str, "Why; needed when it is lost or ended."] = "",
    attachments: Annotated[
        tuple[AttachmentInput, ...], "Papers that belong to it: a receipt, a report."
    ] = (),
) -> None:
    """Hand a thing out, take it back, hand it over, report it lost or found, or end it."""
    word, key = thing_id
    given = Given(move, to_id, due_on, request_id, text)
    thing = BY_WORD[word]
    await things.move(info.context, thing, key, expected_version, given)
    await attach(info, [*attachments], thing.name, key)


async def _kept(info: Info, answer: Any) -> ThingKept:
    word, thing = next(each for each in BY_WORD.items() if each[1].name == answer["thing"])
    row = await thing_rows.thing_of(info.context, thing, UUID(answer["id"]))
    version = row["version"] if row else 0
    return ThingKept(thing_id=global_id(word, answer["id"]), version=version)


def _type(thing: Thing) -> tuple[Any, type[SimpleNamespace]]:
    """The type of a thing's cards, and what they are shown from."""
    word = thing.reference.word
    card = type(f"Shown{word}", (SimpleNamespace,), {})

    async def found(info: Info, key: str) -> Any:
        row = await thing_rows.thing_of(info.context, thing, UUID(key))
        return card(**row) if row else None

    def overdue(root: Any, info: Info) -> bool:
        return bool(root.due_on and root.due_on < info.context.today)

    async def history(root: Any, info: Info) -> list[ThingHistory]:
        done = await info.context.rows(thing_rows.MOVES, id=root.id)
        return [told(ThingHistory, row) for row in done]

    optional: Any = str | None
    key, state = (lambda it: global_id(word, it.id)), (lambda it: Keeping(it.state))
    late = strawberry.field(resolver=overdue, description="Whether it should be back.")
    done = strawberry.field(resolver=history, description="What was done with it, latest first.")
    more = (
        read_off("id", strawberry.ID, "Opaque and global.", key),
        read_off("state", ThingState, "Where it is.", state),
        read_off("keeper", optional, "In whose keeping it is.", attrgetter("keeper_name")),
        read_off("holder", optional, "To whom it is lent.", attrgetter("holder_name")),
        read_off(
            "offered_to", optional, "Who is to take it over, and sign.", attrgetter("offered_name")
        ),
        read_off("due_on", date | None, "When a loan is due."),
        ("overdue", bool, late),
        read_off("version", int, "Grows with every change."),
        *asked_for(thing),
        attachments_field(),
        ("history", list[ThingHistory], done),
        ("allowed_actions", list[LivingAction], of_object(thing.name, vars)),
    )
    made = mirror(thing.card, word, more=more, node=Node)
    made.__strawberry_definition__.is_type_of = ShownFrom((card,))
    FINDERS[word] = found
    return made, card


State = Annotated[ThingState | None, "In this state alone; all when absent."]
Holder = Annotated[UUID | None, Id("Person"), "With this person alone."]
Overdue = Annotated[bool, "Only what should be back."]


def _page(thing: Thing) -> Any:
    (shown, card), word = _type(thing), thing.reference.word
    cursors = Cursors(word, (str, UUID))
    lists = pages(word, shown, cursors, ("A thing in a page.", "The thing.", "A page of things."))

    async def page(
        info: Info,
        state: State = None,
        holder: Holder = None,
        overdue: Overdue = False,
        first: int | None = 50,
        after: str | None = None,
    ) -> Any:
        asked, wanted = lists.page(first, after), Wanted(state, holder, overdue)
        found = await thing_rows.things(info.context, thing, wanted, asked)
        return await lists.told(info, asked, found, lambda row: card(**row))

    page.__doc__ = f"{_title(thing)}: the office's, by name."
    return query(page, "things", lists.connection, name=thing.cards)


def _lacking(thing: Thing) -> Any:
    """What the office's clauses want among its things, and nobody is shown."""
    assert thing.wanted  # noqa: S101  # asked of such things alone
    word, column = thing.reference.word, thing.wanted.column
    kind = enum_of(next(each.type for each in thing.fields if each.name == column))
    hints = {column: kind, "entered": bool, "clause": Clause}
    shape = type(f"{word}Lacking", (), {"__annotations__": hints})
    shape.__doc__ = f"{_title(thing)}: what a clause wants among them and is not shown."
    for name, says in (
        (column, "What is wanted and not shown."),
        ("entered", "Whether one is entered at all."),
        ("clause", "The clause that wants it."),
    ):
        setattr(shape, name, strawberry.field(description=says))
    made: Any = strawberry.type(shape)

    async def lacking(info: Info) -> Any:
        living = await info.context.rulebook()
        return [
            made(
                **{column: each["word"]},
                entered=each["entered"],
                clause=clause_of(living, each["clause"]),
            )
            for each in await lacks.lacking(info.context, thing)
        ]

    lacking.__doc__ = shape.__doc__
    return query(lacking, "things", list[made], name=f"{thing.cards}_lacking")


def _title(thing: Thing) -> str:
    return (thing.card.__doc__ or thing.name).partition(";")[0]


def _adding(thing: Thing) -> Any:
    word = thing.reference.word

    async def add(info: Info, input: Any) -> None:
        known = CARDS.get(thing.name)
        key = await things.enter(info.context, thing, read_input(thing.card, input), known)
        await attach(info, input.attachments, thing.name, key)

    add.__annotations__["input"] = mirror(
        thing.card, f"Add{word}Input", is_input=True, more=papered()
    )
    add.__doc__ = f"{_title(thing)}: enter one."
    name = f"add_{snake(word)}"
    return mutation(add, "things", ThingResult, replay=_kept, name=name)


def _changing(thing: Thing) -> Any:
    word = thing.reference.word
    more = papered(
        ("thing_id", strawberry.ID, strawberry.field(description="Which one.")),
        ("expected_version", int, strawberry.field(description=VERSION)),
    )

    async def change(info: Info, input: Any) -> None:
        key = argument(input.thing_id, {word}, "input", "thingId")[1]
        card = read_input(thing.card, input)
        await things.change(info.context, thing, key, input.expected_version, card)
        await attach(info, input.attachments, thing.name, key)

    change.__annotations__["input"] = mirror(
        thing.card, f"Change{word}Input", is_input=True, more=more
    )
    change.__doc__ = f"{_title(thing)}: another version of its card, as a whole."
    name = f"change_{snake(word)}"
    return mutation(change, "things", ThingResult, replay=_kept, name=name)


FIELDS = (
    act(move_thing, "things", "ThingResult", replay=_kept),
    *map(_page, THINGS),
    *(_lacking(each) for each in THINGS if each.wanted),
    *(of(each) for each in THINGS for of in (_adding, _changing)),
)
