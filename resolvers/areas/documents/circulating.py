"""A paper is read by whom the circulation opinion names, in that order, before it is filed."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.areas.documents.incoming import INCOMING
from domain.errors import Problem
from resolvers.ground.batches import batched
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.ground.viewers import HELD_TODAY
from resolvers.records.case_looks import Look, Looked, Looks
from resolvers.records.case_rows import CaseView
from resolvers.records.serving import PERSON

NAMED = statement(f"""
  select said, id, name, account, by, position(by in said) as place, array(
    select u.name from appointments a
    join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
    join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
    where (a.institution_id, a.person_id) = (p.institution_id, p.id) and {HELD_TODAY}
    order by u.name) as units
  from people p cross join lateral (values (p.name), (p.account)) called (by)
  join unnest(cast(:every as text[])) said on position(by in said) > 0
  where p.institution_id = :institution order by place, length(by) desc, account""")
READING, GIVING = {"read", "return"}, {"circulate", "give", "read", "finish", "skip"}
WHICH = re.compile(r"\s*[（(]([^）)]*)[）)]")
"""Which of several of one name: their section or account, in brackets after it."""


@dataclass(frozen=True)
class Called:
    """A name in an opinion, and whose it is: more than one where nothing tells them apart."""

    name: str
    people: Sequence[Mapping[str, Any]]

    @property
    def ids(self) -> frozenset[UUID]:
        return frozenset(each["id"] for each in self.people)


async def of_incoming(context: Context, view: CaseView, look: Look) -> Looked:
    """Whether all have read who are named, and whether whoever is to have it now is the next."""
    filled, clause = view.case.filled, look.named[0].clause
    proposed = getattr(look.given, "reading_order", None)
    if look.event == "propose" and proposed:
        named = (await _named(context, context.transaction, [proposed]))[proposed]
        return Looked(against=tuple(_unclear(named, clause)))
    if look.event not in GIVING:
        return Looked()
    order, named = filled.reading_order, []
    if order:
        named = await batched(context, _named, order, after_write=True) or []
    done = {*map(_reader, view.entries)}
    left = [each for each in named if each.ids.isdisjoint(done)]
    known, names = {"all_have_read": not left}, "、".join(each.name for each in left)
    if look.event == "skip":
        skipped, held = getattr(look.given, "skipped_id", None), filled.reader_id
        next_one = frozenset({held}) if held else left[0].ids if left else frozenset()
        against = await _why_not_skipped(context, skipped, next_one, names, clause)
        return Looked(known, against=against)
    passed = [e for e in left if look.event != "read" or filled.reader_id not in e.ids]
    given = getattr(look.given, "reader_id", None)
    if any(given in each.ids for each in passed[1:]):
        out_of_turn = Problem("READ_IN_ORDER", ("reader_id",), clause, {"names": names})
        return Looked(known, against=(out_of_turn,))
    unread = Problem("NOT_ALL_HAVE_READ", ("event",), clause, {"names": names})
    return Looked(known, remarks=(unread,) if left else ())


def _reader(entry: Mapping[str, Any]) -> UUID | None:
    """Who has read it by an event, or was passed over."""
    if entry["event"] == "skip":
        return UUID(entry["particulars"]["skipped_id"])
    return UUID(str(entry["person_id"])) if entry["event"] in READING else None


def _unclear(named: Sequence[Called], clause: str) -> Iterator[Problem]:
    path = ("reading_order",)
    for each in named:
        if len(each.people) > 1:
            who = "、".join(f"{'、'.join(p['units'])} {p['account']}" for p in each.people)
            yield Problem("READER_AMBIGUOUS", path, clause, {"name": each.name, "who": who})
        elif not each.people[0]["units"]:
            yield Problem("READER_NOT_HERE", path, clause, {"name": each.name})
    if not named:
        yield Problem("NOBODY_HERE", path, clause)


async def _why_not_skipped(
    context: Context, skipped: UUID | None, due: frozenset[UUID], names: str, clause: str
) -> tuple[Problem, ...]:
    """Only whoever is to read it next is passed over, and only while they are not here."""
    if skipped is None:
        return ()
    if skipped not in due:
        return (Problem("READ_IN_ORDER", ("skipped_id",), clause, {"names": names}),)
    now = context.now.replace(tzinfo=None)
    at = {"today": context.today, "begins": now, "ends": now + timedelta(minutes=1)}
    who = await context.row(PERSON, person=skipped, **at)
    if who and who["seats"] and not who["away"]:
        return (Problem("READER_IS_HERE", ("skipped_id",), clause, {"name": who["name"]}),)
    return ()


async def _named(
    context: Context, reading: Transaction, every: Sequence[str]
) -> Mapping[str, list[Called]]:
    """Whom each opinion names, in its order; a name inside a longer one names nobody."""
    at: dict[str, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    of = {"institution": context.viewer.institution, "today": context.today}
    for row in await reading.rows(NAMED, **of, every=list(every)):
        same = at[row["said"]][row["place"]]
        if not same or same[0]["by"] == row["by"]:
            same.append(row)
    return {said: [*_in_order(said, at[said])] for said in every}


def _in_order(said: str, at: Mapping[int, Sequence[Any]]) -> Iterator[Called]:
    ends = 0
    for place in sorted(at):
        if place < ends:
            continue
        people = at[place]
        ends = place + len(people[0]["by"])
        if which := WHICH.match(said, ends - 1):
            meant = [p for p in people if which[1].strip() in (*p["units"], p["account"])]
            people, ends = meant or people, which.end() + 1 if meant else ends
        here = [each for each in people if each["units"]]
        yield Called(people[0]["name"], here or people[:1])


LOOKS: Mapping[str, Looks] = {INCOMING.code: of_incoming}
