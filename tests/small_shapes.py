"""Rows of shapes for tests, read from lines as the files of an institution have them."""

from dataclasses import replace
from datetime import datetime

from domain.rules.rows import ClauseLine
from domain.shapes.book import Shapes
from domain.time.calendar import calendar_of, national_days
from domain.time.moments import OFFICE_TIME
from policies import vocabulary
from policies.files import columns_of
from policies.lines import Faults, Line
from policies.shapes import rows_of

CLAUSE = "handbook/一"
WORDS = replace(vocabulary.shipped(), facts={})
CALENDAR = calendar_of(national_days())
MEASURES = """
late;int;records;time;0;100;1;迟到次数;Times late;
absent;decimal;records;day;0;366;0.5;旷工天数;Days absent;
grade;enum;organisation;;;;;职级;Grade;chief:科长:Chief|staff:科员:Staff
filed;bool;judgement;;;;;已备案;Filed;
mark;decimal;judgement;point;0;100;;评分;Mark;
review;decimal;judgement;point;0;100;;评议分;Review;
ranked_people;int;records;person;0;1000;1;参评人数;People ranked;
"""


def lines(text: str, separator: str = ";") -> tuple[Line, ...]:
    """Lines written with semicolons, so that nothing needs quoting."""
    given = [line for line in text.splitlines() if line.strip()]
    return tuple(
        Line("test.csv", number, tuple(part.strip() for part in line.split(separator)))
        for number, line in enumerate(given, start=1)
    )


def faults_in(measures: str = MEASURES, **tables: str) -> tuple[Shapes, Faults]:
    """What tables say, `~` standing for the clause, and everything wrong in them."""
    faults = Faults()
    register = {
        (CLAUSE, kind, ""): ClauseLine(CLAUSE, "手册", kind, "leave", "", None, None, "", "")
        for kind in ("deadline", "penalty")
    }
    given = {name: lines(text.replace("~", CLAUSE)) for name, text in tables.items()}
    given["clocks"] = tuple(_whole(line) for line in given.get("clocks", ()))
    return rows_of({"measures": lines(measures), **given}, WORDS, register, faults)[0], faults


def _whole(line: Line) -> Line:
    """A clock's line, with the columns of running ones empty where it stops before them."""
    left_out = len(columns_of("clocks")) - 12
    return (
        replace(line, fields=(*line.fields, *("",) * left_out)) if len(line.fields) == 12 else line
    )


def shapes(measures: str = MEASURES, **tables: str) -> Shapes:
    found, faults = faults_in(measures, **tables)
    faults.raise_any()
    return found


def codes(measures: str = MEASURES, **tables: str) -> list[tuple[int, str, str]]:
    """Each fault as its line, column and code."""
    _, faults = faults_in(measures, **tables)
    return [(fault.line, fault.column, fault.code) for fault in faults.found]


def at(text: str) -> datetime:
    """An office-local moment: `2026-09-30 17:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_TIME)
