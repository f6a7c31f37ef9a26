"""The schema that clients build on, read from its text once for all tests."""

from functools import cache

from graphql import GraphQLSchema, build_schema

from schema.app import sdl


@cache
def contract() -> GraphQLSchema:
    """As a client reads it: of its text alone."""
    return build_schema(sdl())
