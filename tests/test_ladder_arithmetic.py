"""What ladders come to for any count: complete repetitions, bounds, and never less than nothing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refused
from domain.shapes.asking import looked_at, read_measures
from domain.shapes.derivations import raw_of
from domain.shapes.ladders import consequences, what_follows
from tests.small_shapes import codes, shapes

RUNG = "{id}; ~; {id}; {when}; {type}; {amount}; yuan; {of}; {whom}; {per}; {beyond}; {every}; "
TAIL = "{most}; ; {stops}; {against}; 后果; Consequence"
FIELDS = dict.fromkeys(
    ("amount", "of", "whom", "per", "beyond", "every", "most", "stops", "against"), ""
)


def rung(id: str, when: str, type: str = "fine", **fields: object) -> str:
    return (RUNG + TAIL).format(id=id, when=when, type=type, **(FIELDS | fields))


def book(*lines: str):
    return shapes(ladders="\n".join(lines)).ladders


def amounts(rungs, **measures: object) -> dict[str, Decimal | None]:
    exact = {name: Decimal(v) if type(v) is int else v for name, v in measures.items()}
    return {each.rung.id: each.amount for each in what_follows(rungs, exact)}


EVERY_THIRD = book(rung("third", "late >= 3", amount=1, per="late", every=3))
COUNTS = st.integers(0, 100)


@given(COUNTS)
def test_each_complete_group_counts_once_and_what_is_left_over_counts_nothing(count):
    found = amounts(EVERY_THIRD, late=count)
    assert found.get("third", 0) == count // 3


@given(COUNTS, COUNTS, st.integers(1, 9), st.integers(1, 9), st.integers(0, 9), st.integers(0, 500))
def test_more_never_costs_less_and_nothing_costs_less_than_nothing(
    one, other, amount, every, beyond, most
):
    line = rung("r", "late >= 0", amount=amount, per="late", beyond=beyond, every=every, most=most)
    less, more = sorted((one, other))
    first, second = (amounts(book(line), late=count).get("r", 0) for count in (less, more))
    assert 0 <= first <= second <= most


@given(st.lists(st.integers(0, 100), min_size=2, max_size=2), st.integers(0, 300))
def test_of_one_bonus_never_more_than_all_of_it_is_taken_whatever_the_clauses(counts, most):
    pot = {"type": "deduct_bonus", "of": "考勤奖", "whom": "staff", "most": most}
    rungs = book(
        rung("late", "late >= 0", amount=20, per="late", **pot),
        rung("absent", "absent >= 0", amount=50, per="absent", **pot),
        rung("chief", "late >= 0", amount=20, per="late", **(pot | {"whom": "section_chief"})),
    )
    late, absent = counts
    found = amounts(rungs, late=late, absent=absent)
    assert found.get("late", 0) + found.get("absent", 0) == min(20 * late + 50 * absent, most)
    assert found.get("chief", 0) == min(20 * late, most)


VETO = book(
    rung("praise", "mark >= 90", "bonus", amount=100),
    rung("veto", "filed = false", "other", stops="praise"),
    rung("fired", "grade = staff", "dismissal", against="waiting"),
    rung("waiting", "late >= 9", "other"),
)


def test_a_veto_stops_the_reward_that_it_forbids():
    assert amounts(VETO, mark=95) == {"praise": 100}
    assert amounts(VETO, mark=95, filed=True) == {"praise": 100}
    assert amounts(VETO, mark=95, filed=False) == {"veto": None}


def test_a_veto_of_another_clause_stops_a_reward_that_is_asked_alone():
    [praise] = [each for each in VETO if each.id == "praise"]
    facts = {"mark": Decimal(95), "filed": False}
    assert consequences([praise], facts, VETO) == ()
    assert [each.amount for each in consequences([praise], facts)] == [100]


def test_consequences_that_cannot_both_be_meant_name_each_other():
    found = what_follows(VETO, {"grade": "staff", "late": Decimal(9)})
    assert {each.rung.id: each.against for each in found} == {
        "fired": ("waiting",),
        "waiting": ("fired",),
    }
    [alone] = what_follows(VETO, {"grade": "staff"})
    assert alone.against == ()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([rung("a", "late = 1", stops="b")], [(1, "stops", "UNKNOWN_RUNG")]),
        ([rung("a", "late = 1", stops="a")], [(1, "stops", "NEVER_BOTH")]),
        ([rung("a", "late = 1", against="b"), rung("b", "late = 2")],
         [(1, "against", "NEVER_BOTH")]),
        ([rung("a", "late = 1", every=3)], [(1, "every", "WRONG_FORMAT")]),
        ([rung("a", "late = 1", per="late", every=0)], [(1, "every", "TOO_SMALL")]),
    ],
)  # fmt: skip
def test_a_rung_refers_only_to_rungs_that_may_follow_as_well(lines, expected):
    assert codes(ladders="\n".join(lines)) == expected


MEASURES = """
cost;decimal;form;yuan;0;1000000;0.01;费用;Cost;
extra;decimal;form;yuan;0;1000000;0.01;另加;Extra;
standard;decimal;form;yuan;0;1000000;0.01;标准;Standard;
heads;int;form;person;0;1000;1;人数;People;
excess;decimal;form;yuan;0;1000000;;超出;Excess;
each;decimal;form;yuan;0;;;人均;For each;
share;decimal;form;percent;0;10000000;;比例;Share;
tables;int;form;;0;1000000;1;桌数;Tables;
"""
WORKED_OUT = shapes(
    MEASURES,
    derivations="""
    excess; ~; cost extra; standard;
    each; ~; excess; ; heads
    share; ~; cost; ; standard
    tables; ~; cost; ; heads
    """,
).measures


def read(**given: object) -> dict[str, object]:
    return read_measures(given, WORKED_OUT, [])


MONEY = st.decimals(0, 100_000, places=2)


@given(MONEY, MONEY, MONEY, st.integers(1, 1000))
def test_an_excess_a_head_and_a_share_are_worked_out_exactly(cost, extra, standard, heads):
    found = read(cost=str(cost), extra=str(extra), standard=str(standard + 1), heads=heads)
    assert found["excess"] == max(cost + extra - standard - 1, 0)
    assert found["each"] == found["excess"] / heads
    assert found["tables"] == cost // heads
    assert found["share"] == 100 * cost / (standard + 1)


def test_what_is_worked_out_is_not_believed():
    assert read(cost=9, extra=1, standard=8, excess=2)["excess"] == 2
    assert read(excess=2)["excess"] == 2
    assert read(cost=1, standard=3, share="33.33")["share"] != Decimal("33.33")
    for stated, problem in (
        ({"cost": 9, "extra": 1, "standard": 8, "excess": 3}, ("excess", "NOT_AS_WORKED_OUT")),
        ({"cost": 9, "standard": 0}, ("standard", "ZERO_DIVISOR")),
        ({"cost": 1000000, "standard": 1}, ("share", "TOO_LARGE")),
    ):
        with pytest.raises(Refused) as refused:
            read(**stated)
        assert [(each.path[1], each.code) for each in refused.value.problems] == [problem]


def test_raw_measures_are_asked_for_in_place_of_what_is_worked_out():
    assert raw_of(["each"], {"cost": Decimal(1)}, WORKED_OUT) == ("extra", "standard", "heads")
    quota = shapes(MEASURES, quotas="q; ~; 餐费; each; 80; yuan; 每人; max; always;").quotas
    assert looked_at(quota, WORKED_OUT) == ("each", "excess", "heads")


def test_a_measure_is_not_worked_out_from_itself():
    circle = "excess; ~; each; ;\neach; ~; excess; ; heads"
    faults = codes(MEASURES, derivations=circle)
    assert [code for _, _, code in faults] == ["DERIVED_FROM_ITSELF"] * 2
