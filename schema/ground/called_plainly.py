"""Fields that only read are called as they are: no chain of functions is made for each.

There are some 13 000 of them, and what the library looks up of a function to place it in the
schema is of no more use once it stands there.
"""

from collections.abc import Callable, Iterator, Mapping
from inspect import Parameter
from typing import Any

from graphql import GraphQLNonNull, is_named_type
from strawberry.schema import schema
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import SELF_PARAMSPEC, StrawberryResolver

KEPT = ("wrapped_func", "_descriptor", "_description", "_type_override", "is_async", "arguments")
GIVEN = ("self_parameter", "parent_parameter", "root_parameter", "info_parameter")
NONE: list[Any] = []
"""Shared by all fields that have none: nothing is added to one that stands in the schema."""
OF = Parameter("of", Parameter.POSITIONAL_ONLY)
READING = {
    **dict.fromkeys(GIVEN),
    "self_parameter": OF,
    "reserved_parameters": {SELF_PARAMSPEC: OF},
    "arguments": NONE,
    "is_async": False,
}
"""What the library would look up of a function that is given what it is a field of, and no more."""


def read_by(function: Callable[[Any], Any]) -> Any:
    """What `strawberry.field` takes for a resolver; the type stands where the field is declared."""
    made = StrawberryResolver[Any](function)
    vars(made).update(READING)
    return made


class ReadOff:
    """What a field without a function is: an attribute of what it is asked of."""

    __slots__ = ("name", "read")
    _is_default = True

    def __init__(self, field: StrawberryField) -> None:
        self.read, self.name = field.default_resolver, field.python_name

    def __call__(self, source: Any, *_: Any, **__: Any) -> Any:
        return self.read(source, self.name)


class Called:
    """A field's function, given what it asks for: whose field it is, what is told of the call."""

    __slots__ = ("field", "function", "info", "names", "own", "told")
    _is_default = False

    def __init__(self, field: StrawberryField, info: Any) -> None:
        of: Any = field.base_resolver
        self.field, self.function, self.info = field, of.wrapped_func, info
        self.own = of.self_parameter is not None
        asked = (of.parent_parameter, of.root_parameter)
        self.names = tuple(dict.fromkeys(each.name for each in asked if each))
        self.told = of.info_parameter and of.info_parameter.name

    def __call__(self, source: Any, info: Any) -> Any:
        given = dict.fromkeys(self.names, source)
        if self.told:
            given[self.told] = self.info(_raw_info=info, _field=self.field)
        return self.function(source, **given) if self.own else self.function(**given)


class MadeOf(Mapping[str, Any]):
    """What the library made a part of the schema of, as it looks that up: a mapping of one name.

    There are some 20 000 of them, and a dictionary for each takes four times as much.
    """

    __slots__ = ("of",)

    def __init__(self, of: Any) -> None:
        self.of = of

    def __getitem__(self, name: str) -> Any:
        if name != GraphQLCoreConverter.DEFINITION_BACKREF:
            raise KeyError(name)
        return self.of

    def __iter__(self) -> Iterator[str]:
        yield GraphQLCoreConverter.DEFINITION_BACKREF

    def __len__(self) -> int:
        return 1


def made_of(make: Callable[..., Any]) -> Callable[..., Any]:
    """The library's way of making a part, which is lean about what it was made of."""

    def made(self: Any, of: Any, *more: Any, **how: Any) -> Any:
        part = make(self, of, *more, **how)
        part.extensions = MadeOf(of)
        return part

    return made


class Converter(GraphQLCoreConverter):
    """Makes graphql-core's types of the library's."""

    from_argument = made_of(GraphQLCoreConverter.from_argument)
    from_enum_value = made_of(GraphQLCoreConverter.from_enum_value)
    from_input_field = made_of(GraphQLCoreConverter.from_input_field)

    def __init__(self, *given: Any, **how: Any) -> None:
        super().__init__(*given, **how)
        self.needed: dict[Any, Any] = {}

    def from_maybe_optional(self, type_: Any) -> Any:
        """The type, made once where it is a named one that is never null."""
        made = super().from_maybe_optional(type_)
        if isinstance(made, GraphQLNonNull) and is_named_type(made.of_type):
            return self.needed.setdefault(made.of_type, made)
        return made

    def from_resolver(self, field: StrawberryField) -> Any:
        usual = type(field).get_result is StrawberryField.get_result
        field.default_resolver = self.config.default_resolver
        if not usual or field.extensions or self._get_field_exception_handlers(field):
            return super().from_resolver(field)
        if not field.base_resolver:
            return ReadOff(field)
        called = callable(field.base_resolver.wrapped_func)
        if field.arguments or field.is_async or field.is_subscription or not called:
            return super().from_resolver(field)
        return Called(field, self.config.info_class)

    def from_field(self, field: StrawberryField, **how: Any) -> Any:
        made: Any = super().from_field(field, **how)
        made.extensions = MadeOf(field)
        for name in ("directives", "permission_classes", "extensions"):
            if not getattr(field, name):
                setattr(field, name, NONE)
        if of := field.base_resolver:
            asked = () if isinstance(made.resolve, Called) else GIVEN  # at every call
            kept = {name: getattr(of, name) for name in asked}
            of.__dict__ = kept | {name: vars(of)[name] for name in KEPT if name in vars(of)}
        return made


schema.GraphQLCoreConverter = Converter  # type: ignore[attr-defined]
