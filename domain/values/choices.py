"""Enumerations whose values say what they mean, where they are listed."""

from enum import StrEnum
from typing import Self


class Choice(StrEnum):
    """Each value stands with what the API says of it: `LETTER = "letter", "来信: by letter."`."""

    says: str

    def __new__(cls, value: str, says: str = "") -> Self:
        made = str.__new__(cls, value)
        made._value_, made.says = value, says
        return made
