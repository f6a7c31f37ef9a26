"""What kinds of cases declare: what stages ask for, and each rule's own counter-example."""

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.approval.forms import form_fields
from domain.records.case_paths import broken, follow, lacking, path_of
from domain.records.cases import CaseKind, Stage, Turn
from domain.records.registers import Serving
from domain.records.stage_forms import fields_of
from policies import loading
from tests.case_examples import NOW, Example, case_of, kinds, record, staged

LATER = NOW + timedelta(hours=1)
BROKEN: dict[str, dict[str, Any]] = {
    "REQUIRED": {
        "standby_unusual": True,
        "standby_months": 3,
        "begins": NOW.date(),
        "ends": NOW.date() + timedelta(days=400),
    },
    "NOBODY_TO_URGE": {},
    "SHOWN_IN_THE_PAST": {"shown_until": (NOW - timedelta(days=1)).date()},
    "URGED_TODAY": {"assigned_at": NOW, "urged_at": NOW},
    "ADDRESSEE_MISSING": {"marked_personal": True},
    "STILL_WITH_READER": {"reader_id": UUID(int=1)},
    "NOT_YET_HAPPENED": {
        "out_at": LATER,
        "back_at": LATER,
        "left_at": LATER,
        "declared_at": LATER,
        "destroyed_at": LATER,
        "begins_at": LATER,
        **dict.fromkeys(
            (
                *("meets_on", "reported_on", "told_on", "filed_on", "announced_on", "published_on"),
                *("heard_on", "remedies_told_on", "taken_on", "delivered_on"),
                *("failed_on", "accepted_on", "noted_on", "holder_told_on", "cancelled_on"),
            ),
            LATER.date() + timedelta(days=1),
        ),
        **dict.fromkeys(
            ("employed_on", "talked_on", "handed_on", "reported_on", "concluded_on"),
            LATER.date() + timedelta(days=1),
        ),
    },
    "END_BEFORE_START": {
        "came_at": NOW,
        "left_at": NOW - timedelta(hours=1),
        "arrived_at": NOW,
        "declared_at": NOW - timedelta(hours=1),
        "discussed_on": NOW.date(),
        "due_on": (NOW - timedelta(days=1)).date(),
    },
    "SAME_PERSON": {"destroyer_id": UUID(int=1), "witness_id": UUID(int=1)},
    "TRIP_ON_ANOTHER_DAY": {"begins": NOW + timedelta(days=2), "out_at": NOW},
    "GOODS_NOT_AS_CERTIFIED": {"pieces": 1, "pieces_seen": 2},
    "GOODS_ON_ANOTHER_DAY": {"leaves_on": LATER.date() + timedelta(days=1)},
    "BACK_BEFORE_OUT": {"out_at": NOW, "back_at": NOW - timedelta(hours=1)},
    "ODOMETER_RUNS_BACK": {"odometer_out": 12, "odometer_back": 11},
    "DRIVER_NEEDED": {},
    "FEE_NOT_TOLD": {"charged": True},
    "SAME_SEAL": {"seal_id": UUID(int=1), "old_seal_id": UUID(int=1)},
}
"""Each rule's own counter-example, by its code."""


@staged
def test_a_stage_lacks_whatever_its_form_requires(kind: CaseKind[Any], event: str) -> None:
    form = kind.stages[event].fills
    required = {each.name for each in form_fields(form) if each.required}
    nothing = form(**{each.name: None for each in fields(form)})
    assert {each.path[0] for each in lacking(nothing, None)} == required


@staged
def test_what_a_stage_needs_may_not_be_empty(kind: CaseKind[Any], event: str) -> None:
    stage, empty = kind.stages[event], record(kind)
    found = {each.path[0] for each in broken(kind, stage, Turn(empty, empty, NOW), None)}
    assert {group[0] for group in stage.needs} <= found | set(vars(empty)) - set(stage.needs)
    assert not stage.needs or found == {group[0] for group in stage.needs}


@kinds
def test_each_rule_refuses_its_own_counter_example(kind: CaseKind[Any]) -> None:
    stages = [(Stage(), rule) for rule in kind.rules]
    stages += [(replace(of, needs=()), rule) for of in kind.stages.values() for rule in of.rules]
    for stage, rule in stages:
        own = fields_of(kind.record)
        broken_by = {name: at for name, at in BROKEN[rule.code].items() if name in own}
        wrong = record(kind, **broken_by)
        found = broken(kind, stage, Turn(wrong, wrong, NOW), None)
        assert (rule.code, rule.path) in {(each.code, each.path) for each in found}


@kinds
def test_what_a_kind_has_says_and_writes_stands_in_columns_of_its_own(kind: CaseKind[Any]) -> None:
    had, together = kind.has, kind.has and kind.has.together
    named = {name for each in kind.parties if each.serving for name in places(each.serving)}
    named |= {each.unit_name for each in kind.parties}
    named |= {had.column, *(had.times or ()), had.people, had.out, had.back} if had else set()
    named |= {together.column, *together.same} if together else set()
    named |= {name for stage in kind.stages.values() for of in stage.own.items() for name in of}
    assert named - {""} <= {*kind.table.columns.keys()}
    for stage in kind.stages.values():
        assert not stage.uses or had
        assert not stage.own or "note" in fields_of(stage.fills)


def places(serving: Serving) -> set[str]:
    return {serving.name, serving.number, *serving.times}


@pytest.mark.parametrize("institution", loading.institutions())
@kinds
def test_what_leads_nowhere_ends_a_case(kind: CaseKind[Any], institution: str) -> None:
    """From each state of an office's path only stages of the kind may follow."""
    shipped = loading.shipped(institution)
    for name in shipped.vocabulary.objects[kind.code].paths:
        rows = path_of(kind, name, shipped.shapes.paths)
        for state in {each.target for each in rows} | {each.origin for each in rows}:
            case = case_of(kind, Example(institution, state, "", "", {}, name), UUID(int=1))
            events = {each.event for each in follow(kind, case, shipped.shapes.paths)}
            assert events <= {*kind.stages, *kind.walked}
