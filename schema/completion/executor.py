"""The executor that answers by compiled functions what graphql-core would answer alike."""

from collections.abc import Callable
from typing import Any

from graphql import GraphQLObjectType
from graphql.execution.collect_fields import FieldDetailsList, GroupedFieldSet
from graphql.pyutils import Path
from orjson import Fragment
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from schema.completion.plans import Plan, Plans


def compiling(wanted: Callable[[Any], bool]) -> type[StrawberryGraphQLCoreExecutionContext]:
    """An executor for a schema; `wanted` says of an operation's context whether to compile.

    Root fields and asynchronous ones are graphql-core's. Of each object that is come to, the
    selection is one function, once the operation has come twice; what is told as text stands.
    """

    class Compiling(StrawberryGraphQLCoreExecutionContext):
        plans = Plans()
        plan: Plan | None = None

        def execute_collected_root_fields(
            self, kind: GraphQLObjectType, root: Any, grouped: GroupedFieldSet, *how: Any
        ) -> Any:
            watched = self.middleware_manager and self.middleware_manager.middlewares
            if wanted(self.context_value) and not (watched or self.abort_signal):
                self.plan = self.plans.plan(self, grouped)
            if self.plan:
                grouped = self.plan.roots
                self._relevant_sub_fields = self.plan.collected
            return super().execute_collected_root_fields(kind, root, grouped, *how)

        def collect_and_execute_subfields(
            self, kind: GraphQLObjectType, asked: FieldDetailsList, path: Path, root: Any, how: Any
        ) -> Any:
            if isinstance(root, Fragment):
                return root
            if compiled := self.plan and self.plan.function(kind, asked):
                return compiled(self, root, path)
            return super().collect_and_execute_subfields(kind, asked, path, root, how)

    return Compiling
