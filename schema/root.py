"""The schema itself: the machinery's fields and the areas' fields in one."""

from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.tools import merge_types
from strawberry.types import ExecutionContext

from resolvers.procedures import PROCEDURES
from schema import (
    AREAS,
    acknowledging,
    acts,
    authority,
    boxes,
    calendar,
    case_registers,
    cases,
    clauses,
    clock_acts,
    clocks,
    contacts,
    deadlines,
    deciding,
    delegations,
    duties,
    handing,
    kinds,
    matrix,
    meetings,
    minimal,
    notices,
    organisation,
    party,
    posts,
    proceedings,
    registers,
    regulations,
    routes,
    rule_findings,
    scores,
    sending,
    shape_rows,
    shapes,
    sign_in,
)
from schema.descriptions import describe
from schema.documents import Documents
from schema.errors import RefusalHandler
from schema.requests import request_type
from schema.scalars import SCALARS

MODULES = (
    *(
        sign_in,
        organisation,
        boxes,
        acts,
        deciding,
        handing,
        kinds,
        clauses,
        regulations,
        acknowledging,
        routes,
        authority,
        matrix,
    ),
    *(notices, sending),
    *(clocks, clock_acts, duties),
    *(delegations, posts),
    *(shapes, scores, deadlines, calendar, proceedings, shape_rows, rule_findings, meetings),
    party,
    *(cases, case_registers, contacts, registers),
    *AREAS,
    minimal,
)


def _merged(root: str) -> Any:
    return merge_types(root, tuple(getattr(m, root) for m in MODULES if hasattr(m, root)))


class Schema(strawberry.Schema):
    """A schema whose errors are told and logged where they leave, by `schema.errors.told`."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        pass


schema = Schema(
    query=_merged("Query"),
    mutation=_merged("Mutation"),
    types=[request_type(procedure) for procedure in PROCEDURES.values()],
    extensions=[Documents],
    exception_handlers=[RefusalHandler()],
    config=StrawberryConfig(scalar_map=SCALARS),
)
describe(schema._schema)  # noqa: SLF001
