"""What of a selection of requests is told as JSON text, and what is written by runs of its fields.

Everything that is worded is completed as ever, by the functions that complete it elsewhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from types import SimpleNamespace
from typing import Any

import orjson
from graphql import GraphQLObjectType, GraphQLResolveInfo, get_named_type, is_leaf_type
from graphql.execution.collect_fields import (
    FieldDetails,
    FieldDetailsList,
    FragmentDetails,
    GroupedFieldSet,
    collect_subfields,
)

from domain.messages import EN
from domain.vocabulary import code_of, told_kind
from resolvers.ground.lately import Lately
from resolvers.requests import told_columns as told
from resolvers.requests.procedures import procedure_of
from resolvers.requests.request_rows import Page, RequestRow
from resolvers.requests.telling import Around, Run
from resolvers.requests.told_columns import concat, literal, mark
from schema.completion.fields import DEFINED
from schema.completion.plans import OFTEN, asked
from schema.completion.selections import compiled
from schema.completion.values import Complete
from schema.ground.fields import Info
from schema.requests.steps import Turn, must_be_readable

TELLINGS_KEPT = 64
MOST_PARTS = 40
"""A function takes a hundred arguments."""


class Untellable(Exception):
    """Something is selected that the ordinary way alone shows."""


Own = str | Callable[["Making", FieldDetailsList], str]


@dataclass(frozen=True)
class Source:
    """How the objects of a type are told: by expressions of their own, or by runs of fields.

    `coded` says of which columns a field is written; `always` is looked at whatever is selected.
    """

    kind: str
    own: Mapping[str, Own]
    coded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    always: tuple[str, ...] = ()
    shown: Callable[[SimpleNamespace, Around], Any] = lambda said, _: said


@dataclass(eq=False)
class Making:
    """A telling as it is made of a selection."""

    info: GraphQLResolveInfo[Any]
    language: str
    runs: list[Run] = field(default_factory=list)
    functions: dict[tuple[str, int], tuple[Any, Complete]] = field(default_factory=dict)

    def grouped(self, kind: GraphQLObjectType, details: FieldDetailsList) -> GroupedFieldSet:
        info = self.info
        fragments = {name: FragmentDetails(each) for name, each in info.fragments.items()}
        given = info.schema, fragments, info.variable_values, info.operation
        return collect_subfields(*given, kind, details).grouped_field_set

    def object(self, source: Source, details: FieldDetailsList) -> str:
        """The expression of an object."""
        kind = self.kind(source.kind)
        parts: list[str] = []
        fields = self.grouped(kind, details).items()
        begins = len(self.runs)
        every = {**source.own, "__typename": literal(f'"{source.kind}"')}
        for own, group in groupby(fields, lambda each: name_of(each[1]) in every):
            if own:
                for key, of in group:
                    found = every[name_of(of)]
                    value = found if isinstance(found, str) else found(self, of)
                    parts += [literal(f'"{key}":'), value, "','"]
            else:
                parts += [self.run(source, kind, dict(group)), "','"]
        checked = self.runs[begins:] or not source.always
        first = [] if checked else [self.run(source, kind, {})]
        if not parts or len(parts) > MOST_PARTS:
            raise Untellable(source.kind)
        return concat(*first, "'{'", *parts[:-1], "'}'")

    def run(self, source: Source, kind: GraphQLObjectType, fields: GroupedFieldSet) -> str:
        """The mark of fields that are written together."""
        try:
            more = [each for of in fields.values() for each in source.coded[name_of(of)]]
        except KeyError as unknown:
            raise Untellable(source.kind) from unknown
        columns = tuple(dict.fromkeys((*source.always, *more)))
        write, shown = self.writer(kind, fields), source.shown
        self.runs.append(Run(columns, lambda said, around: write(shown(said, around))))
        every = ("r.institution_id", "r.rulebook_version", *map(told.COLUMNS.__getitem__, columns))
        return mark(len(self.runs) - 1, every)

    def writer(self, kind: GraphQLObjectType, fields: GroupedFieldSet) -> Callable[[Any], str]:
        """What writes these fields of an object, without its brackets."""
        complete: Any = self.completing(kind, fields)

        def write(root: Any) -> str:
            # Nobody runs: what is not told plainly fails, and is left to the ordinary way.
            return orjson.dumps(complete(None, root, None)).decode()[1:-1]

        return write

    def completing(self, kind: GraphQLObjectType, fields: GroupedFieldSet) -> Complete:
        for of in fields.values():
            self.must_be_plain(kind, of)
        return compiled(self.info.schema, kind, fields, self.below)

    def below(self, kind: GraphQLObjectType, details: FieldDetailsList) -> Complete:
        key = kind.name, id(details)
        if key not in self.functions:
            made = self.completing(kind, self.grouped(kind, details))
            self.functions[key] = details, made
        return self.functions[key][1]

    def must_be_plain(self, kind: GraphQLObjectType, details: FieldDetailsList) -> None:
        """Raises: Untellable: a field is more than something that an object has."""
        name = name_of(details)
        if name == "__typename":
            return
        definition = kind.fields[name]
        declared = definition.extensions.get(DEFINED)
        if definition.args or declared is None or declared.base_resolver:
            raise Untellable(name)
        below: Any = get_named_type(definition.type)
        if not is_leaf_type(below):
            for of in self.grouped(below, details).values():
                self.must_be_plain(below, of)

    def selects(self, fields: GroupedFieldSet, kind: Any, names: frozenset[str]) -> bool:
        """Whether one of these is selected somewhere below."""
        for of in fields.values():
            name = name_of(of)
            below: Any = get_named_type(kind.fields[name].type) if name in kind.fields else None
            if name in names or (
                getattr(below, "fields", None)
                and self.selects(self.grouped(below, of), below, names)
            ):
                return True
        return False

    def kind(self, name: str) -> Any:
        return self.info.schema.type_map[name]


def name_of(details: FieldDetailsList) -> str:
    return details[0].node.name.value


def steps_as(source: Source) -> Own:
    """The steps of a request, each told as this says."""
    return lambda making, details: told.steps_of(making.object(source, details))


def _turn(said: SimpleNamespace, around: Around) -> Turn:
    whose = {"step_id": None, "unit_id": None, "unit_name": None, **vars(said)}
    said.status = getattr(said, "step_status", None)
    steps: Any = [SimpleNamespace(seats=getattr(said, "everybody", ()))]
    view = RequestRow(whose, around.living, steps, Page(around.seats))
    turn = Turn(view, said, around.language)  # type: ignore[arg-type]
    if hasattr(said, "particulars"):
        must_be_readable(turn)
    return turn


def _request(said: SimpleNamespace, around: Around) -> SimpleNamespace:
    told = procedure_of(said.kind, around.living).kind
    return SimpleNamespace(**vars(said), told_kind=told_kind(told), kind_code=code_of(told))


PARTICULARS = ("skipped", "particulars")
SEATED = ("institutions", "role", "unit_id", "unit_name")
STEP = Source(
    "Step",
    told.STEP,
    {
        **{name: (name,) for name in ("role", "alternatives", "clauses", "decision")},
        "act": (),
        "title": ("role",),
        "clause": ("clauses",),
        "status": ("step_status",),
        "waitingFor": ("step_status", "seats", *SEATED),
        "onBehalfOf": ("decided_in", *SEATED),
        "decidedBy": ("decided_by", "decided_by_name", "everybody", "institutions"),
        **dict.fromkeys(
            ("skippedBecause", "actingFor", "document", "byTelephone", "handedOn"), PARTICULARS
        ),
    },
    always=("act",),
    shown=_turn,
)
APPLICANT = Source("Person", told.APPLICANT)
REQUEST = Source(
    "Request",
    {
        **told.REQUEST,
        "summary": lambda making, _: told.summary("en" if making.language == EN else "zh"),
        "applicant": lambda making, details: making.object(APPLICANT, details),
        "steps": steps_as(STEP),
    },
    {"kind": (), "kindCode": (), "status": ()},
    always=("kind", "status"),
    shown=_request,
)
WHOLE_STEP = replace(STEP, always=("act", *PARTICULARS))
WHOLE_REQUEST = replace(
    REQUEST, own={**REQUEST.own, "steps": steps_as(WHOLE_STEP)}, always=("kind", "status", "taken")
)
"""One request that is asked for by itself: what cannot be read of it is found, asked for or not."""


@dataclass(eq=False)
class Known:
    """A selection that came so often, and how it is told, once that is known."""

    nodes: Any
    times: int = 0
    telling: Any = None


KNOWN: Lately[tuple[Any, ...], Known] = Lately(TELLINGS_KEPT)


def key_of(info: Info, make: Callable[..., Any], *of: Any) -> tuple[Any, ...]:
    nodes = info._raw_info.field_nodes  # noqa: SLF001
    return make, info.context.language, *of, *map(id, nodes)


def told_before(info: Info, make: Callable[..., Any], *of: Any) -> Any:
    """As `telling_of`, for who only looks whether it is known."""
    known = KNOWN.get(key_of(info, make, *of)) if info.context.services.compiled else None
    return known and known.telling


def telling_of(info: Info, make: Callable[..., Any], *of: Any) -> Any:
    """What `make` makes of the selection of a field; nothing where it is shown as ever.

    It is made when a selection comes again, and where what comes again is compiled.
    """
    if not info.context.services.compiled:
        return None
    raw = info._raw_info  # noqa: SLF001
    key = key_of(info, make, *of)
    known = KNOWN.get(key) or Known(raw.field_nodes)
    KNOWN.put(key, known)
    known.times += 1
    if known.times == OFTEN:
        fragments = {name: FragmentDetails(each) for name, each in raw.fragments.items()}
        details = [FieldDetails(node, None) for node in raw.field_nodes]
        try:
            if asked(raw.operation, fragments) == ():
                known.telling = make(Making(raw, info.context.language), details, *of)
        except Untellable:
            pass
    return known.telling
