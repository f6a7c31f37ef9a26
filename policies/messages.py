"""What each code says: the sentences of the engine, and those of areas, which are rows."""

from collections.abc import Iterator, Mapping

import domain
from domain.messages import Message
from policies import vocabulary
from policies.lines import Faults

COLUMNS = ("code", "area", "zh", "en")


def _of_areas() -> dict[str, dict[str, Message]]:
    """The rows, by area."""
    faults, known = Faults(), vocabulary.areas()
    found: dict[str, dict[str, Message]] = {area: {} for area in known}
    for line in vocabulary.table(vocabulary.SHIPPED / "messages.csv", COLUMNS, faults):
        code, area, zh, en = line.fields
        if faults.word(line, "area", area, known):
            found[area][code] = Message(zh, en)
    faults.raise_any()
    return {area: said for area, said in found.items() if said}


OF_AREAS: Mapping[str, Mapping[str, Message]] = _of_areas()
MESSAGES: Mapping[str, Message] = {
    **domain.MESSAGES,
    **{code: message for said in OF_AREAS.values() for code, message in said.items()},
}


def families() -> Iterator[tuple[str, Mapping[str, Message]]]:
    """The title of each family of codes, with its sentences."""
    for family in domain.FAMILIES:
        yield (family.__doc__ or "").strip().removesuffix("."), family.MESSAGES
    for area, said in OF_AREAS.items():
        label = vocabulary.areas()[area]
        yield f"{label.en} {label.zh}", said
