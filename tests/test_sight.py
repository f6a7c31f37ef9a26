"""Who may see a record: SQL on a table, the closure and stock Casbin give one answer."""

import asyncio
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Boolean, Column, Integer, MetaData, Numeric, Table, Text, Uuid

from domain import CASE_KINDS, REGISTERS
from domain.approval.engine import Loan
from domain.conditions.language import parse
from domain.conditions.sql import Bound, written
from domain.rulebook import Rulebook
from domain.rules.acts import facts_of, looked_at, stated
from domain.rules.rows import ANY, RuleRow
from domain.shapes.book import Shapes
from domain.vocabulary import (
    Act,
    Fact,
    FactType,
    Label,
    LivingObject,
    Role,
    RoleClass,
    Source,
    Vocabulary,
    Word,
)
from policies.authority import Authority, stock_enforcer
from policies.vocabulary import shipped
from resolvers.ground.database import Database, statement
from resolvers.records.acts import asked, judged
from resolvers.records.case_sql import records_of
from resolvers.records.registers import record_of
from resolvers.records.sight import Asked, Record, seen, sight
from resolvers.records.verdicts import Acting
from resolvers.rules.rulebooks import LivingRulebook

WORD = Label("词", "Word")
ME, ANOTHER = UUID(int=1), UUID(int=2)
UNITS = [UUID(int=each) for each in range(11, 15)]
HOME, AWAY = "home", "away"
FACTS = {
    "channel": Fact("channel", FactType.ENUM, Source.FORM, WORD,
                    values=dict.fromkeys(("none", "letter", "visit"), WORD)),
    "accident": Fact("accident", FactType.BOOL, Source.FORM, WORD),
    "amount": Fact("amount", FactType.DECIMAL, Source.FORM, WORD),
    "people": Fact("people", FactType.INT, Source.FORM, WORD),
}  # fmt: skip
SEAT_ROLES = ("chief", "clerk", "body")
ROLES = {
    **{code: Role(code, RoleClass.SEAT, WORD) for code in ("chief", "clerk")},
    "body": Role("body", RoleClass.BODY, WORD),
    "handler": Role("handler", RoleClass.FORM, WORD),
    "leaders": Role("leaders", RoleClass.ANY_OF, WORD, ("chief", "body", "handler")),
}
THING = LivingObject(
    "book", Word.CASE, "area", WORD, (Act.KEEP, Act.TAKE, Act.SEE), (*FACTS, "stage"),
    {"handler": "handler_id"}, (), ("open", "close"),
)  # fmt: skip
WORDS = Vocabulary({}, ROLES, FACTS, objects={"book": THING})
TABLE = Table(
    "seen_records", MetaData(), Column("id", Uuid), Column("unit_id", Uuid),
    Column("handler_id", Uuid), Column("writer_id", Uuid), Column("channel", Text),
    Column("accident", Boolean), Column("amount", Numeric), Column("people", Integer),
)  # fmt: skip
RECORD = Record("book", TABLE, "t", named=("writer_id",), unit="t.unit_id")
NO_UNIT = Record("book", TABLE, "t", named=("writer_id",))
MAKE = statement(
    """create temporary table seen_records (id uuid, unit_id uuid, handler_id uuid, writer_id uuid,
         channel text, accident boolean, amount numeric, people integer) on commit drop"""
)
FILL = statement(
    "insert into seen_records"
    " select * from jsonb_populate_recordset(cast(null as seen_records), :rows)"
)

numbers = st.sampled_from(["0", "1", "2.5", "3"])
comparisons = st.one_of(
    st.builds("channel in {}|{}".format, *[st.sampled_from(["none", "letter", "visit"])] * 2),
    st.builds("channel = {}".format, st.sampled_from(["none", "letter", "visit"])),
    st.builds("accident = {}".format, st.sampled_from(["true", "false"])),
    st.builds("amount {} {}".format, st.sampled_from(["<", "<=", ">", ">=", "="]), numbers),
    st.builds("people {} {}".format, st.sampled_from(["<", ">=", "="]), st.sampled_from("0123")),
    st.builds("0 {0} amount {0} {1}".format, st.sampled_from(["<", "<="]), st.just("2.5")),
)
of_stages = st.builds("stage = {}".format, st.sampled_from(["open", "close"]))


def conditions(act: str):
    terms = st.lists(comparisons, min_size=1, max_size=2, unique_by=lambda each: each.split()[0])
    kinds = [st.just("always"), terms.map(" and ".join)]
    if act == Act.TAKE:
        kinds += [of_stages, st.builds("{} and {}".format, of_stages, comparisons)]
    return st.one_of(*kinds)


@st.composite
def lines(draw):
    act = draw(st.sampled_from([Act.KEEP, Act.TAKE, Act.SEE, Act.SEE, ANY]))
    effect = "deny" if act == ANY else draw(st.sampled_from(["allow", "allow", "deny"]))
    known = looked_at(act, facts_of(THING, WORDS, {}))
    try:
        when = parse(draw(conditions(act)), known)
    except Exception:  # noqa: BLE001  # nothing lies in it: a line that would be refused
        when = parse("always", known)
    role = draw(st.sampled_from([*ROLES, "clerk", ANY, ANY]))
    rule = f"book-{draw(st.uuids())}"
    return RuleRow(role, HOME, "book", str(act), when, rule, 1, False, "law/1", effect)


units = st.one_of(st.none(), st.sampled_from(UNITS))
people = st.sampled_from([None, ME, ANOTHER])
records = st.fixed_dictionaries(
    {
        "id": st.uuids(),
        "unit_id": units,
        "handler_id": people,
        "writer_id": people,
        "channel": st.sampled_from([None, "", "none", "letter", "visit"]),
        "accident": st.sampled_from([None, True, False]),
        "amount": st.sampled_from([None, *map(Decimal, ("0", "1", "2.5", "3", "4"))]),
        "people": st.sampled_from([None, 0, 1, 2, 3]),
    }
)


@st.composite
def seats(draw):
    serves = draw(st.lists(st.sampled_from(UNITS), min_size=1, unique=True))
    loan = Loan(uuid4(), None, "", "") if draw(st.booleans()) else None
    role = draw(st.sampled_from([*SEAT_ROLES, "clerk", "handler"]))
    institution = draw(st.sampled_from([HOME, HOME, AWAY]))
    return Acting(draw(st.uuids()), role, serves[0], loan, institution, frozenset(serves))


def living_of(rows) -> LivingRulebook:
    book = Rulebook(HOME, WORDS, (), {}, acts=tuple(rows))
    return LivingRulebook(1, book, Authority(rows, ROLES), Shapes(), tuple(rows))


@pytest.fixture(scope="module")
def asks(owner_url):
    """Which of some records a condition is true of, by a table of the database."""
    with asyncio.Runner() as runner:
        database = runner.run(Database.connect(owner_url, most=1))

        async def asked_of(rows, said, values):
            async with database.transaction(HOME) as transaction:
                await transaction.rows(MAKE)
                await transaction.rows(FILL, rows=rows)
                run = statement(f"select t.id from seen_records t where {written(said)}")
                found = await transaction.rows(run, **values, person=ME)
            return {row["id"] for row in found}

        yield lambda *given_so: runner.run(asked_of(*given_so))
        runner.run(database.close())


def facts_in(row):
    return {name: row[name] for name in FACTS}


def borne_in(row):
    return {"handler"} if row["handler_id"] == ME else set()


some = st.lists(records, min_size=6, max_size=12)


@settings(max_examples=100, deadline=None)
@given(st.lists(lines(), min_size=1, max_size=4), st.lists(seats(), max_size=2), some)
def test_sql_the_closure_and_stock_casbin_see_the_same_records(asks, rows, held, written_rows):
    living, stock = living_of(rows), stock_enforcer(rows, ROLES)
    for record in (RECORD, NO_UNIT):
        bound = Bound()
        said = Asked(living, record, tuple(held), bound).allowed(Act.SEE, {})
        by_sql = asks(written_rows, said, bound.values)
        by_closure, by_casbin = set(), set()
        for row in written_rows:
            unit, facts, borne = (
                row["unit_id"] if record.unit else None,
                facts_in(row),
                borne_in(row),
            )
            if judged(living, "book", Act.SEE, facts, held, borne, unit=unit).allowed:
                by_closure.add(row["id"])
            roles = frozenset(r for r, _ in asked(held, borne, THING.bears, HOME, unit))
            known = stated(THING, WORDS, facts)
            if roles and stock.enforce(roles, HOME, "book", "see", known):
                by_casbin.add(row["id"])
        assert by_sql == by_closure == by_casbin


@settings(max_examples=100, deadline=None)
@given(st.lists(lines(), min_size=1, max_size=4), st.lists(seats(), max_size=2), some)
def test_a_list_shows_what_is_seen_one_by_one_through_any_act_or_name(
    asks, rows, held, written_rows
):
    living = living_of(rows)
    for record in (RECORD, NO_UNIT):
        bound = Bound()
        by_sql = asks(written_rows, sight(living, record, held, bound), bound.values)
        one_by_one = {
            row["id"]
            for row in written_rows
            if seen(
                living,
                "book",
                facts_in(row),
                held,
                borne_in(row),
                unit=row["unit_id"] if record.unit else None,
                named=row["writer_id"] == ME,
            ).allowed
        }
        assert by_sql == one_by_one


def line(role, act, when="always", effect="allow"):
    known = facts_of(THING, WORDS, {})
    return RuleRow(
        role, HOME, "book", act, parse(when, known), f"b-{role}-{act}-{effect}", 1, False, "law/1",
        effect,
    )  # fmt: skip


CLERK = Acting(uuid4(), "clerk", UNITS[0], None, HOME, frozenset(UNITS[:1]))


def sees(rows, *, borne=(), named=False, facts=None):
    return seen(living_of(rows), "book", facts or {}, [CLERK], borne, named=named)


def test_who_may_do_another_act_on_a_record_sees_it_by_that_line():
    verdict = sees([line("clerk", "take", "stage = close")])
    assert (verdict.allowed, verdict.row.act, verdict.role) == (True, "take", "clerk")
    assert not sees([line("chief", "take")]).allowed


def test_where_everybody_may_write_nobody_reads_what_others_wrote():
    assert not sees([line(ANY, "keep")]).allowed
    assert sees([line(ANY, "keep")], named=True).allowed
    assert sees([line(ANY, "keep"), line(ANY, "see")]).allowed


def test_what_is_denied_to_be_seen_is_seen_by_no_other_act_and_under_no_name():
    rows = [line("clerk", "take"), line("clerk", "see", effect="deny")]
    assert not sees(rows).allowed
    assert not sees(rows, named=True).allowed


def test_an_empty_column_counts_as_none_or_nothing_so_no_denial_hangs_on_silence():
    rows = [line("clerk", "see"), line("clerk", "see", "channel = none", "deny")]
    assert [sees(rows, facts={"channel": each}).allowed for each in (None, "", "visit")] == [
        *(False, False, True),
    ]


def test_every_fact_of_an_object_that_is_seen_is_a_column_of_its_records():
    words = shipped()
    of_books = [record_of(each) for each in REGISTERS]
    of_cases = [record for kind in CASE_KINDS for record in records_of(kind)]
    for record in (*of_cases, *of_books):
        thing = words.objects[record.thing]
        if Act.SEE in thing.acts:
            assert record.columns(words).keys() == set(thing.facts) - {"stage"}
            assert all(column in record.table.c for column in thing.bears.values())
        places = [place for places in thing.duties.values() for place in places]
        assert all(column in record.table.c for place in places for column in place)
