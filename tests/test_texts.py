"""The rows against the published texts: kinds, conditions, steps, papers, figures and rhythms."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest

from domain.conditions.regions import Interval
from policies import loading
from tests.test_accounting import COUNTS, clauses_of, published

__all__ = ["published"]

Region = tuple[object, ...] | frozenset[str]
Steps = tuple[tuple[frozenset[str], str], ...]
Reading = tuple[str, str, Mapping[str, Region], Steps]
"""A clause, a kind of request, the condition and the steps that the text states."""

NARROWED = {
    "hrss-bureau": {
        ("finance/二", "reimbursement.general"): "from 10 000 yuan the party group comes first",
        ("attendance-measures/四1", "outing.official"): "drivers and others are staff as well",
    },
    "science-bureau": {
        ("documents/二、2", "document.outgoing"): "the secretary signs what is the party group's",
        ("documents/一、2", "document.incoming"): "two absences at once take both stand-ins",
        ("archives/2", "archive.borrow"): "who is no member asks for any archives",
    },
    "service-centre": {
        ("correspondence/文电处理 7", "document.borrow"): "work secrets are not classified",
        ("vehicles/公车管理 2", "vehicle.dispatch"): "no trip without the office, far ones too",
        ("correspondence/文电处理 8", "document.outgoing"): "what was changed is only signed again",
        ("petitions/1", "petition.case"): "what lies outside is only recorded",
    },
    "construction-bureau": {
        ("office-conduct/四", "outing.official"): "a deputy section chief is staff here",
        ("integrity-code/二", "gift.surrender"): "it is handed in, which needs no consent",
    },
    "township-government": {
        ("reception/四、2", "reception.meal"): "in the canteen the office keeps a record",
    },
}
"""Where the rows say more than one entry does, and why; the text bears each of them out."""

TOLD = ("late_entry", "birth_date", "rename", "former_name", "ethnicity", "adoption", "move_in")
"""What is decided above the station, which tells the applicant of it."""
BIRTHS = ("marriage", "maternity", "paternity")
"""Leaves of which the text says how long, and not who grants them."""

FROM_ANOTHER_CLAUSE = {
    ("hrss-bureau", "finance/三、1", "reception.meal"),
    ("household-registration", "special-registrations/五(一)", "household.birth"),
    ("household-registration", "special-registrations/五(四)", "household.lodging"),
    ("household-registration", "special-registrations/五(四)", "household.temporary_residence"),
    ("household-registration", "changes-and-corrections/七(四)", "household.name_restore"),
    ("science-bureau", "government-openness/3", "complaint.case"),
    ("hrss-bureau", "enforcement-responsibility/第十四條(第三章)", "complaint.case"),
    ("township-government", "vehicles/五、2", "vehicle.lend"),
    ("construction-bureau", "interpretation/510", "expenditure.general"),
    *(("county-organs", "interpretation/441", f"leave.{kind}") for kind in BIRTHS),
    *(("household-registration", "time-limits/七(末)", f"household.{kind}") for kind in TOLD),
}
"""Rules of clauses that state no approval of their own, or that need none in the other case."""


def values(stated: object) -> Iterator[str]:
    for each in stated if isinstance(stated, list) else [stated]:
        yield str(each).lower()


def stated_region(stated: Any) -> Region:
    if isinstance(stated, list) and all(isinstance(each, int) for each in stated):
        return bounds(min(stated), max(stated), low_open=False, high_open=False)
    if not isinstance(stated, dict):
        return frozenset(values(stated))
    low, high = stated.get("gt", stated.get("ge")), stated.get("lt", stated.get("le"))
    return bounds(low, high, low_open="gt" in stated, high_open="lt" in stated)


def bounds(low: object, high: object, *, low_open: bool, high_open: bool) -> Region:
    numbers = tuple(None if each is None else Decimal(str(each)) for each in (low, high))
    if numbers[0] is not None and numbers[0] == numbers[1]:
        return frozenset({str(numbers[0].normalize())})
    return (*numbers, low_open, high_open)


def row_region(region: Any) -> Region:
    if isinstance(region, Interval):
        return bounds(
            region.low,
            region.high,
            low_open=region.low is not None and region.low_open,
            high_open=region.high is not None and region.high_open,
        )
    return frozenset(str(each).lower() for each in region)


def names(of: object) -> list[str]:
    return [] if of is None else [str(each) for each in (of if isinstance(of, list) else [of])]


def read_steps(rule: Mapping[str, Any]) -> Steps:
    last = len(rule["steps"]) - 1
    found = []
    for number, step in enumerate(rule["steps"]):
        others = names(step.get("or")) + (names(rule.get("alternatives")) if number == last else [])
        found.append((frozenset({step["role"], *others}), step["act"]))
    if found:
        return tuple(found)
    free = "none" if rule.get("none_required") else "approve"
    return ((frozenset({"none" if free == "none" else "nobody"}), free),)


def readings(regulations: Iterable[Any]) -> Iterator[Reading]:
    """Every approval as the text states it, once for each kind."""
    for clause, entry in clauses_of(regulations):
        if entry["kind"] != "approval":
            continue
        rule = entry["rule"]
        when = {fact: stated_region(each) for fact, each in (rule.get("when") or {}).items()}
        for kind in names(rule.get("request")) + names(rule.get("also_requests")):
            yield clause, kind, when, read_steps(rule)


def rules(institution: str) -> Iterator[Reading]:
    book = loading.shipped(institution)
    for kind in book.rows_by_kind:
        by_rule: dict[str, list[Any]] = {}
        for row in book.rows_by_kind[kind]:
            by_rule.setdefault(row.rule, []).append(row)
        for rows in by_rule.values():
            if rows[0].effect == "deny":
                continue
            when = {fact: row_region(region) for fact, region in rows[0].when.regions.items()}
            for clause in dict.fromkeys(row.clause for row in rows):
                yield clause, kind, when, tuple(turns(rows))


def turns(rows: Iterable[Any]) -> Iterator[tuple[frozenset[str], str]]:
    """The steps of a rule: alternatives are one, and what all must do is one each."""
    places: dict[int, list[Any]] = {}
    for row in rows:
        places.setdefault(row.order, []).append(row)
    for place in sorted(places):
        here = places[place]
        if here[0].all_of or len({row.act for row in here}) > 1:
            yield from ((frozenset({row.role}), row.act) for row in here)
        else:
            yield frozenset(row.role for row in here), here[0].act


def same(one: Reading, other: Reading) -> bool:
    clause, kind, when, steps = one
    return (
        (clause, kind) == other[:2]
        and when == other[2]
        and (steps == other[3] or joint(steps, other[3]))
    )


def joint(steps: Steps, others: Steps) -> bool:
    """Approvals of several at once stand one by one in the text, and open together in the rows."""
    flat = [(role, act) for roles, act in steps for role in sorted(roles)]
    return sorted(flat) == sorted((role, act) for roles, act in others for role in sorted(roles))


def explained(institution: str, reading: Reading) -> bool:
    entry = reading[:2]
    return entry in NARROWED.get(institution, {}) or (institution, *entry) in FROM_ANOTHER_CLAUSE


@pytest.mark.parametrize("institution", COUNTS)
def test_every_approval_has_a_rule_of_its_very_condition_and_steps(published, institution):
    ours = list(rules(institution))
    lacking = [
        each
        for each in readings(published[institution])
        if not explained(institution, each) and not any(same(each, rule) for rule in ours)
    ]
    assert lacking == []


@pytest.mark.parametrize("institution", COUNTS)
def test_no_rule_reaches_further_than_the_clause_that_it_cites(published, institution):
    texts = list(readings(published[institution]))
    invented = [
        rule
        for rule in rules(institution)
        if not explained(institution, rule) and not any(same(each, rule) for each in texts)
    ]
    assert invented == []


def test_what_is_explained_is_not_what_the_text_says_word_for_word(published):
    """An explanation that nothing needs any more is taken out."""
    needed = set()
    for institution in COUNTS:
        texts, ours = list(readings(published[institution])), list(rules(institution))
        differ = [each for each in texts if not any(same(each, rule) for rule in ours)]
        differ += [rule for rule in ours if not any(same(each, rule) for each in texts)]
        needed |= {(institution, *each[:2]) for each in differ}
    listed = {(office, *entry) for office, entries in NARROWED.items() for entry in entries}
    assert (listed | FROM_ANOTHER_CLAUSE) - needed == set()
