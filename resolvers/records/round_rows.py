"""Rounds as they are kept: sections with their marks, ballots and targets."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

import asyncpg

from domain import ROUNDS as KINDS
from domain.records import rounds
from domain.records.marks import Mark, Scheme, scheme_of, sources_of
from domain.records.round_tables import evaluation_marks, evaluation_rounds
from domain.records.rounds import Finding, Result, RoundKind, Sheet
from domain.rules.rows import ALLOW
from domain.shapes.asking import NUMBERS
from domain.shapes.count_words import Whose
from domain.shapes.counts import Count
from domain.shapes.rounds import Round as Row
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.derived import alteration, insertion
from resolvers.ground.listing import Listed, read_each
from resolvers.ground.reading import read_as
from resolvers.ground.viewers import HELD_TODAY
from resolvers.records.acts import may
from resolvers.rules.rulebooks import LivingRulebook

PANEL, MARKED = "panel", "marked"
"""The facts of lines that let somebody rate: for which panel, and which item they mark."""

PROPOSALS = [each.proposals for each in KINDS if each.proposals]
ROUNDS = statement(
    """select r.id, r.kind, r.scheme, r.year, r.period, r.rulebook_version, r.opened_at,
              r.changed_at, r.closed_at, q.number as resolution,
              coalesce((
                select jsonb_agg(jsonb_build_object(
                  'subject', e.subject_id, 'name', e.name, 'counted', e.counted,
                  'total', cast(e.total as text), 'place', e.place, 'tier', e.tier,
                  'marks', coalesce((
                    select jsonb_agg(jsonb_build_object(
                      'id', m.id, 'clause', m.clause, 'measure', m.measure, 'value', m.value,
                      'reason', m.reason, 'recorded_by', m.recorded_by_name,
                      'recorded_at', m.recorded_at, 'cancelled_at', m.cancelled_at)
                      order by m.recorded_at, m.id)
                    from evaluation_marks m
                    where (m.institution_id, m.round_id, m.subject_id)
                        = (e.institution_id, e.round_id, e.subject_id)), '[]'),
                  'ballots', coalesce((
                    select jsonb_agg(to_jsonb(b)) from (
                      select panel, line, jsonb_agg(cast(rating as text) order by rating) as ratings
                      from evaluation_ballots
                      where (institution_id, round_id, subject_id)
                          = (e.institution_id, e.round_id, e.subject_id)
                      group by panel, line) b), '[]'),
                  'targets', coalesce((
                    select jsonb_agg(jsonb_build_object(
                      'id', t.id, 'number', t.number, 'status', t.status, 'form', t.form)
                      order by t.submitted_at, t.id)
                    from requests t
                    where (t.institution_id, t.unit_id) = (e.institution_id, e.subject_id)
                      and t.kind = any(cast(:proposals as text[]))
                      and t.status in ('pending', 'returned', 'approved')
                      and extract(year from t.submitted_at at time zone 'Asia/Shanghai') = r.year
                  ), '[]')) order by e.position, e.subject_id)
                from evaluation_results e
                where (e.institution_id, e.round_id) = (r.institution_id, r.id)), '[]') as sections
       from evaluation_rounds r
       left join requests q on (q.institution_id, q.id) = (r.institution_id, r.resolution_id)
       where r.institution_id = :institution and (cast(:id as uuid) is null or r.id = :id)
       order by r.year desc, r.period desc, r.scheme"""
)

OPEN = statement(
    """with opened as (
         insert into evaluation_rounds
           (institution_id, id, kind, scheme, year, period, rulebook_version, opened_by,
            opened_at, changed_at)
         values (:institution, :id, :kind, :scheme, :year, :period, :version, :person, :at, :at)
         on conflict (institution_id, kind, scheme, year, period) do nothing
         returning institution_id, id
       )
       insert into evaluation_results
         (institution_id, round_id, subject_id, person_id, name, position)
       select o.institution_id, o.id, s.id, case when :people then s.id end, s.name, s.position
       from opened o cross join
         unnest(cast(:ids as uuid[]), cast(:names as text[])) with ordinality
           as s(id, name, position)
       returning subject_id"""
)
UNITS = statement(
    """select u.id, u.name from units u
       join units root on (root.institution_id, root.id) = (u.institution_id, u.parent_id)
         and u.parent_institution_id = u.institution_id
       where u.institution_id = :institution order by u.position, u.id"""
)
PEOPLE = statement(
    f"""select p.id, p.name, p.employment, p.facts, array_agg(distinct s.role) as roles
       from people p
       join appointments a on (a.institution_id, a.person_id) = (p.institution_id, p.id)
         and {HELD_TODAY}
       join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
       where p.institution_id = :institution and (p.leaves is null or p.leaves >= :today)
       group by p.institution_id, p.id order by p.number"""
)
ALONE = statement(
    """select closed_at is null as open from evaluation_rounds
       where institution_id = :institution and id = :id for update"""
)
CHANGED = alteration(evaluation_rounds, "changed_at")
MARK = insertion(evaluation_marks)
CANCEL = alteration(evaluation_marks, "cancelled_at")
ROUND_OF_MARK = statement(
    "select round_id from evaluation_marks where institution_id = :institution and id = :id"
)
COUNTED = statement(
    """update evaluation_results e set counted = g.marks
       from jsonb_to_recordset(cast(:counted as jsonb)) as g(subject uuid, marks jsonb)
       where e.institution_id = :institution and e.round_id = :id and e.subject_id = g.subject"""
)
RATE = statement(
    """insert into evaluation_ballots
         (institution_id, id, round_id, subject_id, panel, line, rating, rater_id)
       select :institution, b.id, :round, :subject, :panel, :line, b.rating, :rater
       from unnest(cast(:ids as uuid[]), cast(:ratings as numeric[])) as b(id, rating)
       on conflict do nothing returning id"""
)
CLOSE = statement(
    """with results as (
         update evaluation_results e
         set total = cast(g.total as numeric), place = g.place, tier = g.tier
         from jsonb_to_recordset(cast(:results as jsonb))
           as g(subject uuid, total text, place integer, tier text)
         where e.institution_id = :institution and e.round_id = :id and e.subject_id = g.subject
       )
       update evaluation_rounds set closed_at = :at, resolution_id = :resolution
       where institution_id = :institution and id = :id"""
)


NOTHING_YET = Result(None, (), ())


@dataclass(frozen=True)
class MarkRow:
    """A mark, who recorded it and why; a cancelled one stays to be seen and counts nothing."""

    id: UUID
    mark: Mark
    reason: str
    recorded_by: str
    recorded_at: datetime
    cancelled_at: datetime | None


@dataclass(frozen=True)
class Section:
    """A section or a person in a round; the result as it stands or, once closed, was decided."""

    subject: UUID
    name: str
    marks: tuple[MarkRow, ...]
    counted: tuple[Mark, ...]
    ratings: Mapping[tuple[str, str], tuple[Decimal, ...]]
    targets: tuple[Mapping[str, Any], ...]
    result: Result = NOTHING_YET

    @property
    def standing(self) -> tuple[Mark, ...]:
        return tuple(row.mark for row in self.marks if row.cancelled_at is None)


@dataclass(frozen=True)
class Round:
    """A round of a year, judged by the rulebook that it was opened under."""

    id: UUID
    kind: RoundKind
    row: Row
    year: int
    period: int
    opened_at: datetime
    changed_at: datetime
    closed_at: datetime | None
    resolution: str | None
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]
    scheme: Scheme
    living: LivingRulebook

    @property
    def cast_in_person(self) -> tuple[str, ...]:
        """The panels whose members have a line to rate by; the others' ballots are entered."""
        lines = [
            row.when.regions.get(PANEL)
            for row in self.living.acts
            if (row.kind, row.act, row.effect) == (self.kind.code, Act.INSPECT, ALLOW)
        ]
        panels = (panel.measure for panel in self.scheme.panels)
        return tuple(panel for panel in panels if any(on is None or panel in on for on in lines))

    @property
    def sources(self) -> tuple[Count, ...]:
        """What the office counts of a section and the round scores."""
        shapes = self.living.shapes
        return sources_of(self.scheme, self.row.whose, shapes.counts, shapes.measures)


async def every_round(context: Context) -> list[Listed[Round]]:
    """The rounds of the viewer's own institution, the latest first, as they are listed."""
    found = await context.rows(ROUNDS, id=None, proposals=PROPOSALS)
    return await read_each("evaluation_rounds", found, ("id",), partial(_round, context))


async def rounds_of(context: Context, round_id: UUID) -> list[Round]:
    """The round of the viewer's own institution that is named, if there is one."""
    found = await context.rows(ROUNDS, id=round_id, proposals=PROPOSALS)
    return [await _round(context, row) for row in found]


async def _round(context: Context, row: asyncpg.Record) -> Round:
    version = row["rulebook_version"]
    living = await context.services.rulebooks.version(context.viewer.institution, version)
    kind = next(each for each in KINDS if each.code == row["kind"])
    said = rounds.round_of(living.shapes.rounds, kind, row["scheme"])
    scheme = scheme_of(said, living.shapes.scores)
    sections = [_section(each, living) for each in row["sections"]]
    sheets = {
        each.subject: Sheet((*each.standing, *each.counted), each.ratings) for each in sections
    }
    results, findings = rounds.evaluated(scheme, sheets, living.shapes.measures)
    for each in row["sections"] if row["closed_at"] else ():
        of, total = UUID(each["subject"]), each["total"] and Decimal(each["total"])
        results[of] = replace(results[of], total=total, place=each["place"], tier=each["tier"])
    told = [replace(each, result=results[each.subject]) for each in sections]
    if said.whose is Whose.PERSON and not (await may(context, kind.code, Act.KEEP)).allowed:
        me, closed = context.viewer.person.id, row["closed_at"] is not None
        told = [each if each.subject == me else _outwardly(each, closed) for each in told]
    return read_as(
        Round,
        row,
        kind=kind,
        row=said,
        sections=tuple(told),
        findings=findings,
        scheme=scheme,
        living=living,
    )


def _outwardly(section: Section, closed: bool) -> Section:
    """What all may know of another's result: how it came out, and nothing of how it came about."""
    of = section.result
    result = replace(NOTHING_YET, total=of.total, place=of.place, tied=of.tied, tier=of.tier)
    told = result if closed else NOTHING_YET
    return replace(section, marks=(), counted=(), ratings={}, targets=(), result=told)


def _section(row: Mapping[str, Any], living: LivingRulebook) -> Section:
    """A section with what was found of it, before it comes to a result."""
    return Section(
        UUID(row["subject"]),
        row["name"],
        tuple(read_as(MarkRow, each, mark=_mark(each, living)) for each in row["marks"]),
        tuple(_mark(each, living) for each in row["counted"]),
        {(b["panel"], b["line"]): tuple(map(Decimal, b["ratings"])) for b in row["ballots"]},
        tuple(row["targets"]),
    )


def _mark(row: Mapping[str, Any], living: LivingRulebook) -> Mark:
    """A mark that was taken once, whatever would be taken today."""
    value, fact = row["value"], living.shapes.measures[row["measure"]]
    return Mark(row["clause"], row["measure"], Decimal(value) if fact.type in NUMBERS else value)
