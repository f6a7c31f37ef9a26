"""What clauses demand of a form beyond its shape: papers, eligibility, and asking beforehand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from domain import CASE_KINDS
from domain.approval.examples import span_of
from domain.approval.forms import form_fields, read_form
from domain.approval.procedure import Form, Procedure
from domain.approval.request import Status
from domain.approval.times import starts_of
from domain.errors import Problem, Refused, invalid
from domain.office.booking import Absence
from domain.rules.needed import without
from domain.rules.routes import Finding, Note, Route
from domain.rules.rows import unique
from domain.shapes.clocks import too_late
from domain.shapes.derivations import derive, raw_of
from domain.shapes.eligibility import Requirement, reasons
from domain.shapes.quotas import Quota, beyond, is_kept
from domain.shapes.verbs import Verb, ruled, speaking_of
from domain.time.calendar import Calendar
from domain.time.moments import Period, office_local
from domain.vocabulary import FactValue
from resolvers.requests.needs import asked_for, cited, path_to
from resolvers.requests.rows import RequestView
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook

Facts = Mapping[str, FactValue]
Mark = Mapping[str, Any]
LEFT_OUT = "NOT_ELIGIBLE"
GOES_ON = frozenset(begins.kind for case in CASE_KINDS for begins in case.begins_with)
"""The kinds of which an approved request is a case, which is given up by itself."""
IN_PRINCIPLE = ":principle"
"""Follows the kind in the subject of an eligibility that a text states in principle 原则上."""


def asked_too_late(
    living: LivingRulebook,
    kind: str,
    starts: datetime | None,
    facts: Facts,
    now: datetime,
    calendar: Calendar,
) -> Iterator[Problem]:
    """Each clause that wanted it asked some time before it begins."""
    if starts is None:
        return
    for clock, owed in too_late(living.shapes.clocks, kind, starts, now, calendar, facts):
        details = {"due": f"{owed.due:%Y-%m-%d %H:%M}"}
        yield Problem("ASKED_TOO_LATE", ("input", "begins"), clock.clause, details)


def is_ahead(view: RequestView, now: datetime) -> bool:
    """Whether a time was granted that is still to begin, and no case goes on with it."""
    books = view.procedure.books is not None and view.request.kind not in GOES_ON
    if not books or view.request.status is not Status.APPROVED:
        return False
    begins = starts_of(read_form(view.procedure.form, view.form))
    return begins is not None and begins > now


def must_hold(problems: Iterable[Problem]) -> None:
    """Raises: Refused: naming every problem, and the clause of the first."""
    found = tuple(problems)
    if found:
        raise invalid(found, clause=found[0].clause)


def ineligible(
    living: LivingRulebook, procedure: Procedure[Any], facts: Facts
) -> Iterator[Problem]:
    """Each reason against that the form could tell: it states a part, and has fields for the rest.

    What was left out is asked for; what only other records tell is not asked of a form.
    """
    fields = {field.name for field in form_fields(procedure.form)}
    rows = living.once("eligibility", procedure.kind, lambda: _bars(living, procedure.kind))
    facts = derive(facts, living.shapes.measures, []) if rows else facts
    left_out: dict[str, list[str]] = {}
    for reason in reasons(rows, facts):
        stated = [name for name in reason.measures if name in facts]
        if not stated or not all(name in facts or name in fields for name in reason.measures):
            continue
        missing = [name for name in reason.measures if name not in facts]
        for name in missing:
            left_out.setdefault(name, []).append(reason.clause)
        if not missing:
            asked = [name for name in reason.measures if name in fields] or stated
            yield reason.against(path_to(procedure, living, asked[0]))
    yield from _asked_for(procedure, left_out)


def _bars(living: LivingRulebook, kind: str) -> list[Requirement]:
    return [row for row in living.shapes.eligibility if row.subject == kind]


def beyond_quota(
    living: LivingRulebook, procedure: Procedure[Any], facts: Facts
) -> Iterator[Problem]:
    """Each limit of a clause on this kind that what the form states goes beyond.

    What a limit looks at and the form leaves out is asked for, unless it is kept all the same.
    """
    quotas = living.once("quotas", procedure.kind, lambda: _limits(living, procedure.kind))
    measures = derive(facts, living.shapes.measures, []) if quotas else {}
    fields = {field.name for field in form_fields(procedure.form)}
    left_out: dict[str, list[str]] = {}
    for quota in quotas:
        missing = raw_of(
            [name for name in (*quota.when.regions, quota.measure) if name not in measures],
            measures,
            living.shapes.measures,
        )
        kept = quota.measure in measures and is_kept(quota, measures)
        applies = without(quota.when, missing).holds(measures)
        if not applies or kept or not fields.issuperset(missing):
            continue
        for name in missing:
            left_out.setdefault(name, []).append(quota.clause)
        if not missing and not quota.counted:
            named = (quota.measure, *_raw(living, quota))
            told = next((each for each in named if each in facts), quota.measure)
            yield beyond(quota, measures, path_to(procedure, living, told))
    yield from _asked_for(procedure, left_out)


def _limits(living: LivingRulebook, kind: str) -> list[Quota]:
    return [q for q in living.shapes.quotas if q.of == kind and q.limit is not None]


def _asked_for(
    procedure: Procedure[Any], left_out: Mapping[str, Sequence[str]]
) -> Iterator[Problem]:
    for name, clauses in left_out.items():
        yield asked_for(procedure.form, name, unique(clauses))


def _raw(living: LivingRulebook, quota: Quota) -> tuple[str, ...]:
    derived = living.shapes.measures[quota.measure].derived
    return derived.raw if derived else ()


def cautions(living: LivingRulebook, kind: str, facts: Facts) -> tuple[Note, ...]:
    """What clauses forbid in principle alone, or count as something else: it refuses nothing."""
    rows = [row for row in living.shapes.eligibility if row.subject == f"{kind}{IN_PRINCIPLE}"]
    beyond_them = (
        (each, beyond(each, facts, ("input",)))
        for each in living.once("quotas", kind, lambda: _limits(living, kind))
        if each.counted and each.measure in facts and each.when.holds(facts)
        if not is_kept(each, facts)
    )
    counted = tuple(
        Note("COUNTED_OTHERWISE", {**problem.details, "clause": cited(living, quota.clause)})
        for quota, problem in beyond_them
    )
    return counted + tuple(
        Note(
            "AGAINST_PRINCIPLE",
            {"zh": row.label.zh, "en": row.label.en, "clause": cited(living, row.clause)},
        )
        for reason in reasons(rows, facts)
        for row in reason.rows
    )


def left_out(living: LivingRulebook, kind: str, facts: Facts, found: Route) -> tuple[Note, ...]:
    """What the lists of clauses say of what is forbidden, such as what would serve instead."""
    if found.finding is not Finding.FORBIDDEN:
        return ()
    rows = [row for row in living.shapes.eligibility if row.subject == kind]
    why = (each for each in reasons(rows, facts) if each.excludes)
    return tuple(Note(LEFT_OUT, {**each.label.both, "clause": each.clause}) for each in why)


def in_words(found: Route) -> list[Problem]:
    """What the notes of a route say of what is left out."""
    said = (dict(each.details) for each in found.notes if each.code == LEFT_OUT)
    return [Problem(LEFT_OUT, ("input",), each.pop("clause"), each) for each in said]


def must_be_free(form: Form, away: Period | None, absences: Iterable[Absence]) -> None:
    """Raises: Refused: the applicant is away at that time already."""
    if away and any(a.period.begins < away.ends and away.begins < a.period.ends for a in absences):
        code, begins = "ABSENCE_OVERLAPS", span_of(form_fields(type(form)))[0].name
        raise Refused(code, problems=[Problem(code, ("input", camel(begins)))])


def marks_of(
    living: LivingRulebook,
    kind: str,
    starts: datetime | None,
    facts: Facts,
    away: Period | None,
    on: date,
) -> tuple[Mark, ...]:
    """That something is asked for after it began, where a clause allows so.

    Raises: Refused: a clause forbids it, or it is an absence and none allows it.
    """
    begins = away.begins if away else starts and office_local(starts)
    if begins is None or begins.date() >= on:
        return ()
    area = living.vocabulary.kinds[kind].area
    row = ruled(living.shapes.verbs, Verb.AFTER_THE_FACT, kind, area, facts)
    if row is None and away is None:
        return ()
    if row is None or row.denies:
        about = speaking_of(living.shapes.verbs, Verb.AFTER_THE_FACT, kind, area)
        clause = next((each.clause for each in (row, *about) if each), None)
        problem = Problem("AFTER_THE_FACT_NOT_ALLOWED", ("input", "begins"), clause)
        raise Refused("AFTER_THE_FACT_NOT_ALLOWED", clause=clause, problems=[problem])
    return ({"code": "AFTER_THE_FACT", "clause": row.clause},)
