"""What lines and clocks say by themselves: the occurrence that somebody else need not enter."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import ClassVar
from uuid import UUID

from domain.conditions.language import Condition
from domain.shapes.counts import Happened, Word
from domain.time.calendar import Calendar
from domain.vocabulary import WHAT, FactValue

OCCURRENCE, AMOUNT = "occurrence", "amount"
CLOCK, DONE, HALF = "clock.", "done", "half"
"""A clock that ran out, by the id of its row; whether it came afterwards; whether half a day."""


@dataclass(frozen=True)
class Recorded:
    """A word `id` of occurrences, which a line `of` a register says where it is so, `number` times.

    With `in_a_row` lines of one working day after the other say it once, and of how many days: of a
    clock the days on which it was owed in vain, its last one first.
    """

    clause_kinds: ClassVar[tuple[str, ...]] = Word.clause_kinds
    id: str
    clause: str
    of: str
    when: Condition
    number: Decimal
    in_a_row: bool


def by_themselves(
    rows: Iterable[Recorded],
    lines: Sequence[Happened],
    entered: Sequence[Happened],
    calendar: Calendar,
) -> Iterator[Happened]:
    """The occurrences that lines say, in place of their own; what was `entered` too counts once.

    Where days run on from one that was entered, that one is told anew, with all of them.
    """
    by_word = sorted(rows, key=lambda row: (row.id, row.in_a_row))
    for (word, in_a_row), same in groupby(by_word, key=lambda row: (row.id, row.in_a_row)):
        of = [*same]
        said = [
            (line, row.number / 2 if line.facts.get(HALF) else row.number)
            for line in sorted(lines, key=lambda line: line.day)
            for row in of
            if line.of == row.of and row.when.holds(line.facts)
        ]
        told = [each for each in entered if each.facts.get(WHAT) == word]
        if in_a_row:
            yield from _runs(word, said, told, calendar)
            continue
        for line, number in said:
            if line.of.startswith(CLOCK):
                # Whoever noticed entered it on some day since.
                if twin := next((each for each in told if each.day >= line.day), None):
                    told.remove(twin)
                else:
                    yield _saying(word, line, number)
                continue
            again = int(number) - sum(each.day == line.day for each in told)
            yield from (_saying(word, line, Decimal(1)) for _ in range(again))


def _runs(
    word: str,
    said: Iterable[tuple[Happened, Decimal]],
    told: Sequence[Happened],
    calendar: Calendar,
) -> Iterator[Happened]:
    """Working days in a row: as its last line, or as what somebody entered of them."""
    days = [
        (_saying(word, line, number), number)
        for line, number in said
        if not any(_covers(each, line.day, calendar) for each in told)
    ]
    days += [(each, _amount(each)) for each in told]
    run: Happened | None = None
    for line, number in sorted(days, key=lambda each: each[0].day):
        if run and _follows(run, line, told, calendar):
            kept, total = run if line.record and not run.record else line, _amount(run) + number
            if not (run.record or line.record):
                # Both were entered: the later one is of all these days, and the other of none more.
                yield replace(run, facts={**run.facts, AMOUNT: Decimal(0)})
            run = replace(kept, day=line.day, facts={**kept.facts, AMOUNT: total})
            continue
        if run and run not in told:
            yield run
        run = line
    if run and run not in told:
        yield run


def _follows(run: Happened, line: Happened, told: Sequence[Happened], calendar: Calendar) -> bool:
    """Whether no working day lies between; what was entered is of so many, from or to its day."""
    most = max(_amount(e) if e in told else 1 for e in (run, line))
    return calendar.workdays_between(run.day, line.day) <= max(most, 1) + 1


def _covers(entered: Happened, day: date, calendar: Calendar) -> bool:
    """Whether what somebody entered, of so many days, may well be of that day."""
    days = max(_amount(entered), Decimal(1))
    first, last = sorted((entered.day, day))
    return calendar.workdays_between(first, last) <= days


def _amount(line: Happened) -> Decimal:
    """Of how many days it is."""
    return Decimal(str(line.facts.get(AMOUNT) or 1))


def _saying(word: str, line: Happened, amount: Decimal) -> Happened:
    facts: Mapping[str, FactValue] = {WHAT: word, AMOUNT: amount}
    return replace(line, of=OCCURRENCE, record=line.of, facts=facts)


def named(line: UUID, of: str, source: str) -> str:
    """A line as a proposal keeps it: its register stands before it where it is of another."""
    return str(line) if of == source else f"{of}/{line}"
