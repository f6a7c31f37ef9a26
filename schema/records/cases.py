"""Cases in the API, made from their kinds: type, filter, connection, a mutation for each stage."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from types import SimpleNamespace
from typing import Annotated, Any
from unicodedata import normalize
from uuid import UUID

import strawberry

from domain.approval.procedure import Form
from domain.records.case_tables import HIDDEN
from domain.records.cases import CaseKind, GivingUp
from resolvers.ground.listing import readable
from resolvers.records import case_ends, case_turns, cases
from resolvers.records.acts import seats_of
from resolvers.records.case_rows import CaseView, Filter, find, page
from resolvers.records.cases import Effect
from schema.ground.connections import Cursors, PageInfo, moment, page_info, page_size
from schema.ground.edges import edges_of, lenient, nothing, unreadable_field
from schema.ground.errors import Refusal
from schema.ground.fields import Info, mutation, query
from schema.ground.ids import argument, global_id, uuid_of
from schema.ground.mirrors import enum_of, mirror, read_input
from schema.ground.nodes import Node
from schema.records.actions import ALLOWED, LivingAction, of_case
from schema.records.case_types import CaseClock, CaseEvent, CaseNext, clock_of, event_of, next_of
from schema.requests.kinds import RequestKind, words_of

GIVE_UP = "give_up"
HEADER: tuple[tuple[str, Any, str], ...] = (
    ("number", str, "The request's number."),
    ("path", str, "The path that it is on."),
    ("state", str, "Where it stands on it."),
    ("since", datetime, "Since when."),
    ("version", int, "To give as `expectedVersion`."),
    ("standing", bool, "Whether it can still go on."),
    ("begun_at", datetime, "When it began."),
)


class Cases:
    """The root types of a kind of case. `read` and `act` are the permissions that open it.

    `effects` are what stages bring about that no declaration can say, by event.
    """

    def __init__(
        self,
        kind: CaseKind[Any],
        read: str,
        act: str,
        effects: Mapping[str, Effect] | None = None,
    ) -> None:
        self.kind, self.words = kind, words_of(kind.code)
        self.type, self.key = _type(kind, self.words), f"{kind.code.replace('.', '_')}"
        self.cursors = Cursors(self.words, (moment, UUID))
        self.taken = self._taken()
        self.filter, self.edge, self.connection = self._listed()
        queries = {f"{self.key}s": self._page(read), self.key: self._one(read)}
        mutations = {
            f"{event}_{self.key}": self._stage(act, event, stage.fills, (effects or {}).get(event))
            for event, stage in kind.stages.items()
            if not stage.leads_on
        }
        if kind.begun:
            mutations[f"{GIVE_UP}_{self.key}"] = self._giving_up(act, (effects or {}).get(GIVE_UP))
        self.Query = strawberry.type(type("Query", (), queries))
        self.Mutation = strawberry.type(type("Mutation", (), mutations))

    async def shown(self, info: Info, view: CaseView, seats: Any = None) -> Any:
        """A case as the API has it."""
        if seats is None:
            seats = await seats_of(info.context, view.asked_for, view.case.facts)
        calendar = await info.context.calendar()
        own = {**vars(view.case.filled), **view.shown}
        return SimpleNamespace(
            **own, id=view.case.id, view=view, seats=seats, calendar=calendar, of=self.words
        )

    async def found(self, info: Info, case: UUID) -> Any:
        return await self.shown(info, await find(info.context, self.kind, case))

    def _taken(self) -> Any:
        shape = {
            self.key: strawberry.field(description="As it is now."),
            "__annotations__": {self.key: self.type},
            "__doc__": "The act is done and on record.",
        }
        name = f"{self.words}Taken"
        return strawberry.type(type(name, (), shape), description=shape["__doc__"])

    def _listed(self) -> tuple[Any, Any, Any]:
        of = self.type

        @strawberry.type(name=f"{self.words}Edge", description="One case of a page.")
        class Edge:
            cursor: str = strawberry.field(description="To continue after it.")
            node: of | None = strawberry.field(description="The case.")  # type: ignore[valid-type]
            unreadable: str | None = unreadable_field()

        @strawberry.type(name=f"{self.words}Connection", description="Cases, the newest first.")
        class Connection:
            edges: list[Edge] = strawberry.field(description="This page.")
            page_info: PageInfo = strawberry.field(description="Where it lies.")

        shape: dict[str, tuple[Any, str]] = {
            "number": (str, "With this number alone."),
            "state": (str, "In this state alone."),
            "standing": (bool, "Still going on, or not."),
            "overdue": (bool, "Late, or not."),
            "from_": (date, "On this day or later."),
            "to": (date, "On this day or earlier."),
        }
        for each in fields(self.kind.record):
            if each.name in self.kind.filters:
                enum_of(each.type)
                shape[each.name] = (each.type, each.metadata["en"])
        body: dict[str, Any] = {
            name: strawberry.field(
                default=None, description=told, **({"name": "from"} if name == "from_" else {})
            )
            for name, (_, told) in shape.items()
        }
        body["__annotations__"] = {name: of | None for name, (of, _) in shape.items()}
        given = type(f"{self.words}FilterInput", (), body)
        told = "What a list is narrowed to; whatever is left out does not count."
        return strawberry.input(given, description=told), Edge, Connection

    def _page(self, permission: str) -> Any:
        async def listed(
            info: Info, filter: Any = None, first: int | None = 20, after: str | None = None
        ) -> Any:
            since, wanted = self.cursors.read(after), self.wanted(filter)
            found, more = await page(info.context, self.kind, wanted, page_size(first), since)
            kinds = {view.asked_for for view in readable(found)}
            seats = {kind: await seats_of(info.context, kind, {}) for kind in kinds}

            async def show(view: CaseView) -> Any:
                return await self.shown(info, view, seats[view.asked_for])

            edges = await edges_of(info, self.edge, self.cursors, found, show)
            told = page_info([edge.cursor for edge in edges], more=more, after=after)
            return self.connection(edges=edges, page_info=told)

        wanted = strawberry.argument(description="What is wanted; all if absent.")
        listed.__annotations__["filter"] = Annotated[self.filter | None, wanted]
        listed.__doc__ = f"{self.kind.label.zh}: those that the viewer may see, the newest first."
        return query(listed, self.connection, permission=permission)

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
            {name: getattr(given, name) for name in self.kind.filters},
        )

    def _one(self, permission: str) -> Any:
        async def one(info: Info, id: strawberry.ID) -> Any:
            _, key = argument(id, {self.words, "Request"}, "id")
            return await self.found(info, key)

        one.__doc__ = f"{self.kind.label.zh}: one of them, by its own id or its request's."
        return query(one, self.type, permission=permission)

    def _stage(self, permission: str, event: str, form: type[Form], effect: Effect | None) -> Any:
        async def run(info: Info, case: UUID, version: int, given: Any) -> UUID:
            return await cases.take(info.context, self.kind, case, version, event, given, effect)

        return self._mutation(permission, event, form, run)

    def _giving_up(self, permission: str, effect: Effect | None) -> Any:
        async def run(info: Info, case: UUID, version: int, given: Any) -> UUID:
            return await case_ends.give_up(info.context, self.kind, case, version, given, effect)

        return self._mutation(permission, GIVE_UP, GivingUp, run)

    def _mutation(self, permission: str, event: str, form: type[Form], run: Any) -> Any:
        name = f"{words_of(event)}{self.words}"
        more = (
            ("case_id", strawberry.ID, strawberry.field(description=self.kind.label.en)),
            ("expected_version", int, strawberry.field(description="The version that was read.")),
            (
                "idempotency_key",
                strawberry.ID,
                strawberry.field(description="The same key is answered once."),
            ),
        )
        given = mirror(form, f"{name}Input", is_input=True, more=more, optional=True)

        async def take(info: Info, input: Any) -> Any:
            case = uuid_of(input.case_id, self.words, "caseId")
            await run(info, case, input.expected_version, read_input(form, input))
            return self.taken(**{self.key: await self.found(info, case)})

        async def replay(info: Info, answer: Any) -> Any:
            return self.taken(**{self.key: await self.found(info, UUID(answer["case"]))})

        take.__annotations__["input"] = given
        take.__doc__ = f"{self.kind.label.en}: {event.replace('_', ' ')}."
        union = strawberry.union(f"{self.words}Result")
        result = Annotated[self.taken | Refusal, union]
        return mutation(take, result, permission=permission, replay=replay)


def _read(of: Any, get: Any, description: str, *, told: str = "") -> Any:
    def read(root: strawberry.Parent[Any]) -> Any:
        return get(root.view)

    read.__annotations__["return"] = of
    return strawberry.field(resolver=read, description=description, name=told or None)


def _secret(name: str, description: str) -> Any:
    def read(root: strawberry.Parent[Any], info: Info) -> str:
        info.context.reads_secret(root.view.asked_for, root.view.case.id)
        return str(getattr(root, name))

    return strawberry.field(resolver=read, description=description)


def _type(kind: CaseKind[Any], words: str) -> Any:
    def of_case_row(name: str) -> Any:
        return lambda view: getattr(view.case, name)

    secrets = {f.name: f.metadata for f in fields(kind.record) if f.metadata.get("confidential")}
    hidden = [f.name for f in fields(kind.record) if HIDDEN in f.metadata]
    table = kind.table.name

    def events(root: Any, info: Info) -> list[CaseEvent]:  # noqa: ARG001
        return [event_of(root.view, entry) for entry in root.view.entries]

    def following(root: Any, info: Info) -> list[CaseNext]:
        found = case_turns.next_events(info.context, root.view, root.seats, root.calendar)
        return [next_of(root.view, each, info.context.language) for each in found]

    def clocks(root: Any, info: Info) -> list[CaseClock]:  # noqa: ARG001
        return [clock_of(root.view, each) for each in root.view.clocks]

    def part(read: Any, description: str) -> Any:
        resolver = lenient(table, read, nothing)
        resolver.__annotations__["root"] = strawberry.Parent[Any]
        return strawberry.field(resolver=resolver, description=description)

    def request_of(view: CaseView) -> strawberry.ID | None:
        return global_id("Request", view.case.request_id) if view.case.request_id else None

    def kind_of(view: CaseView) -> Any:
        return RequestKind(view.case.kind) if view.case.kind else None

    asked: Any = RequestKind if kind.kinds else RequestKind | None
    more: list[tuple[str, Any, Any]] = [
        (
            "id",
            strawberry.ID,
            _read(strawberry.ID, lambda v: global_id(words, v.case.id), "Opaque and global."),
        ),
        (
            "request_id",
            strawberry.ID | None,
            _read(strawberry.ID | None, request_of, "The request that it began with."),
        ),
        ("kind", asked, _read(asked, kind_of, "What was asked for.")),
        *((n, of, _read(of, of_case_row(n), told)) for n, of, told in HEADER),
        (
            "begun_by",
            str,
            _read(str, lambda v: v.case.begun_by_name, "Who asked for it, or registered it."),
        ),
        (
            "approved_by",
            str | None,
            _read(str | None, lambda v: v.approved_by, "Who approved its request last."),
        ),
        ("overdue", bool, _read(bool, lambda v: v.overdue, "Whether a clock of it has run out.")),
        *(
            (each.name, str | None, strawberry.field(description=each.label.zh))
            for each in kind.shows
        ),
        *(
            (name, str, _secret(name, f"{m['zh']}; the ledger keeps who read it."))
            for name, m in secrets.items()
        ),
        ("clocks", list[CaseClock], part(clocks, "Its deadlines.")),
        ("history", list[CaseEvent], part(events, "What happened, in its order.")),
        (
            "next",
            list[CaseNext],
            part(following, "What may follow, for the viewer, and why the rest may not."),
        ),
        (
            "allowed_actions",
            list[LivingAction],
            strawberry.field(resolver=of_case, description=ALLOWED),
        ),
    ]
    made = mirror(kind.record, words, more=tuple(more), without=(*secrets, *hidden), node=Node)
    made.__strawberry_definition__.is_type_of = lambda root, _: getattr(root, "of", None) == words
    return made


def merged(root: str, of: Sequence[Cases]) -> tuple[Any, ...]:
    """The root types of several kinds."""
    return tuple(getattr(each, root) for each in of)
