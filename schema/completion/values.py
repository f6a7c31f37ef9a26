"""Values completed as graphql-core completes them, errors, nulls and what is awaited with them."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from inspect import iscoroutinefunction
from types import CoroutineType, GeneratorType, NoneType
from typing import Any
from uuid import UUID

import graphql
from graphql.execution import Executor
from graphql.execution.collect_fields import FieldDetailsList
from graphql.pyutils import gather_with_cancel
from strawberry.types.cast import TYPE_CAST_ATTRIBUTE

from schema.completion.fields import DEFINED, WRAPPERS, Field, Place, path_of, told

Run = Executor[Any]
Complete = Callable[[Run, Any, Place], Any]
Check = Callable[[Run, Field, Place, Any], bool]
Compiled = Callable[[graphql.GraphQLObjectType, FieldDetailsList], Complete | None]
Known = tuple[Complete | None, Check | None]
"""How the objects of a class are completed, and what must be true of each of them before."""

UNKNOWN: Known = (None, None)
MOST_CLASSES = 100
PLAIN = frozenset({str, int, float, bool, date, datetime, time, Decimal, UUID, dict, list, tuple})
"""What is neither awaited nor an error, whoever gives it."""
LISTS = frozenset({list, tuple})
NO_OBJECTS = (Exception, NoneType, type(graphql.Undefined), CoroutineType, GeneratorType)
UNIONS = "strawberry.types.union"


def finished(run: Run, field: Field, above: Place, result: Any) -> Any:
    """What a resolver gave, completed by graphql-core."""
    path = path_of(field.below(above))
    kind, details = field.definition.type, field.details
    try:
        info = told(run, field, path)
        if run.is_awaitable(result):
            return run.complete_awaitable_value(kind, details, info, path, result, None)
        completed = run.complete_value(kind, details, info, path, result, None)
        if run.is_awaitable(completed):
            return _later(run, completed, kind, details, path)
    except Exception as error:  # noqa: BLE001  # whatever a resolver raises is the field's error
        return failed(run, field, above, error)
    return completed


def failed(run: Run, field: Field, above: Place, error: Exception) -> None:
    """The field is null for it, or what holds the field: `handle_field_error` raises then."""
    path = path_of(field.below(above))
    run.handle_field_error(error, field.definition.type, field.details, path)


def deferred(run: Run, field: Field, above: Place, completed: Any) -> Any:
    """What is still awaited below a field."""
    return _later(run, completed, field.definition.type, field.details, field.below(above))


async def _later(run: Run, completed: Any, kind: Any, details: Any, place: Place) -> Any:
    try:
        return await completed
    except Exception as error:  # noqa: BLE001  # as above
        run.handle_field_error(error, kind, details, path_of(place))
        return None


def unfinished(run: Run, field: Field, above: Place, root: Any) -> Any:
    """A field that graphql-core resolves and completes: asynchronous, or of a kind unknown here."""
    return run.execute_field(field.parent, root, field.details, path_of(field.below(above)), None)


def gathered(run: Run, answer: dict[str, Any]) -> Any:
    """An object, once whatever is awaited in it is there."""
    waiting = [key for key, value in answer.items() if run.is_awaitable(value)]
    return _gathered(answer, waiting) if waiting else answer


async def _gathered(answer: Any, waiting: list[Any]) -> Any:
    if len(waiting) == 1:
        answer[waiting[0]] = await answer[waiting[0]]
    else:
        came = await gather_with_cancel(*(answer[each] for each in waiting))
        for each, value in zip(waiting, came, strict=True):
            answer[each] = value
    return answer


def abandoned(run: Run, answer: dict[str, Any]) -> None:
    """What is awaited in an object that is null for an error: it is settled all the same."""
    if waiting := [value for value in answer.values() if run.is_awaitable(value)]:
        run.settle_in_background(waiting)


def leaves(values: Any, convert: Callable[[Any], Any], known: frozenset[type]) -> list[Any] | None:
    """The leaves of a list; `None` where one of them is not of the kind expected."""
    if type(values) not in LISTS or not known.issuperset(map(type, values)):
        return None
    try:
        done = list(map(convert, values))
    except Exception:  # noqa: BLE001  # graphql-core tells it of the one item
        return None
    return done if PLAIN.issuperset(map(type, done)) else None


class Objects(dict[type, Known]):
    """How the objects of each class are completed that a field may give, found at the first."""

    def __init__(self, field: Field, schema: graphql.GraphQLSchema, compiled: Compiled) -> None:
        super().__init__()
        self.field, self.schema, self.compiled = field, schema, compiled
        kind = graphql.get_nullable_type(field.definition.type)
        self.item: Any = kind.of_type if graphql.is_list_type(kind) else kind
        self.kind: Any = graphql.get_nullable_type(self.item)

    def __missing__(self, of: type) -> Known:
        known = UNKNOWN if issubclass(of, NO_OBJECTS) else self._known(of)
        if len(self) < MOST_CLASSES:
            self[of] = known
        return known

    def _known(self, of: type) -> Known:
        checks: list[Check] = []
        reads: Any = of.__getattribute__
        if hasattr(of, "__getattr__") or reads is not object.__getattribute__:
            checks.append(_is_not_awaited)
        kind = self.kind
        if graphql.is_abstract_type(kind):
            kind = _runtime_type(self.schema, kind, of)
            checks.append(_is_not_cast)
        if kind is None or hasattr(of, "__await__"):
            return UNKNOWN
        if test := kind.is_type_of:
            ours = _classes(kind)
            if iscoroutinefunction(test) or (ours and not issubclass(of, ours)):
                return UNKNOWN
            checks.append(_is_not_cast if ours else _passes(test))
        check = checks[0] if len(checks) == 1 else _all(checks) if checks else None
        return self.compiled(kind, self.field.details), check

    def each(self, run: Run, values: Any, above: Place) -> Any:
        """The objects of a list; `None`, before anything is read of them, if one is unknown."""
        field, item = self.field, self.item
        if type(values) not in LISTS:
            return None
        functions: list[Complete] = []
        for value in values:
            complete, check = self[type(value)]
            if complete is None or (check is not None and not check(run, field, above, value)):
                return None
            functions.append(complete)
        here, done, waiting = field.below(above), [], []
        try:
            for number, (complete, value) in enumerate(zip(functions, values, strict=False)):
                place = (here, number, None)
                try:
                    made = complete(run, value, place)
                    if type(made) is not dict:
                        made = _later(run, made, item, field.details, place)
                        waiting.append(number)
                except Exception as error:  # noqa: BLE001  # as above
                    run.handle_field_error(error, item, field.details, path_of(place))
                    made = None
                done.append(made)
        except Exception:
            if waiting:
                run.settle_in_background([done[each] for each in waiting])
            raise
        return _gathered(done, waiting) if waiting else done


def _is_not_awaited(run: Run, _: Field, __: Place, value: Any) -> bool:
    return not run.is_awaitable(value)


def _is_not_cast(_: Run, __: Field, ___: Place, value: Any) -> bool:
    return getattr(value, TYPE_CAST_ATTRIBUTE, None) is None


def _passes(test: Callable[..., Any]) -> Check:
    return lambda run, of, above, value: test(value, told(run, of, of.below(above))) is True


def _all(checks: list[Check]) -> Check:
    return lambda *given: all(check(*given) for check in checks)


def _classes(kind: graphql.GraphQLObjectType) -> tuple[type, ...]:
    """The classes whose objects are of a type, where it is their class that decides."""
    test, declared = kind.is_type_of, kind.extensions.get(DEFINED)
    if declared is None or getattr(test, "__module__", "") != WRAPPERS or declared.concrete_of:
        return tuple(getattr(test, "classes", ()))
    return (*(each.origin for each in declared.interfaces), declared.origin)


def _runtime_type(
    schema: graphql.GraphQLSchema, kind: Any, of: type
) -> graphql.GraphQLObjectType | None:
    """The type of all objects of a class, where strawberry decides that by their class."""
    declared: Any = getattr(of, "__strawberry_definition__", None)
    if getattr(kind.resolve_type, "__module__", "") not in (WRAPPERS, UNIONS) or not declared:
        return None
    found: Any = schema.get_type(declared.name)
    same = graphql.is_object_type(found) and found.extensions.get(DEFINED) is declared
    exact = same and not declared.is_graphql_generic and not declared.concrete_of
    return found if exact and schema.is_sub_type(kind, found) else None
