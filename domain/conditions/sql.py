"""Conditions as SQL: equality and comparison of a record's columns, with the values bound apart.

What is said is two-valued: an empty column counts as `none` or 0, so nothing hangs on silence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.conditions.language import Condition
from domain.conditions.regions import Interval, Region
from domain.vocabulary import UNSTATED, FactType, FactValue

Said = str | bool
"""What is said of a record: SQL, or what is so of every record."""


@dataclass(frozen=True)
class Column:
    """Where a record keeps a fact."""

    sql: str
    type: FactType


class Bound:
    """The values that SQL is run with, each by a name; equal ones share it."""

    def __init__(self) -> None:
        self._named: dict[tuple[str, object], str] = {}

    def __call__(self, value: object, type_: str) -> str:
        key = type_, tuple(value) if isinstance(value, list) else value
        name = self._named.setdefault(key, f"seen_{len(self._named) + 1}")
        return f"cast(:{name} as {type_})"

    @property
    def values(self) -> dict[str, object]:
        return {
            name: list(value) if isinstance(value, tuple) else value
            for (_, value), name in self._named.items()
        }


def compiled(
    condition: Condition,
    columns: Mapping[str, Column],
    fixed: Mapping[str, FactValue],
    bound: Bound,
) -> Said:
    """A condition of a record's columns; facts that it keeps in none are `fixed`."""
    terms: list[Said] = []
    for name, region in condition.regions.items():
        if column := columns.get(name):
            terms.append(_lies(column, region, bound))
        else:
            terms.append(Condition(condition.text, {name: region}).holds(fixed))
    return all_of(terms)


def _lies(column: Column, region: Region, bound: Bound) -> Said:
    of = column.sql
    if isinstance(region, Interval):
        said = _between(of, region, bound)
    elif column.type is FactType.BOOL:
        said = any_of([f"{of} = {str(value).lower()}" for value in sorted(region)])
    else:
        words = sorted(map(str, region))
        # a column that may not be null is empty where nothing is written in it
        words += [""] if UNSTATED[column.type] in region else []
        said = f"{of} = any({bound(words, 'text[]')})"
    if UNSTATED[column.type] in region:
        return any_of([f"{of} is null", said])
    return all_of([f"{of} is not null", said])


def _between(of: str, region: Interval, bound: Bound) -> Said:
    if region.low is not None and region.low == region.high:
        return f"{of} = {bound(region.low, 'numeric')}"
    terms: list[Said] = []
    if region.low is not None:
        terms.append(f"{of} {'>' if region.low_open else '>='} {bound(region.low, 'numeric')}")
    if region.high is not None:
        terms.append(f"{of} {'<' if region.high_open else '<='} {bound(region.high, 'numeric')}")
    return all_of(terms)


def all_of(terms: Iterable[Said]) -> Said:
    told = [each for each in dict.fromkeys(terms) if each is not True]
    if False in told:
        return False
    return _joined(told, "and") if told else True


def any_of(terms: Iterable[Said]) -> Said:
    told = [each for each in dict.fromkeys(terms) if each is not False]
    if True in told:
        return True
    return _joined(told, "or") if told else False


def none_of(terms: Iterable[Said]) -> Said:
    said = any_of(terms)
    return not said if isinstance(said, bool) else f"not {said}"


def _joined(terms: Iterable[Said], word: str) -> str:
    told = [str(each) for each in terms]
    return told[0] if len(told) == 1 else f"({f' {word} '.join(told)})"


def written(said: Said) -> str:
    """As it stands in a statement."""
    return said if isinstance(said, str) else str(said).lower()
