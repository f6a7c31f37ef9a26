"""Calls whose every free text bears a mark, so that it can be looked for where it must not be."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    parse,
)

from schema.root import schema
from tests.office import Answer, Api
from tests.test_arguments import PLAIN

MARK, TELEPHONE = "隐语ZQ7K", "13871234509"
SCHEMA = schema._schema
MUTATIONS: Mapping[str, Any] = SCHEMA.mutation_type.fields if SCHEMA.mutation_type else {}
LATER = re.compile("ends|returns|until|lastDay", re.IGNORECASE)
SPOKEN = re.compile("[\u4e00-\u9fff]")
CODES = frozenset({"clause", "regulation", "event", "plate", "account", "panel", "body"})
"""Texts that a call must name as they are."""


@dataclass
class MarkingApi(Api):
    """The API, asked with marked texts; what succeeded, and which texts were ever marked."""

    succeeded: Counter[str] = field(default_factory=Counter)
    marked: set[tuple[str, ...]] = field(default_factory=set)

    async def ask(
        self,
        query: str,
        variables: dict[str, Any] | None = None,
        token: str | None = None,
        language: str | None = None,
    ) -> Answer:
        name = _root(query)
        if name in MUTATIONS and variables:
            variables = {
                key: self._marked(MUTATIONS[name].args[key].type, value, (name, key))
                if key in MUTATIONS[name].args
                else value
                for key, value in variables.items()
            }
        answer = await super().ask(query, variables, token, language)
        told = (answer.body.get("data") or {}).get(name)
        if (
            name in MUTATIONS
            and told
            and told.get("__typename") != "Refusal"
            and "code" not in told
        ):
            self.succeeded[name] += 1
        return answer

    def _marked(self, kind: Any, value: Any, path: tuple[str, ...]) -> Any:
        """The value with a mark in each text that is no code."""
        if isinstance(kind, GraphQLNonNull):
            return self._marked(kind.of_type, value, path)
        if isinstance(kind, GraphQLList) and isinstance(value, list):
            return [self._marked(kind.of_type, each, path) for each in value]
        if isinstance(kind, GraphQLInputObjectType) and isinstance(value, dict):
            return {
                name: self._marked(kind.fields[name].type, each, (*path, name))
                for name, each in value.items()
            }
        if MARK in str(value):
            self.marked.add(path)
        elif str(get_named_type(kind)) == "String" and self._is_spoken(value, path):
            self.marked.add(path)
            return f"{value}{MARK}"
        return value

    @staticmethod
    def _is_spoken(value: Any, path: tuple[str, ...]) -> bool:
        return isinstance(value, str) and path[-1] not in CODES and bool(SPOKEN.search(value))


def _root(query: str) -> str:
    [operation] = parse(query).definitions[:1]
    return str(operation.selection_set.selections[0].name.value)  # type: ignore[attr-defined]


def whole(kind: Any, name: str, ids: Mapping[str, str]) -> Any:
    """A value with all that its type has but ids of nothing, and a mark for every text."""
    if isinstance(kind, GraphQLNonNull):
        return whole(kind.of_type, name, ids)
    if isinstance(kind, GraphQLList):
        return [whole(kind.of_type, name, ids)]
    if isinstance(kind, GraphQLInputObjectType):
        return {
            each: whole(of.type, each, ids)
            for each, of in kind.fields.items()
            if each in ids or str(of.type) not in ("ID", "[ID!]")
        }
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if kind.name == "String":
        return TELEPHONE if "elephone" in name else "0" * 64 if name == "sha256" else MARK
    if kind.name == "JSON":
        return {"days": "1", MARK: MARK, "deep": [{"deeper": MARK}]}
    if name == "idempotencyKey":
        return str(uuid4())
    if LATER.search(name) and kind.name in ("Date", "DateTime"):
        return PLAIN[kind.name].replace("2026-03-09", "2026-03-10")
    return ids.get(name) or PLAIN[kind.name]


def texts() -> set[tuple[str, ...]]:
    """Every place of a mutation's input where a text may stand that is no code."""
    return {
        place
        for name, each in MUTATIONS.items()
        for key, argument in each.args.items()
        for place in _texts(argument.type, (name, key))
        if place[-1] not in CODES and "elephone" not in place[-1] and place[-1] != "sha256"
    }


def _texts(kind: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    named = get_named_type(kind)
    if isinstance(named, GraphQLInputObjectType):
        for name, each in named.fields.items():
            yield from _texts(each.type, (*path, name))
    elif named.name in ("String", "JSON"):
        yield path
