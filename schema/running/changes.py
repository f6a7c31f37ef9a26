"""What in the schema breaks a client: found by comparing it with the landed one, named in docs."""

from graphql import (
    GraphQLError,
    build_client_schema,
    build_schema,
    find_breaking_changes,
    introspection_from_schema,
    print_schema,
)


def bare(sdl: str) -> str:
    """The schema without its descriptions, which break nobody."""
    told = introspection_from_schema(build_schema(sdl), descriptions=False)
    return print_schema(build_client_schema(told)) + "\n"


def unnamed(landed: str, sdl: str, page: str) -> list[str]:
    """The sentences that break clients of the landed schema and stand on no line of the page."""
    try:
        before = build_schema(landed)
    except GraphQLError as error:
        return [f"The landed schema cannot be read; take the last one: {error.message}"]
    named = {line.removeprefix("- ") for line in page.splitlines() if line.startswith("- ")}
    found = {change.description for change in find_breaking_changes(before, build_schema(sdl))}
    return sorted(found - named)
