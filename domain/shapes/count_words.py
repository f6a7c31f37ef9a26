"""The words in which rows say what is counted of whom, and over what time."""

from enum import StrEnum


class Within(StrEnum):
    """Over what time: what happened itself, or all of its day, month …, or ever until then.

    In a stretch is what it runs on from, with no working time between.
    """

    ITSELF = "itself"
    STRETCH = "stretch"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    RUNNING = "running"


class Sum(StrEnum):
    """What is made of them.

    How many, how much of a column, its mean or what the last says in it, whether any or none, the
    value that one shows, in how many months or years in a row (or how many of the latest say so),
    which time this one is since the beginning, complete times of n.
    """

    NUMBER = "number"
    TOTAL = "total"
    LAST = "last"
    SHOWN = "shown"
    DENIED = "denied"
    NAMED = "named"
    IN_A_ROW = "in_a_row"
    NTH = "nth"
    EVERY = "every"
    MEAN = "mean"


class Whose(StrEnum):
    """Whom it is counted of; of a case, from lines that name it or the request it began with."""

    PERSON = "person"
    UNIT = "unit"
    OFFICE = "office"
    CASE = "case"
