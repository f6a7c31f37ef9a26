"""What a clause is said to be enforced by takes effect: each named row, with a case of its own."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from domain import CASE_KINDS, REGISTERS, ROSTERS
from domain.accounting import Outcome
from domain.approval.forms import form_fields
from domain.conditions.regions import Interval, Region
from domain.errors import Refused
from domain.records.case_counts import Term
from domain.records.marks import read_mark, scheme_of
from domain.records.registers import Register
from domain.records.sittings import notice_for, resolve, rows_for
from domain.rulebook import Rulebook
from domain.rules.routes import Finding, Route, route
from domain.rules.rows import NOBODY, NONE
from domain.shapes.cadences import DutyState, due_between, is_conditional, needed, state_of
from domain.shapes.clocks import Direction, started_by, term
from domain.shapes.count_words import Whose
from domain.shapes.derivations import derive
from domain.shapes.eligibility import Effect, reasons
from domain.shapes.ladders import what_follows
from domain.shapes.paths import passage
from domain.shapes.quotas import Bound, is_kept
from domain.shapes.separations import about, breaches
from domain.shapes.verbs import ruled, speaking_of
from domain.shapes.votes import Ballot
from domain.time.calendar import calendar_of, national_days
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import BODY, Act, Fact, FactValue
from policies import accounting, loading
from resolvers.requests.procedures import PROCEDURES

CALENDAR = calendar_of(national_days())
NOW = datetime(2026, 3, 10, 10, tzinfo=OFFICE_TIME)
TODAY, YEARS = NOW.date(), 4
Facts = dict[str, FactValue]
FORMS = {kind: each.form for kind, each in PROCEDURES.items()}
FORMS |= {each.name: each.entry for each in REGISTERS}
FORMS |= {f"{each.code}.{event}": each.record for each in CASE_KINDS for event in each.stages}
OWN_TERMS = {e.code for e in CASE_KINDS if any(isinstance(each, Term) for each in e.counts)}


@cache
def named(institution: str, of: str) -> frozenset[str]:
    """The names of one table that enforced clauses of an institution rest on."""
    lines = accounting.shipped(institution)
    every = {name for each in lines if each.outcome is Outcome.ENFORCED for name in each.by}
    return frozenset(name.partition(":")[2] for name in every if name.partition(":")[0] == of)


def rows_of(of: str) -> list[Any]:
    """Each office with each row of a table that it is said to enforce a clause by."""
    found = []
    for institution in loading.institutions():
        book = loading.shipped(institution)
        for number, row in enumerate(getattr(book.shapes, of), start=1):
            if row.id in named(institution, of):
                found.append(pytest.param(book, row, id=f"{institution}: {number}: {row.id}"))
    return found


def inside(region: Region, fact: Fact | None) -> FactValue:
    """A value that a region admits, on the fact's grid."""
    if not isinstance(region, Interval):
        return min(region, key=str)
    grid = (fact.grid if fact else None) or Decimal(1)
    if region.low is not None:
        value = region.low + grid if region.low_open else region.low
    else:
        assert region.high is not None
        value = region.high - grid if region.high_open else region.high
    assert value in region
    return value


def meeting(book: Rulebook, regions: Mapping[str, Region]) -> Facts:
    """Facts that meet a condition, and no others."""
    known = {**book.shapes.measures, **book.vocabulary.facts}
    return {name: inside(region, known.get(name)) for name, region in regions.items()}


def rules(*, denying: bool) -> Iterator[Any]:
    for institution in loading.institutions():
        book = loading.shipped(institution)
        for kind, every in book.rules.items():
            for rule in every:
                if rule.id in named(institution, "rule") and rule.denies is denying:
                    yield pytest.param(book, kind, rule, id=f"{institution}: {rule.id}")


def routed(book: Rulebook, kind: str, rule: Any) -> Route:
    """By the rules of its kind that its regulations state, of whatever age."""
    own = {clause.partition("/")[0] for clause in rule.clauses}
    every = [r for r in book.rules[kind] if own & {c.partition("/")[0] for c in r.clauses}]
    return route(every, meeting(book, rule.when.regions))


@pytest.mark.parametrize(("book", "kind", "rule"), [*rules(denying=False)])
def test_a_case_takes_the_turns_of_the_rule(book, kind, rule):
    found = routed(book, kind, rule)
    assert set(rule.clauses) & set(found.claims)
    roles = {role for step in rule.steps for role in step.roles} - {NONE}
    if roles == {NOBODY}:
        assert found.finding in (Finding.GAP, Finding.OVERLAP)
    else:
        sides = found.sides or (found,)
        assert any(roles <= {role for s in side.steps for role in s.roles} for side in sides)


@pytest.mark.parametrize(("book", "kind", "rule"), [*rules(denying=True)])
def test_what_a_rule_forbids_is_refused(book, kind, rule):
    found = routed(book, kind, rule)
    refused = [side for side in (found, *found.sides) if side.finding is Finding.FORBIDDEN]
    assert any(set(rule.clauses) & set(side.claims) for side in refused)


@pytest.mark.parametrize(("book", "row"), rows_of("cadences"))
def test_a_rhythm_falls_due(book, row):
    due = list(due_between(row, TODAY, TODAY.replace(year=TODAY.year + YEARS), CALENDAR))
    assert due
    # Some are wanted by an hour of their day.
    begins = datetime.combine(due[0].due, time.min, NOW.tzinfo)
    free = is_conditional(row) or not needed(row)
    assert state_of(row, due[0], (), begins) is (DutyState.OPTIONAL if free else DutyState.DUE)
    if not free:
        assert state_of(row, due[0], (), begins + timedelta(days=1)) is DutyState.MISSED


@pytest.mark.parametrize(("book", "row"), rows_of("clocks"))
def test_a_term_runs_from_its_event(book, row):
    facts = meeting(book, row.when.regions)
    if row.is_open:  # the line that starts it names its day, or the case counts it
        days = {f"{each.name}.recorded" for each in REGISTERS if each.until}
        assert any(e in days or e.rpartition(".")[0] in OWN_TERMS for e in row.starts)
        return
    for pattern in row.starts:
        event = pattern.replace("*", book.rows[0].kind.rpartition(".")[2])
        assert row in started_by(book.shapes.clocks, (event,), facts)
    due = term(row, NOW, CALENDAR).due
    assert due.date() <= NOW.date() if row.direction is Direction.BEFORE else due >= NOW
    if not row.starts and row.direction is Direction.BEFORE:
        votes = [each for each in book.shapes.votes if each.notice]
        notices = [notice_for([each], book.shapes.clocks, NOW, CALENDAR) for each in votes]
        assert row.clause in {notice.clause for notice in notices if notice}


@pytest.mark.parametrize(("book", "row"), rows_of("eligibility"))
def test_whoever_is_not_eligible_is_told_why(book, row):
    """Who is just what is excluded, or is nothing of what is required."""
    facts = meeting(book, row.when.regions) if row.effect is Effect.EXCLUDES else {}
    subject = [each for each in book.shapes.eligibility if each.subject == row.subject]
    assert row in {each for reason in reasons(subject, facts) for each in reason.rows}


@pytest.mark.parametrize(("book", "row"), rows_of("quotas"))
def test_a_figure_beyond_its_limit_is_not_kept(book, row):
    measures, step = meeting(book, row.when.regions), Decimal(1)
    beyond = row.limit - step if row.bound is Bound.MIN else row.limit + step
    assert is_kept(row, {**measures, row.measure: row.limit}) is True
    assert is_kept(row, {**measures, row.measure: beyond}) is False
    derived, limited = book.shapes.measures[row.measure].derived, row.subject.partition(":")[0]
    if limited in {*(e.measure for e in book.shapes.scores), *(e.name for e in ROSTERS)}:
        return  # the ballots of a panel, and turns of duty, which are counted and not stated
    if any(row.measure in each.when.regions for each in book.shapes.paths):
        return  # a stage that is not taken beyond it
    of_office = {each.id for each in book.shapes.counts if each.whose is Whose.OFFICE}
    if {*(derived.raw if derived else (row.measure,))} <= of_office:
        return  # what the office has, counted and told
    fields = {each.name for each in form_fields(FORMS[limited])}
    kind = book.vocabulary.kinds.get(limited)
    told = fields | set(kind.facts if kind else ())
    told |= {*PROCEDURES[limited].told_by} if limited in PROCEDURES else set()
    told |= {e.id for e in book.shapes.counts if e.of == limited or e.whose is Whose.CASE}
    assert set(derived.raw if derived else (row.measure,)) <= told
    assert derive(measures, book.shapes.measures, []).keys() >= measures.keys()


def papers() -> Iterator[Any]:
    for institution in loading.institutions():
        book = loading.shipped(institution)
        for number, each in enumerate(book.documents, start=1):
            if each.kind in named(institution, "documents"):
                yield pytest.param(book, each, id=f"{institution}: {number}: {each.kind}")


@pytest.mark.parametrize(("book", "paper"), [*papers()])
def test_a_paper_is_demanded(book, paper):
    assert paper in book.documents_for(paper.kind, TODAY)
    assert paper.when.holds(meeting(book, paper.when.regions))
    assert paper.documents


@pytest.mark.parametrize(("book", "row"), rows_of("separations"))
def test_duties_that_are_kept_apart_are_not_joined(book, row):
    kinds = [kind for kind in book.rows_by_kind if row in spoken(book, kind)]
    rules = [rule for kind in kinds for rule in book.rules[kind]]
    turns = [{role for step in rule.steps for role in step.roles} for rule in rules]
    objects = book.vocabulary.objects
    turns += [{*objects[each.name].duties} for each in REGISTERS if row in of_book(book, each)]
    joined = [[duty for duty in row.duties if duty in roles] for roles in turns]
    both = next(
        (duties for duties in joined if len(duties) > 1 or (row.least and duties)), [*row.duties]
    )
    found = breaches([row], {"one": both})
    assert ("one" if len(both) > 1 else None) in {each.person for each in found}
    people = row.duties * (row.least or 1)
    apart = {str(number): [duty] for number, duty in enumerate(people)}
    assert breaches([row], apart) == ()


def of_book(book: Rulebook, register: Register) -> tuple[Any, ...]:
    """The rows that are held against lines of a register."""
    of = book.vocabulary.objects[register.name]
    return about(book.shapes.separations, register.name, of.area) if of.duties else ()


def spoken(book: Rulebook, kind: str) -> tuple[Any, ...]:
    return about(book.shapes.separations, kind, book.vocabulary.kinds[kind].area)


@pytest.mark.parametrize(("book", "row"), rows_of("verbs"))
def test_a_verb_is_settled_by_its_row(book, row):
    facts = meeting(book, row.when.regions)
    area = book.vocabulary.kinds[row.kind].area if row.kind in book.vocabulary.kinds else row.kind
    settled = ruled(book.shapes.verbs, row.verb, row.kind, area, facts)
    assert row in speaking_of(book.shapes.verbs, row.verb, row.kind, area)
    assert settled is not None
    assert settled.effect is row.effect


@pytest.mark.parametrize(("book", "row"), rows_of("paths"))
def test_a_stage_follows_by_its_row_alone(book, row):
    path = [each for each in book.shapes.paths if each.id == row.id]
    told = meeting(book, row.when.regions)
    found = passage(path, row.origin, row.event, told, CALENDAR, now=NOW)
    assert found.taken is not None
    assert (found.taken.event, found.taken.target) == (row.event, row.target)
    if all(each.when.regions for each in path if each.event == row.event):
        assert passage(path, row.origin, row.event, {}, CALENDAR, now=NOW).taken is None
    assert passage(path, "nowhere", row.event, told, CALENDAR, now=NOW).taken is None


@pytest.mark.parametrize(("book", "row"), rows_of("votes"))
def test_a_body_sits_by_its_row(book, row):
    rows = rows_for(book.shapes.votes, row.body, row.matter)
    assert row in rows
    calling = {
        each.role
        for each in book.acts
        if each.act == Act.TAKE and row.body in each.when.regions.get(BODY, ())
    }
    assert {row.chair, row.minutes_by} - {""} <= calling
    if row.quorum:
        nobody = Ballot(9, 1, 1, 0)
        with pytest.raises(Refused) as refused:
            resolve(rows, (), nobody, {}, None, CALENDAR, NOW, revote=False)
        assert refused.value.code == "NO_QUORUM"
    if row.majority:
        lost = resolve(rows, (), Ballot(9, 9, 1, 8), {}, None, CALENDAR, NOW, revote=False)
        assert (lost.outcome.value, row.clause in lost.clauses) == ("failed", True)
    assert row.chair or row.minutes_by or row.quorum or row.majority or calling


@pytest.mark.parametrize(("book", "row"), rows_of("scores"))
def test_a_mark_counts_by_its_row(book, row):
    rounds, scores = book.shapes.rounds, book.shapes.scores
    of = [
        scheme_of(each, scores)
        for each in rounds
        if row.id in (each.score, each.review, each.rank, each.sheet, *dict(each.tables).values())
    ]
    # A mark of no round is read from the sheets that it is counted from.
    assert of or row.measure in {each.id for each in book.shapes.counts}
    if not of or row not in of[0].items or not row.when.regions:
        return
    scheme = of[0]
    [measure, *_] = row.when.regions
    given = meeting(book, row.when.regions)[measure]
    told = given if isinstance(given, bool | str) else str(given)
    of_row = {"clause": row.clause, "measure": measure, "given": told}
    mark = read_mark(scheme.items, book.shapes.measures, book.shapes.ladders, (), **of_row)
    assert (mark.clause, mark.measure) == (row.clause, measure)


@pytest.mark.parametrize(("book", "row"), rows_of("ladders"))
def test_a_consequence_follows_from_the_books(book, row):
    every = [each for each in book.shapes.ladders if each.clause == row.clause]
    facts = meeting(book, row.when.regions)
    facts = {**({row.per: Decimal(1)} if row.per else {}), **facts}
    if row.every and row.per in facts:
        facts = {**facts, row.per: facts[row.per] + row.every}
    assert row in {each.rung for each in what_follows(every, facts)}
    assert not [each for each in what_follows(every, {}) if each.rung == row]
