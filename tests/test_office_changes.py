"""What changes make of an office: it stays a tree, and nobody is administrator of two kinds."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.office import changes as to
from domain.office.planning import Plan, planned
from domain.office.roll import Office, Rules
from policies import vocabulary
from policies.permissions import ROLES_BY_PERMISSION
from resolvers.office.spelling import account_name

TODAY = date(2026, 3, 2)
WORDS = vocabulary.shipped()
APART = sorted(ROLES_BY_PERMISSION["administrators.apart"])
RULES = Rules(
    TODAY,
    TODAY,
    WORDS.roles,
    WORDS.facts,
    weighty={"section_chief"},
    apart=APART,
    confirming={"director"},
    kept_apart=[("finance/一", frozenset({"director", "finance_deputy"}))],
)


def key(of: str, number: int = 0) -> UUID:
    return uuid5(UUID(int=0), f"{of}{number}")


def made(*changes: Any, before: Office | None = None, rules: Rules = RULES) -> Plan:
    return planned(before or Office(), changes, rules)


def told(plan: Plan) -> list[tuple[int, str, str]]:
    return [(each.at, ".".join(each.problem.path), each.problem.code) for each in plan.faults]


ROLES = ("staff", "section_chief", "director", *APART)
BEGIN = (
    to.AddUnit(key("unit"), "局"),
    *(to.AddUnit(key("unit", n), f"科{n}", key("unit")) for n in (1, 2, 3)),
    *(to.AddPerson(key("person", n), f"人{n}", f"p{n}@office") for n in range(6)),
    *(to.AddSeat(key(role), role, key("unit")) for role in ROLES),
    *(to.AddSeat(key("staff", n), "staff", key("unit", n)) for n in (1, 2)),
    *(to.AddSeat(key("section_chief", n), "section_chief", key("unit", n)) for n in (1, 2)),
)
OFFICE = made(*BEGIN).after


def appoint(role: str, person: int, unit: int = 0, number: int = 0, **days: date) -> to.Appoint:
    seat = key(role, unit) if unit else key(role)
    made_by = key(f"{role}{unit}{person}{days}", number)
    return to.Appoint(made_by, seat, key("person", person), **{"begins": TODAY, **days})


def test_an_office_is_made_by_changes_one_after_the_other() -> None:
    assert told(made(*BEGIN)) == []
    assert (len(OFFICE.units), len(OFFICE.people), len(OFFICE.places)) == (4, 6, 10)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        (to.AddUnit(key("new"), "科1", key("unit")), "name", "UNIT_NAME_TAKEN"),
        (to.AddUnit(key("new"), " ", key("unit")), "name", "REQUIRED"),
        (to.AddUnit(key("new"), "科", None), "parent_id", "REQUIRED"),
        (to.AddUnit(key("new"), "科", key("nowhere")), "parent_id", "UNIT_NOT_FOUND"),
        (to.MoveUnit(key("unit", 1), key("unit", 1)), "parent_id", "UNIT_UNDER_ITSELF"),
        (to.MoveUnit(key("unit"), key("unit", 1)), "parent_id", "UNIT_UNDER_ITSELF"),
        (to.CloseUnit(key("unit"), TODAY), "unit_id", "UNIT_IS_THE_OFFICE"),
        (to.CloseUnit(key("unit", 1), date(2020, 1, 1)), "last_day", "IN_THE_PAST"),
        (to.AddPerson(key("new"), "人1", "x@office"), "name", "NAME_TAKEN"),
        (to.AddPerson(key("new"), "新人", "p1@office"), "account", "ACCOUNT_TAKEN"),
        (to.AddPerson(key("new"), "新人", "a b@office"), "account", "NOT_AN_ACCOUNT"),
        (to.AddPerson(key("new"), "新人", "x@office", "pirate"), "employment", "NO_SUCH_FACT"),
        (to.AddPerson(key("new"), "新人", "x@o", facts={"gender": "x"}), "facts", "NO_SUCH_FACT"),
        (to.AddPerson(key("new"), "新人", "x@o", facts={"born": "50"}), "facts", "NO_SUCH_FACT"),
        (to.AddSeat(key("new"), "emperor", key("unit")), "role", "UNKNOWN_ROLE"),
        (to.AddSeat(key("new"), "staff", key("unit", 1)), "role", "SEAT_EXISTS"),
        (
            to.EndAppointment(key("staff"), key("person"), TODAY),
            "person_id",
            "APPOINTMENT_NOT_FOUND",
        ),
        (appoint("staff", 0, begins=TODAY - timedelta(1)), "begins", "IN_THE_PAST"),
        (appoint("staff", 0, ends=TODAY - timedelta(1)), "ends", "END_BEFORE_START"),
        (appoint("staff", 9), "person_id", "NOT_OF_THIS_OFFICE"),
    ],
)
def test_what_cannot_be_is_told_at_its_change_and_changes_nothing(
    change: Any, field: str, code: str
) -> None:
    plan = made(change, before=OFFICE)
    assert (0, field, code) in told(plan)
    assert plan.after == OFFICE


def test_the_days_that_age_is_counted_from_stand_in_a_persons_file() -> None:
    days = {"born": "1976-06-15", "child_born": "2025-06-10"}
    office = made(*BEGIN, to.AddPerson(key("new"), "新人", "x@o", facts=days))
    assert told(office) == []


def test_a_namesake_is_somebody_else_where_it_is_said() -> None:
    twin = to.AddPerson(key("twin"), "人1", "p1.2@office", namesake=True)
    assert told(made(twin, before=OFFICE)) == []


def test_people_of_one_spelling_sign_in_by_numbers() -> None:
    taken = {"wang.fang@office", "wang.fang2@office"}
    assert account_name("王芳", taken, "office") == "wang.fang3@office"
    assert account_name("汪方", set(), "office") == "wang.fang@office"


def test_nobody_appoints_themselves_or_joins_what_a_clause_keeps_apart() -> None:
    own = made(appoint("staff", 1), before=OFFICE, rules=replace(RULES, by={key("person", 1)}))
    assert told(own) == [(0, "person_id", "OWN_APPOINTMENT")]
    seat = to.AddSeat(key("finance_deputy"), "finance_deputy", key("unit"))
    both = made(seat, appoint("director", 1), appoint("finance_deputy", 1), before=OFFICE)
    assert told(both) == [(2, "person_id", "DUTIES_JOINED")]
    assert both.faults[0].problem.clause == "finance/一"


def test_the_last_of_a_kind_and_the_last_who_confirms_stay() -> None:
    held = made(appoint("audit_admin", 1), appoint("director", 2), before=OFFICE).after
    for role, person, code in (
        ("audit_admin", 1, "LAST_ADMINISTRATORS"),
        ("director", 2, "NOBODY_CONFIRMS"),
    ):
        end = to.EndAppointment(key(role), key("person", person), TODAY)
        assert told(made(end, before=held)) == [(0, "person_id", code)]
        follows = appoint(role, 3)
        assert told(made(follows, end, before=held)) == []


def test_a_merger_passes_people_on_and_refuses_what_would_have_two_chiefs() -> None:
    chiefs = [appoint("section_chief", 1, unit=1), appoint("section_chief", 2, unit=2)]
    held = made(*chiefs, appoint("staff", 3, unit=1), before=OFFICE).after
    merge = to.MergeUnit(key("unit", 1), key("unit", 2), TODAY)
    assert told(made(merge, before=held)) == [(0, "unit_id", "SEAT_HELD_IN_BOTH")]
    end = to.EndAppointment(key("section_chief", 1), key("person", 1), TODAY)
    plan = made(end, merge, before=held)
    assert told(plan) == []
    assert plan.after.units[key("unit", 1)].ends == TODAY
    tomorrow = TODAY + timedelta(1)
    staff = [e for e in plan.after.appointments.values() if e.person == key("person", 3)]
    assert [(each.seat, each.begins) for each in staff if each.ends is None] == [
        (key("staff", 2), tomorrow)
    ]
    assert made(merge, before=made(end, before=held).after).after == plan.after, "twice the same"


def test_a_unit_with_work_or_people_or_units_is_not_closed() -> None:
    held = made(appoint("staff", 3, unit=1), before=OFFICE).after
    close = to.CloseUnit(key("unit", 1), TODAY)
    assert told(made(close, before=held)) == [(0, "unit_id", "SEAT_STILL_HELD")]
    busy = replace(RULES, waiting={key("staff", 1): 2})
    assert told(made(close, before=OFFICE, rules=busy)) == [(0, "unit_id", "SEAT_HAS_WORK")]
    below = to.MoveUnit(key("unit", 2), key("unit", 1))
    assert told(made(below, close, before=OFFICE)) == [(1, "unit_id", "UNIT_HAS_UNITS")]


DAYS = st.integers(0, 30).map(lambda more: TODAY + timedelta(more))
UNITS = st.integers(0, 3).map(lambda number: key("unit", number) if number else key("unit"))
PEOPLE = st.integers(0, 5).map(lambda number: key("person", number))
SEATS = st.sampled_from(sorted(OFFICE.places))
ANY = st.one_of(
    st.builds(to.MoveUnit, UNITS, UNITS),
    st.builds(to.CloseUnit, UNITS, DAYS),
    st.builds(to.MergeUnit, UNITS, UNITS, DAYS),
    st.builds(to.CloseSeat, SEATS, DAYS),
    st.builds(to.Appoint, st.uuids(), SEATS, PEOPLE, DAYS, st.none() | DAYS),
    st.builds(to.EndAppointment, SEATS, PEOPLE, DAYS),
)


@given(st.lists(ANY, max_size=25))
def test_whatever_is_asked_for_the_office_stays_a_tree_and_nobody_is_two_of_the_three(
    asked: list[Any],
) -> None:
    office = OFFICE
    for change in asked:
        plan = made(change, before=office)
        office = office if plan.faults else plan.after
        assert to.read(to.written(change)) == change
    for unit in office.units.values():
        seen = set()
        at: UUID | None = unit.id
        while at is not None:
            assert at not in seen, "no unit stands under itself"
            seen.add(at)
            at = office.units[at].parent
        assert key("unit") in seen
    ruling = [e for e in office.appointments.values() if office.places[e.seat].role in APART]
    for each in ruling:
        for other in ruling:
            roles = {office.places[each.seat].role, office.places[other.seat].role}
            if each.person == other.person and len(roles) == 2:
                assert not each.touches(other.span)
    for each in office.appointments.values():
        ends = office.places[each.seat].ends
        assert ends is None or (each.ends is not None and each.ends <= ends)
