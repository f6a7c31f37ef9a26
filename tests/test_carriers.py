"""Carriers of secrets by their numbers: entered, put to use, lent, repaired, counted, destroyed."""

from typing import Any

import pytest

from tests.moving import do
from tests.office import Api, Visitor, problems
from tests.openness import run
from tests.small_shapes import at
from tests.test_duties_of_units import nodes
from tests.test_gate import cites, person_id, seen, take

HERE, CENTRE, SCIENCE = "hrss-bureau", "service-centre", "science-bureau"
TABLES = (
    *("classified_activations", "classified_loans", "classified_mendings", "classified_counts"),
    *("classified_destructions", "classified_hand_backs", "classified_brought_back"),
    "classified_copyings",
)
KEPT = "__typename ... on ThingKept { thingId version } ... on Refusal { code problems { path code"
KEPT += " clauses { regulation cite } clause { regulation cite } } }"
LINE = KEPT.replace("ThingKept { thingId version }", "LineEntered { lineId }")
DISK: dict[str, Any] = {"number": "保密盘-031", "medium": "USB", "secrecy": "CONFIDENTIAL"}
USED = {"explanation": "保密盘-031", "medium": "PORTABLE_DISK", "secrecy": "SECRET"}


@pytest.fixture
async def room(api: Api) -> Api:
    await api.empty("thing_moves", "classified_carriers", *TABLES, "case_events", "clocks")
    api.now = at("2026-05-12 10:00")
    return api


async def walked(visitor: Visitor, of: str, case: Any, *steps: tuple[str, dict[str, Any]]) -> Any:
    for event, said in steps:
        case = await take(visitor, event, of, case, **said)
        assert "code" not in case, case
    return case


async def found(visitor: Visitor, of: str) -> Any:
    [case] = await seen(visitor, f"{{ {of} {{ edges {{ node {{ id version state }} }} }} }}")
    return case


async def test_a_carrier_is_entered_by_its_number_with_its_mark_and_lent_on_approval(room: Api):
    keeper, staff = [
        await room.person(f"{role}@{HERE}") for role in ("system_secrecy_admin", "staff")
    ]
    before = await room.counts()
    add = "addClassifiedCarrier"
    assert (await do(staff, add, KEPT, **DISK, noCopyMark=True))["code"] == "NOT_A_KEEPER"
    bare = await do(keeper, add, KEPT, **DISK, noCopyMark=False)
    assert problems(bare) == {("noCopyMark", "CARRIER_UNMARKED")}
    told = await do(keeper, add, KEPT, **{**DISK, "number": "某工程的方案"}, noCopyMark=True)
    assert problems(told) == {("number", "TELLS_OF_A_SECRET")}
    assert await room.counts() == before
    disk = await do(keeper, add, KEPT, **DISK, noCopyMark=True)
    to = await person_id(keeper, "郭晓燕")
    lend = {"thingId": disk["thingId"], "expectedVersion": 1, "move": "LENT", "toId": to}
    refused = await do(keeper, "moveThing", KEPT, **lend, dueOn="2026-05-13")
    assert refused["__typename"] == "Refusal"
    form = {"explanation": "保密盘-031", "medium": "USB", "secrecy": "SECRET", "internal": True}
    request = await staff.submit("classified.lend", form)
    assert (await (await room.person(f"deputy_in_charge@{HERE}")).agree())["status"] == "APPROVED"
    by = {"requestId": request["id"], "dueOn": "2026-05-13"}
    assert (await do(keeper, "moveThing", KEPT, **lend, **by))["version"] == 2
    room.now = at("2026-05-14 10:00")
    await room.clocks()
    expired = await seen(keeper, "{ clocks(state: EXPIRED) { edges { node { action } } } }")
    assert expired == [{"action": "交由指定的专人保管"}]


async def test_a_confidential_paper_is_printed_on_the_computer_of_the_typing_room(room: Api):
    clerk = await room.person(f"office_clerk@{HERE}")
    copied = {
        "copiedAt": "2026-05-12T09:00:00+08:00", "original": "机密〔2026〕14号", "copies": 1,
        "secrecy": "CONFIDENTIAL", "firstNumber": "2026-031", "lastNumber": "2026-031",
        "printedBy": "OWN",
    }  # fmt: skip
    before, add = await room.counts(), "recordClassifiedCopying"
    assert problems(await do(clerk, add, LINE, **copied)) == {("printedOn", "REQUIRED")}
    online = await do(clerk, add, LINE, **copied, printedOn="NETWORKED")
    assert problems(online) == {("printedOn", "NOT_ELIGIBLE")}
    assert await room.counts() == before
    done = await do(clerk, add, LINE, **copied, printedOn="TYPING_ROOM")
    assert done["__typename"] == "LineEntered", done


async def test_what_is_lent_is_copied_by_the_secrecy_officer_and_cleared_when_it_is_back(room: Api):
    staff, deputy, keeper, officer = [
        await room.person(f"{role}@{HERE}")
        for role in ("staff", "deputy_in_charge", "office_clerk", "confidentiality_officer")
    ]
    await staff.submit("classified.lend", {**USED, "medium": "USB", "internal": True})
    assert (await deputy.agree())["status"] == "APPROVED"
    of, case = "ClassifiedLoan", await found(officer, "classifiedLoans")
    early = await take(officer, "lend", of, case)
    assert problems(early) == {("event", "NO_TRANSITION")}
    registered = await take(officer, "register", of, case)
    assert (await take(staff, "copy", of, registered, diskNumber="外借-2"))["code"] in (
        "NOT_YOURS_TO_DO", "CASE_NOT_FOUND",
    )  # fmt: skip
    told = await take(officer, "copy", of, registered, diskNumber="某工程的盘", noCopyMark=True)
    assert problems(told) == {("diskNumber", "TELLS_OF_A_SECRET")}
    bare = await take(officer, "copy", of, registered, diskNumber="外借-2", noCopyMark=False)
    assert cites(bare) == {"external-storage/9"}
    disk = {"diskNumber": "外借-2", "noCopyMark": True}
    steps = ("copy", disk), ("lend", {}), ("return", {}), ("clear", {})
    done = await walked(officer, of, registered, *steps, ("scan", {}))
    assert done["state"] == "closed"
    assert await seen(keeper, "{ classifiedLoans { edges { node { id } } } }") == []


async def test_new_storage_is_checked_and_scanned_before_it_is_used(room: Api):
    staff, officer = [
        await room.person(f"{role}@{HERE}") for role in ("staff", "confidentiality_officer")
    ]
    of = "ClassifiedActivation"
    case = await run(staff, f"begin{of}", of, USED)
    refused = await take(officer, "activate", of, case)
    assert (problems(refused), cites(refused)) == (
        {("event", "NO_TRANSITION")}, {"external-storage/6"},
    )  # fmt: skip
    used = await walked(officer, of, case, ("check", {}), ("scan", {}), ("activate", {}))
    assert used["state"] == "in_use"


@pytest.mark.parametrize("office", [HERE, SCIENCE])
async def test_equipment_is_repaired_where_it_is_designated_and_under_a_technicians_eyes(
    room: Api, office: str
):
    staff, officer = [
        await room.person(f"{role}@{office}") for role in ("staff", "confidentiality_officer")
    ]
    of = "ClassifiedMending"
    case = await run(staff, f"begin{of}", of, {**USED, "medium": "LAPTOP"})
    elsewhere = await take(officer, "send", of, case, repairerDesignated=False)
    assert any("classified-computers" in each for each in cites(elsewhere)), elsewhere
    fit = {"repairerDesignated": True, "repairerQualified": True}
    sent = await take(officer, "send", of, case, **fit)
    alone = await take(officer, "repair", of, sent, technicianOnSite=False)
    assert any("classified-computers" in each for each in cites(alone)), alone
    done = await take(officer, "repair", of, sent, technicianOnSite=True)
    assert done["state"] == "repaired"
    if office == HERE:
        left = await take(officer, "takeBack", of, done, oldMediaReturned=False)
        assert cites(left) == {"classified-media/第五條"}
        assert (await take(officer, "takeBack", of, done, oldMediaReturned=True))["state"]


def ended(by: str, saw: str) -> dict[str, Any]:
    when = {"destroyedAt": "2026-05-12T09:30:00+08:00", "designatedPlace": True}
    return {**when, "destroyedBy": "CRUSHED", "destroyerId": by, "witnessId": saw}


async def test_a_carrier_is_cleared_scrapped_and_destroyed_by_two_once_the_director_agreed(
    room: Api,
):
    staff, director, officer = [
        await room.person(f"{role}@{HERE}")
        for role in ("staff", "director", "confidentiality_officer")
    ]
    keeper = await room.person(f"system_secrecy_admin@{HERE}")
    card = {**DISK, "number": USED["explanation"], "medium": "PORTABLE_DISK", "noCopyMark": True}
    of_card = {"thingId": (await do(keeper, "addClassifiedCarrier", KEPT, **card))["thingId"]}
    of_card["expectedVersion"] = 1
    before = await room.counts()
    lower = {**card, **of_card, "secrecy": "SECRET"}
    lowered = await do(keeper, "changeClassifiedCarrier", KEPT, **lower)
    struck = await do(keeper, "moveThing", KEPT, **of_card, move="ENDED", text="毁")
    assert cites(lowered) | cites(struck) == {"external-storage/5", "classified-media/第六條"}
    assert await room.counts() == before
    await staff.submit("classified.destroy", USED)
    assert (await director.agree())["status"] == "APPROVED"
    of, case = "ClassifiedDestruction", await found(officer, "classifiedDestructions")
    first, second = [await person_id(officer, name) for name in ("施云飞", "姜萍")]
    early = await take(officer, "destroy", of, case, **ended(first, second))
    assert problems(early) == {("event", "NO_TRANSITION")}
    scrapped = await walked(officer, of, case, ("clear", {}), ("scrap", {}))
    alone = await take(officer, "destroy", of, scrapped, **ended(first, first))
    assert problems(alone) == {("witnessId", "SAME_PERSON")}
    here = {**ended(first, second), "designatedPlace": False}
    assert cites(await take(officer, "destroy", of, scrapped, **here)) == {
        "classified-media/第六條"
    }
    gone = await take(officer, "destroy", of, scrapped, **ended(first, second))
    assert gone["state"] == "destroyed"
    [struck] = await seen(keeper, "{ classifiedCarriers { edges { node { state number } } } }")
    assert (struck["number"], struck["state"]) == (USED["explanation"], "ENDED")


async def test_a_classified_paper_is_lent_for_the_day_and_back_when_its_card_says_so(room: Api):
    officer, staff = [
        await room.person(f"{role}@{CENTRE}") for role in ("confidentiality_officer", "staff")
    ]
    paper = {"number": "密〔2026〕14号", "secrecy": "SECRET", "carrierOrigin": "SUPERIOR"}
    card = await do(officer, "addClassifiedCarrier", KEPT, **paper, noCopyMark=False)
    asked = {"explanation": paper["number"], "secrecy": "SECRET"}
    request = await staff.submit("classified.lend", asked)
    await officer.agree()
    to = {"toId": await person_id(officer, staff.account), "requestId": request["id"]}
    lend = {**to, "thingId": card["thingId"], "expectedVersion": 1, "move": "LENT"}
    longer = await do(officer, "moveThing", KEPT, **lend, dueOn="2026-05-13")
    assert cites(longer) == {"confidentiality-work/工作 3"}
    assert (await do(officer, "moveThing", KEPT, **lend, dueOn="2026-05-12"))["version"] == 2
    running = "select state from clocks where clock = 'classified-return'"
    assert await room.value(running) == "running"
    back = {"thingId": card["thingId"], "expectedVersion": 2, "move": "RETURNED"}
    await do(officer, "moveThing", KEPT, **back)
    assert await room.value(running) == "done"


async def test_papers_handed_back_are_destroyed_at_the_designated_place(room: Api):
    staff, officer = [
        await room.person(f"{role}@{SCIENCE}") for role in ("staff", "confidentiality_officer")
    ]
    of = "ClassifiedHandBack"
    case = await run(staff, f"begin{of}", of, {"explanation": "密〔2025〕31号"})
    first, second = [await person_id(officer, name) for name in ("施宇航", "杨玲")]
    taken = await walked(
        officer, of, case, ("returnToOffice", {}), ("take", {"destroyerId": first})
    )
    away = {**ended(first, second), "designatedPlace": False}
    refused = await take(officer, "destroy", of, taken, **away)
    assert cites(refused) == {"confidentiality/9"}
    assert (await take(officer, "destroy", of, taken, **ended(first, second)))["state"]


async def test_papers_from_a_meeting_are_kept_by_the_office(room: Api):
    clerk, staff = [await room.person(f"{role}@{SCIENCE}") for role in ("office_clerk", "staff")]
    given = {"number": "密〔2026〕8号", "secrecy": "SECRET", "handedInOn": "2026-05-12"}
    given["broughtById"] = await person_id(clerk, "施宇航")
    before = await room.counts()
    name = "recordClassifiedBroughtBack"
    assert (await do(staff, name, LINE, **given))["code"] == "NOT_A_KEEPER"
    assert await room.counts() == before
    assert (await do(clerk, name, LINE, **given))["__typename"] == "LineEntered"


async def test_each_classified_paper_is_looked_for_every_quarter_but_what_is_top_secret(room: Api):
    officer = await room.person(f"confidentiality_officer@{CENTRE}")

    async def states() -> list[str]:
        shown = await nodes(officer, **{"from": "2026-06-30", "to": "2026-06-30"})
        return sorted(each["state"] for each in shown if "清核" in each["activity"])

    paper = {"number": "密〔2026〕14号", "secrecy": "SECRET", "carrierOrigin": "SUPERIOR"}
    added = await do(officer, "addClassifiedCarrier", KEPT, **paper, noCopyMark=False)
    assert added["__typename"] == "ThingKept", added
    for number, secrecy in (("密〔2026〕15号", "CONFIDENTIAL"), ("密〔2026〕16号", "TOP_SECRET")):
        other = {**paper, "number": number, "secrecy": secrecy}
        await do(officer, "addClassifiedCarrier", KEPT, **other, noCopyMark=False)
    assert await states() == ["DUE", "DUE"]
    given, before = {"countedOn": "2026-05-12", "registered": 1, "found": 1}, await room.counts()
    unnamed = await do(officer, "recordClassifiedCount", LINE, **given)
    assert problems(unnamed) == {("carrierId", "REQUIRED")}
    assert await room.counts() == before
    given["carrierId"] = added["thingId"]
    assert (await do(officer, "recordClassifiedCount", LINE, **given))["__typename"] != "Refusal"
    assert await states() == ["DONE", "DUE"]


async def test_each_copy_of_a_secret_paper_has_its_number_and_no_shop_in_town_prints_it(room: Api):
    clerk, staff = [await room.person(f"{role}@{SCIENCE}") for role in ("office_clerk", "staff")]
    copied = {
        "copiedAt": "2026-05-12T09:00:00+08:00", "original": "机密〔2026〕14号", "copies": 20,
        "secrecy": "CONFIDENTIAL", "firstNumber": "2026-031", "lastNumber": "2026-050",
    }  # fmt: skip
    before, add = await room.counts(), "recordClassifiedCopying"

    async def refused(**more: Any) -> Any:
        answer = await do(clerk, add, LINE, **{**copied, "printedBy": "DESIGNATED", **more})
        [one] = answer["problems"]
        return one["code"], (one["clause"] or {}).get("cite")

    assert await refused(printedBy="OTHER") == ("NOT_ELIGIBLE", "8")
    assert await refused(secrecy="NONE") == ("NOT_ELIGIBLE", "7")
    assert await refused(lastNumber="2026-031") == ("COPIES_UNNUMBERED", "7")
    assert await refused(spoiled=2) == ("SPOILED_KEPT", "7")
    assert (await do(staff, add, LINE, **copied, printedBy="OWN"))["code"] == "NOT_A_KEEPER"
    assert await room.counts() == before
    given = {**copied, "printedBy": "OWN", "spoiled": 2, "destroyedAt": "2026-05-12T09:30:00+08:00"}
    assert (await do(clerk, add, LINE, **given))["__typename"] == "LineEntered"
