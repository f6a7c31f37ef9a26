"""One person at two levels of a request by way of a lent seat: not forbidden, but marked.

Who holds several seats of their own decides consecutive turns by one act, which needs no mark.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.approval.request import Request, Step

TWO_LEVELS = "ONE_PERSON_TWO_LEVELS"
ACTING_FOR = "acting_for"


def with_levels_marked(request: Request, now: datetime) -> Request:
    """The request with a mark for each person who has come to act at two of its levels so."""
    marked = {mark.get("person") for mark in request.marks if mark["code"] == TWO_LEVELS}
    people = dict.fromkeys(step.decided_by for step in request.steps if step.decided_by)
    new = [
        {"code": TWO_LEVELS, "person": str(person), **details, "at": now.isoformat()}
        for person in people
        if str(person) not in marked
        for details in _joined(request, person)
    ]
    return replace(request, marks=(*request.marks, *new)) if new else request


def _joined(request: Request, person: UUID) -> Iterator[Mapping[str, Any]]:
    """The name and the loan's document where a person took turns in two seats, one of them lent."""
    turns = [step for step in request.steps if step.decided_by == person and _is_a_level(step)]
    lent = [step.particulars[ACTING_FOR] for step in turns if ACTING_FOR in step.particulars]
    if lent and len({step.decided_in for step in turns}) > 1:
        yield {"name": turns[0].decided_by_name, "document": lent[0]["document"]}


def _is_a_level(step: Step) -> bool:
    """A record judges nothing, and a confirmation repeats what its own turn said."""
    return step.act != "record" and step.confirms is None
