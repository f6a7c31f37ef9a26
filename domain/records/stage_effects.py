"""What stages of cases bring about beside them: a thing is had for a time, lines are written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from domain.records.registers import Register
from domain.time.calendar import Calendar

if TYPE_CHECKING:
    from domain.records.cases import Case
    from domain.records.things import Thing


class Use(Enum):
    """What a stage does with the thing of a case: gives it, takes it out, brings it back."""

    HAS = "has"
    TAKES_OUT = "takes_out"
    BRINGS_BACK = "brings_back"


@dataclass(frozen=True, eq=False)
class Together:
    """That a case may go with another, named in `column`: it has the `same` columns.

    Only where they `fit`, else refused with the code `unfit`. When the other is given up, one of
    those that went with it goes on with it, and the rest with that one.
    """

    column: str
    same: tuple[str, ...]
    fit: Callable[["Case[Any]", "Case[Any]"], bool]
    unfit: str


@dataclass(frozen=True, eq=False)
class Had:
    """The thing that a case has, in `column`, between the times in the columns `times`, if any.

    It is for so many as `people` tells, out from `out` on, back from `back` on; `is_out` is the
    code where another case has it out still.
    """

    thing: "Thing"
    column: str
    times: tuple[str, str] | None = None
    people: str = ""
    out: str = ""
    back: str = ""
    is_out: str = ""
    together: Together | None = None


@dataclass(frozen=True, eq=False)
class Writes:
    """Lines of what was done that a stage enters where the office keeps the register, or always.

    With `kinds`, only in cases of such requests.
    """

    register: Register
    lines: Callable[["Case[Any]", Calendar], Iterable[Any]]
    always: bool = False
    kinds: frozenset[str] = frozenset()
