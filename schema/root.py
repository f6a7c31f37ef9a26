"""The schema itself: the machinery's fields and the areas' fields in one."""

from importlib import import_module
from typing import Any

import strawberry
from graphql import GraphQLError, is_input_object_type
from strawberry.schema.config import StrawberryConfig
from strawberry.tools import merge_types
from strawberry.types import ExecutionContext

from schema.areas import AREAS, BESIDE_REQUESTS, LEAST
from schema.completion.executor import compiling
from schema.ground.descriptions import describe
from schema.ground.errors import RefusalHandler
from schema.ground.fields import root_of
from schema.ground.inputs import build_swiftly
from schema.ground.scalars import SCALARS
from schema.records import exports
from schema.requests import watching
from schema.running.documents import Documents


def _named(package: str, names: str) -> list[Any]:
    return [import_module(f"schema.{package}.{name}") for name in names.split()]


MODULES = (
    *_named("ground", "second_factors sign_in"),
    *_named("office", "organisation"),
    *_named("requests", "boxes acts deciding handing kind_list generic"),
    *_named("rules", "clauses explaining regulations acknowledging adopting drafts draft_sheets"),
    *_named("rules", "replays rulebook_versions routes authority"),
    *_named("records", "acts"),
    *_named("rules", "matrix permissions"),
    *_named("ground", "notices"),
    *_named("requests", "sending printing"),
    *_named("time", "clocks duties"),
    *_named("office", "delegations identity posts administering units members network depending"),
    *_named("office", "importing channels evidence own_file"),
    *_named("records", "audit_lists"),
    *_named("rules", "shapes scores"),
    *_named("time", "deadlines calendar"),
    *_named("rules", "proceedings shape_rows"),
    *_named("records", "sitting_acts calling ballots round_acts bringing_in"),
    *BESIDE_REQUESTS,
    *_named("records", "register_list record_forms accounts consequences retention"),
    *_named("records", "rosters checks files statements publications office_counts"),
    *AREAS,
    LEAST,
)
"""Whatever has root fields, in the order in which the API tells them."""


def _merged(root: str) -> Any:
    return merge_types(root, tuple(of for each in MODULES if (of := root_of(each, root))))


class Schema(strawberry.Schema):
    """A schema whose errors are told and logged where they leave: `schema.ground.errors.told`."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        pass


QUERY = _merged("Query")
LISTS = exports.every(QUERY)
"""Whatever can be taken away as a file."""

schema = Schema(
    query=QUERY,
    mutation=merge_types("Mutation", (_merged("Mutation"), exports.mutation_of(LISTS))),
    subscription=watching.Subscription,
    extensions=[Documents],
    execution_context_class=compiling(lambda context: context.services.compiled),
    exception_handlers=[RefusalHandler()],
    config=StrawberryConfig(scalar_map=SCALARS),
)
for kind in schema._schema.type_map.values():  # noqa: SLF001
    # The library tells graphql-core nothing of a choice of one.
    if is_input_object_type(kind) and kind.extensions["strawberry-definition"].is_one_of:
        kind.is_one_of = True
build_swiftly(schema)
describe(schema._schema)  # noqa: SLF001
