"""What each code says: the rows of the vocabulary, by their family or area."""

import csv
from collections.abc import Mapping
from pathlib import Path

from domain.messages import Message

SENTENCES = Path(__file__).parent / "vocabulary" / "messages.csv"


def _by_family() -> dict[str, dict[str, Message]]:
    found: dict[str, dict[str, Message]] = {}
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            found.setdefault(row["family"], {})[row["code"]] = Message(row["zh"], row["en"])
    return found


BY_FAMILY: Mapping[str, Mapping[str, Message]] = _by_family()
"""The sentences of each family of the engine's codes, then those of each area."""

MESSAGES: Mapping[str, Message] = {
    code: message for said in BY_FAMILY.values() for code, message in said.items()
}
