"""Plans: what is compiled of the operations that come again, within bounds."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

import graphql
import structlog
from graphql.execution import Executor
from graphql.execution.collect_fields import (
    CollectedFields,
    FieldDetailsList,
    FragmentDetails,
    GroupedFieldSet,
    collect_subfields,
)
from graphql.execution.values import VariableValues

from schema.completion.selections import compiled
from schema.completion.values import Complete

log = structlog.get_logger()

OPERATIONS_KEPT = 32
"""As many as documents are kept: a document that is read anew has operations of its own."""
WAYS_KEPT = 8
"""How many ways one operation is compiled: `@skip` and `@include` make each another one."""
MOST_FIELDS = 500
"""How many fields are compiled of one operation: one with more is answered without."""
OFTEN = 2
"""The time from which on an operation is compiled: one that comes once would pay for nothing."""


@dataclass(eq=False)
class Operation:
    """What is compiled of an operation, by the values of what its directives ask for.

    `asked` names the variables of its `@skip` and `@include`; without it nothing is compiled.
    """

    operation: graphql.OperationDefinitionNode
    schema: graphql.GraphQLSchema
    asked: tuple[str, ...] | None
    plans: dict[tuple[Any, ...], "Plan"] = field(default_factory=dict)
    fields: int = 0


@dataclass(eq=False)
class Plan:
    """One way in which an operation runs: what its selections collect, and their functions."""

    of: Operation
    fragments: dict[str, FragmentDetails]
    conditions: VariableValues
    hide_suggestions: bool
    roots: GroupedFieldSet
    collected: dict[Any, tuple[FieldDetailsList, CollectedFields]] = field(default_factory=dict)
    functions: dict[Any, Complete | None] = field(default_factory=dict)
    runs: int = 0

    def function(
        self, kind: graphql.GraphQLObjectType, details: FieldDetailsList
    ) -> Complete | None:
        """What answers a selection; nothing where graphql-core is to do it.

        Lists of details are known by identity: `collected` holds them.
        """
        if self.runs < OFTEN:
            return None
        key = (kind, id(details))
        if key not in self.functions:
            self.functions[key] = self._compiled(kind, details, key)
        return self.functions[key]

    def _compiled(
        self, kind: graphql.GraphQLObjectType, details: FieldDetailsList, key: Any
    ) -> Complete | None:
        try:
            if key not in self.collected:
                # As `Executor.collect_subfields`, whose memory this is.
                found = collect_subfields(
                    *(self.of.schema, self.fragments, self.conditions, self.of.operation),
                    *(kind, details, self.hide_suggestions),
                )
                self.collected[key] = details, found
            grouped = self.collected[key][1].grouped_field_set
            self.of.fields += len(grouped)
            if self.of.fields <= MOST_FIELDS:
                return compiled(self.of.schema, kind, grouped, self.function)
        except graphql.GraphQLError:
            pass
        except Exception:
            # A fault of ours costs time alone.
            log.exception("uncompiled", type=kind.name)
        return None


class Plans:
    """The plans of the operations that came last."""

    def __init__(self) -> None:
        self.kept: OrderedDict[int, Operation] = OrderedDict()

    def plan(self, run: Executor[Any], roots: GroupedFieldSet) -> Plan | None:
        """The plan of an execution; nothing for one that graphql-core is to do alone."""
        found = self._found(run)
        ways = tuple(run.variable_values.coerced.get(name) for name in found.asked or ())
        if found.asked is None or not all(type(each) is bool for each in ways):
            return None
        if found.fields > MOST_FIELDS:
            found.plans.clear()
            return None
        plan = found.plans.get(ways)
        if plan is None:
            if len(found.plans) == WAYS_KEPT:
                return None
            # Nothing else of what somebody once asked for is kept.
            conditions = VariableValues(
                {name: run.variable_values.sources[name] for name in found.asked},
                dict(zip(found.asked, ways, strict=True)),
            )
            plan = Plan(found, run.fragments, conditions, run.hide_suggestions, roots)
            found.plans[ways] = plan
        plan.runs += 1
        return plan

    def _found(self, run: Executor[Any]) -> Operation:
        operation, key = run.operation, id(run.operation)
        found = self.kept.get(key)
        if found is None or found.operation is not operation or found.schema is not run.schema:
            found = Operation(operation, run.schema, asked(operation, run.fragments))
            self.kept[key] = found
            if len(self.kept) > OPERATIONS_KEPT:
                self.kept.popitem(last=False)
        self.kept.move_to_end(key)
        return found


def asked(
    operation: graphql.OperationDefinitionNode, fragments: dict[str, FragmentDetails]
) -> tuple[str, ...] | None:
    """The variables on which it depends what is selected; nothing with what is not known here."""
    if operation.directives or operation.operation is graphql.OperationType.SUBSCRIPTION:
        return None
    asked: list[str] = []
    spread: set[str] = set()
    ahead: list[Any] = [operation.selection_set]
    while ahead:
        for node in ahead.pop().selections:
            for directive in node.directives or ():
                if directive.name.value not in ("skip", "include"):
                    return None
                given = [each.value for each in directive.arguments or ()]
                asked += [it.name.value for it in given if isinstance(it, graphql.VariableNode)]
            if not isinstance(node, graphql.FragmentSpreadNode):
                ahead += [node.selection_set] if node.selection_set else []
            elif node.name.value not in spread and node.name.value in fragments:
                spread.add(node.name.value)
                fragment = fragments[node.name.value]
                if fragment.variable_signatures:
                    return None
                ahead.append(fragment.definition.selection_set)
    return tuple(dict.fromkeys(asked))
