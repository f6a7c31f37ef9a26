"""Documents as they come: read once, held to bounds, and found valid or told what is wrong."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from inspect import isawaitable
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLSchema,
    GraphQLSyntaxError,
    NameNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    execute,
    execute_sync,
    parse,
)
from strawberry import Schema
from strawberry.execution import optimized_is_awaitable
from strawberry.extensions import SchemaExtension

from domain.errors import Refused
from resolvers.ground.context import Context
from schema.running import limits
from schema.running.faults import Fault, faults, unreadable, wrong_variables

DOCUMENTS_KEPT = 32
"""How many documents stay as they were read: clients send the same few again and again."""
ANSWERS_KEPT = 8
"""How many answers on what the schema is like stay; each has up to some megabytes."""
SHORT_TURN = 0.0005
"""Seconds; a call waits for its turn several times, and Python's own is ten times as long."""
ASIDE = ThreadPoolExecutor(1, "introspection")
"""They are made one at a time and beside everything else, which must not wait for them."""


@dataclass(frozen=True)
class Reading:
    """A document, what is wrong with it, and which operations ask what the schema is like."""

    document: DocumentNode | None = None
    faults: tuple[Fault, ...] = ()
    learning: tuple[OperationDefinitionNode, ...] = ()

    @cached_property
    def operations(self) -> tuple[OperationDefinitionNode, ...]:
        parts = self.document.definitions if self.document else ()
        return tuple(each for each in parts if isinstance(each, OperationDefinitionNode))

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(each.name.value for each in self.operations if each.name)

    def operation(self, named: str | None) -> OperationDefinitionNode:
        """The one that is run; of several the client names it."""
        of_name = (each for each in self.operations if each.name and each.name.value == named)
        return next(of_name, self.operations[0])

    def faults_of(
        self, named: str | None, given: Mapping[str, Any], schema: GraphQLSchema, *, streams: bool
    ) -> tuple[Fault, ...]:
        """What is wrong beside the document: no operation is named, or variables do not fit."""
        operation = self.operation(named)
        if len(self.operations) > 1 and named is None:
            return (Fault(Refused("OPERATION_NOT_NAMED"), self.operations),)
        if streams is not (operation.operation is OperationType.SUBSCRIPTION):
            return (Fault(Refused("WRONG_STREAM"), (operation,)),)
        try:
            limits.must_be_few(given)
        except Refused as refused:
            return (Fault(refused),)
        wrong = self.document and wrong_variables(self.document, operation, given, schema)
        return (wrong,) if wrong else ()


@lru_cache(DOCUMENTS_KEPT)
def read(query: str, schema: GraphQLSchema, *, closed: bool) -> Reading:
    """What a text says; cheap bounds come before whatever takes its time."""
    if len(query) > limits.MOST_CHARACTERS:
        return Reading(faults=(Fault(limits.too_complex()),))
    try:
        document = parse(query, max_tokens=limits.MOST_TOKENS)
    except GraphQLSyntaxError as error:
        return Reading(faults=(unreadable(error),))
    try:
        learning = limits.must_fit(document, schema, closed=closed)
    except Refused as refused:
        return Reading(document, (Fault(refused),))
    return Reading(document, faults(document, schema), learning)


class Documents(SchemaExtension):
    """Takes each document as it was read, and runs none with a fault."""

    reading = Reading()

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        closed = context.context.services.production
        self.reading = read(context.query or "", context.schema._schema, closed=closed)  # noqa: SLF001
        context.graphql_document = self.reading.document or _stand_in(self._named)
        yield

    def on_validate(self) -> Iterator[None]:
        context, schema = self.execution_context, self.execution_context.schema._schema  # noqa: SLF001
        how = self._named, context.variables or {}, schema
        found = self.reading.faults or self.reading.faults_of(*how, streams=context.context.streams)
        self.execution_context.pre_execution_errors = [each.error() for each in found]
        yield

    async def on_execute(self) -> AsyncIterator[None]:
        context, operation = self.execution_context, self.reading.operation(self._named)
        if operation in self.reading.learning:
            asked = context.query, context.operation_name, orjson.dumps(context.variables)
            context.result = await asyncio.get_running_loop().run_in_executor(
                ASIDE,
                learn,
                *asked,
                context.schema._schema,  # noqa: SLF001
            )
        yield

    @property
    def _named(self) -> str | None:
        """The operation that the client names."""
        return self.execution_context._provided_operation_name  # noqa: SLF001


async def answered(call: Any, context: Context, of: Schema) -> ExecutionResult | None:
    """The answer of a usual call: one faultless operation, which nothing is said of beside.

    None: it is another, and has not begun.
    """
    if not isinstance(call, dict):
        return None
    query, given, named = (call.get(each) for each in ("query", "variables", "operationName"))
    if not isinstance(query, str) or not isinstance(given, dict | None) or call.get("extensions"):
        return None
    schema = of._schema  # noqa: SLF001
    reading = read(query, schema, closed=context.services.production)
    if reading.document is None or reading.faults or reading.learning:
        return None
    if len(reading.operations) != 1 or named not in (None, *reading.names):
        return None
    if reading.operations[0].operation is OperationType.SUBSCRIPTION:
        return None
    with suppress(Refused):
        limits.must_be_few(given or {})
        found = execute(
            schema,
            reading.document,
            context_value=context,
            variable_values=given,
            operation_name=named,
            is_awaitable=optimized_is_awaitable,  # type: ignore[arg-type]  # it is one
            executor_class=of.execution_context_class,
            operation_extensions=None,
        )
        if isawaitable(found):
            return await found
        # Variables that do not fit are told in words of ours, by those who look into them.
        return found if found.data is not None else None
    return None


def _stand_in(name: str | None) -> DocumentNode:
    """What is validated, and refused, in place of what could not be read."""
    selected = SelectionSetNode(selections=(FieldNode(name=NameNode(value="__typename")),))
    operation = OperationDefinitionNode(
        operation=OperationType.QUERY,
        name=NameNode(value=name) if name else None,
        selection_set=selected,
    )
    return DocumentNode(definitions=(operation,))


@lru_cache(ANSWERS_KEPT)
def learn(query: str, name: str | None, variables: bytes, schema: GraphQLSchema) -> ExecutionResult:
    """What a schema is like, as it goes over the wire: that never changes while we serve."""
    document = read(query, schema, closed=False).document
    assert document  # noqa: S101  # whoever asks has read it
    given = orjson.loads(variables)
    with turns_of(SHORT_TURN):
        answer = execute_sync(schema, document, variable_values=given, operation_name=name)
        told: Any = orjson.Fragment(orjson.dumps(_in_parts(answer.data)))
    return ExecutionResult(told, answer.errors)


def _in_parts(told: Any) -> Any:
    """What stands in a list is written, and let go, one by one: nobody waits for megabytes."""
    if isinstance(told, dict):
        return {name: _in_parts(each) for name, each in told.items()}
    if isinstance(told, list):
        told.reverse()
        return [orjson.Fragment(orjson.dumps(told.pop())) for _ in range(len(told))]
    return told


@contextmanager
def turns_of(seconds: float) -> Iterator[None]:
    """How long this thread may go on while others have something to do."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(seconds)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
