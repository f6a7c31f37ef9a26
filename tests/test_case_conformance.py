"""What every kind of case promises, whatever it declares: order, authority, one winner, walls."""

import asyncio
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_type_hints
from uuid import UUID, uuid4

import pytest

from domain import CASE_KINDS
from domain.approval.forms import form_fields
from domain.records.case_paths import broken, follow, lacking, path_of
from domain.records.cases import Case, CaseKind, Stage, Turn
from domain.time.moments import OFFICE_TIME
from policies import loading
from resolvers.records.case_rows import keep_begun
from resolvers.requests.words import camel
from schema.ground.ids import global_id
from schema.requests.kinds import words_of
from tests.office import REFUSAL, Api, Visitor

NOW = datetime(2026, 3, 2, 9, tzinfo=OFFICE_TIME)
PAPER = {"name": "转办函.pdf", "sha256": "1" * 64}
EXAMPLES: dict[type, Any] = {
    str: "说明",
    bool: False,
    int: 1,
    date: NOW.date(),
    datetime: NOW,
    UUID: UUID(int=1),
}


@dataclass(frozen=True)
class Example:
    """A case where a stage is to be taken: where, by whom, and what is said."""

    institution: str
    state: str
    event: str
    by: str
    said: dict[str, Any]
    path: str = ""


TAKEN = {
    "petition": Example(
        *("service-centre", "assigned", "report_up", "petition_clerk", {"document": PAPER}),
        path="petition.case",
    ),
    "complaint": Example(
        *("service-centre", "recorded", "explain", "complaint_clerk", {"text": "要调查"}),
        path="complaint.case",
    ),
    "vehicle.trip": Example("hrss-bureau", "with_driver", "file", "fleet_manager", {}),
    "party.case": Example(
        *("construction-bureau", "publicity_passed", "vet", "branch_secretary"),
        {"vettingRecorded": True},
    ),
    "vehicle.repair_order": Example("hrss-bureau", "commissioned", "repair", "fleet_manager", {}),
}
"""By kind, a stage that needs nothing but its case."""

LATER = NOW + timedelta(hours=1)
BROKEN: dict[str, dict[str, Any]] = {
    "NOBODY_TO_URGE": {},
    "URGED_TODAY": {"assigned_at": NOW, "urged_at": NOW},
    "NOT_YET_HAPPENED": {"out_at": LATER, "back_at": LATER},
    "BACK_BEFORE_OUT": {"out_at": NOW, "back_at": NOW - timedelta(hours=1)},
    "ODOMETER_RUNS_BACK": {"odometer_out": 12, "odometer_back": 11},
}
"""Each rule's own counter-example, by its code."""
kinds = pytest.mark.parametrize("kind", CASE_KINDS, ids=lambda kind: kind.code)
staged = pytest.mark.parametrize(
    ("kind", "event"),
    [(kind, event) for kind in CASE_KINDS for event in kind.stages],
    ids=lambda value: getattr(value, "code", value),
)


def record(kind: CaseKind[Any], **more: Any) -> Any:
    """A record with no more than it must hold."""
    hints = get_type_hints(kind.record)
    needed = {
        each.name: example(hints[each.name]) for each in form_fields(kind.record) if each.required
    }
    return kind.record(**{**needed, **more})


def example(hint: Any) -> Any:
    plain = next(each for each in (get_args(hint) or (hint,)) if each is not NoneType)
    return next(iter(plain)) if issubclass(plain, Enum) else EXAMPLES[plain]


def case_of(kind: CaseKind[Any], at: Example, by: UUID, filled: Any = None) -> Case[Any]:
    return Case(
        id=uuid4(),
        request_id=None,
        number=f"2026-{uuid4().int % 10**6:06}",
        kind=next(iter(kind.kinds), ""),
        path=at.path or loading.shipped(at.institution).vocabulary.objects[kind.code].paths[0],
        state=at.state,
        since=NOW,
        version=1,
        standing=True,
        rulebook_version=1,
        begun_at=NOW,
        begun_by=by,
        begun_by_name="郭晓燕",
        facts={},
        filled=filled or record(kind),
    )


async def put(api: Api, kind: CaseKind[Any], at: Example, **more: Any) -> Case[Any]:
    """A case that stands where an example wants it."""
    place = f"offset (select count(*) from {kind.table.name}) limit 1"
    by = await api.value(
        f"select id from people where institution_id = $1 order by id {place}", at.institution
    )
    version = await api.value(
        "select max(version) from rulebook_versions where institution_id = $1", at.institution
    )
    case = replace(case_of(kind, at, by), rulebook_version=version, **more)
    event = {
        "version": 1, "event": "begin", "origin": at.state, "target": at.state, "at": NOW,
        "person_id": by, "person_name": "郭晓燕", "role": "", "clause": "", "comment": "",
        "seat_id": None, "taken": True, "measures": {}, "particulars": {},
    }  # fmt: skip
    async with api.services.database.transaction(at.institution) as transaction:
        await keep_begun(transaction, at.institution, kind, case, event)
    return case


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
    at, stage = TAKEN[kind.code], kind.stages[event]
    if stage.leads_on:
        return
    case = await put(api, kind, at, state="given_up")
    by = await api.person(f"{at.by}@{at.institution}")
    before = await api.counts()
    refused = await take(by, kind, case, event, {})
    assert codes(refused) == {"CASE_NOT_READY", "NO_TRANSITION"}
    assert await api.counts() == before


@kinds
async def test_a_stage_is_refused_to_whom_no_line_gives_it_and_changes_nothing(
    api: Api, kind: CaseKind[Any]
) -> None:
    at = TAKEN[kind.code]
    case = await put(api, kind, at)
    for who in (f"staff_2@{at.institution}", "staff@township-government"):
        other = await api.person(who)
        before = await api.counts()
        refused = await take(other, kind, case, at.event, at.said)
        assert codes(refused) <= {"CASE_NOT_FOUND", "NOT_YOURS_TO_DO"}, who
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
    stranger = await api.person("office_director@township-government")
    one = camel(kind.code.replace(".", "_"))
    assert (await stranger.one(f"{{ {one}s {{ edges {{ node {{ id }} }} }} }}"))["edges"] == []
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
    by, one = await api.person(f"{at.by}@{at.institution}"), camel(kind.code.replace(".", "_"))
    page = (
        f"query ($filter: {words_of(kind.code)}FilterInput, $first: Int, $after: String) {{"
        f" {one}s(filter: $filter, first: $first, after: $after) {{ edges {{ node {{ number }} }}"
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


# The pure side


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
        wrong = record(kind, **BROKEN[rule.code])
        found = broken(kind, stage, Turn(wrong, wrong, NOW), None)
        assert (rule.code, rule.path) in {(each.code, each.path) for each in found}


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
