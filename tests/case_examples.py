"""A case of each kind as tests put it somewhere, and a stage of it that somebody takes."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_type_hints
from uuid import UUID, uuid4

import pytest

from domain import CASE_KINDS
from domain.approval.forms import form_fields
from domain.records.cases import Case, CaseKind
from domain.rules.rows import ALLOW
from domain.shapes.paths import Transition
from domain.time.moments import OFFICE_TIME
from policies import loading
from resolvers.demo.offices import offices
from resolvers.records.case_rows import keep_begun
from resolvers.requests.words import camel
from schema.ground.ids import global_id
from tests.office import Api
from tests.papers import file

NOW = datetime(2026, 3, 2, 9, tzinfo=OFFICE_TIME)
PAPER = file("转办函.pdf")


def demo_person(account: str) -> UUID:
    return offices()[account.partition("@")[2]].accounts[account].id


EXAMPLES: dict[type, Any] = {
    str: "2026-14号",
    bool: False,
    int: 1,
    Decimal: Decimal(1),
    date: NOW.date(),
    datetime: NOW,
    UUID: UUID(int=1),
}


SAID: dict[type, Any] = {
    str: "2026-14号",
    bool: True,
    int: 1,
    date: "2026-03-02",
    datetime: "2026-03-02T09:00:00+08:00",
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


BESIDES: dict[str, Example] = {
    "vehicle.trip": Example("hrss-bureau", "with_driver", "file", "fleet_manager", {}),
    "gate.visit": Example(
        *("hrss-bureau", "inside", "leave", "gatekeeper"),
        {"leftAt": "2026-03-02T09:00:00+08:00"},
    ),
    "incoming_document": Example(
        *("service-centre", "circulating", "urge", "confidentiality_officer", {}),
        path="document.incoming",
    ),
    "household.interference": Example(
        *("household-registration", "mediating", "fail", "household_officer"),
        {"failedOn": "2026-03-02"},
    ),
    "household.lodger": Example(
        *("household-registration", "arrived", "declare", "household_officer"),
        {"declaredAt": "2026-03-02T09:00:00+08:00"},
    ),
    "classified.mending": Example(
        *("science-bureau", "sent", "repair", "confidentiality_officer"),
        {"technicianOnSite": True},
        path="classified.repair",
    ),
    "print.draft": Example(
        *("construction-bureau", "drafted", "proof", "office_director", {"proof": "清样一份"}),
    ),
    "meeting.outside": Example(
        *("science-bureau", "notice_received", "assign", "office_clerk"),
        {"attendeeId": global_id("Person", demo_person("staff@science-bureau"))},
    ),
    "decision.matter": Example(
        *("hrss-bureau", "resolved", "archive", "office_clerk", {"filedAs": "2026-永久-1"}),
        path="decision.major",
    ),
    "outreach.inquiry": Example(
        *("science-bureau", "chosen", "visit", "office_clerk", {"visits": "走访八户"}),
    ),
    "outreach.contact": Example(
        *("science-bureau", "heard", "pass_on", "office_clerk", {"reportedTo": "局长"}),
    ),
    "personnel.last_placed": Example(
        *("construction-bureau", "announced", "carry_out", "branch_secretary", {}),
        path="last-place",
    ),
}
"""Kinds whose simplest stage asks for more than its form tells."""


kinds = pytest.mark.parametrize("kind", CASE_KINDS, ids=lambda kind: kind.code)
staged = pytest.mark.parametrize(
    ("kind", "event"),
    [(kind, event) for kind in CASE_KINDS for event, of in kind.stages.items() if not of.leads_on],
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


def rows_of(kind: CaseKind[Any], at: Example) -> tuple[Transition, ...]:
    """Every row that the kind's paths have at an office."""
    shipped = loading.shipped(at.institution)
    names = {at.path} if at.path else {*shipped.vocabulary.objects[kind.code].paths}
    return tuple(each for each in shipped.shapes.paths if each.id in names) or kind.plain


def where(kind: CaseKind[Any], event: str) -> Example | None:
    """An office where a stage follows, and on which state."""
    for institution in loading.institutions():
        for each in rows_of(kind, Example(institution, "", event, "", {})):
            if each.event == event and each.clause:
                return Example(institution, each.origin, event, "", {}, each.id)
    return None


async def onlooker(api: Api, kind: CaseKind[Any], at: Example) -> str | None:
    """The account of somebody who sees such cases by a line, and has no turn in this stage."""
    acts = [row for row in loading.shipped(at.institution).acts if row.kind == kind.code]
    takes = [row.role for row in acts if row.act == "take" and row.when.holds({"stage": at.event})]
    for role in (row.role for row in acts if row.act == "see" and row.role not in takes):
        account = f"{role}@{at.institution}"
        if await api.value("select count(*) from accounts where account = $1", account):
            roles = await api.value(HOLDS, account)
            if not {*roles} & {*takes}:
                return account
    return None


HOLDS = """
select array_agg(s.role) from accounts a
join appointments p on (p.institution_id, p.person_id) = (a.institution_id, a.person_id)
join seats s on (s.institution_id, s.id) = (p.institution_id, p.seat_id)
where a.account = $1"""


async def put(api: Api, kind: CaseKind[Any], at: Example, **more: Any) -> Case[Any]:
    """A case that stands where an example wants it."""
    place = f"offset (select count(*) from {kind.table.name}) limit 1"
    by = await api.value(
        f"""select id from people where institution_id = $1 and id not in (
              select person_id from accounts where account like 'staff_2@%')
            order by id {place}""",
        at.institution,
    )
    version = await api.value(
        "select max(version) from rulebook_versions where institution_id = $1", at.institution
    )
    needed = [each for each in form_fields(kind.record) if each.required and each.refers]
    if needed and "filled" not in more:
        unit = "select id from units where institution_id = $1 order by position limit 1"
        known = {"units": await api.value(unit, at.institution), "people": by}
        named = {each.name: each.refers.table for each in needed if each.refers}
        filled = {name: known[table] for name, table in named.items() if table in known}
        more["filled"] = record(kind, **filled)
    case = replace(case_of(kind, at, by), rulebook_version=version, **more)
    event = {
        "version": 1, "event": "begin", "origin": at.state, "target": at.state, "at": NOW,
        "person_id": by, "person_name": "郭晓燕", "role": "", "clause": "", "comment": "",
        "seat_id": None, "taken": True, "measures": {}, "particulars": {},
    }  # fmt: skip
    async with api.services.database.transaction(at.institution) as transaction:
        await keep_begun(transaction, at.institution, kind, case, event)
    return case


def _said(kind: CaseKind[Any], event: str) -> dict[str, Any] | None:
    """What a stage must be told, made of its fields; nothing where it names a record."""
    needed = [each for each in form_fields(kind.stages[event].fills) if each.required]
    if any(
        each.refers or not (each.type in SAID or issubclass(each.type, Enum)) for each in needed
    ):
        return None
    return {camel(each.name): SAID.get(each.type) or next(iter(each.type)).name for each in needed}


def simplest(kind: CaseKind[Any]) -> Example:
    """A stage that needs nothing but its case, where it is taken, and who takes it."""
    for institution in loading.institutions():
        at = Example(institution, "", "", "", {})
        acts = [row for row in loading.shipped(institution).acts if row.kind == kind.code]
        for row in rows_of(kind, at):
            of = kind.stages.get(row.event)
            if of is None or of.rules or of.needs or of.leads_on or row.when.regions:
                continue
            said = _said(kind, row.event)
            for act in acts if said is not None else ():
                takes = (act.act, act.effect) == ("take", ALLOW)
                fits = act.when.holds({"stage": row.event})
                if (
                    takes
                    and fits
                    and f"{act.role}@{institution}" in offices()[institution].accounts
                ):
                    return Example(institution, row.origin, row.event, act.role, said, row.id)
    raise LookupError(f"tests/case_examples.py, BESIDES: name a stage of {kind.code}")


TAKEN = {each.code: BESIDES.get(each.code) or simplest(each) for each in CASE_KINDS}
"""By kind, a stage that needs nothing but its case."""


async def just_begun(api: Api, kind: CaseKind[Any], institution: str, account: str) -> UUID:
    """A case that has only begun, of which somebody of the office bears each role."""
    book = loading.shipped(institution)
    object_ = book.vocabulary.objects[kind.code]
    first = next(each for each in book.shapes.paths if each.id == object_.paths[0])
    case = await put(api, kind, Example(institution, first.origin, first.event, "", {}, first.id))
    whose = "(select person_id from accounts where account = $2)"
    for column in object_.bears.values():
        await api.run(
            f"update {kind.table.name} set {column} = {whose} where id = $1", case.id, account
        )
    return case.id
