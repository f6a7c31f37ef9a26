"""What registers ask of a line in the same words: each a rule that is code, place and SQL."""

from datetime import date, datetime
from itertools import pairwise
from typing import Any

from domain.approval.procedure import Circumstances, Form, Requirement
from domain.time.moments import is_near, office_local

Rule = Requirement[Any]


def happened(column: str, code: str = "NOT_YET_HAPPENED") -> tuple[Rule, Rule]:
    """What is on record has happened, and within the time that anybody still enters."""
    return around(column), begun(column, code)


def begun(column: str, code: str = "NOT_YET_HAPPENED") -> Rule:
    """What lasts has begun, however long ago."""

    def holds(form: Form, known: Circumstances) -> bool:
        at = getattr(form, column)
        return at is None or bool(at <= (known.now if isinstance(at, datetime) else known.today))

    return Requirement(code, (column,), holds)


def around(column: str) -> Rule:
    """A day, past or to come, within the time that anybody enters or plans."""

    def holds(form: Form, known: Circumstances) -> bool:
        at = getattr(form, column)
        return at is None or is_near(day_of(at), known.today)

    return Requirement("DATE_TOO_FAR", (column,), holds)


def ordered(*columns: str, code: str = "END_BEFORE_START") -> Rule:
    """None is before the one that it follows; said of the last."""

    def holds(form: Form, _: Circumstances) -> bool:
        told = [at for name in columns if (at := getattr(form, name)) is not None]
        return all(one <= next_ for one, next_ in pairwise(told))

    check = " and ".join(f"{one} <= {next_}" for one, next_ in pairwise(columns))
    return Requirement(code, columns[-1:], holds, check=check)


def another(first: str, second: str) -> Rule:
    """Two columns name two people; said of the second, which may be empty."""

    def holds(form: Form, _: Circumstances) -> bool:
        who = getattr(form, second)
        return who is None or bool(who != getattr(form, first))

    return Requirement("SAME_PERSON", (second,), holds, check=f"{second} <> {first}")


def with_reason(flag: str, reason: str, code: str) -> Rule:
    """What is out of the ordinary is told why."""
    return Requirement(
        code,
        (reason,),
        lambda form, _: not getattr(form, flag) or bool(getattr(form, reason).strip()),
        check=f"not {flag} or btrim({reason}) <> ''",
    )


def first_of_month(column: str) -> Rule:
    """A month is named by its first day."""
    return Requirement(
        "NOT_A_FIRST_DAY",
        (column,),
        lambda form, _: getattr(form, column).day == 1,
        check=f"extract(day from {column}) = 1",
    )


def day_of(at: Any) -> date:
    """The day of a moment, or the day itself."""
    return office_local(at).date() if isinstance(at, datetime) else at
