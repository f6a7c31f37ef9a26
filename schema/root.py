"""The schema itself: the machinery's fields and the areas' fields in one."""

from typing import Any

import strawberry
from graphql import GraphQLError, is_input_object_type
from strawberry.schema.config import StrawberryConfig
from strawberry.tools import merge_types
from strawberry.types import ExecutionContext

from schema.areas import AREAS, BESIDE_REQUESTS
from schema.completion.executor import compiling
from schema.ground import notices, second_factors, sessions, sign_in
from schema.ground.descriptions import describe
from schema.ground.errors import RefusalHandler
from schema.ground.fields import root_of
from schema.ground.inputs import build_swiftly
from schema.ground.scalars import SCALARS
from schema.office import (
    administering,
    channels,
    delegations,
    depending,
    evidence,
    identity,
    importing,
    members,
    network,
    organisation,
    own_file,
    posts,
    units,
)
from schema.records import (
    accounts,
    audit_lists,
    ballots,
    bringing_in,
    calling,
    checks,
    consequences,
    destroying,
    exports,
    files,
    mending,
    publications,
    record_forms,
    register_list,
    retention,
    rosters,
    round_acts,
    sitting_acts,
    statements,
)
from schema.records import acts as living
from schema.requests import (
    acts,
    boxes,
    deciding,
    generic,
    handing,
    kind_list,
    minimal,
    printing,
    sending,
    watching,
)
from schema.rules import (
    acknowledging,
    adopting,
    authority,
    clauses,
    draft_sheets,
    drafts,
    explaining,
    matrix,
    permissions,
    proceedings,
    regulations,
    replays,
    routes,
    rule_findings,
    rulebook_versions,
    scores,
    shape_rows,
    shapes,
)
from schema.running.documents import Documents
from schema.time import calendar, clock_acts, clocks, deadlines, duties

MODULES = (
    *(
        second_factors,
        sessions,
        sign_in,
        organisation,
        boxes,
        acts,
        deciding,
        handing,
        kind_list,
        generic,
        clauses,
        explaining,
        regulations,
        acknowledging,
        adopting,
        drafts,
        draft_sheets,
        replays,
        rulebook_versions,
        routes,
        authority,
        living,
        matrix,
        permissions,
    ),
    *(notices, sending, printing),
    *(clocks, clock_acts, duties),
    *(delegations, identity, posts, administering, units, members, network, depending, importing),
    *(channels, evidence, own_file, audit_lists),
    *(shapes, scores, deadlines, calendar, proceedings, shape_rows, rule_findings),
    *(sitting_acts, calling, ballots, round_acts, bringing_in),
    *BESIDE_REQUESTS,
    *(
        register_list,
        record_forms,
        accounts,
        consequences,
        destroying,
        retention,
        rosters,
        checks,
        mending,
    ),
    files,
    *(statements, publications),
    *AREAS,
    minimal,
)


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
