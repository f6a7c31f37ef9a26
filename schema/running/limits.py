"""How large a document may be, once its fragments are spread and its lists are filled."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    get_introspection_query,
    get_named_type,
    get_nullable_type,
    introspection_types,
    is_list_type,
    parse,
)

from domain.errors import Problem, Refused
from schema.ground.connections import MOST
from schema.running.faults import refusal

MOST_CHARACTERS = 200_000
MOST_TOKENS = 5_000
MOST_DEFINITIONS = 100
MOST_ROOT_FIELDS = 30
MOST_ALIKE = 10
"""How often one field may stand at the root: each time is a question of its own."""
MOST_FIELDS = 2_000
MOST_LEVELS = 15
MOST_REPEATS = 20_000
"""How many pairs of fields may bear one name side by side: each pair is compared."""
MOST_ANSWERS = 100_000
"""How many fields an answer may have, as far as the document tells."""
LISTED = 5
"""How many a list is taken to hold that is not read by pages."""
MOST_LEARNT = 2
"""How often the answer of an introspection may have the size of a usual one."""
MOST_VALUES = 25_000
"""How many values its variables may hold."""
META = {"__schema": "__Schema", "__type": "__Type"}


@dataclass(frozen=True)
class Size:
    """Of a selection: its own fields, those below with them, their levels, and the answer's."""

    width: int = 0
    fields: int = 0
    levels: int = 0
    answers: int = 0


@dataclass
class Measure:
    """Sizes of selections; each fragment is measured once, however often it is spread."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    known: dict[str, Size | None] = field(default_factory=dict)

    def of(self, selected: SelectionSetNode | None, kind: GraphQLNamedType | None) -> Size:
        sizes = [self._of_one(each, kind) for each in selected.selections] if selected else []
        return Size(
            sum(size.width for size in sizes),
            sum(size.fields for size in sizes),
            max((size.levels for size in sizes), default=0),
            sum(size.answers for size in sizes),
        )

    def _of_one(self, node: SelectionNode, kind: GraphQLNamedType | None) -> Size:
        match node:
            case FragmentSpreadNode():
                return self._of_fragment(node.name.value)
            case InlineFragmentNode():
                on = node.type_condition
                return self.of(
                    node.selection_set, self.schema.type_map.get(on.name.value) if on else kind
                )
            case FieldNode():
                return self._of_field(node, kind)
        return Size()

    def _of_field(self, node: FieldNode, kind: GraphQLNamedType | None) -> Size:
        name = node.name.value
        # What an unknown field would hold nobody asks: the document is refused for it later.
        asked: GraphQLField | None = getattr(kind, "fields", {}).get(name)
        below = introspection_types.get(META.get(name, ""))
        inner = self.of(node.selection_set, get_named_type(asked.type) if asked else below)
        many = _many(node, asked, kind, self.schema) if asked else 1
        return Size(1, inner.fields + 1, inner.levels + 1, 1 + round(many * inner.answers))

    def _of_fragment(self, name: str) -> Size:
        if name not in self.fragments:
            return Size()
        if name not in self.known:
            self.known[name] = None
            on = self.fragments[name].type_condition.name.value
            self.known[name] = self.of(
                self.fragments[name].selection_set, self.schema.type_map.get(on)
            )
        size = self.known[name]
        if size is None:
            raise refusal([Problem("ENDLESS_FRAGMENT", (), None, {"name": name})])
        return size

    def repeats(self, selected: Iterable[SelectionSetNode]) -> int:
        """How many pairs of fields bear one name where these selections are put together."""
        named: dict[str, list[FieldNode]] = defaultdict(list)
        for each in selected:
            for node in self.spread(each):
                named[(node.alias or node.name).value].append(node)
        return sum(
            len(nodes) * (len(nodes) - 1) // 2
            + self.repeats(node.selection_set for node in nodes if node.selection_set)
            for nodes in named.values()
        )

    def spread(self, selected: SelectionSetNode) -> Iterator[FieldNode]:
        """The fields of a selection, those of its fragments among them."""
        for node in selected.selections:
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                yield from self.spread(node.selection_set)
            elif isinstance(node, FragmentSpreadNode) and node.name.value in self.fragments:
                yield from self.spread(self.fragments[node.name.value].selection_set)


def _many(
    node: FieldNode, asked: GraphQLField, kind: GraphQLNamedType | None, schema: GraphQLSchema
) -> float:
    """How many answers a field is taken to have: a page's size, or what such a list holds."""
    if kind and kind.name in introspection_types:
        return _described(schema).get(node.name.value, 1)
    if "first" in asked.args:
        given = next(
            (each.value for each in node.arguments or () if each.name.value == "first"), None
        )
        if given is None:
            return _usual(asked)
        if not isinstance(given, IntValueNode) or len(given.value) > len(str(MOST)):
            return MOST
        return min(int(given.value), MOST)
    paged = node.name.value == "edges"
    return LISTED if is_list_type(get_nullable_type(asked.type)) and not paged else 1


def _usual(asked: GraphQLField) -> int:
    default: Any = asked.args["first"].default_value
    return default if isinstance(default, int) else MOST


@cache
def _described(schema: GraphQLSchema) -> Mapping[str, float]:
    """How many types a schema has, and how many fields such a type has on average."""
    kinds = list(schema.type_map.values())
    fields = [each for kind in kinds for each in getattr(kind, "fields", {}).values()]
    arguments = [each for asked in fields for each in getattr(asked, "args", {})]
    values = [each for kind in kinds for each in getattr(kind, "values", {})]
    wrapped = [str(each.type).count("!") + str(each.type).count("[") for each in fields]
    return {
        "types": len(kinds),
        "fields": len(fields) / len(kinds),
        "inputFields": len(fields) / len(kinds),
        "enumValues": len(values) / len(kinds),
        "args": len(arguments) / len(fields),
        "ofType": sum(wrapped) / (sum(wrapped) + len(fields)),
    }


@cache
def _usual_learning(schema: GraphQLSchema) -> int:
    """How large the answer of a usual introspection is taken to be."""
    return _measured(parse(get_introspection_query()), schema)[0][1].answers


def must_fit(
    document: DocumentNode, schema: GraphQLSchema, *, closed: bool
) -> tuple[OperationDefinitionNode, ...]:
    """Which operations ask what the schema is like, of a document within every bound.

    What the schema itself is like is told in development alone (`closed` is for production), and
    by an operation that asks for nothing else.

    Raises: Refused: it is too large, its fragments spread each other, or it asks for the schema so.
    """
    if len(document.definitions) > MOST_DEFINITIONS:
        raise too_complex()
    learning = []
    for operation, size, measure in _measured(document, schema):
        if size.width > MOST_ROOT_FIELDS or size.fields > MOST_FIELDS or size.levels > MOST_LEVELS:
            raise too_complex()
        roots = list(measure.spread(operation.selection_set))
        if max(Counter(each.name.value for each in roots).values(), default=0) > MOST_ALIKE:
            raise too_complex()
        learns = learns_alone(roots, closed=closed)
        most = MOST_LEARNT * _usual_learning(schema) if learns else MOST_ANSWERS
        if size.answers > most or measure.repeats([operation.selection_set]) > MOST_REPEATS:
            raise too_complex()
        learning += [operation] if learns else []
    return tuple(learning)


def _measured(
    document: DocumentNode, schema: GraphQLSchema
) -> list[tuple[OperationDefinitionNode, Size, Measure]]:
    parts = document.definitions
    fragments = {
        each.name.value: each for each in parts if isinstance(each, FragmentDefinitionNode)
    }
    measure = Measure(schema, fragments)
    return [
        (each, measure.of(each.selection_set, schema.get_root_type(each.operation)), measure)
        for each in parts
        if isinstance(each, OperationDefinitionNode)
    ]


def learns_alone(roots: list[FieldNode], *, closed: bool = False) -> bool:
    """Whether an operation asks what the schema is.

    Raises: Refused: it may not, or asks for something else beside it.
    """
    learnt = [each for each in roots if each.name.value in META]
    if learnt and closed:
        raise Refused("INTROSPECTION_CLOSED")
    if learnt and len(learnt) + sum(not each.name.value.startswith("__") for each in roots) > 1:
        raise Refused("INTROSPECTION_ALONE")
    return bool(learnt)


def must_be_few(variables: object) -> None:
    """Raises: Refused: TOO_MANY_VALUES, before any of them is looked at."""
    waiting, found = [variables], 0
    while waiting:
        value = waiting.pop()
        found += 1
        if found + len(waiting) > MOST_VALUES:
            raise Refused("TOO_MANY_VALUES", limit=MOST_VALUES)
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def too_complex() -> Refused:
    return Refused(
        "TOO_COMPLEX",
        roots=MOST_ROOT_FIELDS,
        alike=MOST_ALIKE,
        fields=MOST_FIELDS,
        levels=MOST_LEVELS,
        answers=MOST_ANSWERS,
        characters=MOST_CHARACTERS,
    )
