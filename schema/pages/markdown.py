"""Tables of Markdown, and how words and values stand in them: Chinese first, English beside."""

import re
from collections.abc import Iterable, Sequence
from datetime import time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from domain.conditions.language import Condition
from domain.rules.phrases import NO, YES, plain
from domain.shapes.clocks import Expiry, Span
from domain.shapes.points import Point, Window
from domain.shapes.votes import Share
from domain.vocabulary import Label

ALWAYS = "always"
BREAK = "<br>"
CODE = re.compile(r"[!-~]+")
"""What is written for programs: no blank and no character of Chinese."""
NAMED = (Point, Window, Span, Expiry)
"""What is written in a cell as its text."""


def both(label: Label) -> str:
    """病假 Sick leave; a word that is the same in both languages once."""
    return label.zh if label.zh == label.en else f"{label.zh} {label.en}"


def code(text: str) -> str:
    return f"`{text}`" if text else ""


def codes(names: Iterable[str]) -> str:
    return " ".join(map(code, names))


def condition(when: Condition) -> str:
    """As the rows write it; nothing where it always holds."""
    return "" if when.text == ALWAYS else code(when.text)


def plainly(value: Any) -> str:
    """A value of a row; empty where the text leaves it open."""
    match value:
        case None:
            return ""
        case Label():
            return both(value)
        case bool():
            return both(YES if value else NO)
        case Decimal() | int() | Fraction():
            return plain(value) if isinstance(value, Decimal) else str(value)
        case Condition():
            return condition(value)
        case Share():
            return _share(value)
        case time():
            return f"{value:%H:%M}"
    said = str(value.text if isinstance(value, NAMED) else getattr(value, "value", value))
    return code(said) if CODE.fullmatch(said) or isinstance(value, NAMED) else said


def _share(share: Share) -> str:
    """≥ 2/3 `present`."""
    whole = f" {code(share.whole.value)}" if share.whole else ""
    than = {True: ">", False: "≥", None: "> / ≥"}[share.strict]
    return f"{than} {share.part}{whole}"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table without the columns that nothing is said in; no line where there is no row."""
    listed = [*rows]
    kept = [place for place in range(len(header)) if any(row[place] for row in listed)]
    if not kept:
        return []
    lines = [_line(header[place] for place in kept), _line("---" for _ in kept)]
    return ["", *lines, *(_line(row[place] for place in kept) for row in listed)]


def _line(cells: Iterable[str]) -> str:
    said = (cell.replace("|", "\\|").replace("\n", BREAK) for cell in cells)
    return f"| {' | '.join(said)} |"
