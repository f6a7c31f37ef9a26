"""Queues served: the cases that wait for a stage, in the order that the office's clauses give."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from domain.records.queues import Queue
from domain.shapes.orders import Turn, Waiting, queue
from domain.vocabulary import STAGE, Act
from resolvers.ground.context import Context
from resolvers.ground.database import Statement
from resolvers.ground.listing import Listed, read_each, readable
from resolvers.ground.viewers import HELD_TODAY
from resolvers.records.allowed import must_be_theirs
from resolvers.records.case_rows import CaseView, read_view
from resolvers.records.case_sql import every, selected

LONGEST = 500


@dataclass(frozen=True)
class Queued:
    """The turns, the cases by their ids, and those that cannot be read and so have no place."""

    turns: tuple[Turn, ...]
    cases: Mapping[UUID, CaseView]
    lost: list[Listed[Any]]

    def place(self, one: UUID) -> int | None:
        """In which place one waits."""
        waiting = (turn.waiting.id for turn in self.turns)
        return next((n for n, each in enumerate(waiting, start=1) if each == one), None)

    def together(self, of: Queue, one: UUID) -> list[UUID]:
        """The others that may go with one, in their order."""
        case = self.cases[one].case
        others = (self.cases[turn.waiting.id].case for turn in self.turns)
        return [each.id for each in others if each.id != one and of.together(case, each)]


@cache
def _waiting(of: Queue) -> Statement:
    """Whatever stands, has not begun, and has not been through the stage."""
    kind = of.kind
    return every(
        f"""select t.*, r.submitted_at as asked_at, exists (
              select from appointments a
              join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
              where (a.institution_id, a.person_id) = (t.institution_id, t.begun_by)
                and s.role = any(cast(:main_leaders as text[])) and {HELD_TODAY}) as main_leader
            from ({selected(kind)}) t
            join requests r on (r.institution_id, r.id) = (t.institution_id, t.request_id)
            where t.standing and t.{kind.begun} {kind.empty} and not t.over
              and not exists (
                select from case_events e
                where (e.institution_id, e.case_id) = (t.institution_id, t.id)
                  and e.event = '{of.before}' and e.taken and e.at >= t.begun_at)
            order by t.begun_at limit :size"""
    )


async def queue_for_those_who_act(context: Context, of: Queue) -> Queued:
    """Raises: Refused: the stage is not the viewer's."""
    stage = {STAGE: of.before}
    await must_be_theirs(context, of.kind.code, Act.TAKE, stage, lent_for=of.subject)
    return await queued(context, of)


async def queued(context: Context, of: Queue) -> Queued:
    """The cases that wait, in their order."""
    roles = context.services.vocabulary.roles.values()
    highest = max(role.level for role in roles)
    rows = await context.rows(
        _waiting(of),
        now=context.now,
        main_leaders=[role.code for role in roles if role.level == highest],
        today=context.today,
        size=LONGEST,
    )
    living = await context.rulebook()
    priorities = tuple(each for each in living.shapes.orders if each.subject == of.subject)

    async def waits(row: Any) -> tuple[CaseView, Waiting]:
        view = await read_view(context, of.kind, row)
        told = {name: value for name, value in view.case.facts.items() if value is not None}
        measures = {**told, "main_leader": row["main_leader"]}
        return view, Waiting(view.case.id, row["asked_at"], measures)

    listed = await read_each(of.kind.table.name, rows, ("id",), waits)
    known, lost = readable(listed), [each for each in listed if each.item is None]
    turns = queue([waiting for _, waiting in known], priorities)
    return Queued(turns, {view.case.id: view for view, _ in known}, lost)
