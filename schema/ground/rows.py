"""Rows as the API shows them: what a type asks for under the name that the row has it by."""

from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from inspect import get_annotations
from types import NoneType
from typing import Any, NamedTuple, TypeVar, get_args, get_origin
from uuid import UUID

import strawberry

from domain.messages import ZH, say
from domain.vocabulary import Label
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.ids import global_id
from schema.rules.clauses import Clause, clause_of

T = TypeVar("T")
NAMING = {
    "person_id": "Person",
    "unit_id": "Unit",
    "request_id": "Request",
    "delegation": "Delegation",
    "upload": "Upload",
}
"""Of what a field is an id; one called `id` is of its own type."""
ALSO = {"text": "said"}
AS_THEY_ARE = bool, int, Decimal, UUID


class Words(NamedTuple):
    """The rules that a row is told by, and the language that it is told in."""

    living: LivingRulebook
    language: str = ZH


Reader = Callable[[Any, Words | None], Any]


def told(kind: type[T], row: Any, words: Words | None = None, /, **more: Any) -> T:
    """A value of a type: what is said of it, and each other field as the row has it.

    Of who did something the row has the id and the name; where it has `<field>_name`, that is told,
    and `said` as `text`. A key is told as an id, a word as the value of its enumeration, a row
    within the row as its type; with `words` a cite as the clause, and a label in the language.
    """
    held = dict(row) if hasattr(row, "keys") else None
    for name, others, read in _readers(kind):  # type: ignore[arg-type]
        if name in more:
            continue
        for of in others:
            value = getattr(row, of, MISSING) if held is None else held.get(of, MISSING)
            if value is not MISSING:
                more[name] = read(value, words) if read else value
                break
    return kind(**more)


@cache
def _readers(kind: Any) -> tuple[tuple[str, tuple[str, ...], Reader | None], ...]:
    """Each field with the names that a row may have it by, and how it is told if not as it is."""
    # As they are written: strawberry keeps types of its own in the fields.
    hints = {
        name: of for each in reversed(kind.__mro__) for name, of in get_annotations(each).items()
    }
    own = (each.name for each in fields(kind) if each.init)
    named = ((name, dict.fromkeys((f"{name}_name", name, ALSO.get(name, name)))) for name in own)
    return tuple((name, (*others,), _reader(kind, name, hints[name])) for name, others in named)


def _reader(kind: type, name: str, hint: Any) -> Reader | None:
    hint = get_args(hint)[0] if hasattr(hint, "__metadata__") else hint
    plain: Any = next((each for each in get_args(hint) if each is not NoneType), hint)
    if get_origin(hint) is list:
        each_of = _reader(kind, "", plain)
        return lambda value, words: [each_of(e, words) if each_of else e for e in value or ()]
    if plain is strawberry.ID and (of := kind.__name__ if name == "id" else NAMING.get(name)):
        return lambda value, _: value if value is None else global_id(of, value)
    if not isinstance(plain, type) or plain in AS_THEY_ARE:
        return None
    if plain in (date, datetime):
        return lambda value, _: plain.fromisoformat(value) if isinstance(value, str) else value
    if plain is Clause:
        return _clause
    if issubclass(plain, Enum):
        return lambda value, _: value if value is None else plain(value)
    if hasattr(plain, "__strawberry_definition__"):
        return lambda value, words: (
            value if value is None or isinstance(value, plain) else told(plain, value, words)
        )
    return _in_words


def _clause(value: Any, words: Words | None) -> Any:
    return clause_of(words.living, value) if words and value else value or None


def _in_words(value: Any, words: Words | None) -> Any:
    return say(words.language, value) if words and isinstance(value, Label) else value
