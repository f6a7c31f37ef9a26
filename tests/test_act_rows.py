"""Lines of objects are taken whole or refused with file, line, column and reason."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.conditions.regions import Interval
from domain.records.act_findings import ActProblem, act_findings
from domain.vocabulary import BODY, STAGE, Act
from policies import loading, vocabulary
from policies.authority import Authority, stock_enforcer
from policies.check import complaints
from policies.files import CLAUSES
from policies.lines import RulebookError
from tests.small_words import write

WORDS = vocabulary.shipped()
BOOKS = {code: loading.shipped(code) for code in loading.institutions()}
TODAY = date(2026, 3, 2)
REGISTER = (
    ",".join(CLAUSES) + "\ncars/一,用车办法,record,vehicles,,,,,加油由专人登记"
    "\ncars/二,用车办法,procedure,vehicles,,,,,派车"
)
FUEL = "p, fuel_clerk, office, vehicle.refuelling, keep, always, fuel-1, 1, cars/一, allow"
HEAD = "register,clause,columns\n"
PATH = (
    "path,clause,from,event,to,when,wait,wait_unit,label_zh,label_en\n"
    "vehicle.dispatch,cars/二,approved,leave,on_trip,always,,,出车,Leave"
)


@pytest.fixture
def office(tmp_path):
    """Reads a rulebook of these lines on vehicles and other files."""

    def read(*rows, **files):
        named = {f"{name}.csv": text for name, text in files.items()}
        whole = {"clauses.csv": REGISTER, "vehicles.csv": "\n".join(rows)}
        return loading.read(write(tmp_path / "office", {**whole, **named}), WORDS)

    return read


def faults_of(read, *rows, **files):
    with pytest.raises(RulebookError) as refused:
        read(*rows, **files)
    assert all(fault.reason for fault in refused.value.faults)
    return [(fault.file, fault.line, fault.column, fault.code) for fault in refused.value.faults]


def test_a_line_of_an_object_stands_beside_the_rules_and_is_none_of_them(office):
    book = office("# who refuels", FUEL, registers=HEAD + "vehicle.refuelling,cars/一,litres")
    [row] = book.acts
    assert row.fields == tuple(FUEL.split(", ")[1:])
    assert (book.rows, book.rules, book.rows_by_kind) == ((), {}, {})
    [kept] = book.registers
    assert (kept.register, kept.clause, kept.columns) == (
        "vehicle.refuelling",
        "cars/一",
        ("litres",),
    )


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        (FUEL.replace("vehicle.refuelling", "vehicle.spaceship"), "kind", "UNKNOWN_WORD"),
        (FUEL.replace("keep", "approve"), "act", "ACT_DOES_NOT_FIT"),
        (FUEL.replace("keep", "publish"), "act", "ACT_DOES_NOT_FIT"),
        (FUEL.replace("keep", "*"), "act", "ACT_DOES_NOT_FIT"),
        (FUEL.replace(", 1, cars", ", 2, cars"), "order", "ORDER_OF_AN_OBJECT"),
        (FUEL.replace(", 1, cars", ", 2+, cars"), "order", "ORDER_OF_AN_OBJECT"),
        (FUEL.replace("fuel_clerk", "none"), "role", "UNKNOWN_WORD"),
        (FUEL.replace("fuel_clerk", "wizard"), "role", "UNKNOWN_WORD"),
        (f"{FUEL[:-5]}deny".replace("fuel_clerk", "nobody"), "role", "WRONG_COMBINATION"),
        (FUEL.replace("cars/一, allow", ", deny"), "clause", "ACT_WITHOUT_CLAUSE"),
        (FUEL.replace("cars/一", "cars/九"), "clause", "CLAUSE_NOT_REGISTERED"),
        (FUEL.replace("always", "stage = leave"), "when", "UNKNOWN_FACT"),
        (FUEL.replace("office,", "elsewhere,"), "institution", "UNKNOWN_WORD"),
    ],
)  # fmt: skip
def test_a_line_that_does_not_fit_is_refused_where_it_stands(office, line, column, code):
    assert ("vehicles.csv", 1, column, code) in faults_of(office, line)


def test_a_stage_is_known_from_the_path_of_the_office_or_of_the_product(office):
    line = "p, {0}, office, vehicle.trip, take, stage = {1}, trip-{1}, 1, cars/二, allow"
    office(line.format("vehicle_user", "leave"), line.format("driver", "note_safety"), paths=PATH)
    refused = faults_of(office, line.format("driver", "fly"), paths=PATH)
    assert refused == [("vehicles.csv", 1, "when", "UNKNOWN_VALUE")]


def test_who_sees_a_record_is_told_by_its_columns_and_not_by_the_stage_to_come(office):
    line = "p, director, office, vehicle.trip, see, {}, trip-1, 1, cars/二, allow"
    for condition in ("always", "people > 2"):
        [row] = office(line.format(condition), paths=PATH).acts
        assert row.when.text == condition
    refused = faults_of(office, line.format("stage = leave"), paths=PATH)
    assert refused == [("vehicles.csv", 1, "when", "UNKNOWN_FACT")]


def test_a_rule_is_never_one_of_requests_and_of_an_object(office):
    request = "p, director, office, vehicle.hire, approve, always, fuel-1, 1, cars/三, allow"
    more = REGISTER + "\ncars/三,用车办法,approval,vehicles,vehicle.hire,,,,批准"
    found = faults_of(office, request, FUEL, clauses=more)
    assert found == [("vehicles.csv", 2, "kind", "MIXED_RULE")]
    assert faults_of(office, FUEL, FUEL.replace("fuel_clerk", "driver")) == [
        ("vehicles.csv", 2, "rule", "RULE_OF_ANOTHER_LINE")
    ]


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("vehicle.refuelling,,", "clause", "ACT_WITHOUT_CLAUSE"),
        ("vehicle.refuelling,cars/九,", "clause", "CLAUSE_NOT_REGISTERED"),
        ("vehicle.spaceship,cars/一,", "register", "UNKNOWN_WORD"),
        ("vehicle.refuelling,cars/一,litres colour", "columns", "NO_SUCH_COLUMN"),
    ],
)
def test_a_register_is_kept_by_a_clause_with_columns_that_it_has(office, line, column, code):
    assert ("registers.csv", 2, column, code) in faults_of(office, FUEL, registers=HEAD + line)


def test_a_word_is_a_kind_or_an_object_and_never_both(tmp_path):
    files = {path.name: path.read_text("utf-8") for path in vocabulary.SHIPPED.glob("*.csv")}
    files["objects.csv"] += "vehicle.lend,register,vehicles,keep,,,,,外借,Lent"
    with pytest.raises(RulebookError) as refused:
        vocabulary.read_vocabulary(write(tmp_path / "vocabulary", files))
    assert [each.code for each in refused.value.faults] == ["KIND_AND_OBJECT"]


# What the analysis finds


def found(book, held=None):
    return [
        (each.problem, each.thing, each.act, each.stage) for each in act_findings(book, TODAY, held)
    ]


def test_a_register_that_nobody_may_keep_is_a_finding_and_no_crash(office):
    kept = HEAD + "vehicle.refuelling,cars/一,"
    gap = [(ActProblem.GAP, "vehicle.refuelling", Act.KEEP, "")]
    assert found(office(registers=kept)) == gap
    nobody = FUEL.replace("fuel_clerk", "nobody")
    assert found(office(nobody, registers=kept)) == gap
    assert found(office(FUEL, registers=kept)) == []


def test_a_stage_that_nobody_may_take_is_a_finding(office):
    line = "p, driver, office, vehicle.trip, take, stage = note_safety, trip-1, 1, cars/二, allow"
    assert found(office(line, paths=PATH)) == [(ActProblem.GAP, "vehicle.trip", Act.TAKE, "leave")]


def test_what_is_allowed_and_denied_at_once_or_vacant_is_a_warning(office):
    more = FUEL.replace("fuel_clerk", "unit_leader").replace("fuel-1", "fuel-3")
    denied = FUEL.replace("fuel_clerk", "director").replace("fuel-1", "fuel-2")
    book = office(
        FUEL,
        more,
        denied.replace("allow", "deny"),
        registers=HEAD + "vehicle.refuelling,cars/一,",
    )
    assert found(book, frozenset({"staff"})) == [
        (ActProblem.DENIED_TOO, "vehicle.refuelling", Act.KEEP, ""),
        (ActProblem.VACANT_SEAT, "vehicle.refuelling", Act.KEEP, ""),
    ]
    assert all(each.severity == "WARNING" for each in act_findings(book, TODAY))
    assert found(book, frozenset({"fuel_clerk"})) == found(book, frozenset({"deputy_in_charge"}))


def test_what_every_seat_is_denied_nobody_may(office):
    denied = FUEL.replace("fuel_clerk", "*").replace("fuel-1", "fuel-2").replace("allow", "deny")
    book = office(FUEL, denied, registers=HEAD + "vehicle.refuelling,cars/一,")
    assert (ActProblem.GAP, "vehicle.refuelling", Act.KEEP, "") in found(book)


def test_a_case_that_the_lines_leave_to_nobody_is_a_finding_that_tells_it(office):
    line = "p, director, office, driver.incident, keep, {}, incident-{}, 1, cars/一, allow"
    kept = HEAD + "driver.incident,cars/一,"
    [gap] = act_findings(office(line.format("accident = true", 1), registers=kept), TODAY)
    assert (gap.problem, gap.region) == (ActProblem.GAP, "keep and accident = false")
    both = line.format("accident = true", 1), line.format("accident = false", 2)
    assert found(office(*both, registers=kept)) == []
    above = line.format("repair_residual > 100", 1)
    [gap] = act_findings(office(above, registers=kept), TODAY)
    assert gap.region == "keep and repair_residual = 0"


def test_a_line_of_a_stage_that_no_path_reaches_is_a_warning(office):
    line = "p, director, office, petition, take, stage = register, petition-1, 1, cars/二, allow"
    book = office(
        petitions=line,
        paths=PATH.replace("vehicle.dispatch", "petition.letter").replace(",leave,", ",register,"),
    )
    assert found(book) == []
    [row] = book.acts
    gone = replace(book, shapes=replace(book.shapes, paths=()))
    [late] = [each for each in act_findings(gone, TODAY) if each.problem == "UNREACHABLE"]
    assert (late.rules, late.severity) == ((row.rule,), "WARNING")


def test_the_shipped_lines_leave_no_register_and_no_stage_to_nobody():
    assert complaints() == []
    assert {code: found(book) for code, book in BOOKS.items() if found(book)} == {}


# The lines that are shipped


def test_the_shipped_lines_rest_on_clauses_and_interpretations_give_their_reason():
    for book in BOOKS.values():
        reasons = {
            line.clause: line.summary
            for line in book.register.values()
            if line.clause_kind == "interpretation"
        }
        assert all(len(reason) >= 8 for reason in reasons.values())
        computing = (row for _, rows in book.shapes.tables() for row in rows)
        cited = {row.clause for row in (*book.acts, *computing)}
        cited |= {row.evenly for row in book.shapes.rounds if row.evenly}
        assert {each for each in cited if each.startswith("interpretation/")} == reasons.keys()


@st.composite
def asked(draw):
    """A question about an office's objects: who, what, and a case that its lines tell apart."""
    book = BOOKS[draw(st.sampled_from(sorted(c for c, b in BOOKS.items() if b.acts)))]
    row = draw(st.sampled_from(book.acts))
    named = st.sampled_from([each.role for each in book.acts if each.kind == row.kind])
    seats = draw(st.frozensets(st.one_of(named, st.sampled_from(sorted(WORDS.roles))), max_size=3))
    facts = {}
    for name in WORDS.objects[row.kind].facts:
        regions = [r.when.regions.get(name) for r in book.acts if r.kind == row.kind]
        spans = [each for each in regions if isinstance(each, Interval)]
        words = {v for each in regions if each is not None and each not in spans for v in each}
        ends = {end for each in spans for end in (each.low, each.high) if end is not None}
        numbers = sorted({end + more for end in ends for more in (-1, 0, 1)})
        facts[name] = draw(st.sampled_from(numbers or [*sorted(words, key=str), "none"]))
    act = draw(st.sampled_from(sorted(Act)))
    return book, (seats, book.institution, row.kind, str(act), facts)


INDEXED = {code: Authority([*b.rows, *b.acts], b.vocabulary.roles) for code, b in BOOKS.items()}
STOCK = {code: stock_enforcer(b.acts, b.vocabulary.roles) for code, b in BOOKS.items()}


@settings(max_examples=300, deadline=None)
@given(asked())
def test_the_lines_answer_as_stock_casbin_enforces(question):
    book, given_so = question
    answer = INDEXED[book.institution].may(*given_so)
    assert answer is STOCK[book.institution].enforce(*given_so)


def test_stages_and_bodies_are_words_that_only_objects_look_at():
    assert {STAGE, BODY}.isdisjoint(WORDS.facts)


def test_a_path_of_a_case_leads_by_stages_that_its_kind_declares(office):
    flown = PATH.replace(",leave,", ",fly,")
    assert faults_of(office, FUEL, paths=flown) == [("paths.csv", 2, "event", "ACT_DOES_NOT_FIT")]
    assert office(FUEL, paths=flown.replace("vehicle.dispatch", "a.path.of.ones.own"))
