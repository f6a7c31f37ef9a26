"""The executor that answers by compiled functions what graphql-core would answer alike."""

from collections.abc import Callable, Sequence
from typing import Any

from graphql import GraphQLObjectType
from graphql.execution.collect_fields import DeferUsage, FieldDetailsList, GroupedFieldSet
from graphql.pyutils import AwaitableOrValue, Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from schema.completion.fields import Field
from schema.completion.plans import Plan, Plans


def compiling(wanted: Callable[[Any], bool]) -> type[StrawberryGraphQLCoreExecutionContext]:
    """An executor for a schema; `wanted` says of an operation's context whether to compile.

    Root fields are graphql-core's as they stand, and so is every field that is asynchronous. Of
    each object that is come to, the selection is one function, once the operation has come twice.
    """
    plans = Plans()

    class Compiling(StrawberryGraphQLCoreExecutionContext):
        plan: Plan | None = None
        arguments: dict[Field, dict[str, Any]]

        def execute_collected_root_fields(
            self,
            root_type: GraphQLObjectType,
            root_value: Any,
            grouped_field_set: GroupedFieldSet,
            serially: bool,  # noqa: FBT001
            new_defer_usages: Sequence[DeferUsage],
        ) -> AwaitableOrValue[dict[str, Any]]:
            if wanted(self.context_value) and not self._is_watched:
                self.plan = plans.plan(self, grouped_field_set)
            if self.plan:
                self.arguments = {}
                grouped_field_set = self.plan.roots
                self._relevant_sub_fields = self.plan.collected
            return super().execute_collected_root_fields(
                root_type, root_value, grouped_field_set, serially, new_defer_usages
            )

        def collect_and_execute_subfields(
            self,
            return_type: GraphQLObjectType,
            field_details_list: FieldDetailsList,
            path: Path,
            result: Any,
            position_context: Any,
        ) -> AwaitableOrValue[dict[str, Any]]:
            compiled = self.plan and self.plan.function(return_type, field_details_list)
            if compiled:
                return compiled(self, result, path)
            return super().collect_and_execute_subfields(
                return_type, field_details_list, path, result, position_context
            )

        @property
        def _is_watched(self) -> bool:
            """Whether somebody stands between fields and resolvers, or may break the run off."""
            between = self.middleware_manager and self.middleware_manager.middlewares
            return bool(between or self.abort_signal)

    Compiling.plans = plans
    return Compiling
