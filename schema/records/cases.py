"""Cases in the API, made from their kinds: type, filter, connection, a mutation for each stage."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import cached_property, partial
from types import SimpleNamespace
from typing import Annotated, Any
from unicodedata import normalize
from uuid import UUID

import strawberry

from domain.approval.procedure import Form
from domain.records.case_tables import refers
from domain.records.cases import CaseKind
from domain.records.stage_forms import GivingUp
from domain.vocabulary import listed_as, words_of
from resolvers.records.acts import read_seats, seats_at_hand
from resolvers.records.case_beginnings import Check, open_case
from resolvers.records.case_ends import give_up
from resolvers.records.case_looks import Looks
from resolvers.records.case_rows import CaseView, Filter, cases, find, find_any
from resolvers.records.case_summary import summary
from resolvers.records.case_turns import alike
from resolvers.records.cases import Effect, Said, take
from resolvers.records.verdicts import Acting
from resolvers.requests.words import camel
from schema.ground.connections import Cursors, moment
from schema.ground.edges import Pages, pages
from schema.ground.errors import Refusal
from schema.ground.fields import Info, mutation, query
from schema.ground.ids import argument, uuid_if_given, uuid_of
from schema.ground.mirrors import mirror, read_input
from schema.ground.nodes import FINDERS
from schema.ground.papers import attach, papered
from schema.records.case_types import type_of
from schema.requests.kinds import RequestKind

PERMISSION, GIVE_UP = "cases", "give_up"


class Shown(SimpleNamespace):
    """A case that is shown; which of the viewer's seats count in it is looked into when asked."""

    @cached_property
    def seats(self) -> tuple[Acting, ...]:
        facts = self.view.facts if self.borrowed else {}
        return self.looks_for_seats(facts, self.view.asked_for) or ()

    @cached_property
    def alike(self) -> Hashable:
        of: Hashable = self.likened(self.view, self.seats)
        return of


class Cases:
    """The root types of a kind of case.

    `effects` are what stages bring about that no declaration can say, by event.
    """

    def __init__(
        self,
        kind: CaseKind[Any],
        effects: Mapping[str, Effect] | None = None,
        looks: Looks | None = None,
        check: Check | None = None,
    ) -> None:
        self.kind, self.words, self.looks = kind, words_of(kind.code), looks
        self.refers = refers(kind.record)
        self.row: type[Shown] = type(f"Shown{self.words}", (Shown,), {})
        self.type = type_of(kind, self.words, self.row, looks)
        self.key = kind.code.replace(".", "_")
        self.taken = self._taken()
        self.filter, self.pages = self._narrowed(), self._pages()
        FINDERS[self.words] = lambda info, key: self.found(info, UUID(key))
        queries = {listed_as(self.words): self._page(), self.key: self._one()}
        mutations = {
            f"{event}_{self.key}": self._stage(event, stage.fills, (effects or {}).get(event))
            for event, stage in kind.stages.items()
            if not stage.leads_on
        }
        if kind.begun:
            mutations[f"{GIVE_UP}_{self.key}"] = self._giving_up((effects or {}).get(GIVE_UP))
        if kind.entry:
            mutations[f"begin_{self.key}"] = self._beginning(kind.entry.form, check)
        self.Query = strawberry.type(type("Query", (), queries))
        self.Mutation = strawberry.type(type("Mutation", (), mutations))

    async def shown(self, info: Info, view: CaseView) -> Any:
        """A case as the API has it."""
        context = info.context
        await read_seats(context)
        rules = await context.rulebook() if context.viewer.borrowed else None
        calendar = await context.calendar()
        own = {**vars(view.case.filled), **view.shown}
        found = self.row(**own, id=view.case.id, view=view, calendar=calendar)
        found.borrowed, found.likened = bool(context.viewer.borrowed), partial(alike, context)
        found.looks_for_seats = partial(seats_at_hand, context, rules, self.kind.code)
        return found

    async def found(self, info: Info, case: UUID) -> Any:
        return await self.shown(info, await find(info.context, self.kind, case))

    async def done(self, info: Info, case: UUID) -> Any:
        """The case as whoever took a stage left it, though it may be another's now."""
        view = await find_any(info.context, self.kind, case)
        return await self.shown(info, view) if view else await self.found(info, case)

    def _taken(self) -> Any:
        shape = {
            self.key: strawberry.field(description="As it is now."),
            "__annotations__": {self.key: self.type},
            "__doc__": "The act is done and on record.",
        }
        name = f"{self.words}Taken"
        return strawberry.type(type(name, (), shape), description=shape["__doc__"])

    def _pages(self) -> Pages:
        told = ("One case of a page.", "The case.", "Cases, the newest first.")
        return pages(self.words, self.type, Cursors(self.words, (moment, UUID)), told)

    def _narrowed(self) -> Any:
        shape: dict[str, tuple[Any, str]] = {
            "number": (str, "With this number alone."),
            "state": (str, "In this state alone."),
            "standing": (bool, "Still going on, or not."),
            "overdue": (bool, "Late, or not."),
            "from_": (date, "On this day or later."),
            "to": (date, "On this day or earlier."),
        }
        for each in fields(self.kind.record):
            if each.name in self.kind.filters or each.name in self.refers:
                of_column: Any = strawberry.ID if each.name in self.refers else each.type
                shape[each.name] = (of_column, each.metadata["en"])
        body: dict[str, Any] = {
            name: strawberry.field(default=None, description=told, name=camel(name.rstrip("_")))
            for name, (_, told) in shape.items()
        }
        body["__annotations__"] = {name: of | None for name, (of, _) in shape.items()}
        given = type(f"{self.words}FilterInput", (), body)
        narrowed = "What a list is narrowed to; whatever is left out does not count."
        return strawberry.input(given, description=narrowed)

    def _page(self) -> Any:
        async def listed(
            info: Info, filter: Any = None, first: int | None = 20, after: str | None = None
        ) -> Any:
            page, wanted = self.pages.page(first, after), self.wanted(filter)
            found = await cases(info.context, self.kind, wanted, page)
            return await self.pages.told(info, page, found, partial(self.shown, info))

        wanted = "What is wanted; all if absent."
        listed.__annotations__["filter"] = Annotated[self.filter | None, wanted]
        listed.__doc__ = f"{self.kind.label.zh}: those that the viewer may see, the newest first."
        return query(listed, PERMISSION, self.pages.connection)

    def wanted(self, given: Any) -> Filter:
        """What a list is narrowed to, as the statements take it."""
        if given is None:
            return Filter()
        return Filter(
            given.number and normalize("NFKC", given.number).strip(),
            given.state,
            given.standing,
            given.overdue,
            given.from_,
            given.to,
            {name: getattr(given, name) for name in self.kind.filters}
            | {
                name: uuid_if_given(getattr(given, name), of, "filter", camel(name))
                for name, of in self.refers.items()
            },
        )

    def _one(self) -> Any:
        async def one(info: Info, id: strawberry.ID) -> Any:
            _, key = argument(id, {self.words, "Request"}, "id")
            return await self.found(info, key)

        one.__doc__ = f"{self.kind.label.zh}: one of them, by its own id or its request's."
        return query(one, PERMISSION, self.type)

    def _stage(self, event: str, form: type[Form], effect: Effect | None) -> Any:
        async def run(info: Info, input: Any, given: Any) -> UUID:
            case, note = uuid_of(input.case_id, self.words, "caseId"), self.kind.noted
            said = Said(
                case, input.expected_version, event, given, note=note and bool(input.note_only)
            )
            return await take(info.context, self.kind, said, effect, self.looks)

        return self._mutation(event, form, run, self._moving(noted=self.kind.noted))

    def _giving_up(self, effect: Effect | None) -> Any:
        async def run(info: Info, input: Any, given: Any) -> UUID:
            case = uuid_of(input.case_id, self.words, "caseId")
            of = self.kind, case, input.expected_version
            return await give_up(info.context, *of, given, effect)

        return self._mutation(GIVE_UP, GivingUp, run, self._moving())

    def _beginning(self, form: type[Form], check: Check | None) -> Any:
        async def run(info: Info, input: Any, given: Any) -> UUID:  # noqa: ARG001
            return await open_case(info.context, self.kind, given, check)

        return self._mutation("begin", form, run, ())

    def _moving(self, *, noted: bool = False) -> tuple[Any, ...]:
        """What every stage is told beside what it fills in."""
        told = "Only put one's part on record; another seat takes the stage."
        note = ("note_only", bool | None, strawberry.field(default=None, description=told))
        return (
            ("case_id", strawberry.ID, strawberry.field(description=self.kind.label.en)),
            ("expected_version", int, strawberry.field(description="The version that was read.")),
            *((note,) if noted else ()),
        )

    def _mutation(self, event: str, form: type[Form], run: Any, more: tuple[Any, ...]) -> Any:
        name = f"{words_of(event)}{self.words}"
        given = mirror(form, f"{name}Input", is_input=True, more=papered(*more), optional=True)

        async def act(info: Info, input: Any) -> None:
            case = await run(info, input, read_input(form, input))
            await attach(info, input.attachments, self.kind.code, case)

        async def replay(info: Info, answer: Any) -> Any:
            return self.taken(**{self.key: await self.done(info, UUID(answer["case"]))})

        act.__annotations__["input"] = given
        act.__doc__ = f"{self.kind.label.en}: {event.replace('_', ' ')}."
        either: Any = self.taken | Refusal
        result: Any = Annotated[either, strawberry.union(f"{self.words}Result")]
        return mutation(act, PERMISSION, result, replay=replay)


@strawberry.type
class CaseCount:
    """How many cases of a kind came in one way and stand in one state."""

    kind: Annotated[RequestKind, "What they are."]
    channel: Annotated[str, "How they came."]
    state: Annotated[str, "Where they stand."]
    section: Annotated[str | None, "Whose they are, where sections are asked for; null: nobody's."]
    topic: Annotated[str | None, "What kind of problem, where that is asked for."]
    cases: Annotated[int, "How many."]
    standing: Annotated[int, "Of these, how many still go on."]
    closed: Annotated[int, "Of these, how many are settled."]
    overdue: Annotated[int, "Of these, how many let a deadline pass."]
    in_time: Annotated[int, "Of these, how many kept a deadline."]


def summarised(kinds: Sequence[CaseKind[Any]]) -> Any:
    """The query that counts cases of these kinds, all of which tell by which channel they came."""

    async def case_summary(
        info: Info,
        kind: RequestKind | None = None,
        from_: date | None = None,
        to: date | None = None,
        by_section: Annotated[bool, "Each section apart."] = False,
        by_topic: Annotated[bool, "Each kind of problem apart."] = False,
    ) -> list[CaseCount]:
        asked: Any = kind
        wanted = Filter(first_day=from_, last_day=to)
        request = asked.value if asked else None
        apart = {"by_section": by_section, "by_topic": by_topic}
        found = await summary(info.context, kinds, request, wanted, **apart)
        return [CaseCount(**{**row, "kind": RequestKind(row["kind"])}) for row in found]

    named = " and ".join(f"{each.label.en.lower()}s" for each in kinds)
    case_summary.__doc__ = f"How many {named} came in, how, where they stand, and which are late."
    field = query(case_summary, "cases")
    return strawberry.type(type("Counting", (), {"case_summary": field}))
