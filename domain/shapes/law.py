"""Laws in force that have overtaken what an office's own text says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from domain.values.choices import Choice
from domain.vocabulary import Label


class Sure(Choice):
    """How sure it is that a law says otherwise."""

    CERTAIN = "certain", "The law is in force and says so."
    LIKELY = "likely", "It very probably says so; compare its text."
    TO_BE_CHECKED = "to_be_checked", "It may say so: look it up first."


SURE: Mapping[Sure, Label] = {
    Sure.CERTAIN: Label("确定", "certain"),
    Sure.LIKELY: Label("很可能", "likely"),
    Sure.TO_BE_CHECKED: Label("待核对", "to be checked"),
}


@dataclass(frozen=True)
class LawInForce:
    """A law that says otherwise than a clause.

    `article` is empty where it is not said which; `interpretation` is the clause by which the
    office has its own text stand nevertheless, with its reason; empty where none was given.
    """

    clause_kinds: ClassVar[tuple[str, ...]] = ()
    clause: str
    law: str
    article: str
    sure: Sure
    interpretation: str
    differs: Label
