"""Why the domain says no. Wording lives in `policies.messages`; codes are the contract."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one field; `clause` is `<regulation id>/<cite>` where one says so.

    `others` are further clauses that say so too.
    """

    code: str
    path: tuple[str, ...] = ()
    clause: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    others: tuple[str, ...] = ()

    @property
    def clauses(self) -> tuple[str, ...]:
        return (self.clause, *self.others) if self.clause else ()


class Refused(Exception):
    """An expected no, with every problem at once. Reaches the API as a `Refusal`."""

    def __init__(
        self,
        code: str,
        *,
        clause: str | None = None,
        problems: Sequence[Problem] = (),
        **details: Any,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.clause = clause
        self.problems = tuple(problems)
        self.details = details


def invalid(problems: Sequence[Problem], *, clause: str | None = None) -> Refused:
    """The refusal of what was sent, with everything that is wrong with it."""
    return Refused("INVALID_INPUT", clause=clause, problems=problems, count=len(problems))


def must_be_none(problems: Iterable[Problem]) -> None:
    """Raises: Refused: naming everything that is wrong with what was sent, if something is."""
    if found := tuple(problems):
        raise invalid(found)


def at_fault(code: str, *path: str, clause: str | None = None, **details: Any) -> Refused:
    """The refusal of what was sent for one field, named from the argument down."""
    return invalid([Problem(code, path, clause, details)], clause=clause)


def must_be_said(text: str, name: str, longest: int | None = None) -> str:
    """What a field says, without the blanks around it.

    Raises: Refused: it says nothing, or more characters than the `longest`.
    """
    if not text.strip():
        raise at_fault("REQUIRED", "input", name)
    must_be_short(text.strip(), "input", name, longest=longest)
    return text.strip()


def must_be_short(text: str, *path: str, longest: int | None) -> None:
    if longest is not None and len(text) > longest:
        raise at_fault("TOO_LONG", *path, limit=longest)


class NotAllowed(Exception):
    """The viewer's seats do not open this field. Reaches the API as an error with a code."""

    def __init__(self, permission: str) -> None:
        super().__init__(permission)
        self.permission = permission


class NotSignedIn(Exception):
    """No token, one that is forged, or one whose session is over."""


class TokenExpired(NotSignedIn):
    """A genuine token, too old: `refreshSession` gives another while its session lasts."""
