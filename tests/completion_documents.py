"""Documents made from a schema: aliases, fragments, variables, directives, fields asked twice."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_required_argument,
    is_union_type,
    value_from_ast_untyped,
)
from graphql.language.parser import parse_value

Plain = Callable[[random.Random, str, str], str]
"""A literal of a scalar: `(chance, the scalar's name, the argument's name)`."""
WIDTH = 3


def plain(chance: random.Random, scalar: str, _: str) -> str:
    return {
        "Int": str(chance.randrange(4)),
        "Float": "1.5",
        "Boolean": chance.choice(("true", "false")),
        "JSON": '{a: [1, {b: "c"}], d: null}',
    }.get(scalar, f'"{chance.choice(("a", "bc", ""))}"')


@dataclass
class Document:
    """One document on its way, and what is declared in it so far."""

    chance: random.Random
    schema: GraphQLSchema
    literal: Plain
    declared: dict[str, str] = field(default_factory=dict)
    variables: dict[str, Any] = field(default_factory=dict)
    fragments: dict[str, tuple[str, str]] = field(default_factory=dict)

    def text(self, root: GraphQLObjectType, fields: list[str], levels: int) -> str:
        """An operation that asks for one to three of these fields of its root."""
        many = self.chance.choice((1, 1, 2, 3))
        asked = [
            f"r{number}: {self._field(name, root.fields[name], levels, bare=True)}"
            for number, name in enumerate(self.chance.choices(fields, k=many))
        ]
        declared = ", ".join(f"${name}: {of}" for name, of in self.declared.items())
        kind = "mutation" if root is self.schema.mutation_type else "query"
        parts = [
            f"fragment {name} on {on} {{ {body} }}" for name, (on, body) in self.fragments.items()
        ]
        head = f"{kind} Made({declared})" if declared else kind
        return "\n".join([f"{head} {{ {' '.join(asked)} }}", *parts])

    def _field(self, name: str, asked: GraphQLField, levels: int, *, bare: bool = False) -> str:
        given = ", ".join(
            f"{argument}: {self._given(each.type, argument)}"
            for argument, each in asked.args.items()
            if is_required_argument(each) or self.chance.random() < 0.4
        )
        again = given or self.chance.random() < 0.2
        alias = f"{name}{self.chance.randrange(99)}: " if again and not bare else ""
        below = get_named_type(asked.type)
        selected = "" if is_leaf_type(below) else f" {{ {self._selection(below, levels - 1)} }}"
        arguments = f"({given})" if given else ""
        return f"{alias}{name}{arguments}{'' if bare else self._condition()}{selected}"

    def _selection(self, kind: Any, levels: int) -> str:
        parts = [self._part(kind, levels) for _ in range(self.chance.randint(1, WIDTH))]
        if self.chance.random() < 0.1:
            parts.append(self.chance.choice(parts))
        return " ".join(each for each in parts if each) or "__typename"

    def _part(self, kind: Any, levels: int) -> str:
        chosen = self.chance.random()
        if chosen < 0.08 or (is_union_type(kind) and chosen < 0.2):
            return "__typename"
        if chosen < 0.2 or is_union_type(kind):
            on = self._narrowed(kind)
            head = f"... on {on.name}" if on is not kind or chosen < 0.1 else "..."
            return f"{head}{self._condition()} {{ {self._selection(on, levels)} }}"
        if chosen < 0.3:
            return f"...{self._fragment(kind, levels)}{self._condition()}"
        offered = [
            (name, each)
            for name, each in kind.fields.items()
            if levels > 1 or is_leaf_type(get_named_type(each.type))
        ]
        name, asked = self.chance.choice(offered) if offered else ("", None)
        return self._field(name, asked, levels) if asked else "__typename"

    def _narrowed(self, kind: Any) -> Any:
        """The type itself, one of its types, or what it belongs to."""
        if is_abstract_type(kind):
            several = [*self.schema.get_possible_types(kind)]
            return self.chance.choice([*several, *several, kind])
        return self.chance.choice([kind, *kind.interfaces])

    def _fragment(self, kind: Any, levels: int) -> str:
        known = [name for name, (on, _) in self.fragments.items() if on == kind.name]
        if known and self.chance.random() < 0.6:
            return self.chance.choice(known)
        on = self._narrowed(kind)
        body = self._selection(on, levels)
        name = f"F{len(self.fragments)}"
        self.fragments[name] = on.name, body
        return name

    def _condition(self) -> str:
        if self.chance.random() > 0.12:
            return ""
        how = self.chance.choice(("skip", "include"))
        if self.chance.random() < 0.3:
            return f" @{how}(if: {self.chance.choice(('true', 'false'))})"
        name = f"if{self.chance.randrange(2)}"
        if name not in self.declared:
            self.declared[name] = self.chance.choice(
                ("Boolean!", "Boolean = true", "Boolean! = false")
            )
        if self.declared[name] == "Boolean!" or self.chance.random() < 0.5:
            self.variables.setdefault(name, self.chance.random() < 0.5)
        return f" @{how}(if: ${name})"

    def _given(self, kind: Any, name: str) -> str:
        """A literal, or a variable: given, left to its default, or missing."""
        if self.chance.random() > 0.4:
            return self._value(kind, name)
        variable = f"v{len(self.declared)}"
        value = self._value(kind, name)
        if is_non_null_type(kind) or self.chance.random() < 0.6:
            self.declared[variable] = str(kind)
            self.variables[variable] = value_from_ast_untyped(parse_value(value))
        else:
            default = self.chance.random() < 0.5
            self.declared[variable] = f"{kind} = {value}" if default else str(kind)
            if self.chance.random() < 0.2:
                self.variables[variable] = None
        return f"${variable}"

    def _value(self, of: Any, name: str) -> str:
        if not is_non_null_type(of) and self.chance.random() < 0.1:
            return "null"
        kind: Any = get_nullable_type(of)
        if is_list_type(kind):
            return f"[{', '.join(self._value(kind.of_type, name) for _ in range(2))}]"
        if isinstance(kind, GraphQLEnumType):
            return self.chance.choice(list(kind.values))
        if isinstance(kind, GraphQLInputObjectType):
            given = (
                f"{key}: {self._value(each.type, key)}"
                for key, each in kind.fields.items()
                if is_non_null_type(each.type) or self.chance.random() < 0.5
            )
            return f"{{{', '.join(given)}}}"
        return self.literal(self.chance, kind.name, name)
