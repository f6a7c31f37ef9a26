"""No administrator alone changes who decides an open request, by any way of up to four acts."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from resolvers.ground.connections import prepare
from schema.ground.ids import global_id
from tests.lending import id_of, seat_of
from tests.office import Api, Visitor, leave
from tests.undone import served_by

HERE, LONGEST = "hrss-bureau", 4
ORDER = "人社任〔2026〕9号"
DECIDES = """
  select s.id, array(
    select a.person_id::text || coalesce((
      select string_agg(c.account || encode(sha256(c.password_hash::bytea), 'hex') || (
        select count(*) from sign_in_links l where (l.institution_id, l.account)
          = (c.institution_id, c.account)), ',' order by c.account)
      from accounts c where (c.institution_id, c.person_id) = (a.institution_id, a.person_id)), '')
    from appointments a
    where a.institution_id = s.institution_id and a.seat_id = any(s.seats)
      and a.begins <= $1 and (a.ends is null or a.ends >= $1) order by 1) as holders,
    array(select d.borrower_id::text from delegations d
      where d.institution_id = s.institution_id and d.seat_id = any(s.seats)
        and d.ended_at is null and d.begins <= $1 and d.ends >= $1 order by 1) as borrowers,
    (select count(*) from identity_providers) as providers
  from steps s join requests r on (r.institution_id, r.id, r.round)
    = (s.institution_id, s.request_id, s.round)
  where s.status in ('open', 'waiting') and r.status = 'pending' order by s.id"""
"""Who can take each turn that is open, and how they sign in."""

STATES = (
    *("units", "seats", "people", "appointments", "delegations", "accounts", "sign_in_links"),
    *("second_factors", "requests", "steps", "rulebook_drafts", "rulebook_versions"),
    *("calendar_days", "channels", "identity_providers", "regulation_texts"),
)

Does = Callable[[], Awaitable[Any]]


@dataclass
class Search:
    """What was tried, from how many different states."""

    connection: asyncpg.Connection
    today: Any
    ways: dict[str, Does]
    before: Any = None
    seen: dict[bytes, int] = field(default_factory=dict)
    tried: int = 0

    async def decides(self) -> Any:
        # Whoever the connection spoke for last is not asked: all of one office is looked at.
        await self.connection.execute(f"set local guiju.institution = '{HERE}'")
        rows = await self.connection.fetch(DECIDES, self.today)
        return [tuple(row) for row in rows]

    async def state(self) -> bytes:
        told = sha256()
        for table in STATES:
            every = "string_agg(t::text, ';' order by t::text)"
            found = await self.connection.fetchval(
                f"select coalesce(md5({every}), '') from {table} t"
            )
            told.update(found.encode())
        return told.digest()

    async def go(self, left: int, way: tuple[str, ...] = ()) -> None:
        for name, does in self.ways.items():
            undone = self.connection.transaction()
            await undone.start()
            try:
                await does()
                self.tried += 1
                assert await self.decides() == self.before, (*way, name)
                reached = await self.state()
                if left > 1 and self.seen.get(reached, 0) < left - 1:
                    self.seen[reached] = left - 1
                    await self.go(left - 1, (*way, name))
            finally:
                await undone.rollback()


@dataclass
class Around:
    """The office around the open request, by the ids that mutations take."""

    root: str
    unit: str
    chief_seat: str
    chief: str
    applicant: str
    friend: str
    me: str
    step: str
    request: str
    other_seat: str


async def attempt(who: Visitor, act: str, /, **given: Any) -> None:
    """A mutation, whatever it answers but that it was not understood."""
    words = act[0].upper() + act[1:]
    answer = await who.ask(
        f"mutation ($input: {words}Input!) {{ {act}(input: $input) {{ __typename }} }}",
        {"input": {"idempotencyKey": str(uuid4()), **given}},
    )
    assert not answer.codes or answer.codes == ["NOT_ALLOWED"], answer.body


def ways_of(who: Visitor, a: Around, newest: Callable[[str], Awaitable[str]]) -> dict[str, Does]:
    """What an administrator could try, each with the ids of this office."""
    day = who.api.now.date()
    today, tomorrow = day.isoformat(), (day + timedelta(1)).isoformat()

    def call(act: str, /, **given: Any) -> Does:
        return lambda: attempt(who, act, **given)

    async def on_the_newest(act: str, table: str, kind: str, field: str, /, **given: Any) -> Any:
        if found := await newest(table):
            return await attempt(who, act, **{field: global_id(kind, found)}, **given)
        return None

    loan = {"seatId": a.chief_seat, "begins": today, "ends": tomorrow, "document": ORDER}
    line = {"role": "staff", "kind": "leave.personal", "act": "approve", "when": "always"}
    line |= {"rule": "x-1", "order": "1", "clause": "attendance-measures/三", "effect": "allow"}
    fill = {"begins": today, "document": ORDER}
    system: dict[str, Does] = {
        "a seat nearer by": call("addSeat", unitId=a.unit, role="section_chief"),
        "another unit": call("addUnit", name="临时股", parentId=a.root),
        "the unit moved": call("moveUnit", unitId=a.unit, parentId=a.root),
        "the chief's seat closed": call("closeSeat", seatId=a.chief_seat, lastDay=today),
        "oneself appointed": call("fillSeat", seatId=a.chief_seat, personId=a.me, **fill),
        "a friend appointed": call("fillSeat", seatId=a.chief_seat, personId=a.friend, **fill),
        "the chief ended": call(
            "endAppointment", seatId=a.chief_seat, personId=a.chief, lastDay=today, document=ORDER
        ),
        "the chief handed over": call(
            "handOver", personId=a.chief, lastDay=today, document=ORDER, successors=[]
        ),
        "the seat lent": call("lendSeat", toPersonId=a.friend, **loan),
        "the chief invited anew": call("inviteAccount", account=f"section_chief@{HERE}"),
        "the chief's account disabled": call("disableAccount", account=f"section_chief@{HERE}"),
        "the chief's account enabled": call("enableAccount", account=f"section_chief@{HERE}"),
        "the chief's factor cleared": call("clearSecondFactor", account=f"section_chief@{HERE}"),
        "somebody new": call("addPerson", name="新人", account="xin.ren"),
        "renamed": call("renamePerson", personId=a.friend, name="科长"),
        "what one asked for confirmed": lambda: on_the_newest(
            "confirmAct", "administrative_acts", "AdministrativeAct", "actId"
        ),
    }
    policy: dict[str, Does] = {
        "a draft": call("startDraft"),
        "the draft changed": lambda: on_the_newest(
            *("changeDraft", "rulebook_drafts", "RulebookDraft", "draftId"),
            changes=[{"file": "leave", "add": line}],
        ),
        "the draft submitted": lambda: on_the_newest(
            *("submitDraft", "rulebook_drafts", "RulebookDraft", "draftId"),
            issuingBody="局",
            number="1",
            day=today,
            effectiveFrom=today,
            reason="更快",
        ),
        "another rulebook adopted": call(
            "adoptRulebook", areas=["leave"], **{"from": "science-bureau"}
        ),
        "the turn reassigned": call("reassign", stepId=a.step, to=a.other_seat, reason="更快"),
        "a day off": call("setCalendarDay", day=tomorrow, working=False, name="放假"),
        "what one asked for confirmed": system["what one asked for confirmed"],
        "oneself appointed": system["oneself appointed"],
        "the seat lent": system["the seat lent"],
    }
    audit: dict[str, Does] = {
        name: system[name] for name in ("oneself appointed", "the seat lent", "the chief ended")
    }
    audit |= {"the turn reassigned": policy["the turn reassigned"]}
    return {"system_admin": system, "policy_admin": policy, "audit_admin": audit}[
        who.account.partition("@")[0]
    ]


@pytest.mark.parametrize("role", ["system_admin", "policy_admin", "audit_admin"])
async def test_no_way_of_one_administrator_changes_who_decides_an_open_request(
    posts: Api, app_url: str, role: str
) -> None:
    staff, chief, friend, admin = [
        await posts.person(f"{each}@{HERE}")
        for each in ("staff", "section_chief", "section_chief_2", role)
    ]
    request = await staff.submit("leave.personal", leave("2026-03-09"))
    units = {e["name"]: e["id"] for e in await admin.one("{ units { id name parentId } }")}
    [step] = [each for each in request["steps"] if each["status"] == "OPEN"]
    around = Around(
        root=next(iter(units.values())),
        unit=units[step["seats"][0]["unit"]] if step.get("seats") else next(iter(units.values())),
        chief_seat=await seat_of(chief, "section_chief"),
        chief=await id_of(chief),
        applicant=await id_of(staff),
        friend=await id_of(friend),
        me=await id_of(admin),
        step=step["id"],
        request=request["id"],
        other_seat=await seat_of(friend, "section_chief"),
    )
    connection = await asyncpg.connect(app_url)
    await prepare(connection)
    outer = connection.transaction()
    await outer.start()

    async def newest(table: str) -> Any:
        await connection.execute(f"set local guiju.institution = '{HERE}'")
        return await connection.fetchval(
            f"select id from {table} order by at desc, id desc limit 1"
        )

    try:
        with served_by(posts, connection):
            search = Search(connection, posts.now.date(), ways_of(admin, around, newest))
            search.before = await search.decides()
            assert len(search.before) > 0
            await search.go(LONGEST)
    finally:
        await outer.rollback()
        await connection.close()
    assert search.tried >= len(search.ways)
    if role != "audit_admin":  # who changes nothing
        assert len(search.seen) > 1, "some acts take effect, or nothing was shown"
