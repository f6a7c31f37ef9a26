"""How values are written when they come in: one strict notation each, so that all are read back."""

import re
from datetime import date, datetime
from decimal import Decimal

DIGITS, PLACES = 15, 10
"""The most digits before the point and behind it that anything stores, adds up or shows."""

DECIMAL = re.compile(rf"(?!-0+(?:\.0+)?\Z)-?[0-9]{{1,{DIGITS}}}(?:\.[0-9]{{1,{PLACES}}})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(
    rf"{DAY.pattern}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(?:\.[0-9]{{1,6}})?"
    r"(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)

HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, but tabs and ends of lines
    "\ud800-\udfff"  # halves of characters
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of writing
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\ufff0-\ufffb\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
    "]"
    # A joiner holds the parts of an emoji together, and is hidden anywhere else.
    "|(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d"
)
"""Characters that nobody sees, by which a text reads otherwise than it is."""


def read_decimal(text: object) -> Decimal:
    """An exact number in plain notation; zero has no sign.

    Raises: ValueError: it is written otherwise, or has too many digits to be kept.
    """
    return Decimal(_matched(DECIMAL, text))


def read_day(text: object) -> date:
    """A calendar day: 2026-03-02.

    Raises: ValueError: it is written otherwise, or there is no such day.
    """
    return date.fromisoformat(_matched(DAY, text))


def read_moment(text: object) -> datetime:
    """A moment in RFC 3339 with its offset: 2026-03-02T09:00:00+08:00.

    Raises: ValueError: it is written otherwise, or there is no such moment.
    """
    return datetime.fromisoformat(_matched(MOMENT, text))


def _matched(notation: re.Pattern[str], text: object) -> str:
    if not isinstance(text, str) or not notation.fullmatch(text):
        raise ValueError
    return text
