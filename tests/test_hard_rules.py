"""What no policy lifts: two administrators of a kind stay, and the glass is broken in the open."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from domain.errors import Refused
from policies import vocabulary
from resolvers.ground.keys import new_id
from resolvers.office.glass import Breaking, break_glass
from resolvers.running import postgres
from tests.databases import SPARE, copied, replaced
from tests.lending import seat_of
from tests.moving import do, signed_in, spend
from tests.office import Api, Visitor, problems
from tests.processes import ran
from tests.test_posts_journey import end, fill

HERE = "hrss-bureau"
WHY = "两名系统管理员均已离职"


async def broken(api: Api, account: str, role: str, reason: str = WHY, office: str = HERE) -> str:
    given = Breaking(office, account, role, reason, "root")
    async with api.services.database.transaction(HERE) as transaction:
        return await break_glass(transaction, given, vocabulary.shipped(), api.now, new_id)


async def test_two_removals_at_once_leave_two_administrators(posts: Api, admin: Visitor) -> None:
    second = await posts.person(f"system_admin_2@{HERE}")
    third = await posts.person(f"staff@{HERE}")
    seat = await seat_of(admin, "system_admin")
    await fill(admin, seat, third)
    both = await asyncio.gather(end(admin, seat, second), end(second, seat, third))
    refused = [each for each in both if each["__typename"] == "Refusal"]
    assert [problems(each) for each in refused] == [{("personId", "LAST_ADMINISTRATORS")}]


async def test_the_account_of_one_of_the_last_two_is_not_disabled(
    posts: Api, admin: Visitor
) -> None:
    before = await posts.counts()
    refused = await do(admin, "disableAccount", account=f"audit_admin@{HERE}")
    assert problems(refused) == {("account", "LAST_ADMINISTRATORS")}
    assert await posts.counts() == before


async def test_a_broken_glass_gives_an_office_back_its_administrator_and_everybody_is_told(
    posts: Api,
) -> None:
    staff, audit = [await posts.person(f"{each}@{HERE}") for each in ("staff", "audit_admin")]
    known = "select password_hash from accounts where account = $1"
    [[before]] = await posts.rows(known, f"staff@{HERE}")
    link = await broken(posts, f"staff@{HERE}", "system_admin")
    assert (await staff.ask("{ viewer { name } }")).codes == ["NOT_SIGNED_IN"], "sessions end"
    assert (await spend(posts, link))["__typename"] == "LinkSpent"
    let_in = await signed_in(posts, f"staff@{HERE}")
    seats = (await let_in.one("{ viewer { seats { role } } }"))["seats"]
    assert "system_admin" in {each["role"] for each in seats}
    [told] = (await audit.one("{ notices { edges { node { code sentence } } } }"))["edges"]
    assert told["node"]["code"] == "GLASS_BROKEN"
    assert WHY in told["node"]["sentence"]
    await posts.run(
        """update accounts set password_hash = $1
           where person_id = (select person_id from accounts where account = $2)""",
        *(before, f"staff@{HERE}"),
    )
    [line] = await posts.rows("select record from ledger where event = 'glass_broken'")
    assert '"role":"system_admin"' in line["record"].replace(" ", "")


@pytest.mark.parametrize(
    ("account", "role", "more", "wrong"),
    [
        (f"policy_admin@{HERE}", "system_admin", {}, ("role", "ADMINISTRATORS_APART")),
        (f"staff@{HERE}", "director", {}, ("role", "NOT_AN_ADMINISTRATOR")),
        (f"staff@{HERE}", "audit_admin", {"reason": " "}, ("reason", "REQUIRED")),
        (f"nobody@{HERE}", "audit_admin", {}, ("account", "ACCOUNT_NOT_FOUND")),
        (f"staff@{HERE}", "audit_admin", {"office": "x"}, ("institution", "UNKNOWN_INSTITUTION")),
    ],
)
async def test_what_no_glass_opens_is_refused_and_changes_nothing(
    posts: Api, account: str, role: str, more: dict[str, Any], wrong: tuple[str, str]
) -> None:
    before = await posts.counts()
    with pytest.raises(Refused) as refused:
        await broken(posts, account, role, **more)
    assert {(each.path[-1], each.code) for each in refused.value.problems} == {wrong}
    assert await posts.counts() == before


async def test_the_command_at_the_server_says_the_link_or_everything_that_is_wrong(
    demo_offices: postgres.Database, data_dir: Path
) -> None:
    await copied(demo_offices, "glass", of=SPARE)
    at = {
        "GUIJU_DATABASE_URL": replaced(demo_offices, "glass").app_url,
        "DATA_DIR": str(data_dir),
    }
    words = ("institution", "break-glass", "--code", HERE, "--account", f"staff@{HERE}")
    code, told = ran((*words, "--role", "director", "--reason", " "), at)
    assert (code, len(told.splitlines())) == (1, 2), told
    assert ran((*words, "--role", "audit_admin", "--reason", WHY), at) == (0, "")
