"""Retention: what is due by its period, proposed by list, decided by a second person, destroyed.

A list is destroyed as a whole in one transaction, judged anew when it is decided: whatever is held
by then, not due, or rested on by what stays, keeps the whole of it. Files lose their rows with it,
and their bytes by a job of the same transaction.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.errors import Problem, must_be_none, must_be_said
from domain.ledger import line
from domain.records import retention
from domain.vocabulary import Label
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.listing import Found, Listed, Slice
from resolvers.office.outcomes import Outcome, sentence
from resolvers.records import retention_rows
from resolvers.records.destroying import ABOUT, erase, must_be_a_clause, must_keep, objects_of
from resolvers.records.retention_rows import REQUESTS, TABLES
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.running.jobs import Job, enqueue
from resolvers.time.sweeps import LEFT

MOST = 200

GO = statement("""
  select records_destroy(:institution, cast(:at as timestamptz), cast(:record as text),
                         :kept, :parts)""")
FILES_OF = statement("""
  select id from files
  where institution_id = :institution and record_id = any(cast(:ids as uuid[]))""")
COUNTED_LESS = statement("""
  with gone as (
    select 'mine' as list, applicant_id as subject, kind, status, count(*) as number
    from requests where institution_id = :institution and id = any(cast(:ids as uuid[]))
    group by 2, 3, 4
    union all
    select 'unit', unit_id, kind, status, count(*) from requests
    where institution_id = :institution and id = any(cast(:ids as uuid[]))
      and status <> 'draft' and unit_id is not null group by 2, 3, 4
    union all
    select 'handled', p.id, r.kind, r.status, count(distinct r.id)
    from steps s
    join requests r on (r.institution_id, r.id) = (s.institution_id, s.request_id)
    join people p on (p.institution_id, p.id) = (s.institution_id, s.decided_by)
    where r.institution_id = :institution and r.id = any(cast(:ids as uuid[]))
      and r.applicant_id <> p.id and r.concerns_id is distinct from p.id group by 2, 3, 4)
  update request_counts c set number = c.number - gone.number from gone
  where (c.institution_id, c.request_institution_id, c.list, c.subject_id, c.kind, c.status)
    = (:institution, :institution, gone.list, gone.subject, gone.kind, gone.status)""")


@dataclass(frozen=True)
class Due:
    """A record whose matter is over: an object's or a request's of a kind, its days, its digest.

    `with_it` is the case that began with the request and goes with it. `until` is the last day of
    the longest period among them, none where that never ends.
    """

    id: UUID
    object: str
    number: str
    first: date
    last: date
    digest: str
    held: bool
    period: str
    until: date | None = None
    with_it: tuple["Due", ...] = ()

    @property
    def all(self) -> tuple["Due", ...]:
        return self, *self.with_it

    def is_due(self, today: date) -> bool:
        return retention.is_due(self.until, today)

    @property
    def is_held(self) -> bool:
        return any(each.held for each in self.all)


async def due(context: Context, page: Slice) -> Found[Due]:
    """Some of what may be destroyed today, under the part of the list that it stands in."""
    await must_keep(context)
    after, found = page.after, list[Listed[Due]]()
    for object_ in sorted((*TABLES, REQUESTS)):
        if after is not None and object_ < after[0]:
            continue
        last = after[1] if after and object_ == after[0] else None
        while len(found) <= page.size:
            some = await _over(context, object_, after=last, most=MOST)
            may_go = await _destroyable(context, some)
            found += [Listed((object_, each.id), each) for each in may_go]
            if len(some) < MOST:
                break
            last = some[-1].id
        if len(found) > page.size:
            break
    return found[: page.size], len(found) > page.size


async def _over(
    context: Context,
    object_: str,
    *,
    only: Sequence[UUID] | None = None,
    after: UUID | None = None,
    most: int = MOST,
) -> list[Due]:
    """Records of an object that ended long enough ago to be looked at, with their cases."""
    asked = {"only": only, "after": after, "most": most, "before": _before(context, object_)}
    rows = await context.rows(retention_rows.over(object_), **asked)
    if object_ != REQUESTS or not rows:
        return [_due(row) for row in rows]
    cases = defaultdict(list)
    for row in await context.rows(retention_rows.cases_of(), ids=[row["id"] for row in rows]):
        cases[row["request_id"]].append(row)
    return [_due(row, cases[row["id"]]) for row in rows]


def _before(context: Context, object_: str) -> date:
    """A day after which nothing of an object can have ended that is due."""
    every = context.services.vocabulary.kinds if object_ == REQUESTS else (object_,)
    return retention.latest_end([retention_rows.period_of(each) for each in every], context.today)


def _due(row: Mapping[str, Any], cases: Iterable[Mapping[str, Any]] = ()) -> Due:
    with_it = tuple(_due(each) for each in cases)
    own = retention_rows.period_of(row["object"])
    period = retention.longest([own, *(each.period for each in with_it)])
    last = max([row["last"], *(each.last for each in with_it)])
    until = retention.until(last, period)
    if any(each["standing"] or each["running"] for each in cases):
        until = None
    names = ("id", "object", "number", "first", "digest", "held")
    told = {name: row[name] for name in names}
    return Due(**told, last=last, period=period, until=until, with_it=with_it)


async def _destroyable(context: Context, found: Sequence[Due]) -> list[Due]:
    """Those that are due, that nothing holds and on which nothing rests that stays."""
    over = [each for each in found if each.is_due(context.today) and not each.is_held]
    ids = [part.id for each in over for part in each.all]
    if not ids:
        return []
    rows = await context.rows(retention_rows.resting(), ids=ids)
    needed = {row["id"] for row in rows}
    return [each for each in over if needed.isdisjoint(part.id for part in each.all)]


async def destroy(context: Context, given: Mapping[str, Any], by: UUID) -> Outcome:
    """Destroy what a list names, all of it or nothing.

    Raises: Refused: the office has no such clause, or a record that is not due, held, or still
    needed.
    """
    person, clause = context.viewer.person, given["clause"]
    await must_be_a_clause(context, clause)
    why = must_be_said(given["reason"], "reason")
    await ledger.hold(context.transaction, person.institution)
    wanted = [UUID(each) for each in given["records"]]
    found = await _named(context, wanted)
    free = {each.id for each in await _destroyable(context, list(found.values()))}
    problems = [*_reasons(context, wanted, found, free)]
    must_be_none(problems)
    gone = [part for key in wanted for part in found[key].all]
    values = 0
    for each in gone:
        rows = await context.rows(ABOUT, about=each.id)
        values += (await erase(context, each.id, rows, clause, why))["values"]
    requests = [each.id for each in gone if each.object not in TABLES]
    await context.rows(COUNTED_LESS, ids=requests)
    content = {
        "records": [
            {
                "object": each.object,
                "id": each.id,
                "number": each.number,
                "first": each.first,
                "last": each.last,
                "digest": each.digest,
            }
            for each in gone
        ],
        "values": values,
        "clause": clause,
        "clauses": [clause],
        "person": person.id,
        "name": person.name,
        "asked_by": by,
        "content": {"reason": why},
    }
    told = line("records_destroyed", context.now, person.institution, content, ledger.new_salt)
    kept = ledger.kept_rows(told)
    files = [row["id"] for row in await context.rows(FILES_OF, ids=[each.id for each in gone])]
    if files:
        job = Job(LEFT, person.institution, context.now, str(files[0]), {"files": files})
        await enqueue(context.transaction, [job], context.now)
    parts = retention_rows.parts({each.object for each in gone})
    await context.rows(GO, at=context.now, record=told.record, kept=kept, parts=parts)
    said = _said(await context.rulebook(), gone, clause)
    return Outcome(said, weighty=True, answer={"destroyed": len(gone)})


async def _named(context: Context, wanted: Sequence[UUID]) -> dict[UUID, Due]:
    """Those of these records whose matter is over."""
    objects = {
        each if each in TABLES else REQUESTS
        for each in (await objects_of(context, wanted)).values()
    }
    some = [await _over(context, each, only=wanted) for each in objects]
    return {each.id: each for found in some for each in found}


def _reasons(
    context: Context, wanted: Sequence[UUID], found: Mapping[UUID, Due], free: set[UUID]
) -> Iterator[Problem]:
    for place, key in enumerate(wanted):
        path, each = ("input", "records", str(place)), found.get(key)
        if each is None or not each.is_due(context.today):
            until = each.until.isoformat() if each and each.until else "—"
            yield Problem("RECORD_NOT_DUE", path, None, {"until": until})
        elif each.is_held:
            yield Problem("RECORD_HELD", path, None, {"number": each.number})
        elif key not in free:
            yield Problem("RECORD_NEEDED", path, None, {"number": each.number})


def label_of(living: LivingRulebook, object_: str) -> Label:
    """What people call a kind of record."""
    words = living.vocabulary
    known = words.objects.get(object_) or words.kinds.get(object_)
    return known.label if known else Label(object_, object_)


def _said(living: LivingRulebook, gone: Sequence[Due], clause: str) -> dict[str, str]:
    counts: dict[str, int] = defaultdict(int)
    for each in gone:
        counts[each.object] += 1
    said = {}
    for language, joint in (("zh", "、"), ("en", ", ")):
        named = (f"{getattr(label_of(living, e), language)} {n}" for e, n in sorted(counts.items()))
        details = {"count": len(gone), "what": joint.join(named), "basis": clause}
        said[language] = sentence(living, "SAID_DESTROYED", details)[language]
    return said
