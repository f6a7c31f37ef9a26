"""How large a document may be, once its fragments are spread: nothing is run of one beyond."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValidationContext,
    ValidationRule,
    parse,
)
from strawberry.extensions import (
    AddValidationRules,
    MaxTokensLimiter,
    SchemaExtension,
    ValidationCache,
)

from domain.errors import Refused

MOST_TOKENS = 5_000
MOST_ROOT_FIELDS = 30
MOST_FIELDS = 2_000
MOST_LEVELS = 15


@dataclass(frozen=True)
class Size:
    """Of a selection: its own fields, those below with them, and the levels that they make."""

    width: int = 0
    fields: int = 0
    levels: int = 0


@dataclass
class Measure:
    """Sizes of selections; each fragment is measured once, however often it is spread."""

    fragments: Mapping[str, SelectionSetNode]
    known: dict[str, Size] = field(default_factory=dict)

    def of(self, selected: SelectionSetNode | None) -> Size:
        sizes = [self._of_one(each) for each in selected.selections] if selected else []
        return Size(
            sum(size.width for size in sizes),
            sum(size.fields for size in sizes),
            max((size.levels for size in sizes), default=0),
        )

    def _of_one(self, node: SelectionNode) -> Size:
        if isinstance(node, FragmentSpreadNode):
            return self._of_fragment(node.name.value)
        inner = self.of(getattr(node, "selection_set", None))
        if not isinstance(node, FieldNode):
            return inner
        # What a client learns of the schema itself has a bound of its own.
        if node.name.value.startswith("__"):
            return Size()
        return Size(1, inner.fields + 1, inner.levels + 1)

    def _of_fragment(self, name: str) -> Size:
        if name not in self.known:
            self.known[name] = Size()
            self.known[name] = self.of(self.fragments.get(name))
        return self.known[name]


class WithinLimits(ValidationRule):
    """Refuses an operation with too many fields, at the root or in all, or too many levels."""

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        fragments = {
            each.name.value: each.selection_set
            for each in context.document.definitions
            if isinstance(each, FragmentDefinitionNode)
        }
        measure = Measure(fragments)
        for each in context.document.definitions:
            if isinstance(each, OperationDefinitionNode):
                size = measure.of(each.selection_set)
                if (
                    size.width > MOST_ROOT_FIELDS
                    or size.fields > MOST_FIELDS
                    or size.levels > MOST_LEVELS
                ):
                    context.report_error(too_complex(each))


def too_complex(operation: OperationDefinitionNode) -> GraphQLError:
    refused = Refused("TOO_COMPLEX", roots=MOST_ROOT_FIELDS, fields=MOST_FIELDS, levels=MOST_LEVELS)
    return GraphQLError(refused.code, operation, original_error=refused)


DOCUMENTS_KEPT = 32
"""How many documents stay parsed and found valid: clients send the same few again and again."""


_read = lru_cache(DOCUMENTS_KEPT)(parse)


class Parsed(SchemaExtension):
    """Takes a document as it was read before; one that cannot be read is told of as ever."""

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        with suppress(GraphQLError):
            context.graphql_document = _read(context.query or "", **context.parse_options)
        yield


def validated() -> SchemaExtension:
    return ValidationCache(maxsize=DOCUMENTS_KEPT)


def tokens() -> SchemaExtension:
    return MaxTokensLimiter(max_token_count=MOST_TOKENS)


def size() -> SchemaExtension:
    return AddValidationRules([WithinLimits])
