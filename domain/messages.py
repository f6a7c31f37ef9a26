"""What a code means to a person: a sentence in two languages, with its details filled in.

The sentences are rows of `policies/vocabulary/messages.csv`; codes are the contract.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from domain.vocabulary import Label

ZH, EN = "zh-CN", "en"


def say(language: str, label: Label) -> str:
    """A label in one of the two."""
    return label.en if language == EN else label.zh


class Spoken(Formatter):
    """Fills in details; `{count:reason|reasons}` is the word that goes with that many."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        one, bar, more = format_spec.partition("|")
        if not bar:
            return super().format_field(value, format_spec)
        return one if str(value) == "1" else more


SPOKEN = Spoken()


def spoken(value: Any, language: str) -> Any:
    """A detail in one language, where it has two: a label, or a label as it is stored."""
    if isinstance(value, Label):
        return value.en if language == EN else value.zh
    if isinstance(value, Mapping) and value.keys() == {"zh", "en"}:
        return value["en"] if language == EN else value["zh"]
    return value


@dataclass(frozen=True)
class Message:
    zh: str
    en: str

    def say(self, language: str, details: Mapping[str, Any]) -> str:
        said = {name: spoken(value, language) for name, value in details.items()}
        return SPOKEN.vformat(self.en if language == EN else self.zh, (), said)
