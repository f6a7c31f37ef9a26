"""Arguments of root fields: each says its type and what it means, as a parameter of an act does.

One that is an id says of what, and the resolver is handed its key:
`person: Annotated[UUID | None, Id("Person"), "Whose."]`.
"""

from collections.abc import Callable, Mapping
from types import NoneType
from typing import Annotated, Any, get_args

import strawberry
from strawberry.types.arguments import StrawberryArgumentAnnotation

from schema.ground.ids import Id

ARGUMENTS: dict[str, tuple[str | None, str]] = {
    "input": (None, "What is asked for."),
    "first": (None, "How many edges, at most 100."),
    "unread_only": (None, "What the viewer has not read alone."),
    "after": (None, "Continue after this cursor."),
    "from_": ("from", "On this day or later."),
    "to": (None, "On this day or earlier."),
    "on": (None, "As the rules stand that day; today when absent."),
    "institution": (None, "The institution's code."),
    "id": (None, "A global id."),
    "box": (None, "The box."),
    "kind": (None, "Of this kind alone."),
    "status": (None, "In this state alone."),
    "text": (None, "Words in the number, the names or the form."),
    "area": (None, "Of this area alone."),
    "clause_kind": (None, "Of this kind of clause alone: approval, deadline …"),
    "outcome": (None, "With an entry of which this becomes."),
    "clause": (None, "<regulation id>/<cite>"),
    "measures": (None, 'By the names that the row declares: {"late": 3}'),
    "shape": (None, "Of this shape alone: clocks, ladders, votes …"),
    "start": (None, "When the clock starts."),
    "only": (None, "One row of the clause alone, by its id."),
    "begins": (None, "The first day, which counts."),
    "ends": (None, "The last day, which counts."),
    "day": (None, "The day to count from, which does not count."),
    "count": (None, "How many working days; backwards when negative."),
    "active": (None, "Only what counts today, or only what does not; both when absent."),
    "seat": (None, "Of this seat alone."),
    "request_kind": (None, "Of this kind of request alone."),
}
"""The arguments of root fields, said once unless a function says otherwise: name and meaning."""


def told(resolver: Callable[..., Any]) -> Callable[..., Any]:
    """The resolver with arguments as the API has them: what each means, ids as they travel."""
    hints = resolver.__annotations__
    for name, hint in hints.items():
        kind, *said = get_args(hint) if hasattr(hint, "__metadata__") else (hint,)
        api_name, usual = ARGUMENTS.get(name, (None, ""))
        meaning = next((each for each in said if isinstance(each, str)), usual)
        if not meaning or any(isinstance(each, StrawberryArgumentAnnotation) for each in said):
            continue
        if any(isinstance(each, Id) for each in said):
            kind = strawberry.ID | None if NoneType in get_args(kind) else strawberry.ID
        argument = strawberry.argument(name=api_name, description=meaning)
        hints[name] = Annotated[kind, argument]
    return resolver


def ids_of(resolver: Callable[..., Any]) -> Mapping[str, Id]:
    """Of what each argument is an id that is one."""
    hints = resolver.__annotations__.items()
    said = ((name, each) for name, hint in hints for each in getattr(hint, "__metadata__", ()))
    return {name: each for name, each in said if isinstance(each, Id)}
