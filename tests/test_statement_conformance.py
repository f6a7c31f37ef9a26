"""Every statement: counted for whoever may see it, published as it was shown, by whom lines say."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from domain import STATEMENTS
from domain.records.sources import Requests
from domain.records.statements import Counted, How, Statement
from domain.rules.rows import ALLOW
from domain.shapes.cadences import Cadence
from domain.shapes.publishing import latest_told
from domain.vocabulary import Act, Word, snake
from policies import loading, vocabulary
from resolvers.requests.words import camel
from tests.fleet import fleet
from tests.office import Api, Visitor, problems
from tests.papers import demanded
from tests.statements import board, preview, publish, withdraw

__all__ = ["fleet"]
WORDS = vocabulary.shipped()
BOOKS = {code: loading.shipped(code) for code in loading.institutions()}
BY_NAME = {each.name: each for each in STATEMENTS}
PUBLISHED = [
    (code, row)
    for code, book in BOOKS.items()
    for row in dict.fromkeys(each.id for each in book.shapes.publications)
    if not BY_NAME[row].hung_by
]
FORMS: dict[str, Any] = {
    "openness.publish": {
        "explanation": "本季度公开内容",
        "major": False,
        "publicityTopic": "ROUTINE",
        "opennessScope": "ORDINARY",
        "attachments": demanded("construction-bureau", "openness.publish"),
    }
}
each_published = pytest.mark.parametrize(("office", "name"), PUBLISHED, ids=str)


@dataclass
class Board:
    """A statement where an office publishes it: who does, who does not, and of which period."""

    statement: Statement
    office: str
    publisher: Visitor
    stranger: Visitor | None
    given: dict[str, Any]
    cadence: Cadence | None


async def board_of(api: Api, office: str, name: str) -> Board:
    book, statement = BOOKS[office], BY_NAME[name]
    roles = {
        row.role
        for row in book.acts
        if (row.kind, row.act, row.effect) == (name, Act.PUBLISH, ALLOW)
    }
    accounts = [f"{role}@{office}" for role in sorted(roles)]
    found = [each for each in accounts if await _signs_in(api, each)]
    assert found, f"nobody of {office} publishes {name}"
    others = ("staff", "driver", "section_chief", "archivist")
    stranger = next(
        (f"{role}@{office}" for role in others if role not in roles and "*" not in roles), None
    )
    rows = [each for each in book.shapes.cadences if each.done == name]
    cadence = rows[0] if rows else None
    today = api.now.date()
    told = latest_told(statement.written, cadence, today) if cadence else None
    given: dict[str, Any] = {
        "statement": name.replace(".", "_").upper(),
        "cadence": cadence.id if cadence else "",
        "day": str(told.first if told else today - timedelta(days=1)),
    }
    publisher = await api.person(found[0])
    if statement.written:
        given |= {"title": "一则公开事项", "text": "内容如下"}
    clause = cadence.clause if cadence else None
    kind = next(
        each.approved_by
        for each in book.shapes.publications
        if each.id == name and clause in (None, each.clause)
    )
    if kind:
        given["requestId"] = await approved(api, office, kind)
    return Board(
        statement,
        office,
        publisher,
        await api.person(stranger) if stranger and await _signs_in(api, stranger) else None,
        given,
        cadence,
    )


async def approved(api: Api, office: str, kind: str) -> str:
    """A request of a kind, as if every seat had agreed to it."""
    request = await (await api.person(f"staff@{office}")).submit(kind, FORMS[kind])
    await api.run("set session_replication_role = replica")
    await api.run("update requests set status = 'approved', closed_at = $1", api.now)
    await api.run("update steps set status = 'cancelled' where status in ('open', 'waiting')")
    await api.run("set session_replication_role = origin")
    return str(request["id"])


async def _signs_in(api: Api, account: str) -> bool:
    return bool(await api.value("select count(*) from accounts where account = $1", account))


def test_every_statement_is_an_object_and_no_object_lacks_its_statement():
    told = {code for code, each in WORDS.objects.items() if each.word is Word.STATEMENT}
    assert told == BY_NAME.keys()
    assert all(Act.PUBLISH in WORDS.objects[name].acts for name in BY_NAME)


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda each: each.name)
def test_what_is_told_of_persons_says_who_sees_it_and_counts_what_there_is(statement):
    of_people = statement.by is not None and statement.by.of_people
    assert not of_people or Act.SEE in WORDS.objects[statement.name].acts
    parts = [part for each in statement.columns if isinstance(each, Counted) for part in each.parts]
    kinds = {kind for p in parts if isinstance(p.source, Requests) for kind in p.source.kinds}
    assert kinds <= WORDS.kinds.keys()


@pytest.mark.parametrize("office", sorted(BOOKS))
def test_what_a_cadence_wants_told_a_row_tells_to_whom_and_somebody_publishes(office):
    book = BOOKS[office]
    publishers = {row.kind for row in book.acts if row.act == Act.PUBLISH and row.effect == ALLOW}
    rows = {row.id for row in book.shapes.publications}
    assert {row.done for row in book.shapes.cadences} & BY_NAME.keys() <= rows <= publishers


@pytest.mark.parametrize(
    "statement", [each for each in STATEMENTS if each.columns], ids=lambda each: each.name
)
async def test_it_is_counted_for_any_days_and_says_whether_they_are_over(fleet: Api, statement):
    name = camel(f"{snake(statement.word)}_statement")
    words = {each.name for each in statement.columns if getattr(each, "how", "") is How.WORDS}
    columns = " ".join(
        camel(each["name"]) + (" { label number }" if each["name"] in words else "")
        for each in statement.heads
    )
    clerk = await fleet.person("office_clerk@hrss-bureau")
    asked = f"{{ {name}(from: %s, to: %s) {{ from to running lines {{ {columns} }} }} }}"
    over = await clerk.ask(asked % ('"2026-02-01"', '"2026-02-28"'))
    if over.codes:
        assert over.codes == ["STATEMENT_NOT_YOURS"]
        return
    assert over.data[name]["running"] is False
    running = await clerk.one(asked % ('"2026-02-01"', f'"{fleet.now.date()}"'))
    assert running["running"] is True
    assert (await clerk.one(asked % ("null", "null")))["from"] == "2026-02-01"
    assert (await clerk.ask(asked % ('"2024-01-01"', '"2026-02-28"'))).codes == ["INVALID_INPUT"]


@each_published
async def test_it_is_published_once_as_its_preview_showed_it(fleet: Api, office, name):
    of = await board_of(fleet, office, name)
    shown = await preview(of.publisher, **of.given)
    assert shown["__typename"] == "PublicationPreview", shown
    assert await fleet.value("select count(*) from publications") == 0
    done = await publish(of.publisher, shown["digest"], "once", **of.given)
    again = await publish(of.publisher, shown["digest"], "once", **of.given)
    assert again == done
    for part in ("title", "from", "to", "reach", "content", "text", "digest"):
        assert done[part] == shown[part]
    assert (done["standing"], done["replaces"]) == ("ON_BOARD", None)
    assert (await publish(of.publisher, **of.given))["code"] == "PUBLISHED_ALREADY"
    [on_board] = await board(of.publisher)
    assert on_board == done
    duties = await fleet.value("select count(*) from cadence_records where cadence = $1",
                               of.cadence.id if of.cadence else "")  # fmt: skip
    assert duties == (1 if of.cadence else 0)
    last = await fleet.value(
        "select event from ledger where institution_id = $1 order by seq desc limit 1", office
    )
    assert last in ("statement_published", "clock_started")


@each_published
async def test_nothing_else_than_was_shown_is_published(fleet: Api, office, name):
    of = await board_of(fleet, office, name)
    shown = await preview(of.publisher, **of.given)
    before = await fleet.counts()
    other = await publish(of.publisher, shown["digest"], **{**of.given, "text": "多写一句"})
    assert other["code"] == "PREVIEW_CHANGED", other
    if not of.statement.written:
        now = {**of.given, "day": str(fleet.now.date())}
        refused = await preview(of.publisher, **now)
        ends = of.cadence and latest_told(False, of.cadence, fleet.now.date())
        assert (ends and ends.last >= fleet.now.date()) or refused["code"] == "PERIOD_NOT_OVER"
    assert await fleet.counts() == before


@each_published
async def test_who_may_not_publish_is_refused_and_nothing_changes(fleet: Api, office, name):
    of = await board_of(fleet, office, name)
    if of.stranger is None:
        pytest.skip("everybody publishes it")
    shown = await preview(of.publisher, **of.given)
    done = await publish(of.publisher, shown["digest"], **of.given)
    before = await fleet.counts()
    for refused in (
        await preview(of.stranger, **of.given),
        await publish(of.stranger, shown["digest"], **of.given),
        await withdraw(of.stranger, done),
    ):
        assert refused["code"] == "NOT_YOURS_TO_PUBLISH", refused
    assert await fleet.counts() == before


@each_published
async def test_it_is_withdrawn_for_a_reason_and_told_anew(fleet: Api, office, name):
    of = await board_of(fleet, office, name)
    done = await publish(of.publisher, **of.given)
    refused = await withdraw(of.publisher, done, " ")
    assert problems(refused) == {("reason", "REQUIRED")}
    off = await withdraw(of.publisher, done)
    assert (off["standing"], off["withdrawnBecause"]) == ("WITHDRAWN", "数字有误")
    assert (await withdraw(of.publisher, done))["code"] == "NOT_ON_BOARD"
    assert await board(of.publisher) == []
    anew = await publish(of.publisher, **of.given)
    assert (anew["standing"], anew["replaces"]) == ("ON_BOARD", done["id"])
    past = await board(of.publisher, "past: true")
    assert [each["standing"] for each in past] == ["ON_BOARD", "WITHDRAWN"]


@each_published
async def test_another_institution_reads_what_is_open_to_everybody_alone(fleet: Api, office, name):
    of = await board_of(fleet, office, name)
    done = await publish(of.publisher, **of.given)
    elsewhere = "county-organs" if office != "county-organs" else "hrss-bureau"
    foreigner = await fleet.person(f"staff@{elsewhere}")
    open_to_all = done["reach"] == "EVERYBODY"
    assert bool(await board(foreigner, f'institution: "{office}"')) is open_to_all
    assert await board(foreigner) == []
    refused = await withdraw(foreigner, done)
    assert problems(refused) == {("publicationId", "PUBLICATION_NOT_FOUND")}
