"""The few requests of which a book is made: submitted, returned, talked of, decided by people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from benchmarks.asking import Desk, desk
from benchmarks.books import kept_once
from domain.time.moments import OFFICE_TIME
from resolvers import demo
from resolvers.running import postgres

MONDAY = datetime(2026, 3, 2, 9, tzinfo=OFFICE_TIME)
APPLICANTS = (
    *("guo.xiaoyan", "yuan.yuhang", "lai.dayong", "xu.xiaohong", "long.haixia", "liao.deming"),
)
"""One of each unit but one."""

COPIED_TO = "office_director"
READER, LENDER = "deputy_in_charge", "deputy_in_charge_2"
"""Whose inbox is measured, and who lends a seat to it."""

REQUEST = """request { id
  steps { id status waitingFor { holders { account } } } }"""


@dataclass(frozen=True)
class Told:
    """One request of which the book is made: how many turns are taken, and whether it came back."""

    kind: str
    form: dict[str, Any]
    turns: int = 9
    returned: bool = False


def leave(first: date) -> dict[str, Any]:
    return {
        "begins": {"date": first.isoformat(), "half": "MORNING"},
        "ends": {"date": (first + timedelta(4)).isoformat(), "half": "AFTERNOON"},
    }


DEMANDED = "医务部门出具的检查、诊断、建议休假材料"
SCAN = b"\x89PNG\r\n\x1a\n" + bytes(2000)


def stories() -> Iterator[Told]:
    """Leaves go to four seats one after another, the other kinds to one, two or three."""
    spring = [date(2026, 3, 9) + timedelta(7 * week) for week in (0, 1, 2, 5, 6, 10, 11, 12)]
    summer = [date(2026, 7, 6) + timedelta(7 * week) for week in range(8)]
    for place, turns in enumerate((9, 9, 9, 9, 9, 0, 1, 2)):
        form = {**leave(spring[place]), "explanation": "家中有事回乡探望"}
        yield Told("LeavePersonal", form, turns, returned=place in {0, 2, 4})
        form = {
            **leave(summer[place]),
            "explanation": "感冒发烧在家休息",
            "attachments": [DEMANDED],
        }
        yield Told("LeaveSick", form, turns, returned=place in {1, 3, 6})
    for turns in (9, 0):
        day = f"2026-06-{8 if turns else 9:02}"
        out = {"departs": f"{day}T09:00:00+08:00", "returns": f"{day}T11:00:00+08:00"}
        yield Told("OutingOfficial", {**out, "goingTo": "市档案馆", "explanation": "送件"}, turns)
        yield Told("ResearchReport", {"explanation": "就业形势季度分析"}, turns)
        yield Told("SuppliesRequisition", {"explanation": "窗口用打印纸"}, turns)
        yield Told("ComputerRepair", {"explanation": "主机无法启动", "outsideHelp": True}, turns)
        monday = date(2026, 9, 7 if turns else 14)
        goods = {
            "items": "旧办公桌",
            "pieces": 2,
            "carriedBy": "郭晓燕",
            "leavesOn": monday.isoformat(),
        }
        more = {"explanation": "旧办公桌运出", "internal": True}
        yield Told("GateGoodsExit", {**goods, **more}, turns)
        away = leave(monday)
        yield Told("LeaveOfficial", {**away, "explanation": "参加培训"}, turns)


async def tell_one(desk: Desk, applicant: str, told: Told, copied_to: str) -> None:
    """One request as people make it: submitted, returned, told anew, talked of, decided."""
    takes, form = f"Submit{told.kind}Input", dict(told.form)
    if "attachments" in form:
        form["attachments"] = [await sent(desk, applicant, each) for each in form["attachments"]]
    request = await act(desk, applicant, f"submit{told.kind}", takes, "Submitted", form)
    about = {"requestId": request["id"]}
    if told.returned:
        await take(desk, request, "RETURN")
        request = await act(desk, applicant, "resubmit", "ResubmitInput", "Decided", about)
    await act(desk, applicant, "comment", "CommentInput", "", {**about, "text": "工作已交接"})
    if told.turns:
        await act(desk, applicant, "copy", "CopyInput", "", {**about, "to": [copied_to]})
    for _ in range(told.turns):
        if all(step["status"] != "OPEN" for step in request["steps"]):
            break
        request = await take(desk, request, "AGREE")


async def sent(desk: Desk, role: str, paper: str) -> dict[str, str]:
    """A scan, uploaded to be attached as a demanded paper."""
    begin = """mutation ($input: CreateUploadInput!) { createUpload(input: $input) {
      ... on UploadBegun { upload { id url } } ... on Refusal { code } } }"""
    given = {"name": "scan.png", "size": len(SCAN), "idempotencyKey": desk.key()}
    upload = (await desk.one(role, begin, {"input": given}))["upload"]
    await desk.http.put(
        upload["url"], content=SCAN, headers={"authorization": f"Bearer {await desk.token(role)}"}
    )
    confirm = """mutation ($input: ConfirmUploadInput!) { confirmUpload(input: $input) {
      __typename ... on Refusal { code } } }"""
    said = {"uploadId": upload["id"], "size": len(SCAN), "sha256": sha256(SCAN).hexdigest()}
    await desk.one(role, confirm, {"input": {**said, "idempotencyKey": desk.key()}})
    return {"upload": upload["id"], "paper": paper}


async def take(desk: Desk, request: Any, decision: str) -> Any:
    """The open turn of a request, taken by who holds it."""
    turn = next(step for step in request["steps"] if step["status"] == "OPEN")
    holder = turn["waitingFor"][0]["holders"][0]["account"].partition("@")[0]
    given = {"stepId": turn["id"], "decision": decision}
    return await act(desk, holder, "decide", "DecideInput", "Decided", given)


async def act(
    desk: Desk, role: str, verb: str, takes: str, gives: str, given: dict[str, Any]
) -> Any:
    """What became of a request by an act on it."""
    said = f"... on {gives} {{ {REQUEST} }}" if gives else "__typename"
    mutation = f"""mutation ($input: {takes}!) {{ {verb}(input: $input) {{
      {said} ... on Refusal {{ code message problems {{ message }} }} }} }}"""
    answer = await desk.one(role, mutation, {"input": {**given, "idempotencyKey": desk.key()}})
    return answer.get("request")


async def lend(desk: Desk) -> None:
    """A seat is lent to the reader, whose inbox then holds what waits for it as well."""
    reader = await desk.one(READER, "{ viewer { id } }")
    lender = await desk.one(LENDER, "{ viewer { seats { id role unit } } }")
    seat = next(each for each in lender["seats"] if each["role"] == READER)
    days = {"begins": MONDAY.date().isoformat(), "ends": (MONDAY + timedelta(7)).date().isoformat()}
    given = {"seatId": seat["id"], "toPersonId": reader["id"], "document": "人社党组〔2026〕3号"}
    await act(desk, LENDER, "lendSeat", "LendSeatInput", "", {**given, **days})


async def told_once(database: postgres.Database) -> None:
    """The few requests, made and decided as people do."""
    await demo.load(database.owner_url)
    async with desk(database.app_url, lambda: MONDAY) as office:
        viewer = await office.one(COPIED_TO, "{ viewer { id } }")
        await lend(office)
        await kept_once(office)
        for applicant in APPLICANTS:
            for told in stories():
                await tell_one(office, applicant, told, viewer["id"])
