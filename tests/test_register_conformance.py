"""Every register: its keeper writes, others may not, a line stands and is corrected once."""

import asyncio
import json
from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import pytest

from domain.records.registers import Register
from resolvers.requests.words import camel
from schema.ground.ids import global_id
from tests.fleet import fleet
from tests.office import Api, problems
from tests.registers import ENTERED, Kept, kept

__all__ = ["fleet"]
each_register = pytest.mark.parametrize("register", ENTERED, ids=lambda each: each.name)


@pytest.fixture
async def book(fleet: Api, register: Register) -> AsyncIterator[Kept]:
    await fleet.empty(register.lines, "account_entries")
    yield await kept(fleet, register)
    await fleet.empty(register.lines, "account_entries")


@each_register
async def test_a_keeper_writes_once_for_each_key_and_the_ledger_tells(book: Kept, fleet: Api):
    first = await book.enter("once")
    assert first["__typename"] == "LineEntered", first
    assert await book.enter("once") == first
    [line] = await book.lines()
    assert (line["id"], line["struckOut"]) == (first["lineId"], False)
    assert line["stands"] is book.counts
    said = await fleet.value(
        "select record from ledger where institution_id = $1 and event = 'register_entered'"
        " order by seq desc limit 1",
        book.institution,
    )
    told = json.loads(said)
    assert told["register"] == book.register.name
    assert global_id(book.register.reference.word, told["line"]["id"]) == line["id"]


@each_register
async def test_who_keeps_none_is_refused_and_nothing_changes(book: Kept, fleet: Api):
    if book.stranger is None:
        pytest.skip("everybody keeps it")
    line = (await book.enter("mine"))["lineId"]
    before = await fleet.counts()
    for refused in (
        await book.enter("theirs", book.stranger),
        await book.strike_out(line, "strike", book.stranger),
    ):
        assert refused["code"] == "NOT_A_KEEPER", refused
    assert await fleet.counts() == before


@each_register
async def test_another_office_neither_sees_nor_touches_a_line(book: Kept, fleet: Api):
    line = (await book.enter("ours"))["lineId"]
    before = await fleet.counts()
    answer = await book.foreigner.ask(
        f"{{ {camel(book.register.lines)} {{ edges {{ node {{ id }} }} }} }}"
    )
    assert answer.codes or answer.data == {camel(book.register.lines): {"edges": []}}
    refused = await book.strike_out(line, "away", book.foreigner)
    assert refused["code"] in ("REGISTER_NOT_KEPT_HERE", "NOT_A_KEEPER", "INVALID_INPUT")
    assert await fleet.counts() == before


@each_register
async def test_a_line_is_corrected_once_and_both_stay(book: Kept, fleet: Api):
    wrong = (await book.enter("wrong"))["lineId"]
    right = await book.enter("right", corrects=wrong)
    assert right["__typename"] == "LineEntered", right
    before = await fleet.counts()
    for again in (await book.enter("again", corrects=wrong), await book.strike_out(wrong, "late")):
        assert again["code"] == "CORRECTED_ALREADY"
    assert await fleet.counts() == before
    stands = {line["id"]: line["stands"] for line in await book.lines()}
    assert stands == {wrong: False, right["lineId"]: book.counts}


@each_register
async def test_a_line_is_struck_out_for_a_reason_and_can_be_entered_anew(book: Kept):
    line = (await book.enter("line"))["lineId"]
    struck = await book.strike_out(line, "struck")
    assert struck["__typename"] == "LineEntered", struck
    assert (await book.enter("anew"))["__typename"] == "LineEntered"
    assert sorted(each["stands"] for each in await book.lines()) == [False, False, book.counts]
    assert {each["why"] for each in await book.lines()} == {"", "登记有误"}


@each_register
async def test_what_stands_once_is_entered_once_even_by_two_at_the_same_moment(book: Kept):
    if not book.register.once:
        pytest.skip("its lines may say the same")
    answers = await asyncio.gather(*(book.enter(str(uuid4())) for _ in range(4)))
    told = sorted(each.get("code", "entered") for each in answers)
    assert told == ["ENTERED_ALREADY"] * 3 + ["entered"]


@each_register
async def test_two_who_correct_a_line_at_once_leave_one_correction(book: Kept):
    line = (await book.enter("line"))["lineId"]
    answers = await asyncio.gather(*(book.strike_out(line, str(uuid4())) for _ in range(3)))
    told = sorted(each.get("code", "entered") for each in answers)
    assert told == ["CORRECTED_ALREADY"] * 2 + ["entered"]


@each_register
async def test_lines_are_read_by_pages_and_days(book: Kept):
    if book.register.once:
        pytest.skip("its lines do not repeat")
    entered = {(await book.enter(str(number)))["lineId"] for number in range(3)}
    page = await book.page(first=2)
    rest = await book.page(after=page["pageInfo"]["endCursor"], first=2)
    assert (page["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
    read = [edge["node"]["id"] for each in (page, rest) for edge in each["edges"]]
    assert (len(read), set(read)) == (3, entered)
    assert len(await book.lines(**{"from": "2026-03-01", "to": "2026-03-02"})) == 3
    assert await book.lines(**{"from": "2026-03-03"}) == []
    assert await book.lines(to="2026-02-28") == []


@each_register
async def test_what_is_missing_or_not_there_is_named_and_nothing_is_written(book: Kept, fleet: Api):
    before = await fleet.counts()
    for field in book.register.entered:
        name = camel(field.name)
        if field.type is str and field.required:
            assert (name, "REQUIRED") in problems(await book.enter("blank", **{name: " \t"}))
        if field.refers and field.refers.table and field.required:
            word = field.refers.word
            for wrong in ("Person" if word != "Person" else "Vehicle", word):
                refused = await book.enter("nowhere", **{name: global_id(wrong, uuid4())})
                assert refused["__typename"] == "Refusal", (name, wrong)
                assert {path for path, _ in problems(refused)} == {name}
    assert await fleet.counts() == before


@each_register
async def test_the_database_refuses_to_change_a_line(book: Kept, fleet: Api):
    await book.enter("line")
    for change in (
        f"update {book.register.lines} set why = 'x'",
        f"delete from {book.register.lines}",
    ):
        with pytest.raises(asyncpg.RaiseError, match="stand"):
            await fleet.run(change)


@each_register
async def test_a_line_tells_what_may_be_done_with_it(book: Kept):
    await book.enter("line")
    [line] = await book.lines()
    keeps = [each for each in line["allowedActions"] if each["act"] == book.register.act.name]
    assert [each["allowed"] for each in keeps] == [True]
    assert all(each["clause"] for each in keeps)
