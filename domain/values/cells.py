"""Cells of exported sheets: text that no spreadsheet takes for a formula, or for another number."""

import re
from unicodedata import normalize

FORMULA = frozenset("=+-@")
CUT_OFF = frozenset("\t\r\n")
RENUMBERED = re.compile(r"0\d+|\d{12,}", re.ASCII)
"""What a spreadsheet would round or shorten: numbers of identities, accounts and documents."""


def as_text(text: str) -> str:
    """A text as a CSV cell holds it: an apostrophe goes before what would not stay text."""
    return f"'{text}" if is_taken_for_more(text) or RENUMBERED.fullmatch(text) else text


def is_taken_for_more(text: str) -> bool:
    """Whether it begins as a formula does, in whatever width, or with what a reader drops."""
    first = text[:1]
    return first in CUT_OFF or normalize("NFKC", first)[:1] in FORMULA if text else False
