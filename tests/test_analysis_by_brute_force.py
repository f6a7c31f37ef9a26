"""The analysis against brute force: every case of ten thousand small random rulebooks."""

import re
from decimal import Decimal
from functools import cache
from itertools import combinations, product
from random import Random

import pytest

from domain.conditions.joining import one_region
from domain.conditions.language import parse
from domain.rules.analysis import analysis
from domain.rules.rows import RuleRow, group
from domain.vocabulary import Fact, FactType, Kind, Label, Role, RoleClass, Source, Vocabulary
from tests import route_oracle
from tests.route_oracle import expected

BLANK = Label("", "")
OFFICE, KIND, RANK = "office", "leave.sick", "applicant_rank"
FACTS = {
    "days": Fact(
        *("days", FactType.DECIMAL, Source.FORM, BLANK, "day"),
        *(Decimal(0), Decimal(2), Decimal("0.5")),
    ),
    "people": Fact("people", FactType.INT, Source.FORM, BLANK, "", Decimal(1), Decimal(3)),
    "internal": Fact("internal", FactType.BOOL, Source.FORM, BLANK),
    RANK: Fact(
        *(RANK, FactType.ENUM, Source.ORGANISATION, BLANK),
        values=dict.fromkeys(("staff", "section_chief", "deputy_director"), BLANK),
    ),
}
GRID = {
    "days": [Decimal(n) / 2 for n in range(5)],
    "people": [Decimal(n) for n in range(1, 4)],
    "internal": [False, True],
    RANK: ["staff", "section_chief", "deputy_director"],
}
ROLES = ("section_chief", "deputy_in_charge", "director")
OWN = {"staff": None, "section_chief": "section_chief", "deputy_director": "deputy_in_charge"}
CLAUSES = ("rules/一", "rules/二", "rules/三")
REGISTER = {(c, KIND, e): ("", "", "") for c in CLAUSES for e in ("allow", "deny")}
PARTS = {
    "days": "days <= 1|days > 1|days >= 2|days = 0.5|0.5 < days < 2|days < 1.25|1 <= days <= 1.5",
    "people": "people <= 2|people = 3|people > 1|2 <= people < 3",
    "internal": "internal = true|internal = false",
    RANK: f"{RANK} = staff|{RANK} in staff, section_chief|{RANK} = deputy_director",
}
PRECONDITIONS = (
    "always",
    "always",
    "days > 0",
    "internal = true",
    f"{RANK} in staff|section_chief",
)
CHAINS = (
    (("section_chief", "approve", "1"),),
    (("deputy_in_charge", "approve", "1"),),
    (("section_chief", "endorse", "1"), ("deputy_in_charge", "approve", "2")),
    (("section_chief", "approve", "1"), ("deputy_in_charge", "approve", "1")),
    (("director", "record", "1"),),
    (("nobody", "approve", "1"),),
    (("none", "none", "1"),),
    (("*", "*", "1"),),
)
OFTEN = (4, 4, 3, 2, 2, 1, 1, 1)


def random_rows(random):
    """Plain rows of one to four rules, of which some say the same."""
    rows = []
    for number in range(random.randint(1, 4)):
        parts = [
            random.choice(options.split("|")).replace(", ", "|")
            for options in PARTS.values()
            if random.random() < 0.3
        ]
        when, clause = " and ".join(parts) or "always", random.choice(CLAUSES)
        for role, act, order in random.choices(CHAINS, OFTEN)[0]:
            effect = "deny" if role == "*" else "allow"
            rows.append((role, OFFICE, KIND, act, when, f"r{number}", order, clause, effect))
    return rows


@cache
def parsed(when):
    return parse(when, FACTS)


def rules_of(rows):
    made = [
        RuleRow(r[0], r[1], r[2], r[3], parsed(r[4]), r[5], int(r[6]), False, r[7], r[8])
        for r in rows
    ]
    return group(made, {})


def findings_of(rows, precondition="always"):
    kind = Kind(KIND, "leave", BLANK, tuple(FACTS), precondition)
    roles = {code: Role(code, RoleClass.SEAT, BLANK) for code in ROLES}
    deputy = Role("deputy_director", RoleClass.ANY_OF, BLANK, (OWN["deputy_director"],))
    roles[deputy.code] = deputy
    return list(analysis(rules_of(rows), kind, Vocabulary({KIND: kind}, roles, FACTS)))


class Case(dict):
    """Facts of a case, made once, so that what was read of it can be kept."""

    __hash__ = object.__hash__
    __eq__ = object.__eq__


@cache
def case(stated):
    return Case(stated)


read_once = cache(route_oracle.true_of)


@pytest.fixture
def quick_oracle(monkeypatch):
    """The oracle, which does not read the same condition of the same case twice."""
    monkeypatch.setattr(route_oracle, "true_of", read_once)


def grid_points(rows, precondition, *also):
    """Every case of the kind, in those facts that its rules look at."""
    names = [name for name in GRID if name in also or any(name in row[4] for row in rows)]
    bounded = set(re.findall(r"[a-z_]+", precondition)) & GRID.keys()
    for values in product(*(GRID[name] for name in names)):
        point = case(tuple(zip(names, values, strict=True)))
        if all(route_oracle.true_of(precondition, point) for name in bounded if name in point):
            yield point


def check_against_brute_force(rows, precondition, found):
    points = list(grid_points(rows, precondition))
    errors = [each for each in found if each.severity == "ERROR"]
    inside = {id(each): [] for each in found}
    for point in points:
        finding, _, claims = expected(rows, REGISTER, KIND, point)
        here = [each for each in errors if route_oracle.true_of(each.region.text, point)]
        assert [each.problem.value for each in here] == [finding] * (finding in ("GAP", "OVERLAP"))
        for each in here:
            inside[id(each)].append((point, claims))
    for each in errors:
        cases = inside[id(each)]
        claimed = {clause for _, claims in cases for clause in claims}
        assert claimed == set(each.claim.clauses)
        assert each.example == smallest([point for point, _ in cases])
        assert claimed == set(each.clauses) or not claimed
        assert each.clauses
    for one, other in combinations(errors, 2):
        if one.problem is other.problem and one.claim.clauses == other.claim.clauses:
            assert one_region(one.region.regions, other.region.regions, FACTS) is None
    unreachable = {each.claim.rule for each in found if each.problem == "UNREACHABLE"}
    reached = {
        row[5] for row in rows if any(route_oracle.true_of(row[4], point) for point in points)
    }
    assert unreachable == {row[5] for row in rows} - reached
    for each in found:
        assert parse(each.region.text, FACTS).regions == each.region.regions


def check_own_decisions(rows, precondition, found):
    own = [each for each in found if each.problem == "SELF_APPROVAL"]
    for point in grid_points(rows, precondition, RANK):
        seat = OWN[point[RANK]]
        alone = (
            seat
            and expected(rows, REGISTER, KIND, point)[0] == "ROUTED"
            and expected(rows, REGISTER, KIND, point, own=seat)[0] == "GAP"
        )
        here = [each.claim.role for each in own if route_oracle.true_of(each.region.text, point)]
        assert here == ([seat] if alone else [])


def smallest(points):
    order = {name: {value: at for at, value in enumerate(values)} for name, values in GRID.items()}
    return {
        name: min((point[name] for point in points), key=order[name].__getitem__)
        for name in points[0]
    }


@pytest.mark.parametrize("seed", range(10))
def test_a_thousand_random_rulebooks_have_no_finding_missed_and_none_invented(seed, quick_oracle):
    random = Random(seed)
    for number in range(1000):
        rows, precondition = random_rows(random), random.choice(PRECONDITIONS)
        found = findings_of(rows, precondition)
        check_against_brute_force(rows, precondition, found)
        if number % 10 == 0:
            check_own_decisions(rows, precondition, found)
