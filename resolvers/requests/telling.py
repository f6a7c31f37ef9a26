"""Requests told by the database as JSON text: what is worded is marked there, and put in after.

Ids, moments and texts are the database's. What follows from codes, rules or seats stands in the
text as a mark of what it follows from: the same mark shows the same, and is written once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import orjson

from domain.approval.request import Decision
from domain.office.organisation import Seat
from domain.rules.rows import ACTS
from resolvers.ground.context import Context
from resolvers.ground.listing import UNREADABLE
from resolvers.ground.viewers import Epochs
from resolvers.requests.request_rows import STATUSES, STEP_STATUSES
from resolvers.requests.routing import rules_for
from resolvers.requests.step_rows import seats_of
from resolvers.requests.told_columns import ITEM, MARK, PAIR, PART
from resolvers.rules.rulebooks import LivingRulebook

WORDS_KEPT, INSTITUTIONS_KEPT = 500, 8
Words = dict[str, str]


class Untold(Exception):
    """Something is not as expected: the ordinary way shows it, to the last null."""


def _id(said: str) -> UUID | None:
    return UUID(said) if said else None


def _listed(said: str) -> list[str]:
    return said.split(ITEM) if said else []


def _text(said: str) -> Any:
    return orjson.loads(said) if said else None


def _decision(said: str) -> Decision | None:
    return Decision(said) if said else None


def _taken(said: str) -> list[Any]:
    taken = (each.split(PAIR) for each in _listed(said))
    return [(STEP_STATUSES[status], _decision(decision)) for status, decision in taken]


READ: Mapping[str, Callable[[str], Any]] = {
    "kind": str,
    "status": STATUSES.__getitem__,
    "role": str,
    "act": lambda said: ACTS[ACTS.index(said)],
    "step_status": STEP_STATUSES.__getitem__,
    "decision": _decision,
    "taken": _taken,
    "skipped": _text,
    "particulars": lambda said: _text(said) or {},
    **dict.fromkeys(("clauses", "alternatives", "institutions"), _listed),
    **dict.fromkeys(("decided_by", "decided_in", "unit_id"), _id),
    **dict.fromkeys(("seats", "everybody"), lambda said: [UUID(each) for each in _listed(said)]),
    **dict.fromkeys(("decided_by_name", "unit_name"), _text),
}


@dataclass(frozen=True)
class Around:
    """What a mark is written by, besides what it says itself."""

    living: LivingRulebook
    seats: Mapping[UUID, Seat]
    language: str


@dataclass(frozen=True)
class Run:
    """Fields of an object that stand side by side: what they follow from, and how it is written."""

    columns: tuple[str, ...]
    write: Callable[[SimpleNamespace, Around], str]


@dataclass(frozen=True)
class Said:
    """What a mark says."""

    run: Run
    institution: str
    version: int
    values: SimpleNamespace

    @property
    def seats(self) -> set[UUID]:
        said = vars(self.values)
        own = said.get("decided_in")
        return {*said.get("seats", ()), *said.get("everybody", ()), *([own] if own else ())}


@dataclass(eq=False)
class Telling:
    """The runs that the marks of a selection name, and what they have put in lately."""

    runs: Sequence[Run]
    kept: dict[str, tuple[Epochs, Words]] = field(default_factory=dict)

    async def filled(self, context: Context, text: str, more: Words | None = None) -> str:
        """A text with everything put in that is marked in it.

        Raises: Untold: something in it is not as expected.
        """
        parts, here = text.split(MARK), context.viewer.institution
        known = self._known(here, context.viewer.epochs)
        marks = parts[1::2]
        words = {**known, **more} if more else known
        if missing := set(marks) - words.keys():
            try:
                said = {each: self._read(each) for each in missing}
                written = await _written(context, said)
            except UNREADABLE as error:
                raise Untold from error
            # Of other offices it is not told here when they change.
            known.update((each, written[each]) for each in said if said[each].institution == here)
            words = {**words, **written}
        parts[1::2] = map(words.__getitem__, marks)
        return "".join(parts)

    def _known(self, institution: str, epochs: Epochs) -> Words:
        """What was put in while the office was as it is."""
        kept = self.kept.get(institution)
        if kept is None or kept[0] != epochs or len(kept[1]) > WORDS_KEPT:
            if len(self.kept) >= INSTITUTIONS_KEPT:
                self.kept.clear()
            kept = self.kept[institution] = epochs, {}
        return kept[1]

    def _read(self, mark: str) -> Said:
        number, institution, version, *told = mark.split(PART)
        run = self.runs[int(number)]
        values = {name: READ[name](each) for name, each in zip(run.columns, told, strict=True)}
        return Said(run, institution, int(version), SimpleNamespace(**values))


async def _written(context: Context, said: Mapping[str, Said]) -> Words:
    rules = {(each.institution, each.version) for each in said.values()}
    living = {each: await rules_for(context, *each) for each in rules}
    ids = {seat for each in said.values() for seat in each.seats}
    beside = (each for of in said.values() for each in getattr(of.values, "institutions", ()))
    seats = await seats_of(context, context.transaction, set(beside), ids) if ids else {}
    return {
        each: of.run.write(
            of.values, Around(living[of.institution, of.version], seats, context.language)
        )
        for each, of in said.items()
    }
