"""What is entered leads to what each clause says: lines, what they come to, and who decides it."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.conditions.language import Condition
from domain.records.occurrences import OCCURRENCES
from domain.shapes.count_words import Whose, Within
from domain.shapes.counts import Happened, measured, period_of
from domain.shapes.derivations import derive
from domain.shapes.proposals import Proposal, looked_at, proposals
from domain.time.calendar import calendar_of, national_days
from domain.vocabulary import STAGE, Act, Source
from policies import accounting, loading

TABLE = Path(__file__).parent / "counted_clauses.csv"
TEST = f"tests/{Path(__file__).name}::test_what_is_entered_leads_to_what_the_clause_says"
SUBJECT = UUID(int=7)
OFFICES = loading.institutions()
CALENDAR = calendar_of(national_days())
NOTHING_COUNTED = "-"

Case = Mapping[str, str]


@cache
def cases() -> tuple[Case, ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def of_case(case: Case) -> str:
    return " ".join(filter(None, (case["office"], case["clause"], case["known"], case["lines"])))


def worth(text: str) -> Any:
    try:
        return Decimal(text)
    except ArithmeticError:
        return text == "true" or text


def lines_of(text: str) -> list[Happened]:
    """`03-02 late; 03-03 fine=50; 03-04 leave.sick days=3`, all of one year unless it is told."""
    found = []
    for number, each in enumerate(filter(None, (part.strip() for part in text.split(";")))):
        day, what, *columns = each.split()
        name, _, amount = what.partition("=")
        of = name if "." in name else OCCURRENCES.name
        facts = {name: worth(value) for name, _, value in (c.partition("=") for c in columns)}
        if of == OCCURRENCES.name:
            facts = {"what": name, "amount": Decimal(amount or 0)}
        on = date.fromisoformat(day if len(day) > 5 else f"2026-{day}")
        found.append(Happened(UUID(int=number + 1), of, on, facts))
    return found


def proposed(case: Case, lines: list[Happened]) -> list[Proposal]:
    """What the office's rows make of these lines, as far as the clause of the case speaks."""
    shapes = loading.shipped(case["office"]).shapes
    whose = Whose(case["whose"] or Whose.PERSON)
    counts = [each for each in shapes.counts if each.whose is whose]
    known = dict(part.split("=") for part in case["known"].split())

    def on(day: date) -> dict[str, Any]:
        workdays = CALENDAR.workdays_between(*period_of(Within.MONTH, day))
        return {**known, "workdays_in_month": Decimal(workdays)}

    found = proposals(SUBJECT, lines, counts, shapes.ladders, on, shapes.measures, date(2020, 1, 1))
    return [each for each in found if each.rung.clause == case["clause"]]


def told(each: Proposal) -> str:
    """`rung:amount unit`, what is to be judged in brackets."""
    amount = each.consequence.amount
    figure = "" if amount is None else f":{amount.normalize():f}{each.rung.unit}"
    return f"{each.rung.id}{figure}" + "".join(f"[{name}]" for name in sorted(each.wanting))


def deciders(case: Case, trigger: str) -> set[str]:
    book = loading.shipped(case["office"])
    return {
        row.role
        for row in book.acts
        if row.kind == OCCURRENCES.name and row.act == Act.TAKE and row.when.holds({STAGE: trigger})
    }


@pytest.mark.parametrize("case", cases(), ids=of_case)
def test_what_is_entered_leads_to_what_the_clause_says(case: Case):
    found = proposed(case, lines_of(case["lines"]))
    assert "; ".join(sorted(map(told, found))) == case["proposed"].strip(NOTHING_COUNTED)
    named = {role for each in found for role in deciders(case, each.rung.trigger)}
    assert named == {*case["deciders"].split()}


@pytest.mark.parametrize("case", cases(), ids=of_case)
def test_a_line_struck_out_takes_back_what_it_led_to(case: Case):
    lines = lines_of(case["lines"])
    before = {each.id: each for each in proposed(case, lines)}
    after = {each.id for each in proposed(case, lines[:-1])}
    gone = str(lines[-1].id)
    assert {key for key, each in before.items() if gone in each.lines}.isdisjoint(after)
    assert proposed(case, []) == []


def test_every_clause_that_is_said_to_bite_is_shown_to():
    shown = {(each["office"], each["clause"]) for each in cases() if each["proposed"] != "-"}
    said = {
        (office, each.clause)
        for office in OFFICES
        for each in accounting.shipped(office)
        if each.test == TEST
    }
    assert said
    assert said - shown == set()


@pytest.mark.parametrize("office", OFFICES)
def test_of_a_clause_that_bites_every_rung_is_shown_but_those_that_take_nothing(office):
    shapes = loading.shipped(office).shapes
    said = {each.clause for each in accounting.shipped(office) if each.test == TEST}
    mine = [each["proposed"].split("; ") for each in cases() if each["office"] == office]
    shown = {rung.partition(":")[0].partition("[")[0] for case in mine for rung in case}
    of_nothing = measured(shapes.counts, (), date(2026, 3, 2))
    nothing = derive({name: each.value for name, each in of_nothing.items()}, shapes.measures, [])
    for rung in shapes.ladders:
        if rung.clause in said and rung.id not in {*shown, *NOT_COUNTED}:
            stated = {name: each for name, each in rung.when.regions.items() if name in nothing}
            assert Condition(rung.when.text, stated).holds(nothing), rung


JUDGED_BY_THE_DECIDER = frozenset(Source) - {Source.RECORDS}
"""What nobody counts: who they are, what a form says, and what is left to judgement."""

NOT_COUNTED = {
    "performance/": "marked in the yearly round, which adds up points",
    "leave-untrue": "the reason of a leave is judged by those who approve it",
}
"""Rungs that no line brings up, by their id or regulation, and why."""


def uncounted(office: str) -> Iterator[Any]:
    shapes = loading.shipped(office).shapes
    counted = {each.id for each in shapes.counts}
    for rung in shapes.ladders:
        if counted.isdisjoint(looked_at(rung, shapes.measures)):
            yield rung


@pytest.mark.parametrize("office", OFFICES)
def test_every_rung_is_brought_up_by_something_counted_or_told_why_not(office):
    for rung in uncounted(office):
        assert {rung.id, f"{rung.clause.split('/')[0]}/"} & {*NOT_COUNTED}, rung


def test_no_reason_is_given_for_what_is_counted():
    left = [rung for office in OFFICES for rung in uncounted(office)]
    told_of = {name for rung in left for name in (rung.id, f"{rung.clause.split('/')[0]}/")}
    assert {*NOT_COUNTED} <= told_of


@pytest.mark.parametrize("office", OFFICES)
def test_what_is_on_record_beside_something_counted_is_counted_too(office):
    """The rest of a rung is known of the person, or judged by whoever decides."""
    shapes = loading.shipped(office).shapes
    counted = {each.id for each in shapes.counts}
    skipped = {id(rung) for rung in uncounted(office)}
    left = {
        (rung.id, name)
        for rung in shapes.ladders
        if id(rung) not in skipped
        for name in rung.when.regions
        if name not in counted
        and not shapes.measures[name].derived
        and shapes.measures[name].source not in JUDGED_BY_THE_DECIDER
    }
    assert left == JUDGED_ALL_THE_SAME.get(office, set())


JUDGED_ALL_THE_SAME = {
    "county-organs": set(),
    "service-centre": {
        ("liable-deputy-objected", "objected"),
        ("liable-branch-objected", "objected"),
    },
}
"""On record outside the system: minutes tell who objected, and whoever decides reads them."""


NOT_OCCURRENCES = {"enforcement.section": "the sections that a text lists, which alone may enforce"}
"""Registers whose words name what there is rather than what happened, and why."""


@pytest.mark.parametrize("office", OFFICES)
def test_every_word_is_counted_and_somebody_enters_it(office):
    book = loading.shipped(office)
    for word in book.shapes.occurrences:
        facts = {"what": word.id, "amount": Decimal(1000)}
        counting = [each for each in book.shapes.counts if each.of == word.of]
        of_scope = word.of in NOT_OCCURRENCES
        assert of_scope or any(each.when.holds(facts) for each in counting), word
        keeping = [row for row in book.acts if (row.kind, row.act) == (word.of, Act.KEEP)]
        assert any(row.when.holds(facts) for row in keeping), word


@pytest.mark.parametrize("office", OFFICES)
def test_what_a_clause_in_force_looks_at_is_counted_by_one_in_force(office):
    """A count that cites a clause which was replaced ends with it."""
    book = loading.shipped(office)
    now = book.shapes_on(date(2026, 3, 2))
    ever, today = ({each.id for each in shapes.counts} for shapes in (book.shapes, now))
    for rung in now.ladders:
        assert looked_at(rung, now.measures) & ever <= today, rung


@pytest.mark.parametrize("office", OFFICES)
def test_whoever_decides_is_named_by_the_text_and_by_no_interpretation(office):
    book = loading.shipped(office)
    deciding = [r for r in book.acts if (r.kind, r.act) == (OCCURRENCES.name, Act.TAKE)]
    assert not [row for row in deciding if row.clause.startswith("interpretation/")]


@pytest.mark.parametrize("office", OFFICES)
def test_no_two_words_of_an_office_say_the_same(office):
    labels = [word.label.zh for word in loading.shipped(office).shapes.occurrences]
    assert len(labels) == len({*labels})
