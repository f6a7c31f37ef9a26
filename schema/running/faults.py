"""What GraphQL itself refuses, told like every refusal: by code, with the place and a sentence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    SKIP,
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FieldsOnCorrectTypeRule,
    GraphQLError,
    GraphQLInputType,
    GraphQLSchema,
    GraphQLSyntaxError,
    Node,
    ObjectFieldNode,
    OperationDefinitionNode,
    ProvidedRequiredArgumentsRule,
    ScalarLeafsRule,
    Undefined,
    ValueNode,
    ValuesOfCorrectTypeRule,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    VisitorAction,
    is_non_null_type,
    is_required_argument,
    specified_rules,
    type_from_ast,
    validate,
    visit,
)
from graphql.utilities import validate_input_literal, validate_input_value
from graphql.validation import ASTValidationRule

from domain.errors import Problem, Refused
from schema.running.unfit import explained

MOST_TOLD = 10
"""A document with more faults than these is not worth reading on."""


@dataclass(frozen=True)
class Fault:
    """Something refused, where it stands in the document, and what GraphQL says of it itself."""

    refused: Refused
    nodes: tuple[Node, ...] = ()
    reason: str = ""

    def error(self) -> GraphQLError:
        """A new error each time: it is told in the language of whoever asked."""
        said = self.reason or self.refused.code
        return GraphQLError(said, list(self.nodes[:MOST_TOLD]), original_error=self.refused)


def refusal(problems: Iterable[Problem]) -> Refused:
    """The refusal of a document or its variables; one problem alone speaks for the whole."""
    found = list({(each.code, each.path): each for each in problems}.values())
    alone = {**found[0].details, "because": found[0].code} if len(found) == 1 else {}
    return Refused("INVALID_GRAPHQL", problems=found, **alone)


def unreadable(error: GraphQLSyntaxError) -> Fault:
    """The fault of what is no GraphQL at all."""
    line, column = error.locations[0] if error.locations else (1, 1)
    details = {"line": line, "column": column}
    return Fault(refusal([Problem("UNREADABLE_DOCUMENT", (), None, details)]), reason=error.message)


class Values(ValuesOfCorrectTypeRule):
    """As GraphQL has it; each wrong value is told by its place below the argument."""

    where: tuple[str, ...] = ()

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
        self.where = (node.name.value,)

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: Any) -> None:
        self.where = (node.variable.name.value,)

    def is_valid_value_node(
        self, node: ValueNode, input_type: GraphQLInputType | None
    ) -> VisitorAction:
        problems: list[Problem] = []
        reasons: list[str] = []

        def tell(error: GraphQLError, path: list[str | int]) -> None:
            problems.extend(explained(error, path, input_type, node, self.where))
            reasons.append(error.message)

        if input_type:
            validate_input_literal(node, input_type, tell)
        if problems:
            self.report_error(_told(node, problems, reasons))
        return SKIP


class Arguments(ProvidedRequiredArgumentsRule):
    """As GraphQL has it; each missing argument of a field is told by its name."""

    def leave_field(self, field_node: FieldNode, *_: Any) -> VisitorAction:
        asked = self.context.get_field_def()
        given = {each.name.value for each in field_node.arguments or ()}
        for name, argument in asked.args.items() if asked else ():
            if name not in given and is_required_argument(argument):
                missing = Problem("REQUIRED", (name,))
                reason = f"The argument '{name}' is required"
                self.report_error(_told(field_node, [missing], [reason]))
        return None


def _coded(rule: type[ASTValidationRule], code: str) -> type[ASTValidationRule]:
    """The rule, whose errors have a code of their own."""

    def report_error(self: ASTValidationRule, error: GraphQLError) -> None:
        error.extensions = {"code": code}
        rule.report_error(self, error)

    return type(rule.__name__, (rule,), {"report_error": report_error})


RULES: Mapping[type[ASTValidationRule], type[ASTValidationRule]] = {
    ValuesOfCorrectTypeRule: Values,
    ProvidedRequiredArgumentsRule: Arguments,
    FieldsOnCorrectTypeRule: _coded(FieldsOnCorrectTypeRule, "UNKNOWN_FIELD"),
    ScalarLeafsRule: _coded(ScalarLeafsRule, "WRONG_SELECTION"),
}


def faults(document: DocumentNode, schema: GraphQLSchema) -> tuple[Fault, ...]:
    """What is wrong with a document by the rules of GraphQL."""
    rules: list[type[ASTValidationRule]] = [RULES.get(rule, rule) for rule in specified_rules]
    found = validate(schema, document, rules, max_errors=MOST_TOLD)
    places = _places(document, [node for error in found for node in error.nodes or ()])
    return tuple(_fault(error, places) for error in found if error.nodes) or tuple(
        Fault(refusal([Problem("AGAINST_GRAPHQL")]), reason=error.message) for error in found
    )


def _fault(error: GraphQLError, places: Mapping[int, tuple[str, ...]]) -> Fault:
    nodes = tuple(error.nodes or ())
    if isinstance(error.original_error, Refused):
        return Fault(error.original_error, nodes, reason=error.message)
    code = (error.extensions or {}).get("code", "AGAINST_GRAPHQL")
    if code == "AGAINST_GRAPHQL" and isinstance(nodes[0], ArgumentNode):
        code = "UNKNOWN_ARGUMENT"
    return Fault(refusal([Problem(code, places[id(nodes[0])])]), nodes, reason=error.message)


def _told(node: Node, problems: Iterable[Problem], reasons: Sequence[str]) -> GraphQLError:
    said = " ".join(reasons[:MOST_TOLD])
    return GraphQLError(said, node, original_error=refusal(problems))


class _Place(Visitor):
    """Notes where some nodes of a document stand, by the names that an answer would have."""

    def __init__(self, wanted: Iterable[Node]) -> None:
        super().__init__()
        self.wanted = {id(node) for node in wanted}
        self.found: dict[int, tuple[str, ...]] = {}

    def enter(self, node: Node, _key: Any, parent: Any, _path: Any, ancestors: list[Any]) -> None:
        if id(node) in self.wanted:
            self.found[id(node)] = tuple(_names((*ancestors, parent, node)))


def _places(document: DocumentNode, nodes: list[Node]) -> Mapping[int, tuple[str, ...]]:
    place = _Place(nodes)
    if nodes:
        visit(document, place)
    return {id(node): () for node in nodes} | place.found


def _names(nodes: Iterable[Any]) -> list[str]:
    """The fields that lead to something, or from an argument down what leads to it."""
    names: list[str] = []
    for node in nodes:
        match node:
            case FieldNode():
                names.append((node.alias or node.name).value)
            case ArgumentNode():
                names = [node.name.value]
            case ObjectFieldNode():
                names.append(node.name.value)
    return names


def wrong_variables(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    given: Mapping[str, Any],
    schema: GraphQLSchema,
) -> Fault | None:
    """What is wrong with the variables of an operation, each told by the argument it is for."""
    problems: list[Problem] = []
    reasons: list[str] = []
    nodes: dict[Node, None] = {}
    for each in operation.variable_definitions or ():
        name, kind = each.variable.name.value, type_from_ast(schema, each.type)
        value = given.get(name, Undefined)
        if value is Undefined and (each.default_value or not is_non_null_type(kind)):
            continue

        def tell(error: GraphQLError, path: list[str | int], of: Any = (each, kind, value)) -> None:
            declaration, kind, value = of
            where = _use(document, declaration.variable.name.value)
            problems.extend(explained(error, path, kind, value, where))
            reasons.append(error.message)
            nodes[declaration] = None

        validate_input_value(value, kind, tell)  # type: ignore[arg-type]
    said = " ".join(reasons[:MOST_TOLD])
    return Fault(refusal(problems), tuple(nodes), said) if problems else None


def _use(document: DocumentNode, name: str) -> tuple[str, ...]:
    """The argument that a variable is for, or the variable itself where that is not one alone."""
    uses = _Uses(name)
    visit(document, uses)
    return uses.places.pop() if len(uses.places) == 1 else (name,)


class _Uses(Visitor):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.places: set[tuple[str, ...]] = set()

    def enter_variable(
        self, node: VariableNode, _key: Any, parent: Any, _path: Any, ancestors: list[Any]
    ) -> None:
        within = (*ancestors, parent)
        if node.name.value == self.name and any(isinstance(each, ArgumentNode) for each in within):
            self.places.add(tuple(_names(within)))
