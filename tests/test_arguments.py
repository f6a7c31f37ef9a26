"""Every argument of every root field, given what cannot be: a refusal with a code, no failure."""

import os
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

import pytest
from graphql import (
    GraphQLField,
    get_named_type,
    get_nullable_type,
    is_enum_type,
    is_input_object_type,
    is_list_type,
    is_non_null_type,
)

from schema.ground.connections import Cursors
from schema.ground.ids import global_id
from tests.contract import contract
from tests.office import Api

SCHEMA = contract()
FIELDS = [
    (root.name, name) for root in (SCHEMA.query_type, SCHEMA.mutation_type) for name in root.fields
]
KNOWN = "01890000-0000-7000-8000-000000000000"
KINDS = (
    *(
        "Request",
        "Step",
        "Person",
        "Seat",
        "Unit",
        "Clause",
        "Case",
        "PartyCase",
        "Clock",
        "Notice",
    ),
    *("Sitting", "SittingItem", "EvaluationRound", "EvaluationMark", "Vehicle", "VehicleTrip"),
    *("RepairOrder", "Delegation", "Circulation", "Contact", "Reception", "Duty", "Moon"),
)
EVERYTHING = "GUIJU_ARGUMENTS" in os.environ
"""Every case of every field, which takes half an hour; else some of each."""
FEW, SOME = 4, 24
ASKING = ["director@hrss-bureau", "policy_admin@hrss-bureau", "platform_admin"]
IDS = (
    *("", "x", "====", "🙂", "W10=", "U3RlcDo", "x" * 5000, "\u0000", KNOWN),
    *(global_id(kind, KNOWN) for kind in KINDS),
    *(global_id(kind, f"{KNOWN}:{KNOWN}") for kind in ("Step", "Clause")),
    *(global_id("Person", key) for key in ("1", "", "-", "'; --", "9" * 40)),
    *(global_id("Duty", key) for key in ("a:b:c:d", "hrss-bureau:x:9999-12-31:y", ":::")),
    global_id("Clause", "science-bureau:attendance-duty/二、1"),
)
CURSORS = (
    *("", "x", "====", "🙂", "W10=", "WyIxIiwiMiJd", "bnVsbA==", "e30=", "W1tdLFtdXQ=="),
    *("WzEsMl0=", "WyIxIiwiMiIsIjMiLCI0Il0=", "x" * 5000),
    Cursors("requests.mine", (str, str)).after("0001-01-01T00:00:00+00:00", KNOWN),
    Cursors("requests.mine", (str, str)).after("2026-03-02T09:00:00", KNOWN),
    Cursors("clauses", (str,)).after("no/such"),
    Cursors("history", (str,)).after("9" * 40),
)
DAYS = ("0001-01-01", "9999-12-31", "1900-01-01", "2199-12-31", "2026-02-30", "2026-03-02")
MOMENTS = (
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "1900-01-01T00:00:00+08:00"),
    *("2199-12-31T23:59:59+08:00", "2026-03-02T09:00:00+08:00", "2026-03-02T09:00:00"),
)
PLAIN = {
    "ID": global_id("Request", KNOWN),
    "Date": "2026-03-09",
    "DateTime": "2026-03-09T09:00:00+08:00",
    "String": "hrss-bureau",
    "Int": 1,
    "Decimal": "1",
    "JSON": {},
    "KindCode": "LEAVE_SICK",
    "Boolean": False,
}
WORDS = {
    "clause": "classified-computers/第六條",
    "area": "leave",
    "body": "party_group",
    "regulation": "attendance-measures",
    "event": "assign",
    "text": "张",
}
"""Texts that mean something, by the name of what they are given for."""
STRANGE = {
    "ID": IDS,
    "Date": DAYS,
    "DateTime": MOMENTS,
    "Int": (0, -1, 101, 2**31 - 1, -(2**31), 1.5, "1"),
    "String": ("", "x", "%", "\u0000", "🙂", "x" * 30_000, "hrss-bureau", "'; --", "a/b"),
    "Decimal": ("", "1e999", "NaN", "-1", "1e30", "0.0000000001", "x"),
    "JSON": (None, [], {}, "x", 5, [[]], {"a": {"b": []}}, {"days": "1"}, {"": ""}),
    "KindCode": ("", "x", "LEAVE_SICK", "leave.sick", 5),
    "Boolean": (True, False),
}


async def real_ids(api: Api) -> Mapping[str, str]:
    """Ids of what is there, by the names of the fields that take them."""

    async def one(of: str, table: str, office: str = "hrss-bureau") -> str:
        key = await api.value(f"select id from {table} where institution_id = $1", office)
        return global_id(of, key)

    seat, person, unit = (
        await one("Seat", "seats"),
        await one("Person", "people"),
        await one("Unit", "units"),
    )
    abroad = await one("Person", "people", "science-bureau")
    return {
        **dict.fromkeys(("seatId", "seat", "toSeatId", "asSeat"), seat),
        **dict.fromkeys(("personId", "driver", "toPersonId", "person"), person),
        **dict.fromkeys(("unitId", "unit"), unit),
        "stranger": abroad,
        "a seat that is a person": global_id("Seat", person),
    }


def usual(kind: Any, name: str, ids: Mapping[str, str]) -> Any:
    """A value that could be, as small as its type allows."""
    plain, named = get_nullable_type(kind), get_named_type(kind)
    if is_list_type(plain):
        return [usual(plain.of_type, name, ids)]
    if is_enum_type(named):
        return next(iter(named.values))
    if is_input_object_type(named):
        first = next(iter(named.fields)) if named.is_one_of else ""
        return {
            each: usual(field.type, each, ids)
            for each, field in named.fields.items()
            if is_non_null_type(field.type) or each == first
        }
    return ids.get(name) or WORDS.get(name) or PLAIN[named.name]


def strange(kind: Any, name: str, ids: Mapping[str, str]) -> Iterator[Any]:
    """Values of a type that cannot be, or that are rarely thought of; one place at a time."""
    plain, named = get_nullable_type(kind), get_named_type(kind)
    if is_list_type(plain):
        yield from ([], [usual(plain.of_type, name, ids)] * 200)
        yield from ([each] for each in strange(plain.of_type, name, ids))
    elif is_input_object_type(named):
        whole = usual(named, name, ids)
        for each, field in named.fields.items():
            yield from ({**whole, each: value} for value in strange(field.type, each, ids))
    elif not is_enum_type(named):
        yield from CURSORS if name == "after" else STRANGE[named.name]
        yield from ids.values() if named.name == "ID" else ()


def cases(field: GraphQLField, ids: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    given = {
        name: usual(argument.type, name, ids)
        for name, argument in field.args.items()
        if is_non_null_type(argument.type)
    }
    yield given
    for name, argument in field.args.items():
        yield from ({**given, name: value} for value in strange(argument.type, name, ids))
    for first, last in (("from", "to"), ("begins", "ends"), ("fromTime", "untilTime")):
        if {first, last} <= field.args.keys():
            values = STRANGE[get_named_type(field.args[first].type).name]
            yield from ({**given, first: one, last: two} for one in values for two in values)


def some(given: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """As many, evenly from all; each with a key of its own where it has one."""
    step = 1 if EVERYTHING else max(len(given) // most, 1)
    return [given[0], *given[1::step]]


def document(root: str, name: str, field: GraphQLField) -> str:
    """Asks for the field alone, and of a refusal for its problems."""
    declared = ", ".join(f"${each}: {argument.type}" for each, argument in field.args.items())
    passed = ", ".join(f"{each}: ${each}" for each in field.args)
    kind = get_named_type(field.type)
    below = ""
    if getattr(kind, "fields", None):
        paged = "{ pageInfo { endCursor } edges { cursor node { __typename } } }"
        below = paged if "edges" in kind.fields else "{ __typename }"
    elif getattr(kind, "types", None):
        below = "{ __typename ... on Refusal { code message problems { path code } } }"
    operation = "query" if root == "Query" else "mutation"
    head = f"{operation} ({declared})" if declared else operation
    return f"{head} {{ {name}{f'({passed})' if passed else ''} {below} }}"


def keyed(given: dict[str, Any]) -> dict[str, Any]:
    """With a key of its own: a key that was used answers before anything is looked at."""
    whole = given.get("input")
    if isinstance(whole, dict) and whole.get("idempotencyKey") == PLAIN["ID"]:
        return {**given, "input": {**whole, "idempotencyKey": str(uuid4())}}
    return given


@pytest.mark.parametrize("account", ASKING if EVERYTHING else ASKING[:1])
async def test_nothing_that_is_given_to_a_root_field_makes_it_fail(api: Api, account: str) -> None:
    visitor, ids = await api.person(account), await real_ids(api)
    for root, name in FIELDS:
        field = SCHEMA.type_map[root].fields[name]
        asked = document(root, name, field)
        form = name.startswith(("submit", "preview")) or root == "Mutation"
        for given in some(list(cases(field, ids)), FEW if form else SOME):
            answer = await visitor.ask(asked, keyed(given))
            assert "INTERNAL" not in answer.codes, (name, given, api.logged)
            told = answer.body.get("errors", ())
            assert all(error["extensions"]["code"] for error in told), (name, given)


def left_out(field: GraphQLField) -> Iterator[tuple[str, ...]]:
    """Where a field takes an id that may be left out."""
    for name, argument in field.args.items():
        named = get_named_type(argument.type)
        inside = named.fields.items() if is_input_object_type(named) else ()
        places = [((name,), argument.type), *(((name, each), of.type) for each, of in inside)]
        yield from (path for path, kind in places if str(kind) == "ID")


async def test_an_empty_id_is_no_id_and_never_taken_for_one_left_out(api: Api) -> None:
    """A wrong id beside it, or a thing that is not there, may be told first."""
    asking = ("director", "policy_admin", "office_clerk")
    visitors = [await api.person(f"{each}@hrss-bureau") for each in asking]
    ids, named = await real_ids(api), set()
    before = await api.counts()
    for root, name in FIELDS:
        field = SCHEMA.type_map[root].fields[name]
        alike = name.startswith("submit") and name != "submitLeaveSick"
        for path in () if alike or name.startswith("preview") else left_out(field):
            given = next(cases(field, ids))
            inside = given if len(path) == 1 else given.setdefault(path[0], {})
            inside[path[-1]] = ""
            for each in visitors:
                answer = await each.ask(document(root, name, field), keyed(given))
                told = str(answer.body)
                assert any(code in told for code in ("INVALID_ID", "NOT_FOUND", "NOT_ALLOWED")), (
                    name,
                    path,
                    told,
                )
                named |= {(name, path[-1])} if f"'{path[-1]}'" in told else set()
    assert {("clocks", "subject"), ("recordContact", "corrects"), ("saveDraft", "draftId")} <= named
    assert await api.counts() == before
