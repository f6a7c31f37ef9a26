"""Calls made from a schema: any root field, hostile arguments, a selection of what it answers."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
)

from tests.fuzz_values import Name, Pool, Values

Selection = dict[str, "Selection"]
"""What is asked of an answer: each field as it is written, with what is asked below it."""

HOSTILITY = (0.0, 0.0, 0.03, 0.03, 0.08, 0.08, 0.25, 1.0)
LEVELS, WIDTH = 4, 6
REFUSED: Selection = {"refused: code": {}, "said: message": {}, "faults: problems": {"path": {}}}
TURN: Selection = {"id": {}, "waitingFor": {"holders": {"account": {}}}}
"""Asked of every step of a request, so that whoever's turn it is can be the next to call."""
ALIKE = ("submit", "preview")
"""Fields of which there is one for every kind: the others come three times as often."""
OFTEN = {"decide": 30}
"""So that requests reach their later states."""


@dataclass(frozen=True)
class Call:
    """One operation: so many times the same root field with the same arguments."""

    operation: str
    field: str
    types: dict[str, str] = field(repr=False)
    given: dict[str, Any]
    selected: Selection
    account: str | None
    inline: bool = False
    times: int = 1

    @property
    def query(self) -> str:
        sent = [name for name in self.given if name in self.types]
        named = self.given if self.inline else {name: Name(f"${name}") for name in sent}
        arguments = ", ".join(f"{name}: {literal(value)}" for name, value in named.items())
        declared = ", ".join(f"${name}: {self.types[name]}" for name in sent)
        root = f"{self.field}{f'({arguments})' if arguments else ''}{written(self.selected)}"
        again = (f"{f'a{number}: ' if number else ''}{root}" for number in range(self.times))
        head = f" Fuzz({declared})" if declared and not self.inline else ""
        return f"{self.operation}{head} {{ {' '.join(again)} }}"

    @property
    def variables(self) -> dict[str, Any]:
        return {} if self.inline else self.given

    def body(self) -> bytes:
        return json.dumps({"query": self.query, "variables": self.variables}).encode()

    def smaller(self) -> Iterator["Call"]:
        """The same call with a little less in it."""
        if self.times > 1:
            yield replace(self, times=1)
        for selected in _less(self.selected):
            yield replace(self, selected=selected)
        for given in _less(self.given):
            yield replace(self, given=given)


def written(selected: Selection) -> str:
    if not selected:
        return ""
    return f" {{ {' '.join(f'{name}{written(below)}' for name, below in selected.items())} }}"


def literal(value: Any) -> str:
    """A value as a document writes it."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {literal(each)}' for name, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(literal(each) for each in value)}]"
    return str(value) if isinstance(value, Name) else json.dumps(value)


def _less(value: Any) -> Iterator[Any]:
    """The same value with one thing left out or cut short, somewhere."""
    if isinstance(value, list) and len(value) > 3:
        yield value[: len(value) // 2]
    if isinstance(value, dict):
        for name in value:
            if len(value) > 1:
                yield {key: each for key, each in value.items() if key != name}
        for name, below in value.items():
            yield from ({**value, name: less} for less in _less(below))
    elif isinstance(value, list):
        for place, below in enumerate(value):
            yield value[:place] + value[place + 1 :]
            yield from ([*value[:place], less, *value[place + 1 :]] for less in _less(below))
    elif isinstance(value, str) and len(value) > 8 and not isinstance(value, Name):
        yield value[: len(value) // 2]


@dataclass
class Calls:
    """Makes call after call; every root field comes before any comes round again."""

    schema: GraphQLSchema
    chance: random.Random
    pool: Pool
    accounts: list[str | None]
    _ahead: list[tuple[str, str]] = field(default_factory=list)

    def next(self) -> Call:
        if not self._ahead:
            self._ahead = [
                (each, name) for each, kind in self._roots.items() for name in kind.fields
            ]
            self.chance.shuffle(self._ahead)
        operation, name = self._ahead.pop()
        root = self._roots[operation].fields[name]
        values = Values(self.chance, self.pool, self.chance.choice(HOSTILITY))
        given = {
            argument: values.of(each.type, argument)
            for argument, each in root.args.items()
            if values.given(each, argument)
        }
        often = operation == "query" and self.chance.random() < 0.02
        return Call(
            *(operation, name, {key: str(each.type) for key, each in root.args.items()}, given),
            selected=self.selection(root.type, values, LEVELS),
            account=values.account or self.chance.choice(self.accounts),
            inline=self.chance.random() < 0.15,
            times=self.chance.choice((2, 10, 30, 31)) if often else 1,
        )

    @property
    def _roots(self) -> dict[str, GraphQLObjectType]:
        roots = {"query": self.schema.query_type, "mutation": self.schema.mutation_type}
        return {operation: kind for operation, kind in roots.items() if kind}

    def selection(self, of: Any, values: Values, levels: int) -> Selection:
        """Some of what the type offers, so many levels deep at most."""
        kind = get_named_type(of)
        if is_leaf_type(kind):
            return {}
        selected: Selection = {"__typename": {}}
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            self._choose(kind, values, levels, selected)
        if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
            possible = {each.name: each for each in self.schema.get_possible_types(kind)}
            if possible.pop("Refusal", None):
                selected["... on Refusal"] = REFUSED
            if possible and (isinstance(kind, GraphQLUnionType) or self.chance.random() < 0.3):
                one = self.chance.choice(list(possible.values()))
                selected[f"... on {one.name}"] = inner = {"__typename": {}}
                self._choose(one, values, levels, inner)
        return selected

    def _choose(self, kind: Any, values: Values, levels: int, selected: Selection) -> None:
        offered = [
            (name, each)
            for name, each in kind.fields.items()
            if levels > 1 or is_leaf_type(get_named_type(each.type))
        ]
        for name, each in self.chance.sample(offered, min(len(offered), WIDTH)):
            words = ", ".join(
                f"{argument}: {literal(values.of(declared.type, argument))}"
                for argument, declared in each.args.items()
                if self.chance.random() < 0.5
            )
            below = self.selection(each.type, values, levels - self.chance.choice((1, 1, 2)))
            selected[f"{name}({words})" if words else name] = below
        if "steps" in kind.fields and "allowedActions" in kind.fields:
            selected |= {"id": {}, "steps": TURN}
