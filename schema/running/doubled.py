"""Names that stand twice in one object of a body: of two answers nobody knows which was meant."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from starlette.responses import JSONResponse

from domain.errors import Problem, Refused, must_be_none
from schema.ground.errors import problem_of, sentence

MOST_TOLD = 100


class Doubled(dict[str, Any]):
    """An object in which names stand more than once."""

    names: tuple[str, ...] = ()


def must_not_double(data: str | bytes) -> None:
    """Raises: Refused: naming each place, from the argument down."""
    found: list[Doubled] = []

    def read(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(made := dict(pairs)) == len(pairs):
            return made
        doubled = Doubled(made)
        counted = Counter(name for name, _ in pairs)
        doubled.names = tuple(name for name, times in counted.items() if times > 1)
        found.append(doubled)
        return doubled

    try:
        whole = json.loads(data, object_pairs_hook=read)
        problems = [*islice(_problems(whole, ()), MOST_TOLD)] if found else []
    except RecursionError:  # no honest form; how deep it may be is told where it is read
        return
    must_be_none(problems)


def _problems(value: Any, path: tuple[str, ...]) -> Iterator[Problem]:
    if isinstance(value, Doubled):
        for name in value.names:
            at = (*path, name[:MOST_TOLD])
            yield Problem("DOUBLED_FIELD", at[1:] if at[:1] == ("variables",) and at[1:] else at)
    inside: Any = value.items() if isinstance(value, dict) else enumerate(value)
    for name, each in inside:
        if isinstance(each, dict | list):
            yield from _problems(each, (*path, str(name)))


def told(refused: Refused, language: str) -> JSONResponse:
    """The refusal of the body, as those of the arguments in it are told."""
    said = [problem_of(each, None, language) for each in refused.problems]
    problems = [{"path": each.path, "code": each.code, "message": each.message} for each in said]
    message = sentence(refused.code, refused.details, language)
    extensions = {"code": refused.code, "problems": problems}
    return JSONResponse({"errors": [{"message": message, "extensions": extensions}]}, 400)
