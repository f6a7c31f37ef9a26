"""Clocks that an act on a request starts and stops, to be kept in the act's own statement.

They were read with the request and without a lock: the statement that keeps them takes effect only
if, once the chain is held, the same clocks still stand as they were seen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.shapes.clock_tables import clocks
from domain.shapes.running import GOING, State
from resolvers.ground.context import Context
from resolvers.ground.keep_parts import Part
from resolvers.requests.written_rows import Written
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clock_rows import Change, Kept, jobs_of, read_kept, written
from resolvers.time.clocks import Subject, begun_of, stopped_by
from resolvers.time.spoken import spoken

STOPPABLE = {*GOING, State.EXPIRED}
READ: Mapping[str, Callable[[Any], Any]] = {
    "timestamp": datetime.fromisoformat,
    "uuid": UUID,
    "array": lambda ids: [UUID(each) for each in ids],
}
"""How a column is read back that came as JSON."""


@dataclass
class Foreseen:
    """What becomes of the clocks that were read with a request.

    `going` are they as they are by now, `seen` how they stood when they were read.
    """

    going: dict[UUID, Kept] = field(default_factory=dict)
    seen: dict[UUID, str] = field(default_factory=dict)
    records: set[UUID] = field(default_factory=set)
    begun: list[tuple[Kept, Change]] = field(default_factory=list)
    changed: list[tuple[Kept, Change]] = field(default_factory=list)

    def written(self, context: Context) -> Written:
        """What the statement that keeps the act does for them."""
        now, services = context.now, context.services
        begun = [(self.going[kept.id], change) for kept, change in self.begun]
        new = {kept.id for kept, _ in begun}
        rows, changes = written(services, begun, now)
        saved, more = written(services, [e for e in self.changed if e[0].id not in new], now)
        _, again = written(services, [e for e in self.changed if e[0].id in new], now)
        every = {kept.id: self.going[kept.id] for kept, _ in (*begun, *self.changed)}
        jobs = [(kept.id, job) for kept in every.values() for job in jobs_of(kept)]
        present = {
            Part.CLOCKS_SEEN: self.records,
            Part.CLOCKS_BEGUN: rows,
            Part.CLOCKS_CHANGED: saved,
            Part.CLOCKS_TOLD: begun or self.changed,
            Part.WOKEN: jobs,
        }
        stood = {str(id_): self.seen[id_] for id_ in self.seen if self._is_of_records(id_)}
        return Written(
            frozenset(part for part, given in present.items() if given),
            {
                "records": sorted(self.records),
                "clocks_seen": stood,
                "clocks_begun": rows,
                "clocks_changed": saved,
                "clock_changes": [*changes, *more, *again],
                "waking": [id_ for id_, _ in jobs],
                "entrypoints": [job.entrypoint for _, job in jobs],
                "payloads": [job.payload for _, job in jobs],
                "after": [job.at - now for _, job in jobs],
                "keys": [job.dedupe_key for _, job in jobs],
            },
        )

    def _is_of_records(self, clock: UUID) -> bool:
        kept = self.going[clock]
        return kept.subject in self.records or not self.records.isdisjoint(kept.concerns)


async def read_with(context: Context, rows: Sequence[Mapping[str, Any]]) -> Foreseen:
    """The clocks that were read with a request, as they stand."""
    going = await read_kept(context.services.rulebooks, [_typed(row) for row in rows])
    seen = {UUID(row["id"]): row["seen"] for row in rows}
    return Foreseen({kept.id: kept for kept in going}, seen)


def _typed(row: Mapping[str, Any]) -> dict[str, Any]:
    """A clock that was read as JSON, with its moments and ids."""
    found = dict(row)
    for column in clocks.columns:
        reading = READ.get(type(column.type).__name__.lower())
        if reading and row[column.name] is not None:
            found[column.name] = reading(row[column.name])
    return found


async def foresee(
    context: Context,
    foreseen: Foreseen,
    events: Sequence[str],
    subject: Subject,
    living: LivingRulebook,
    *,
    at: date | None = None,
) -> None:
    """Add what these events stop and start; as `happened` does, before anything is written."""
    said = spoken(living, events)
    if said.stops:
        foreseen.records.add(subject.id)
        stoppable = [
            kept
            for kept in foreseen.going.values()
            if kept.running.state in STOPPABLE
            and kept.running.done_at is None
            and (kept.subject == subject.id or subject.id in kept.concerns)
        ]
        for kept, change in stopped_by(context, stoppable, events, subject):
            foreseen.going[kept.id] = kept
            foreseen.changed.append((kept, change))
    if starting := [row for row in said.starts if row.when.holds(subject.facts)]:
        for kept, change in await begun_of(context, starting, subject, living, at=at):
            foreseen.going[kept.id] = kept
            foreseen.begun.append((kept, change))
