"""The figures, rhythms and papers of the rows against those of the published texts."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.rules.routes import route
from domain.shapes.cadences import DAYS
from domain.shapes.clocks import started_by
from policies import loading
from tests.test_accounting import COUNTS, clauses_of, published

__all__ = ["published"]

TODAY = date(2026, 3, 2)
MARKED = re.compile(r"《(.+?)》")
READ_SO = {
    "vehicles/四": (Decimal("0.5"), "workday"),
    "finance/三": (Decimal(1), "month"),
}
"""Half a day beforehand is one on which the office works; a month stands as a month."""

ON_WORKING_DAYS = {
    ("construction-bureau", "duty-roster/二(五)"),
    ("construction-bureau", "hygiene/四"),
    ("hrss-bureau", "hygiene/一㈡ 要求"),
    ("science-bureau", "attendance-duty/一、2"),
    ("service-centre", "window-staff/窗口 6"),
}
"""每天, but tied to coming to work or leaving it, or to the days that are worked or free."""

EITHER = {
    ("construction-bureau", "leadership-review/一"),
    ("construction-bureau", "member-review/一"),
}
"""每半年或一年: the row takes the wider, with two at most."""

RHYTHM = re.compile(r"(?<!as )(month|quarter|half year|week|year)")
STATED_ELSEWHERE = {
    "meetings/二、三、五（党组）": "meetings/三",
    "meetings/二、三、五（政务）": "meetings/三",
    "meetings/二、三、五（职工）": "meetings/三",
    "party-group-rules/3(2)、3(4)": "party-group-rules/3(2)",
    "study/一、2": "study/一、1",
}
"""Meetings whose rhythm a cadence clause of the same text states as well."""


AT_ONCE = {"duty-roster/三、2"}
"""What is told at once is a column that the book of it demands."""


def of_kind(regulations: Any, kind: str) -> Iterator[tuple[str, Any]]:
    for clause, entry in clauses_of(regulations):
        if entry["kind"] == kind:
            yield clause, entry["rule"]


@pytest.mark.parametrize("institution", COUNTS)
def test_every_deadline_has_a_row_of_its_figure_and_unit(published, institution):
    """What is due in every month, or on every day, is a rhythm's."""
    shapes, wrong = loading.shipped(institution).shapes, []
    rhythms = [row for row in shapes.cadences if row.at or row.every in DAYS]
    for clause, rule in of_kind(published[institution], "deadline"):
        rows: list[Any] = [row for row in (*shapes.clocks, *rhythms) if row.clause == clause]
        within = rule["within"]
        figure = (None if within is None else Decimal(str(within)), rule["unit"])
        asked = {figure, READ_SO.get(clause, figure)}
        of_rhythm = any(row in rhythms for row in rows)
        kept = of_rhythm or any(
            row.at or (row.within, row.unit) in asked or within is None for row in rows
        )
        if not kept and clause not in AT_ONCE:
            wrong.append((clause, figure, [(row.within, row.unit) for row in rows]))
    assert wrong == []


@pytest.mark.parametrize("institution", COUNTS)
def test_every_cadence_has_a_row_that_comes_back_as_often(published, institution):
    cadences = loading.shipped(institution).shapes.cadences
    wrong = []
    for clause, rule in of_kind(published[institution], "cadence"):
        rows = [row for row in cadences if row.clause == clause]
        every = {rule["every"]}
        if (institution, clause) in ON_WORKING_DAYS:
            every |= {"workday", "day_off"}
        if (institution, clause) in EITHER:
            every.add("year")
        fitting = [row for row in rows if row.every in every]
        times = sum(row.times or 0 for row in fitting)
        owed = rule["times"] if "alternative" not in rule else 1
        if not fitting or (times < owed and all(row.times for row in fitting)):
            wrong.append((clause, rule, [(row.every, row.times) for row in rows]))
    assert wrong == []


@pytest.mark.parametrize("institution", COUNTS)
def test_every_body_that_is_to_meet_regularly_has_a_row_that_says_how_often(published, institution):
    cited = [row.clause for row in loading.shipped(institution).shapes.cadences]
    regular = [
        STATED_ELSEWHERE.get(clause, clause)
        for clause, rule in of_kind(published[institution], "meeting")
        if RHYTHM.search(str(rule.get("cadence")))
    ]
    assert [clause for clause in regular if cited.count(clause) < regular.count(clause)] == []


@pytest.mark.parametrize("institution", COUNTS)
def test_no_paper_is_asked_at_submission_that_officers_write_during_the_case(
    published, institution
):
    documents = loading.shipped(institution).documents
    written = {
        (clause, mark)
        for clause, rule in of_kind(published[institution], "approval")
        for paper in rule.get("arises", ())
        for mark in MARKED.findall(paper) or [paper.split()[0]]
    }
    asked = {
        (each.clause, mark)
        for each in documents
        for clause, mark in written
        if clause == each.clause and any(mark in name for name in each.documents)
    }
    assert asked == set()


PAPERS = {
    ("household-registration", "household.late_entry"): {"村(居)委会证明"},
    ("household-registration", "household.ethnicity"): {"市级以上民族工作部门证明"},
}


@pytest.mark.parametrize(("institution", "kind"), PAPERS)
def test_these_papers_are_asked_of_everybody_and_no_other(institution, kind):
    found = loading.shipped(institution).documents_for(kind, TODAY)
    assert {name for each in found for name in each.documents} == PAPERS[institution, kind]
    assert {each.when.text for each in found} == {"always"}


def asked_of(kind: str, **facts: object) -> set[str]:
    found = loading.shipped("household-registration").documents_for(kind, TODAY)
    given = {
        name: Decimal(each) if isinstance(each, int) and not isinstance(each, bool) else each
        for name, each in facts.items()
    }
    return {name for each in found if each.when.holds(given) for name in each.documents}  # type: ignore[arg-type]


def test_who_works_somewhere_brings_the_proof_of_the_unit():
    proof = "单位人事劳动部门准予变更的证明"
    assert proof in asked_of("household.rename", age=30, has_work_unit=True)
    assert proof not in asked_of("household.rename", age=30, has_work_unit=False)
    assert proof not in asked_of("household.rename", age=12, has_work_unit=True)
    record = "单位劳动人事部门的原始档案证明"
    assert record in asked_of("household.birth_date", has_work_unit=True)
    assert record not in asked_of("household.birth_date", has_work_unit=False)


def test_what_a_settling_of_purchases_needs_is_a_signature_and_no_invented_paper():
    found = loading.shipped("hrss-bureau").documents_for("reimbursement.general", TODAY)
    assert "验收单" not in {name for each in found for name in each.documents}


def found(institution: str, kind: str, **facts: object) -> tuple[str, list[tuple[str, str]]]:
    rules = loading.shipped(institution).rules_for(kind, TODAY)
    given = {
        name: Decimal(each) if isinstance(each, int) and not isinstance(each, bool) else each
        for name, each in facts.items()
    }
    routed = route(rules, given)
    return routed.finding.value, [(step.role, step.act) for step in routed.steps]


PARTY_FIRST = [("party_group", "vote"), ("finance_deputy", "approve")]
SIGNED = [("handler", "sign"), ("keeper", "sign"), ("finance_deputy", "approve")]
HRSS, CENTRE, TOWN = "hrss-bureau", "service-centre", "township-government"
SCIENCE = "science-bureau"
MEAL, MONEY = "reception.meal", "reimbursement.general"


@pytest.mark.parametrize(
    ("institution", "kind", "facts", "expected"),
    [
        (HRSS, MEAL, {"off_site": True}, ("ROUTED", [("deputy_in_charge", "approve")])),
        (HRSS, MEAL, {"off_site": False}, ("ROUTED", [])),
        (HRSS, "supplies.purchase", {"urgency": "urgent"},
         ("ROUTED", [("deputy_in_charge", "approve")])),
        (HRSS, "supplies.purchase", {"urgency": "normal"}, ("GAP", [])),
        (HRSS, MONEY, {"amount": 9999, "expense_type": "general"},
         ("ROUTED", [("finance_deputy", "approve")])),
        (HRSS, MONEY, {"amount": 10000, "expense_type": "general"}, ("ROUTED", PARTY_FIRST)),
        (HRSS, MONEY, {"amount": 10000, "expense_type": "driver_subsidy_monthly"},
         ("ROUTED", [PARTY_FIRST[0], ("using_leader", "sign"), PARTY_FIRST[1]])),
        (HRSS, MONEY, {"amount": 9999, "expense_type": "supplies"}, ("ROUTED", SIGNED)),
        (HRSS, MONEY, {"amount": 10000, "expense_type": "fixed_asset"},
         ("ROUTED", [PARTY_FIRST[0], *SIGNED])),
        (HRSS, MONEY, {"amount": 20000, "expense_type": "vehicle_repair"}, ("OVERLAP", [])),
        (TOWN, MEAL, {"off_site": False}, ("ROUTED", [("office_clerk", "record")])),
        ("construction-bureau", "gift.surrender", {"could_not_refuse": True}, ("ROUTED", [])),
        (CENTRE, "vehicle.dispatch", {"destination": "out_of_city", "urgency": "normal"},
         ("ROUTED", [("office_clerk", "approve")])),
        (CENTRE, "seal.use", {"seal_kind": "legal_rep"},
         ("ROUTED", [("legal_rep", "approve"), ("seal_keeper", "record")])),
        (CENTRE, "seal.use", {"seal_kind": "administrative", "in_scope": True}, ("OVERLAP", [])),
        (CENTRE, "seal.use", {"seal_kind": "section"}, ("GAP", [])),
        (CENTRE, "document.destroy", {"doc_level": "district"}, ("GAP", [])),
        (CENTRE, "document.destroy", {"doc_level": "city"},
         ("ROUTED", [("district_party_office", "record")])),
        (SCIENCE, "archive.borrow", {"internal": True, "archive_kind": "accounting"},
         ("ROUTED", [("director", "approve")])),
        (SCIENCE, "archive.borrow", {"internal": False, "archive_kind": "accounting"},
         ("ROUTED", [("deputy_in_charge", "endorse"), ("director", "approve"),
                     ("archivist", "record")])),
        (SCIENCE, "archive.borrow", {"internal": False, "archive_kind": "secret"},
         ("OVERLAP", [])),
    ],
)  # fmt: skip
def test_a_rule_applies_to_no_more_and_no_less_than_its_text(institution, kind, facts, expected):
    assert found(institution, kind, **facts) == expected


INFANT = {"age": 0, "has_birth_certificate": True, "out_of_wedlock": True}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"registering_with": "mother"}, "ROUTED"),
        ({"registering_with": "father", "paternity_test": True}, "ROUTED"),
        ({"registering_with": "father", "paternity_test": False}, "OVERLAP"),
        ({"registering_with": "father", "paternity_test": False, "out_of_wedlock": False},
         "ROUTED"),
        ({"registering_with": "father", "paternity_test": False, "age": 3}, "ROUTED"),
    ],
)  # fmt: skip
def test_a_test_of_paternity_is_asked_by_one_clause_and_forbidden_by_another(facts, expected):
    finding, _ = found("household-registration", "household.birth", **{**INFANT, **facts})
    assert finding == expected


@pytest.mark.parametrize("level", ["county_bureau", "city_bureau", "city_household_section"])
def test_two_working_days_to_tell_the_result_run_from_the_decision_above(level):
    clocks = loading.shipped("household-registration").shapes.clocks
    started = started_by(clocks, [f"household.rename.{level}.approve.done"], {})
    assert [clock.id for clock in started] == ["household.notify"]
    at_the_station = ["household.establish.police_station.approve.done"]
    assert started_by(clocks, at_the_station, {}) == []
