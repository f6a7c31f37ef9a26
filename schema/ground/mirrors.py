"""A form's fields as GraphQL types, so that they are listed once, in the domain."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum, EnumType
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

import strawberry
from strawberry.annotation import StrawberryAnnotation

from domain.approval.forms import built
from domain.values.choices import Choice
from policies import vocabulary
from resolvers.requests.words import camel
from schema.ground.called_plainly import read_by
from schema.ground.ids import global_id, uuid_of

F = TypeVar("F")
Part = tuple[str, Any, Any]
"""A field: its name, its type, and what it is."""
INPUT_NAMES = {"Moment": "LeaveMomentInput", "Paper": "PaperInput", "Ballot": "PartyBallotInput"}
OUTPUT_NAMES = {"Moment": "LeaveMoment"}


def enum_from(name: str, members: Mapping[str, Any], description: str) -> Any:
    """An enum whose values come from data; a value may stand with what it says."""
    made: Any = EnumType.__call__(Choice, name, dict(members))
    return strawberry.enum(made, description=description)


def enum_of_objects(name: str, every: Iterable[Any], description: str) -> Any:
    """An enum of what is declared, each by its object's name and in its words."""
    objects = vocabulary.shipped().objects
    labels = {each.name: objects[each.name].label for each in every}
    members = {
        code.replace(".", "_").upper(): (code, f"{label.zh}: {label.en.lower()}.")
        for code, label in labels.items()
    }
    return enum_from(name, members, description)


@cache
def enum_of(kind: type[Enum], name: str | None = None) -> Any:
    """An enum of the program in the API, in the words of its docstring."""
    description = (kind.__doc__ or kind.__name__).strip()
    return strawberry.enum(kind, name=name, description=description)


def mirror(
    form: type,
    name: str,
    *,
    is_input: bool = False,
    more: tuple[Part, ...] = (),
    instead: Mapping[str, Callable[..., Any]] = MappingProxyType({}),
    without: Collection[str] = (),
    optional: bool = False,
    node: type | None = None,
) -> Any:
    """A GraphQL type or input with the form's fields, labelled as the form labels them.

    `instead` are the resolvers of fields that are not merely read off, `without` are fields left
    out. With `optional` every field of an input may be left out, and what it then lacks is told as
    a refusal. A `node` is the interface that it implements.
    """
    hints = get_type_hints(form)
    shape: list[Any] = []
    for each in fields(form):
        if each.name in without or (is_input and each.metadata.get("served")):
            continue
        described = f"{each.metadata.get('zh', each.name)}; {each.metadata.get('en', each.name)}"
        annotation = _annotation(hints[each.name], is_input=is_input)
        annotation = annotation | None if optional else annotation
        default = {} if each.default is MISSING or not is_input else {"default": each.default}
        if optional and not default:
            default = {"default": None}
        if _is_id(hints[each.name]) and not is_input:
            default = {"resolver": _told_id(each.name, refers_to(each))}
        if each.name in instead:
            default = {"resolver": instead[each.name]}
        shape.append((each.name, annotation, strawberry.field(description=described, **default)))
    told = (form.__doc__ or name).strip()
    every = ((of, resolved_once(kind), field) for of, kind, field in (*shape, *more))
    return shaped(name, every, told, is_input=is_input, node=node)


def shaped(
    name: str, shape: Iterable[Part], told: str, *, is_input: bool = False, node: type | None = None
) -> Any:
    """A GraphQL type or input of these fields, in their order."""
    every = [*shape]
    body: dict[str, Any] = {field_name: field for field_name, _, field in every}
    body["__annotations__"] = {field_name: kind for field_name, kind, _ in every}
    made = type(name, (node,) if node else (), {**body, "__module__": __name__})
    decorate: Callable[..., Any] = strawberry.input if is_input else strawberry.type
    return decorate(made, description=told)


@cache
def resolved_once(annotation: Any) -> StrawberryAnnotation:
    """What the fields of one type share, so that it is worked out once and not for each of them."""
    return StrawberryAnnotation(annotation, namespace=globals())


def read_off(name: str, kind: Any, says: str, read: Callable[[Any], Any] | None = None) -> Part:
    """A further field of a mirror: what `read` makes of its row, or the row's own of that name."""
    reading = {"resolver": read_by(read)} if read else {}
    return name, kind, strawberry.field(description=says, **reading)


def refers_to(field: Any) -> str:
    """The type of what an id in a form names."""
    named = field.metadata.get("refers")
    return str(named.word) if named else "Request"


def _is_id(hint: Any) -> bool:
    return hint is UUID or UUID in get_args(hint)


def _told_id(name: str, of: str) -> Any:
    """Reads an id of a form as the API writes it."""

    def read(root: Any) -> Any:
        key = root[name] if isinstance(root, Mapping) else getattr(root, name)
        return None if key is None else global_id(of, key)

    return read_by(read)


def _annotation(hint: Any, *, is_input: bool) -> Any:
    if get_origin(hint) is UnionType or NoneType in get_args(hint):
        [inner] = [each for each in get_args(hint) if each is not NoneType]
        return _annotation(inner, is_input=is_input) | None
    if hint is UUID:
        return strawberry.ID
    if isinstance(hint, type) and issubclass(hint, Enum):
        enum_of(hint)
        return hint
    if isinstance(hint, type) and is_dataclass(hint):
        return _nested(hint, is_input=is_input)
    return hint


@cache
def _nested(kind: type, *, is_input: bool) -> Any:
    names = INPUT_NAMES if is_input else OUTPUT_NAMES
    return mirror(kind, names[kind.__name__], is_input=is_input)


def read_input(form: type[F], given: Any) -> F:
    """The form, or the value inside one, that an input of its mirror holds; what is served is None.

    Raises: Refused: an id in it is none of ours.
    """
    values = {
        name: _value(hint, getattr(given, name, None), name, of)
        for name, hint, of in _read(form)  # type: ignore[arg-type]
    }
    return built(form, values)


@cache
def _read(form: type) -> tuple[tuple[str, Any, str], ...]:
    """The fields of a form, each with its type, and what an id in it names."""
    hints = get_type_hints(form)
    return tuple((each.name, hints[each.name], refers_to(each)) for each in fields(form))


def _value(hint: Any, given: Any, name: str, of: str) -> Any:
    if given is None or given is strawberry.UNSET:
        return None
    kind = next((each for each in get_args(hint) if each is not NoneType), hint)
    if kind is UUID:
        return uuid_of(given, of, camel(name))
    return read_input(kind, given) if isinstance(kind, type) and is_dataclass(kind) else given
