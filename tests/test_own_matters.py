"""Nobody changes who decides on their own matters: of two administrators each asks the other."""

from typing import Any

import pytest

from schema.ground.ids import global_id
from tests.case_office import COMPLAINT, Desk
from tests.duty import enter, sign
from tests.lending import HANDED, LENT, change, id_of, lend, name_of, seat_of
from tests.office import Api, Visitor, leave, problems
from tests.test_posts_journey import ORDER, end, fill
from tests.verbs import LONG

VERBS = ("fill", "fill_later", "end", "hand_over", "lend_vacant", "end_loan")


@pytest.fixture
async def other(posts: Api) -> Visitor:
    """The second administrator."""
    return await posts.person("system_admin_2@hrss-bureau")


@pytest.fixture
async def friend(posts: Api) -> Visitor:
    return await posts.person("staff_2@hrss-bureau")


async def own_request(admin: Visitor) -> Any:
    """A long leave of the administrator's, by way of the chief, the deputy and the director."""
    request = await admin.submit(
        "leave.personal", leave(*LONG, asSeat=await seat_of(admin, "staff"))
    )
    assert [step["role"] for step in request["steps"]][:2] == ["section_chief", "deputy_in_charge"]
    return request


async def asked_first(request: Any) -> tuple[str, str]:
    """The first step's seat and the account of who holds it."""
    [seat] = request["steps"][0]["waitingFor"]
    return seat["id"], seat["holders"][0]["account"]


async def tried(verb: str, who: Visitor, seat: str, holder: Visitor, friend: Visitor) -> Any:
    """One way to change who holds a seat."""
    if verb.startswith("fill"):
        begins = "2026-04-01" if verb == "fill_later" else "2026-03-02"
        return await fill(who, seat, friend, begins=begins)
    if verb == "end":
        return await end(who, seat, holder)
    if verb == "hand_over":
        follows = [{"seatId": seat, "personId": await id_of(friend)}]
        given = {"personId": await id_of(holder), "lastDay": "2026-03-02", "document": ORDER}
        return await change(who, "handOver", HANDED, **given, successors=follows)
    if verb == "lend_vacant":
        return await lend(who, seat, friend, begins="2026-03-03")
    [loan] = await who.api.rows("select id from delegations where ended_at is null")
    return await change(who, "endLoan", LENT, delegationId=global_id("Delegation", loan["id"]))


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", ["pending", "returned"])
async def test_an_administrator_changes_no_seat_that_has_a_turn_in_their_own_request(
    posts: Api, admin: Visitor, other: Visitor, friend: Visitor, verb: str, state: str
) -> None:
    request = await own_request(admin)
    seat, account = await asked_first(request)
    holder = await posts.person(account)
    if state == "returned":
        await holder.decide(request["steps"][0]["id"], "RETURN", comment="写明事由")
    if verb == "lend_vacant":
        await end(other, seat, holder)
        await posts.wait(days=1)
    if verb == "end_loan":
        deputy = await posts.person("staff@hrss-bureau")
        await lend(holder, seat, deputy)
    before = await posts.counts()
    refused = await tried(verb, admin, seat, holder, friend)
    assert {code for _, code in problems(refused)} == {"DECIDES_YOUR_REQUEST"}
    assert request["number"] in refused["problems"][0]["message"]
    assert await posts.counts() == before
    done = await tried(verb, other, seat, holder, friend)
    assert done.get("__typename") != "Refusal", done


@pytest.mark.parametrize("verb", ["fill", "end", "hand_over"])
async def test_a_seat_still_to_be_asked_is_as_closed_as_the_one_that_is_asked_now(
    posts: Api, admin: Visitor, friend: Visitor, verb: str
) -> None:
    request = await own_request(admin)
    director = await posts.person("director@hrss-bureau")
    assert request["steps"][2]["role"] == "director"
    before = await posts.counts()
    refused = await tried(verb, admin, await seat_of(director, "director"), director, friend)
    assert "DECIDES_YOUR_REQUEST" in {code for _, code in problems(refused)}
    assert await posts.counts() == before


async def test_what_has_no_turn_in_it_and_what_is_over_stays_the_administrator_s(
    posts: Api, admin: Visitor, friend: Visitor
) -> None:
    request = await own_request(admin)
    seat, _ = await asked_first(request)
    elsewhere = await seat_of(await posts.person("cashier@hrss-bureau"), "cashier")
    assert (await fill(admin, elsewhere, friend))["__typename"] == "PostChanged"
    await admin.act("withdraw", requestId=request["id"])
    assert (await fill(admin, seat, friend))["__typename"] == "PostChanged"


async def test_no_turn_that_names_a_leaver_passes_on_by_the_applicant_s_hand(
    posts: Api, admin: Visitor, other: Visitor, friend: Visitor
) -> None:
    """A signer who was asked in person is a turn too."""
    request = await own_request(admin)
    _, account = await asked_first(request)
    chief = await posts.person(account)
    step, signer = request["steps"][0]["id"], await id_of(friend)
    await chief.act("addSigners", stepId=step, signers=[signer], when="BEFORE")
    to = await id_of(await posts.person("staff@hrss-bureau"))
    given = {"personId": signer, "lastDay": "2026-03-02", "document": ORDER, "successors": []}
    before = await posts.counts()
    refused = await change(admin, "handOver", HANDED, **given, stepsToPersonId=to)
    assert {code for _, code in problems(refused)} == {"DECIDES_YOUR_REQUEST"}
    assert await posts.counts() == before
    done = await change(other, "handOver", HANDED, **given, stepsToPersonId=to)
    assert [each["number"] for each in done["steps"]] == [request["number"]]


async def handed_in_papers(desk: Desk, person: Visitor) -> None:
    """Nothing keeps them at their post: the archivist signed the list of their papers."""
    chief, archivist = await desk.of("section_chief"), await desk.of("archivist")
    units = {each["name"]: each["id"] for each in await chief.one("{ units { id name } }")}
    given = {
        "transferredOn": "2026-03-02", "filesYear": 2026, "pieces": 9, "items": "全部档案",
        "unitId": units["业务协调科"], "onLeaving": True,
        "handedById": await id_of(person), "toId": await id_of(archivist),
    }  # fmt: skip
    line = await enter(chief, "ArchiveTransfer", **given)
    assert (await sign(archivist, line["lineId"]))["__typename"] == "LineEntered"


async def test_whoever_a_case_is_about_changes_nobody_who_handles_it_nor_learns_of_it(
    posts: Api,
) -> None:
    desk = Desk(posts, "service-centre")
    admin, clerk = await desk.of("system_admin"), await desk.of("complaint_clerk")
    friend = await posts.person("staff@service-centre")
    seat = await desk.seat("complaint_clerk")
    about = {**COMPLAINT, "complainedPersonId": await id_of(admin)}
    case = await desk.register("complaint_clerk", "complaint.case", **about)
    await handed_in_papers(desk, clerk)
    before = await posts.counts()
    for refused in (await fill(admin, seat, friend), await end(admin, seat, clerk)):
        assert problems(refused) == {("seatId", "ANOTHER_ADMINISTRATOR")}
        assert case["number"] not in str(refused)
    assert await posts.counts() == before
    second = await posts.person("system_admin_2@service-centre")
    assert (await fill(second, seat, friend))["__typename"] == "PostChanged"


async def test_whoever_complains_changes_nobody_who_handles_it(posts: Api) -> None:
    desk = Desk(posts, "service-centre")
    admin = await desk.of("system_admin")
    friend = await posts.person("staff@service-centre")
    seat = await desk.seat("complaint_clerk")
    own = {**COMPLAINT, "complainantName": await name_of(admin)}
    await desk.register("complaint_clerk", "complaint.case", **own)
    before = await posts.counts()
    assert problems(await fill(admin, seat, friend)) == {("seatId", "ANOTHER_ADMINISTRATOR")}
    assert await posts.counts() == before
