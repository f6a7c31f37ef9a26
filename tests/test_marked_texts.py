"""No text that anybody gives stands in the ledger, the queue, the log, or what probes tell."""

import traceback
from dataclasses import fields
from typing import Any

import pytest

from domain.vocabulary import words_of
from policies import loading
from resolvers.ground import ledger
from resolvers.requests.words import camel
from tests.case_office import COMPLAINT, Desk
from tests.correspondence import me, seat_of
from tests.fleet import fleet, trip
from tests.lending import change, end_loan, lend
from tests.marking import MARK, MUTATIONS, TELEPHONE, MarkingApi, texts, whole
from tests.office import PAPER, Api, leave
from tests.papers import demanded, file
from tests.party_branch import Joining
from tests.registers import ENTERED, kept
from tests.sittings import called, secretary_of
from tests.test_arguments import real_ids

__all__ = ["fleet"]

KEEPING = ("ledger", "ledger_heads", "pgqueuer", "pgqueuer_log", "pgqueuer_schedules")
"""What nobody may delete, and the queue."""
SESSION = ("signOut", "changePassword", "signIn")
SUCCEEDING = frozenset(
    {
        *("submitLeavePersonal", "submitVehicleDispatch", "submitComplaintCase", "decide"),
        *("comment", "circulate", "copy", "withdraw", "resubmit", "saveDraft", "explainComplaint"),
        *("beginPartyCase", "confirmPartyCase", "lendSeat", "endLoan", "setCalendarDay"),
        *("strikeOutLine", "callSitting", "cancel", "uploadRegulation"),
        *(f"record{each.reference.word}" for each in ENTERED),
    }
)
"""What has to succeed, or nothing would be shown."""


@pytest.fixture
async def marking(fleet: Api) -> MarkingApi:
    fleet.tampered = True
    return MarkingApi(**{each.name: getattr(fleet, each.name) for each in fields(fleet)})


async def test_a_text_given_anywhere_is_kept_by_no_ledger_queue_log_or_probe(
    marking: MarkingApi, app_url: str
) -> None:
    await talk(marking)
    await keep_books(marking)
    await conduct(marking)
    await run_the_office(marking)
    await try_everything(marking)

    assert SUCCEEDING - marking.succeeded.keys() == set()
    submitted = [each for each in marking.succeeded if each.startswith("submit")]
    assert len(submitted) > 60, submitted
    assert {each for each in texts() - marking.marked if each[0] not in SESSION} == set()
    for mark in (MARK, TELEPHONE):
        assert await marking.value(STANDS.format("ledger_values"), mark) > 0
        for table in KEEPING:
            assert await marking.value(STANDS.format(table), mark) == 0, (table, mark)
        assert [each for each in map(written, marking.logged) if mark in each] == []
        for path in ("/healthz", "/readyz", "/metrics"):
            assert mark not in (await marking.client.get(path)).text
    assert await ledger.complaints(app_url) == []


STANDS = """select count(*) from {} t
  where position($1 in t::text) > 0
    or position(encode(convert_to($1, 'UTF8'), 'hex') in t::text) > 0"""


def written(event: dict[str, Any]) -> str:
    """A line of the log, with its traceback."""
    error = event.get("exc_info")
    told = traceback.format_exception(error) if isinstance(error, BaseException) else []
    return "".join([str(event), *told])


@pytest.mark.parametrize(
    ("fault", "mended"),
    [
        (
            f"alter table comments add constraint fault check (position('{MARK}' in text) = 0)",
            "alter table comments drop constraint fault",
        ),
        (
            "alter table comments alter column text type numeric using 0",
            "alter table comments alter column text type text",
        ),
    ],
    ids=["a row that is refused", "a value that does not fit"],
)
async def test_what_fails_unexpectedly_is_logged_without_the_words_that_were_given(
    api: Api, fault: str, mended: str
) -> None:
    staff = await api.person("staff@hrss-bureau")
    request = await staff.submit("leave.personal", leave("2026-03-16"))
    given = {"requestId": request["id"], "text": MARK, "idempotencyKey": "k"}
    await api.run(fault)
    try:
        answer = await staff.ask(
            "mutation ($input: CommentInput!) { comment(input: $input) { __typename } }",
            {"input": given},
        )
    finally:
        await api.run(mended)
    assert answer.codes == ["INTERNAL"]
    [told] = map(written, api.logged)
    assert "Error" in told
    assert MARK not in told
    assert MARK not in str(answer.body)
    api.logged.clear()


async def talk(api: MarkingApi) -> None:
    """A request is decided with words, commented, sent on, drafted and taken back."""
    staff, chief, other, admin = [
        await api.person(f"{role}@hrss-bureau")
        for role in ("staff", "section_chief", "staff_2", "policy_admin")
    ]
    request = await staff.submit("leave.personal", leave("2026-03-16", attachments=[PAPER]))
    await chief.act("comment", requestId=request["id"], text="家中老人")
    await chief.act("circulate", requestId=request["id"], to=[await me(other)], note="请看")
    await chief.act("copy", requestId=request["id"], to=[await me(other)])
    step = (await chief.turn())["id"]
    await chief.decide(step, "RETURN", comment="补充")
    again = await staff.act("resubmit", requestId=request["id"])
    await chief.decide(again["steps"][0]["id"], comment="同意")
    await staff.act("withdraw", requestId=request["id"])
    await staff.act("saveDraft", kind="LEAVE_PERSONAL", form={"explanation": MARK})
    second = await staff.submit("leave.personal", leave("2026-03-18"))
    await admin.act("cancel", requestId=second["id"], reason="重复")
    await staff.submit("vehicle.dispatch", trip())


async def keep_books(api: MarkingApi) -> None:
    """A line in every register, and one of them struck out."""
    for register in ENTERED:
        # An odometer never falls, whichever book reads it.
        await api.empty(*(each.lines for each in ENTERED))
        book = await kept(api, register)
        more = {
            camel(each.name): TELEPHONE if "telephone" in each.name else MARK
            for each in register.entered
            if each.type is str and each.name not in ("event", "plate", register.words)
        }
        line = await book.enter(f"mark {register.name}", **more)
        assert line["__typename"] == "LineEntered", (register.name, line)
    assert (await book.strike_out(line["lineId"], "strike"))["__typename"] == "LineEntered"


async def conduct(api: MarkingApi) -> None:
    """A complaint is answered, somebody applies to join the party, a body is called together."""
    desk = Desk(api, "service-centre")
    form = {**COMPLAINT, "complainantTelephone": TELEPHONE}
    clerk = "complaint_clerk"
    await desk.register(clerk, "complaint.case", **form)
    await desk.goes(clerk, "explain", "explained", text="需要调查")
    await desk.goes(clerk, "investigate", "investigating")
    await desk.goes(clerk, "conclude", "investigated", text="属实")
    branch = Joining(api)
    begun = await branch.begin(await api.person("staff@construction-bureau"))
    assert "state" in begun, begun
    await branch.to_activist()
    secretary = await secretary_of(api)
    sitting = await called(secretary, "2026-03-06", {"title": "通报党建工作"})
    assert "id" in sitting, sitting


async def run_the_office(api: MarkingApi) -> None:
    """A seat is lent, a holiday announced, a text of a regulation uploaded, a reading noted."""
    chief, staff, admin = [
        await api.person(f"{role}@hrss-bureau")
        for role in ("section_chief", "staff", "policy_admin")
    ]
    loan = await lend(chief, (await seat_of(chief)), staff)
    await end_loan(chief, loan["id"])
    day = {"day": "2026-04-15", "working": False, "name": "局庆"}
    await change(admin, "setCalendarDay", "__typename", **day)
    await change(admin, "clearCalendarDay", "__typename", day=day["day"])
    text = {"institution": "hrss-bureau", "regulation": "attendance-measures"}
    await change(admin, "uploadRegulation", "__typename", **text, text="第一条")


async def try_everything(api: MarkingApi) -> None:
    """Each mutation with every text that it takes, where a rule speaks of it, by two people."""
    ids = await real_ids(api)
    offices = [loading.shipped(institution) for institution in loading.institutions()]
    speaking = {
        f"submit{words_of(row.kind)}": (book.institution, row.kind)
        for book in offices
        for row in book.rows
    }
    for name, of in MUTATIONS.items():
        if name in SESSION:
            continue
        office, kind = speaking.get(name, ("hrss-bureau", ""))
        for role in ("staff", "section_chief") if kind else ("staff", "policy_admin"):
            visitor = await api.person(f"{role}@{office}")
            mine = {**ids, "asSeat": await seat_of(visitor)}
            given = {key: whole(each.type, key, mine) for key, each in of.args.items()}
            if kind and role == "staff":
                del given["input"]["named"]
                paper = file("附件.pdf", MARK)
                given["input"]["attachments"] = [*demanded(office, kind), paper]
            declared = ", ".join(f"${key}: {each.type}" for key, each in of.args.items())
            sent = ", ".join(f"{key}: ${key}" for key in of.args)
            query = f"mutation ({declared}) {{ {name}({sent}) {{ __typename }} }}"
            await visitor.ask(query, given)
