"""What tests of rosters do: draw, settle, replace, and who is on duty."""

from typing import Any
from uuid import uuid4

from schema.ground.ids import global_id, read_id
from tests.office import REFUSAL, Api, Visitor

LINE = f"__typename ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }}"
KEPT = f"__typename ... on RosterKept {{ rosterId version }} ... on Refusal {{ {REFUSAL} }}"
TURN = "id day post title shift begins ends personId person excused clause { cite }"
SHOWN = f"""id month state version drawnBy settledBy settledAt why clause {{ cite }}
  turns {{ {TURN} }} changes {{ turnId day from to ground why by }}
  allowedActions {{ act allowed }}"""
MONTH = "2026-04-01"
POINTS = ("doorsLocked", "appliancesOff", "tapsClosed", "noStrangers")
SAFE = {"safetyRound": "门窗已锁,灯、水已关", **dict.fromkeys(POINTS, True)}
"""A round of the premises that found nothing."""


async def cleared(api: Api) -> Api:
    """No roster is drawn and no book of duty has a line."""
    await api.empty(
        *(
            "rosters",
            "roster_slots",
            "roster_changes",
            "duty_entries",
            "duty_handovers",
            "duty_meals",
            "duty_log_reviews",
            "duty_whereabouts",
        ),
        *("duty_ordered_days", "line_signatures", "occurrences", "consequence_turns"),
    )
    return api


async def _act(visitor: Visitor, name: str, given: dict[str, Any], key: str = "") -> Any:
    words = name[0].upper() + name[1:]
    return await visitor.one(
        f"mutation ($input: {words}Input!) {{ {name}(input: $input) {{ {KEPT} }} }}",
        {"input": {**given, "idempotencyKey": key or str(uuid4())}},
    )


async def draft(visitor: Visitor, month: str = MONTH, key: str = "") -> Any:
    return await _act(visitor, "draftRoster", {"of": "DUTY_TURNS", "month": month}, key)


async def settle(visitor: Visitor, roster: Any, key: str = "", **more: Any) -> Any:
    given = {"rosterId": roster["rosterId"], "expectedVersion": roster["version"], **more}
    return await _act(visitor, "settleRoster", given, key)


async def replace(visitor: Visitor, roster: Any, turn: Any, to: str, **more: Any) -> Any:
    key = more.pop("key", "")
    given = {"turnId": turn["id"], "expectedVersion": roster["version"], "toId": to, **more}
    return await _act(visitor, "replaceOnDuty", given, key)


async def shown(visitor: Visitor, month: str = MONTH) -> Any:
    return await visitor.one(
        f'{{ roster(of: DUTY_TURNS, month: "{month}") {{ {SHOWN} }} }}',
    )


def found(roster: Any, day: str, shift: str) -> Any:
    """The officer's turn of a shift on a day."""
    asked = day, shift, "duty_officer"
    return next(t for t in roster["turns"] if (t["day"], t["shift"], t["post"]) == asked)


async def on_duty(visitor: Visitor, at: str = "") -> list[Any]:
    given = f'(at: "{at}")' if at else ""
    return list(await visitor.one(f"{{ onDuty{given} {{ {TURN} }} }}"))


async def person_of(api: Api, turn: Any) -> Visitor:
    """Whoever has a turn, signed in."""
    key = read_id(turn["personId"])[1]
    return await api.person(await api.value("select account from people where id = $1::uuid", key))


async def free_for(api: Api, institution: str, turns: list[Any], day: str) -> str:
    """Somebody of the staff who has no turn on a day or beside it."""
    near = [
        read_id(each["personId"])[1]
        for each in turns
        if each["personId"] and abs(int(each["day"][-2:]) - int(day[-2:])) < 2
    ]
    free = await api.value(
        "select a.person_id from appointments a join seats s on s.id = a.seat_id"
        " where a.institution_id = $1 and s.role = 'staff' and not a.person_id::text = any($2)"
        " order by a.person_id limit 1",
        institution,
        near,
    )
    return str(global_id("Person", free))


async def enter(visitor: Visitor, word: str, **given: Any) -> Any:
    return await visitor.one(
        f"mutation ($input: Record{word}Input!) {{ record{word}(input: $input) {{ {LINE} }} }}",
        {"input": {**given, "idempotencyKey": str(uuid4())}},
    )


async def sign(visitor: Visitor, line: str) -> Any:
    return await visitor.one(
        f"mutation ($input: SignLineInput!) {{ signLine(input: $input) {{ {LINE} }} }}",
        {"input": {"lineId": line, "idempotencyKey": str(uuid4())}},
    )


async def settled(office: Api, institution: str, **more: Any) -> tuple[Visitor, Any]:
    """The clerk who drew the roster, and the roster settled."""
    clerk = await office.person(f"office_clerk@{institution}")
    settler = "director" if institution == "township-government" else "office_director"
    head = await office.person(f"{settler}@{institution}")
    done = await settle(head, await draft(clerk), **more)
    assert done["__typename"] == "RosterKept", done
    return clerk, done


async def account_of(office: Api, person: str) -> str:
    key = read_id(person)[1]
    return str(await office.value("select account from people where id = $1::uuid", key))


async def through(office: Api, request: Any) -> None:
    """Every turn of a request is taken by whoever it waits for."""
    assert request["__typename"] != "Refusal", request
    for step in request["steps"]:
        for seat in step["waitingFor"] or []:
            holder = await office.person(seat["holders"][0]["account"])
            await holder.decide(step["id"])
    key = read_id(request["id"])[1]
    for _ in range(5):
        rows = await office.rows(
            "select s.id, a.account from steps s join appointments h on h.seat_id = any(s.seats)"
            " join people a on a.id = h.person_id"
            " where s.request_id = $1::uuid and s.status = 'open' limit 1", key,
        )  # fmt: skip
        if not rows:
            return
        holder = await office.person(rows[0]["account"])
        await holder.agree()
