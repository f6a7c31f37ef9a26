"""What resolutions leave to be done: who sees to it, until when, and what came of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from domain.errors import Refused, at_fault, must_be_said
from domain.office.notices import Notice
from domain.office.organisation import Person
from domain.records.sitting_tables import sitting_tasks
from domain.records.sittings import TASK_EVENTS, Outcome, voices_of
from domain.shapes.votes import Voicing
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.derived import alteration, insertion
from resolvers.ground.listing import Listed, read_each
from resolvers.ground.notices import announce
from resolvers.ground.people import serving
from resolvers.records import sitting_rows as rows
from resolvers.records.attending import roles_of
from resolvers.records.bodies import kept_body, record, resolved_of
from resolvers.records.chairing import standing_for
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clocks import Subject, happened
from resolvers.time.duty_rows import seat_ids, seats_by_role

MOST = 200
ASSIGNED, REPORTED, DELAYED = TASK_EVENTS
_TASK = """
  select t.id, t.task, t.responsible, t.responsible_name, t.due_on, t.assigned_by_name,
         t.assigned_at, t.report, t.done_by_name, t.done_at, i.title, s.kind, s.body, s.number
  from sitting_tasks t
  join sitting_items i on (i.institution_id, i.id) = (t.institution_id, t.item_id)
  join sittings s on (s.institution_id, s.id) = (i.institution_id, i.sitting_id)
  where t.institution_id = :institution"""
_LISTED = """
  and (not :overdue or (t.done_at is null and t.due_on < :today))
  order by (t.done_at is not null), t.due_on, t.id limit :most"""
OWN = statement(f"{_TASK} and t.responsible = :person {_LISTED}")
OF_BODY = statement(f"{_TASK} and s.body = :body and s.kind = :kind {_LISTED}")
ONE = statement(f"{_TASK} and t.id = :id for update of t")
ASSIGN = insertion(sitting_tasks)
DONE = alteration(sitting_tasks, "report", "done_by_name", "done_at")


async def tasks(
    context: Context, kind: str, body: str | None, *, overdue: bool
) -> list[Listed[Mapping[str, Any]]]:
    """What a body's resolutions left to be done, for who keeps it; or the viewer's own share."""
    wanted = {"overdue": overdue, "today": context.today, "most": MOST}
    if body is None:
        found = await context.rows(OWN, person=context.viewer.person.id, **wanted)
    else:
        await kept_body(context, kind, body)
        found = await context.rows(OF_BODY, kind=kind, body=body, **wanted)
    return await read_each("sitting_tasks", found, ("id",), dict)


async def task_of(context: Context, task_id: UUID) -> Mapping[str, Any]:
    return await context.found(ONE, at_fault("TASK_NOT_FOUND", "input", "taskId"), id=task_id)


async def assign(
    context: Context, item_id: UUID, task: str, responsible: UUID, due_on: date
) -> None:
    """Leave something to somebody of the office, as an item that was carried demands.

    Raises: Refused: nothing was resolved, somebody of elsewhere, or a day that is over.
    """
    sitting = await resolved_of(context, rows.LOCK_BY_ITEM, item_id)
    if sitting.item(item_id).outcome != Outcome.PASSED:
        raise Refused("NOTHING_RESOLVED")
    people = await serving(context, {responsible})
    if responsible not in people:
        raise at_fault("UNKNOWN_MEMBER", "input", "responsibleId")
    _must_carry_out(await context.rulebook(), sitting.body, people[responsible])
    what = must_be_said(task, "task")
    if due_on < context.today:
        raise at_fault("IN_THE_PAST", "input", "dueOn", today=context.today)
    task_id = context.services.new_id()
    said = {
        "id": task_id,
        "task": what,
        "responsible": responsible,
        "responsible_name": people[responsible].name,
        "due_on": due_on,
    }
    viewer = context.viewer
    by = {"assigned_by_name": viewer.person.name, "assigned_at": context.now}
    row = {**said, **by, "institution_id": viewer.institution, "item_id": item_id}
    await context.rows(ASSIGN, rows=[row])
    kept = await task_of(context, task_id)
    await happened(context, [f"{kept['kind']}.{ASSIGNED}"], _subject(context, kept), at=due_on)
    if responsible != viewer.person.id:
        told = {"number": kept["number"], "day": due_on}
        await announce(
            context, Notice("TASK_ASSIGNED", responsible, viewer.institution, told, subject=task_id)
        )
    told_of = {**said, "item": item_id}
    await record(context, "task_assigned", sitting.id, told_of, {"task": task_id})


def _must_carry_out(living: LivingRulebook, body: str, person: Person) -> None:
    """A clause may say whose it is to carry out what a body resolved."""
    voices = voices_of(living.shapes.voices, Voicing.CARRIES_OUT, body)
    named = {role for each in voices for role in each.who}
    if named and not standing_for(living, named) & roles_of(living, person):
        roles = "、".join(living.vocabulary.roles[each].label.zh for each in sorted(named))
        of = {"name": person.name, "roles": roles}
        raise at_fault("NOT_TO_CARRY_OUT", "input", "responsibleId", clause=voices[0].clause, **of)


async def finish(context: Context, task_id: UUID, report: str) -> None:
    """Say that something is done: by who was to do it, or who keeps the body's sittings.

    Raises: Refused: no such task of theirs, or one that is done already.
    """
    task, name = await _open(context, task_id), context.viewer.person.name
    what = must_be_said(report, "report")
    await context.rows(DONE, id=task_id, report=what, done_by_name=name, done_at=context.now)
    await _tell(context, task, REPORTED, "TASK_REPORTED")
    await context.done("task_done", {"task": task_id}, report=what, by=name, at=context.now)


async def delay(context: Context, task_id: UUID, report: str) -> None:
    """Report that something will not be done in time, and why: it stays to be done.

    Raises: Refused: no such task of theirs, or one that is done already.
    """
    task, what = await _open(context, task_id), must_be_said(report, "report")
    await _tell(context, task, DELAYED, "TASK_DELAYED", said=what)
    await context.done("task_delayed", {"task": task_id}, report=what, at=context.now)


async def _open(context: Context, task_id: UUID) -> Mapping[str, Any]:
    task = await task_of(context, task_id)
    await context.must_be_first()
    if task["responsible"] != context.viewer.person.id:
        await kept_body(context, task["kind"], task["body"])
    if task["done_at"]:
        raise Refused("TASK_DONE")
    return task


async def _tell(
    context: Context, task: Mapping[str, Any], event: str, code: str, **said: str
) -> None:
    """It happens now; whoever presides over the body is told, and who keeps its sittings."""
    await happened(context, [f"{task['kind']}.{event}"], _subject(context, task))
    living, here = await context.rulebook(), context.viewer.institution
    presiding = {row.chair for row in living.shapes.votes if row.body == task["body"]}
    wanted = {task["body"], *presiding} - {""}
    seats = await seats_by_role(context.transaction, here, wanted, context.today)
    to = [id_ for of in seats.values() for id_ in seat_ids(of)]
    about: Any = {"details": {"number": task["number"], **said}, "subject": task["id"]}
    await announce(context, *(Notice(code, each, here, **about) for each in to))


def _subject(context: Context, task: Mapping[str, Any]) -> Subject:
    """A task as that which clocks run for: whoever is to do it answers, until the day it is due."""
    me = context.viewer.person
    named = task["id"], me.institution, task["kind"], None, (task["responsible"],)
    return Subject(*named, applicant=me.id)
