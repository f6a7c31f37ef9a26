"""What breaks a client: schema and codes are compared with what has landed, and named in docs."""

import re
from collections.abc import Collection
from functools import lru_cache

from graphql import (
    GraphQLError,
    GraphQLSchema,
    build_client_schema,
    build_schema,
    find_breaking_changes,
    introspection_from_schema,
    print_schema,
)


@lru_cache(maxsize=4)
def _read(sdl: str) -> GraphQLSchema:
    """The schema that a text prints, which takes a second."""
    return build_schema(sdl, no_location=True)


def bare(sdl: str) -> str:
    """The schema without its descriptions, which break nobody."""
    told = introspection_from_schema(_read(sdl), descriptions=False)
    return print_schema(build_client_schema(told)) + "\n"


def unnamed(landed: str, sdl: str, page: str) -> list[str]:
    """The sentences that break clients of the landed schema and stand on no line of the page."""
    try:
        before = _read(landed)
    except GraphQLError as error:
        return [f"The landed schema cannot be read; take the last one: {error.message}"]
    named = {line.removeprefix("- ") for line in page.splitlines() if line.startswith("- ")}
    found = {change.description for change in find_breaking_changes(before, _read(sdl))}
    return sorted(found - named)


LISTED = re.compile(r"^\| `([A-Z0-9_]+)` \|", re.MULTILINE)
RETIRED = re.compile(r"^- Code ([A-Z0-9_]+) was retired\.$", re.MULTILINE)


def retired(page: str) -> tuple[str, ...]:
    """The codes that the page of changes names as answered no more, as they stand there."""
    return tuple(RETIRED.findall(page))


def misused(landed: str, codes: Collection[str], page: str) -> list[str]:
    """Codes of the landed list that are gone and not named as retired, and retired ones in use."""
    known, gone = {*codes}, {*LISTED.findall(landed)}.difference(codes, retired(page))
    again = sorted(known.intersection(retired(page)))
    return [
        *(f"docs/changes.md lacks: - Code {code} was retired." for code in sorted(gone)),
        *(f"{code} is retired for good: what is new takes another code." for code in again),
    ]
