"""Statements derived of what is declared: a function writes the text of each, once."""

from collections.abc import Callable
from functools import cache, wraps
from typing import ParamSpec

from resolvers.ground.database import Statement, statement

P = ParamSpec("P")


def derived(make: Callable[P, str]) -> Callable[P, Statement]:
    """The statement that a function writes of a declaration, compiled once for each."""

    @wraps(make)
    def compiled(*of: P.args, **named: P.kwargs) -> Statement:
        return statement(make(*of, **named))

    kept: Callable[..., Statement] = cache(compiled)
    return kept
