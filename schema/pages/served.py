"""What the API serves of a declaration: what reads it, what acts on it, and its columns."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLNamedType,
    get_named_type,
    is_input_object_type,
    is_interface_type,
    is_object_type,
    is_required_input_field,
    is_union_type,
)

from domain import KEPT, REGISTERS, THINGS
from domain.vocabulary import words_of
from policies import vocabulary
from resolvers.requests.words import camel
from schema.areas import BY_AREA
from schema.ground.fields import root_of
from schema.root import schema

API = schema._schema  # noqa: SLF001
ENTERING = ("record", "add", "change", "begin", "call")
"""How acts are named that answer with no more than an id."""

WORDS = {
    **{each.name: each.reference.word for each in REGISTERS},
    **{each.name: each.reference.word for each in THINGS},
}


def word_of(code: str) -> str:
    """How the API names an object, a kind or what happens to one."""
    return WORDS.get(code) or words_of(code)


def enum_code(code: str) -> str:
    """leave.sick is LEAVE_SICK."""
    return code.upper().replace(".", "_")


def reads(code: str) -> list[str]:
    """The queries that answer with it, by its type, by its name in an enum or by its table."""
    word, table = word_of(code), KEPT.get(code)
    wanted = {word, f"{word}Connection"}
    found = [name for name, field in _root("Query").items() if wanted & _answers(field)]
    found += _naming("Query", code)
    by_table = camel(table.name) if table is not None else ""
    served = [each for each in (by_table, f"{by_table}Lacking") if each in _root("Query")]
    return [*dict.fromkeys([*found, *served])]


def acts(code: str) -> list[str]:
    """The mutations that answer with it, that bear its name or that take its name in an enum."""
    word, mutations = word_of(code), _root("Mutation")
    found = [name for name, field in mutations.items() if word in _told(field)]
    entering = [f"{verb}{word}" for verb in ENTERING]
    found += [name for name in entering if name in mutations]
    return [*dict.fromkeys([*found, *_naming("Mutation", code)])]


def named(code: str) -> list[str]:
    """The members of enums that stand for it: `RosterName.DUTY_TURNS`."""
    member = enum_code(code)
    return [f"{each.name}.{member}" for each in _enums_of_objects() if member in each.values]


def own_fields(area: str) -> Mapping[str, str]:
    """The root fields that an area brings, each with what it says of itself."""
    return {
        name: " ".join((_root(root)[name].description or "").split())
        for root in ("Query", "Mutation")
        for name in root_fields(BY_AREA.get(area), root)
    }


def root_fields(module: Any, root: str) -> list[str]:
    """The names of what a module adds to a root type, as the API writes them."""
    definition = getattr(root_of(module, root), "__strawberry_definition__", None)
    found = definition.fields if definition else ()
    return [each.graphql_name or camel(each.python_name) for each in found]


def type_of(code: str) -> str:
    """Its type; empty where the API has none."""
    word = word_of(code)
    return word if word in API.type_map else ""


def known(*names: str) -> list[str]:
    """Those of these root fields that there are."""
    return [name for name in names if any(name in _root(root) for root in ("Query", "Mutation"))]


def columns_in(name: str) -> Mapping[str, str]:
    """The fields of a type or an input, each with its type; `!` where it has to be given."""
    found: Any = API.type_map.get(name)
    if found is None:
        return {}
    if is_input_object_type(found):
        return {
            field: str(each.type).removesuffix("!") + "!" * is_required_input_field(each)
            for field, each in found.fields.items()
        }
    return {field: str(each.type) for field, each in found.fields.items()}


def members(name: str) -> Mapping[str, str]:
    """The values of an enum with what they say."""
    found = API.type_map.get(name.strip("![]"))
    if not isinstance(found, GraphQLEnumType):
        return {}
    return {value: each.description or "" for value, each in found.values.items()}


@cache
def _root(name: str) -> Mapping[str, GraphQLField]:
    found: Any = API.type_map[name]
    return dict(found.fields)


def _answers(field: GraphQLField) -> set[str]:
    """The names of the types that a field may answer with."""
    return {each.name for each in _possible(get_named_type(field.type))}


def _possible(kind: Any) -> Iterator[GraphQLNamedType]:
    yield from kind.types if is_union_type(kind) else (kind,)


def _told(field: GraphQLField) -> set[str]:
    """The names of the types that what an act answers with holds."""
    return {
        get_named_type(inner.type).name
        for each in _possible(get_named_type(field.type))
        if is_object_type(each) or is_interface_type(each)
        for inner in each.fields.values()
    }


@cache
def _enums_of_objects() -> tuple[GraphQLEnumType, ...]:
    """The enums that name objects and nothing else."""
    every = {enum_code(each) for each in vocabulary.shipped().objects}
    enums = (each for each in API.type_map.values() if isinstance(each, GraphQLEnumType))
    return tuple(each for each in enums if every.issuperset(each.values))


def _naming(root: str, code: str) -> list[str]:
    """The root fields that take it by its name in an enum."""
    enums = {each.name for each in _enums_of_objects() if enum_code(code) in each.values}
    return [name for name, field in _root(root).items() if enums & _asked(field)]


def _asked(field: GraphQLField) -> set[str]:
    """The names of the types that the arguments of a field are of, and those inside its input."""
    given = [get_named_type(each.type) for each in field.args.values()]
    inner = [
        get_named_type(each.type)
        for kind in given
        if is_input_object_type(kind)
        for each in kind.fields.values()
    ]
    return {each.name for each in (*given, *inner)}
