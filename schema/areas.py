"""What areas declare, served: forms, cases, books, things, stocks and queues; none writes its own.

The one place where the API is handed them, in handbook order.
"""

from itertools import groupby
from types import SimpleNamespace
from typing import Any

from strawberry.tools import merge_types

from domain import CASE_KINDS, PROCEDURES, QUEUES
from policies import vocabulary
from resolvers.areas import BEGINS, EFFECTS, LOOKS
from resolvers.requests.procedures import MINIMAL
from schema.records import registers, stock, things
from schema.records.cases import Cases, summarised
from schema.records.queues import served_queue
from schema.requests.submissions import Area

WORDS = vocabulary.shipped()
FORMS = {
    area: Area(tuple(procedures))
    for area, procedures in groupby(
        PROCEDURES.values(), key=lambda each: WORDS.kinds[each.kind].area
    )
}
"""What is asked for, by area."""
CASES = {
    each.code: Cases(
        each, EFFECTS.get(each.code), LOOKS.get(each.code), check=BEGINS.get(each.code)
    )
    for each in CASE_KINDS
}
COUNTED = [each for each in CASE_KINDS if each.settled]
"""Cases of which it is counted how many are settled, and in time."""


def _cases(area: str) -> list[Any]:
    """What an area has beside its forms: queues, counts and cases."""

    def is_of(code: str) -> bool:
        return WORDS.objects[code].area == area

    queues = [
        served_queue(each, CASES[each.kind.code], each.kind.code.rpartition(".")[2])
        for each in QUEUES
        if is_of(each.kind.code)
    ]
    counts = [summarised(COUNTED)] if COUNTED and is_of(COUNTED[0].code) else []
    return [*queues, *counts, *(each for code, each in CASES.items() if is_of(code))]


def _together(parts: list[Any]) -> Any:
    """Root types as one, as far as each part has them; a queue or a count only reads."""
    reads = tuple(getattr(each, "Query", each) for each in parts)
    acts = tuple(each.Mutation for each in parts if hasattr(each, "Mutation"))
    return SimpleNamespace(
        Query=merge_types("Query", reads), Mutation=merge_types("Mutation", acts)
    )


OF_CASES = [WORDS.objects[code].area for code in CASES]
BY_AREA = {
    area: _together([*([FORMS[area]] if area in FORMS else ()), *_cases(area)])
    for area in dict.fromkeys((*FORMS, *OF_CASES))
}
"""What the API has of each area that is more than books and things."""
BESIDE_REQUESTS = (
    *(each for area, each in BY_AREA.items() if area not in FORMS),
    *(registers, things, stock),
)
AREAS = tuple(BY_AREA[area] for area in FORMS)
LEAST = Area(tuple(MINIMAL.values()))
"""Kinds whose area is not built yet, each with its least form."""
