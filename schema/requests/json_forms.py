"""Forms that come as JSON: names and ids as the API writes them, every problem at its field."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from domain.approval.forms import LONGEST_TEXT, form_fields
from domain.approval.procedure import Form
from domain.errors import Problem, Refused, at_fault, must_be_none
from resolvers.requests.words import camel
from schema.ground.ids import uuid_of

R = TypeVar("R")


def read_json(
    form: type[Form], given: object, at: str, read: Callable[[Mapping[str, Any]], R]
) -> R:
    """What `read` makes of a form in JSON, by the names and ids that it is stored with.

    Raises: Refused: naming every field that is unknown or not readable, below `input.<at>`.
    """
    if not isinstance(given, dict):
        raise at_fault("NOT_AN_OBJECT", "input", at)
    known = {camel(each.name): each for each in form_fields(form) if not each.served}
    stored: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in given.items():
        field = known.get(name)
        if field is None:
            problems.append(Problem("UNKNOWN_FIELD", ("input", at, name[:LONGEST_TEXT])))
        elif field.type is UUID and isinstance(value, str):
            of = field.refers.word if field.refers else "Request"
            try:
                stored[field.name] = str(uuid_of(value, of, at, name))
            except Refused as refused:
                problems += refused.problems
        else:
            stored[field.name] = value
    found: R | None = None
    try:
        found = read(stored)
    except Refused as refused:
        named = {each.path for each in problems}
        below = ("input", at)
        told = [replace(each, path=(*below, *map(camel, each.path))) for each in refused.problems]
        problems += [each for each in told if each.path not in named]
    must_be_none(problems)
    return found  # type: ignore[return-value]
