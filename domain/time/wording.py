"""How numbers, days and spans of days are said to a person, in both languages."""

from datetime import date, datetime
from decimal import Decimal

from domain.time.moments import HALF_LABELS, Moment
from domain.values.notation import PLACES
from domain.vocabulary import Label

WHILE_IT_LASTS = "\x1e"
"""What encloses a year that goes without saying while it lasts; no text of a form can hold it."""

LONG = 10_000
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

UNITS = {
    "day": Label("天", "days"),
    "workday": Label("个工作日", "working days"),
    "hour": Label("小时", "hours"),
    "month": Label("个月", "months"),
    "yuan": Label("元", "yuan"),
    "person": Label("人", "people"),
    "week": Label("周", "weeks"),
    "year": Label("年", "years"),
    "percent": Label("%", "%"),
    "yuan per person": Label("元/人", "yuan per person"),
    "minute": Label("分钟", "minutes"),
    "sheet": Label("份", "sheets"),
    "second": Label("秒", "seconds"),
    "half_day": Label("个半天", "half-days"),
    "absence_day": Label("天旷工", "days of absence"),
    "lateness": Label("次迟到", "times late"),
    "evening": Label("个晚上", "evenings"),
    "study_hour": Label("学时", "hours of study"),
    "session": Label("次", "sessions"),
    "time": Label("次", "times"),
    "ring": Label("声", "rings"),
    "point": Label("分", "points"),
    "score": Label("分", "points"),
    "copy": Label("份", "copies"),
    "report": Label("份", "reports"),
    "article": Label("篇", "articles"),
    "character": Label("字", "characters"),
    "option": Label("个方案", "options"),
    "team": Label("支队伍", "teams"),
    "firm": Label("家", "firms"),
    "infant": Label("个", "infants"),
    "pot": Label("盆", "pots"),
    "kilogram": Label("千克", "kilograms"),
    "kilometre": Label("公里", "kilometres"),
    "litre": Label("升", "litres"),
}


def unit_said(unit: str) -> Label:
    """What a number counts, in words."""
    return UNITS.get(unit, Label(unit, unit))


def one_of(words: str) -> str:
    """The English of one where these are many: copies, people, days."""
    if words.endswith("ies"):
        return f"{words[:-3]}y"
    return {"people": "person"}.get(words) or words.removesuffix("s")


def number(value: Decimal) -> str:
    """Without superfluous zeros, to two places: for people, never for rules.

    More places are told where two would make it a rounder number than it is: 4.0003, never 4.
    """
    for places in (2, 4, 6, 8):
        rounded = round(value, places).normalize()
        if rounded == value or -rounded.as_tuple().exponent >= 2:  # type: ignore[operator]
            return grouped(rounded)
    return grouped(round(value, PLACES).normalize())


def grouped(value: Decimal) -> str:
    """A figure in plain digits, from five of them on in groups: 3000, but 10,000."""
    return format(value, ",f" if abs(value) >= LONG else "f")


def quantity(value: Decimal, unit: str) -> Label:
    """A number with its unit: 2.5 天, 2.5 days."""
    word = unit_said(unit)
    en = one_of(word.en) if value == 1 else word.en
    return Label(f"{number(value)} {word.zh}".rstrip(), f"{number(value)} {en}".rstrip())


def money(value: Decimal) -> Label:
    """An amount as forms write it: 1,234.50 元; one with parts of a fen shows them."""
    figure = f"{value:,.2f}" if value == round(value, 2) else f"{value:,f}"
    return Label(f"{figure} 元", f"{figure} yuan")


def day(value: date, *, year: bool) -> Label:
    """A date, with its year or without: 2026年3月1日, 1 March 2026."""
    zh, en = f"{value.month}月{value.day}日", f"{value.day} {MONTHS[value.month - 1]}"
    return Label(f"{value.year}年{zh}", f"{en} {value.year}") if year else Label(zh, en)


def half_day(value: Moment) -> Label:
    half, on = HALF_LABELS[value.half], day(value.date, year=True)
    return Label(f"{on.zh}{half.zh}", f"{on.en}, {half.en}")


def clock_time(value: datetime) -> Label:
    """An office-local time with its date: 2026年3月1日 09:00."""
    on = day(value.date(), year=True)
    return Label(f"{on.zh} {value:%H:%M}", f"{on.en}, {value:%H:%M}")


def days_between(first: date, last: date) -> Label:
    """From one day to another; a year that does not change on the way is left to `in_year`."""
    changes = first.year != last.year
    begins, ends = day(first, year=changes), day(last, year=changes)
    if not changes:
        year = f"{WHILE_IT_LASTS}{first.year}年{WHILE_IT_LASTS}"
        after = f"{WHILE_IT_LASTS} {first.year}{WHILE_IT_LASTS}"
        begins = Label(f"{year}{begins.zh}", f"{begins.en}{after}")
    if first == last:
        return begins
    return Label(f"{begins.zh}至{ends.zh}", f"{begins.en} to {ends.en}")


def in_year(text: str, year: int | None) -> str:
    """A text as it is said in a year: only another one is named, and none where no year is."""
    if WHILE_IT_LASTS not in text:
        return text
    own, parts = str(year), text.split(WHILE_IT_LASTS)
    parts[1::2] = [each if year and own not in each else "" for each in parts[1::2]]
    return "".join(parts)


def half_days_between(begins: Moment, ends: Moment) -> Label:
    """As `days_between`; a single half-day says which half it is."""
    days = days_between(begins.date, ends.date)
    if begins != ends:
        return days
    half = HALF_LABELS[begins.half]
    return Label(f"{days.zh}{half.zh}", f"{days.en}, {half.en}")
