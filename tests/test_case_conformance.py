"""What every kind of case promises, whatever it declares: order, authority, one winner, walls."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain import CASE_KINDS
from domain.records.cases import CaseKind
from domain.vocabulary import listed_as, words_of
from resolvers.requests.words import camel
from schema.ground.ids import global_id
from tests.case_examples import (
    NOW,
    TAKEN,
    kinds,
    onlooker,
    put,
    rows_of,
    staged,
    where,
)
from tests.office import REFUSAL, Api, Visitor


def test_every_kind_has_an_example() -> None:
    assert TAKEN.keys() == {kind.code for kind in CASE_KINDS}


@kinds
async def test_whoever_may_takes_a_stage_and_the_ledger_has_its_line(
    api: Api, kind: CaseKind[Any]
) -> None:
    at = TAKEN[kind.code]
    case = await put(api, kind, at)
    by = await api.person(f"{at.by}@{at.institution}")
    line = """select record from ledger where event = 'case_advanced' and institution_id = $1
      order by seq desc limit 1"""
    done = await take(by, kind, case, at.event, at.said)
    assert [each["event"] for each in done["history"]] == ["begin", at.event]
    content = await api.value(line, at.institution)
    assert str(case.id) in str(content)
    assert at.event in str(content)


@staged
async def test_a_stage_out_of_turn_is_refused_and_changes_nothing(
    api: Api, kind: CaseKind[Any], event: str
) -> None:
    at = TAKEN[kind.code]
    states = {each.origin for each in rows_of(kind, at) if each.event == event}
    by = await api.person(f"{at.by}@{at.institution}")
    cases = [await put(api, kind, at, state=each) for each in {at.state, "given_up"} - states]
    before = await api.counts()
    for case in cases:
        refused = await take(by, kind, case, event, {})
        assert codes(refused) == {"CASE_NOT_READY", "NO_TRANSITION"}
    assert await api.counts() == before


@staged
async def test_a_stage_is_refused_to_whom_no_line_gives_it_and_changes_nothing(
    api: Api, kind: CaseKind[Any], event: str
) -> None:
    """Whether they see the case, see nothing of it, or belong to another office."""
    at = where(kind, event)
    if at is None:
        pytest.skip("no shipped office has this stage")
    case = await put(api, kind, at)
    seeing = await onlooker(api, kind, at)
    told = {f"staff_2@{at.institution}": "CASE_NOT_FOUND", "staff@county-organs": "CASE_NOT_FOUND"}
    told |= {seeing: "NOT_YOURS_TO_DO"} if seeing else {}
    people = [(await api.person(who), code) for who, code in told.items()]
    before = await api.counts()
    for other, code in people:
        assert codes(await take(other, kind, case, event, {})) == {code}, other.account
    assert await api.counts() == before


@kinds
async def test_of_two_at_once_one_wins(api: Api, kind: CaseKind[Any]) -> None:
    at = TAKEN[kind.code]
    case = await put(api, kind, at)
    by = await api.person(f"{at.by}@{at.institution}")
    answers = await asyncio.gather(*(take(by, kind, case, at.event, at.said) for _ in range(2)))
    assert sorted(each.get("code", "done") for each in answers) == ["CASE_CHANGED", "done"]
    events = "select count(*) from case_events where case_id = $1"
    assert await api.value(events, case.id) == 2


@kinds
async def test_a_repeated_key_is_answered_alike(api: Api, kind: CaseKind[Any]) -> None:
    at = TAKEN[kind.code]
    case = await put(api, kind, at)
    by = await api.person(f"{at.by}@{at.institution}")
    first = await take(by, kind, case, at.event, at.said, key="conforms-once")
    assert await take(by, kind, case, at.event, at.said, key="conforms-once") == first
    stale = await take(by, kind, case, at.event, at.said)
    assert stale["code"] == "CASE_CHANGED"


@kinds
async def test_a_foreign_office_sees_nothing_of_a_case(api: Api, kind: CaseKind[Any]) -> None:
    at = TAKEN[kind.code]
    case = await put(api, kind, at)
    elsewhere = {"township-government": "county-organs"}.get(at.institution, "township-government")
    stranger = await api.person(f"office_director@{elsewhere}")
    one, many = camel(kind.code.replace(".", "_")), camel(listed_as(words_of(kind.code)))
    assert (await stranger.one(f"{{ {many} {{ edges {{ node {{ id }} }} }} }}"))["edges"] == []
    of = {"id": global_id(words_of(kind.code), case.id)}
    seen = await stranger.ask(f"query ($id: ID!) {{ {one}(id: $id) {{ id }} }}", of)
    nobody = {"id": global_id(words_of(kind.code), uuid4())}
    absent = await stranger.ask(f"query ($id: ID!) {{ {one}(id: $id) {{ id }} }}", nobody)
    assert seen.codes == absent.codes == ["CASE_NOT_FOUND"]


@kinds
async def test_cases_are_read_page_by_page_and_narrowed(api: Api, kind: CaseKind[Any]) -> None:
    at = TAKEN[kind.code]
    cases = [await put(api, kind, at, begun_at=NOW + timedelta(minutes=n)) for n in range(3)]
    ended = await put(api, kind, at, standing=False, begun_at=NOW - timedelta(minutes=1))
    by, many = await api.person(f"{at.by}@{at.institution}"), camel(listed_as(words_of(kind.code)))
    page = (
        f"query ($filter: {words_of(kind.code)}FilterInput, $first: Int, $after: String) {{"
        f" {many}(filter: $filter, first: $first, after: $after) {{ edges {{ node {{ number }} }}"
        " pageInfo { hasNextPage endCursor } } }"
    )

    async def numbers(first: int = 10, after: str | None = None, **narrowed: Any) -> Any:
        found = await by.one(page, {"filter": narrowed, "first": first, "after": after})
        return [edge["node"]["number"] for edge in found["edges"]], found["pageInfo"]

    newest_first = [case.number for case in (*reversed(cases), ended)]
    told, where = await numbers(first=3)
    assert (told, where["hasNextPage"]) == (newest_first[:3], True)
    rest, where = await numbers(first=3, after=where["endCursor"])
    assert (rest, where["hasNextPage"]) == (newest_first[3:], False)
    for narrowed, expected in (
        ({"standing": False}, [ended.number]),
        ({"number": cases[0].number}, [cases[0].number]),
        ({"state": at.state}, newest_first),
        ({"state": "nowhere"}, []),
        ({"overdue": True}, []),
        ({"from": "2026-03-02", "to": "2026-03-02"}, newest_first),
        ({"to": "2026-03-01"}, []),
    ):
        assert (await numbers(**narrowed))[0] == expected, narrowed


async def take(
    visitor: Visitor, kind: CaseKind[Any], case: Any, event: str, said: Any, key: str = ""
) -> Any:
    words, of = "".join(each.capitalize() for each in event.split("_")), words_of(kind.code)
    name, key = f"{words}{of}", key or str(uuid4())
    given = {"caseId": global_id(of, case.id), "expectedVersion": case.version, **said}
    what = camel(kind.code.replace(".", "_"))
    answer = await visitor.one(
        f"mutation ($input: {name}Input!) {{ {name[0].lower()}{name[1:]}(input: $input) {{"
        f" __typename ... on {of}Taken {{ {what} {{ id state version history {{ event }} }} }}"
        f" ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {**given, "idempotencyKey": key}},
    )
    return answer.get(what, answer)


def codes(answer: Any) -> set[str]:
    return {answer["code"], *(each["code"] for each in answer.get("problems", ()))}
