"""What an auditor looks through is what was done; clauses are counted as the ledger counts."""

import json
import random
from collections import Counter
from datetime import date
from typing import Any

from tests.lending import WAITS, change, lend, seat_of
from tests.office import Api, Visitor, leave
from tests.test_consequences import HERE, act, enter, proposed
from tests.verbs import long_leave, person, seat, step

AUDIT = """query ($of: AuditList!, $from: Date, $to: Date, $first: Int, $after: String) {
  audit(of: $of, from: $from, to: $to, first: $first, after: $after) {
    edges { node { at number kind about person why clause { regulation cite } } }
    pageInfo { hasNextPage endCursor } } }"""
PRACTICE = """query ($year: Int!) { clauseInPractice(year: $year) { clause { regulation cite }
  decided refused returned overdue overridden gapHit overlapHit cited neverUsed } }"""


async def listed(visitor: Visitor, of: str, **more: Any) -> list[Any]:
    found = await visitor.one(AUDIT, {"of": of, **more})
    return [edge["node"] for edge in found["edges"]]


async def auditor(api: Api, office: str = "hrss-bureau") -> Visitor:
    return await api.person(f"audit_admin@{office}")


async def counted(visitor: Visitor, year: int = 2026) -> dict[str, Counter[str]]:
    return {
        f"{each['clause']['regulation']}/{each['clause']['cite']}": Counter(
            {name: int(each[name]) for name in each if name != "clause"}
        )
        for each in await visitor.one(PRACTICE, {"year": year})
    }


def every(record: Any, name: str) -> set[str]:
    """Whatever stands under this name, however deep."""
    found: set[str] = set()
    for key, value in record.items() if isinstance(record, dict) else enumerate(record):
        if key == name:
            found.update([value] if isinstance(value, str) else value or ())
        elif isinstance(value, dict | list):
            found |= every(value, name)
    return found


async def by_hand(api: Api, office: str) -> dict[str, Counter[str]]:
    """The same count, line by line."""
    found: dict[str, Counter[str]] = {}
    rows = await api.rows(
        "select event, record from ledger where institution_id = $1"
        " and at >= '2026-01-01 00:00+08' and at < '2027-01-01 00:00+08'",
        office,
    )
    for row in rows:
        record, event = json.loads(row["record"]), row["event"]
        told: list[tuple[str, str]] = [
            (clause, "cited") for clause in every(record, "clause") | every(record, "clauses")
        ]
        content = record.get("content") or {}
        for turn in content["turns"] if event == "decided" else ():
            for clause in turn["clauses"]:
                said = {"reject": "refused", "return": "returned"}.get(turn["decision"])
                told += [(clause, what) for what in ("decided", said) if what]
        if event == "not_routed":
            what = {"GAP": "gapHit", "OVERLAP": "overlapHit", "FORBIDDEN": "refused"}
            told += [(clause, what[record["code"]]) for clause in record["clauses"]]
        elif record.get("code") == "ESCALATED_TIER":
            told += [(clause, "gapHit") for clause in record["clauses"]]
        elif event.startswith("clock_") and event != "clock_moved":
            told.append((record["clause"], "overdue"))
        elif event in ("reassigned", "cancelled"):
            told += [(each, "overridden") for each in content.get("clauses") or record["clauses"]]
        for clause, what in told:
            found.setdefault(clause, Counter())[what] += 1
    return found


async def test_clauses_in_practice_agree_with_a_count_of_the_ledger(api: Api):
    chance, office = random.Random(20261129), "hrss-bureau"
    staff = await api.person(f"staff@{office}")
    admin = await api.person(f"policy_admin@{office}")
    takers = [
        await api.person(f"{role}@{office}")
        for role in ("section_chief", "deputy_in_charge", "director")
    ]
    before, says = await counted(admin), ["AGREE", "AGREE", "REJECT", "RETURN"] * 9
    chance.shuffle(says)
    for number in range(12):
        day = date(2026, 3, 9 + number).isoformat()
        request = await staff.submit("leave.personal", leave(day))
        for taker in takers:
            if request.get("status") != "PENDING" or number % 4 == 0:
                break
            for edge in await taker.inbox():
                request = await taker.decide(edge["step"]["id"], says.pop(), comment="阅")
        if request.get("status") == "PENDING":
            await admin.act("cancel", requestId=request["id"], reason="重复")
    clerk = await api.person(f"office_clerk@{office}")
    request = await staff.submit("leave.sick", leave("2026-05-11", "2026-05-12"))
    given = {"stepId": step(request, "section_chief"), "personId": await person(takers[0])}
    assert (await clerk.act("recordConsent", **given))["__typename"] == "Request"
    await api.wait(days=10)
    assert await api.clocks()
    deputy = await api.person(f"deputy_in_charge@{office}")
    own = await seat_of(deputy, "deputy_in_charge", "就业促进科")
    for _ in range(2):
        refused = await deputy.submit("leave.sick", leave("2026-04-13", asSeat=own))
        assert refused["code"] == "GAP", refused
    told, expected = await counted(admin), await by_hand(api, office)
    for clause, found in told.items():
        never = found.pop("neverUsed")
        assert never == (not expected.get(clause)), clause
        assert +found == +expected.pop(clause, Counter()), clause
    assert set(expected) <= {""}, "what names no clause"
    grown: Counter[str] = Counter()
    for clause, found in told.items():
        grown += found - before.get(clause, Counter())
    what = ("decided", "refused", "returned", "overdue", "overridden")
    assert all(grown[each] for each in what), grown
    assert grown["gapHit"] >= 2
    assert all(each["neverUsed"] for each in (await counted(admin, 1999)).values())
    assert {"neverUsed": 1} in [+each for each in (await counted(admin, 99999)).values()]


async def test_overrides_loans_two_levels_and_gaps_are_listed_with_why_and_clause(posts: Api):
    api, office = posts, "hrss-bureau"
    staff, admin = await api.person(f"staff@{office}"), await api.person(f"policy_admin@{office}")
    chief = await api.person(f"section_chief@{office}")
    other = await api.person(f"section_chief_2@{office}")
    deputy, reader = await api.person(f"deputy_in_charge@{office}"), await auditor(api)
    request = await long_leave(staff)
    to = await seat(other, "section_chief")
    mine = step(request, "section_chief")
    await change(
        admin, "reassign", f"... on Decided {{ {WAITS} }}", stepId=mine, to=to, reason="科长空缺"
    )
    await admin.act("cancel", requestId=request["id"], reason="重复申请")
    found = [e for e in await listed(reader, "OVERRIDES", first=100) if e["number"]]
    by_name = found[0]["person"]
    assert {(each["number"], each["why"], each["clause"]["cite"]) for each in found} == {
        (request["number"], f"管理员{by_name}终止：重复申请", "三(二)"),
        (request["number"], f"管理员{by_name}改派：科长空缺", "三(二)"),
    }
    lent = await lend(chief, await seat(chief, "section_chief"), deputy)
    assert lent.get("id"), lent
    request = await staff.submit("leave.personal", leave("2026-03-16", "2026-03-20"))
    both = await deputy.decide(step(request, "section_chief"))
    assert [each["status"] for each in both["steps"][:2]] == ["DONE", "DONE"]
    [acting] = await listed(reader, "ACTING", first=1)
    assert acting["number"] == request["number"]
    assert "人社党组〔2026〕3号" in acting["why"]
    [levels] = await listed(reader, "TWO_LEVELS", first=1)
    assert (levels["number"], levels["about"]) == (request["number"], request["applicant"]["name"])
    own = await seat_of(deputy, "deputy_in_charge", "就业促进科")
    await deputy.submit("leave.sick", leave("2026-04-13", asSeat=own))
    [gap] = await listed(reader, "NOT_ROUTED", first=1)
    assert (gap["kind"], gap["why"]) == ("病假", "没有规定谁批准")
    assert gap["clause"]["cite"] == "三(一)"
    pages, after = [], None
    for _ in range(2):
        found = await reader.one(AUDIT, {"of": "OVERRIDES", "first": 1, "after": after})
        pages += [edge["node"] for edge in found["edges"]]
        after = found["pageInfo"]["endCursor"]
    assert pages == await listed(reader, "OVERRIDES", first=2)
    assert await listed(reader, "OVERRIDES", to="2026-03-01") == []
    refused = await staff.ask(AUDIT, {"of": "ACTING"})
    assert refused.codes == ["NOT_ALLOWED"]


async def test_amounts_below_a_limit_that_exceed_it_together_are_listed(api: Api):
    office = "service-centre"
    clerk, reader = await api.person(f"office_clerk@{office}"), await auditor(api, office)
    for amount in ("400", "90"):
        made = await clerk.submit("expenditure.general", {"amount": amount, "explanation": "耗材"})
        assert made["__typename"] == "Request", made
    assert await listed(reader, "SPLIT") == []
    await api.wait(days=20)
    await clerk.submit("expenditure.general", {"amount": "300.50", "explanation": "耗材"})
    [split] = await listed(reader, "SPLIT")
    assert split["why"] == "3 笔合计 790.5 元，每笔都在 500 元的界限以内"
    assert (split["kind"], split["clause"]["regulation"]) == ("一般支出", "finance")
    await api.wait(days=31)
    await clerk.submit("expenditure.general", {"amount": "450", "explanation": "耗材"})
    assert len(await listed(reader, "SPLIT")) == 1


async def test_papers_that_came_late_and_consequences_that_were_waived_are_listed(api: Api):
    office = "hrss-bureau"
    staff, chief = await api.person(f"staff@{office}"), await api.person(f"section_chief@{office}")
    clerk, reader = await api.person(f"office_clerk@{office}"), await auditor(api)
    late = await staff.submit("leave.sick", leave("2026-02-26", "2026-02-27"))
    assert late["__typename"] == "Request", late
    request = await staff.submit("leave.sick", leave("2026-03-09", "2026-03-10"))
    await clerk.act(
        "recordConsent", stepId=step(request, "section_chief"), personId=await person(chief)
    )
    owed, asked = await listed(reader, "LATE")
    assert (asked["number"], asked["why"]) == (late["number"], "事后补办")
    assert owed["why"].endswith("至今未书面确认")
    [signing] = [e for e in await chief.inbox() if e["step"]["act"] == "SIGN"]
    await chief.decide(signing["step"]["id"])
    assert (await listed(reader, "LATE"))[0]["why"].endswith("事后书面确认")
    assert "电话同意" in (await listed(reader, "ACTING"))[0]["why"]
    await api.empty("occurrences", "consequence_turns")
    clerk = await api.person(f"office_clerk@{HERE}")
    for _ in range(2):
        await enter(clerk, "absent_half_day")
    director = await api.person(f"office_director@{HERE}")
    [mine] = await proposed(director)
    await act(director, "decideConsequence", mine, outcome="DROP", text="已补假")
    [waived] = await listed(await auditor(api, HERE), "WAIVED")
    assert waived["why"].startswith("决定不作处理：")
    assert waived["why"].endswith("已补假")
    assert waived["clause"]["cite"] == "三(二)1"
    await api.empty("occurrences", "consequence_turns")
