"""The floor: two screens by hand on asyncpg and orjson, with sign-in and behind the same walls.

Run as `python -m benchmarks.floor` with PORT, DATABASE_URL and WORDS: it answers what the server
answers to the two documents that it knows, and nothing else.
"""

import base64
import hmac
import os
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.floor_statements import HISTORY, INBOX, ONE, SEATS, STEPS, VIEWER, WHOLE_STEPS
from domain.time.moments import OFFICE_TIME
from resolvers.ground.connections import SERVED

WORDS: dict[str, Any] = {}
PAGE = 50
Row = Mapping[str, Any]


class NotSignedIn(Exception):
    """The token is none, or its session is over."""


@dataclass(frozen=True)
class Viewer:
    institution: str
    id: UUID
    seats: list[UUID]
    loans: list[dict[str, Any]]
    today: date


def claims(header: str) -> dict[str, Any]:
    """What a token says, if its signature is ours."""
    signed, _, signature = header.removeprefix("Bearer ").rpartition(".")
    ours = hmac.digest(WORDS["secret"].encode(), signed.encode(), "sha256")
    if not hmac.compare_digest(base64.urlsafe_b64encode(ours).rstrip(b"="), signature.encode()):
        raise NotSignedIn
    content = signed.partition(".")[2]
    told: dict[str, Any] = orjson.loads(base64.urlsafe_b64decode(content + "==="))
    return told


async def signed_in(connection: Any, told: Mapping[str, Any], now: datetime) -> Viewer:
    institution = told["institution"]
    row = await connection.fetchrow(VIEWER, institution, UUID(told["jti"]), now, now.date())
    if row is None or told["exp"] <= now.timestamp():
        raise NotSignedIn
    return Viewer(institution, row["id"], [*row["seats"], row["id"]], row["loans"], now.date())


async def inbox(connection: Any, viewer: Viewer, _: Row) -> dict[str, Any]:
    turns = [*viewer.seats, *(UUID(each["seat_id"]) for each in viewer.loans)]
    found = await connection.fetch(
        INBOX, viewer.institution, viewer.id, turns, viewer.seats, viewer.loans
    )
    rows = found[:PAGE]
    steps = await steps_of(connection, STEPS, rows)
    seats = await seats_of(connection, viewer, steps)
    edges = []
    for row in rows:
        turns_of = steps[row["id"]]
        own = next(each for each in turns_of if each["id"] == row["step_id"])
        node = {**request(row, viewer), "steps": [step(each, seats) for each in turns_of]}
        waits = {
            "id": step_id(row, own), "title": WORDS["roles"][own["role"]],
            "act": own["act"].upper(), "waitingSince": moment(row["opened_at"]),
        }  # fmt: skip
        edges.append({"node": node, "step": waits})
    total = found[0]["total"] if found else 0
    page = {"hasNextPage": len(found) > PAGE}
    return {"inbox": {"totalCount": total, "pageInfo": page, "edges": edges}}


async def one(connection: Any, viewer: Viewer, variables: Row) -> dict[str, Any]:
    key = UUID(base64.b64decode(variables["id"]).decode().partition(":")[2])
    row = await connection.fetchrow(ONE, viewer.institution, key, viewer.id, viewer.seats)
    if row is None:
        return {"node": None}
    steps = await steps_of(connection, WHOLE_STEPS, [row])
    seats = await seats_of(connection, viewer, steps)
    lines = await connection.fetch(HISTORY, viewer.institution, str(key))
    return {
        "node": {
            **request(row, viewer),
            "steps": [
                {
                    "id": step_id(row, each),
                    **step(each, seats, cited=False),
                    "decision": each["decision"] and each["decision"].upper(),
                    "decidedBy": each["decided_by_name"] and {"name": each["decided_by_name"]},
                    "decidedAt": moment(each["decided_at"]),
                    "comment": each["comment"],
                    "clauses": [WORDS["clauses"][clause] for clause in each["clauses"]],
                }
                for each in steps[key]
            ],
            "history": {"edges": [{"node": past(each)} for each in lines[:PAGE]]},
        }
    }


async def steps_of(connection: Any, statement: str, rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    given = [[row[name] for row in rows] for name in ("institution_id", "id", "round")]
    found: dict[UUID, list[Row]] = defaultdict(list)
    for each in await connection.fetch(statement, *given):
        found[each["request_id"]].append(each)
    return found


async def seats_of(
    connection: Any, viewer: Viewer, steps: Mapping[UUID, list[Row]]
) -> dict[UUID, dict[str, Any]]:
    wanted = {
        seat for own in steps.values() for each in own for seat in each["seats"] or ()
    }  # fmt: skip
    rows = await connection.fetch(SEATS, viewer.institution, list(wanted), viewer.today)
    return {
        row["id"]: {
            "title": WORDS["roles"][row["role"]],
            "unit": row["unit"],
            "holders": [{"name": name} for name in row["holders"]],
        }
        for row in rows
    }


def request(row: Row, viewer: Viewer) -> dict[str, Any]:
    return {
        "id": base64.b64encode(f"Request:{row['id']}".encode()).decode(),
        "number": row["number"],
        "kind": row["kind"].upper().replace(".", "_"),
        "status": row["status"].upper(),
        "summary": summary(row, viewer.today.year),
        "submittedAt": moment(row["submitted_at"]),
        "unit": row["unit_name"],
        "applicant": {"name": row["applicant_name"]},
    }


def summary(row: Row, year: int) -> str:
    """One line on what is asked for, as three sorts of kinds say it."""
    label, form = WORDS["kinds"][row["kind"]], row["form"]
    if row["kind"].startswith("leave."):
        first, last = (date.fromisoformat(form[end]["date"]) for end in ("begins", "ends"))
        days = row["days"].rstrip("0").rstrip(".") if "." in row["days"] else row["days"]
        until = "" if first == last else f"至{last.month}月{last.day}日"
        return f"{label} {days} 天，{day(first, year)}{until}"
    if row["kind"].startswith("outing."):
        out, back = (datetime.fromisoformat(form[end]) for end in ("departs", "returns"))
        hours = f"{(back - out).total_seconds() / 3600:g}"
        return f"{label} {hours} 小时，{day(out.date(), year)} {out:%H:%M}至{back:%H:%M}"
    said = form["explanation"]
    return f"{label}：{said if len(said) <= 40 else said[:40] + '…'}"


def day(of: date, year: int) -> str:
    return f"{of.year}年{of.month}月{of.day}日" if of.year != year else f"{of.month}月{of.day}日"


def moment(at: datetime | None) -> str | None:
    return at.astimezone(OFFICE_TIME).isoformat() if at else None


def step_id(row: Row, of: Row) -> str:
    return base64.b64encode(f"Step:{row['id']}:{of['id']}".encode()).decode()


def step(row: Row, seats: Mapping[UUID, dict[str, Any]], *, cited: bool = True) -> dict[str, Any]:
    told = {
        "title": WORDS["roles"][row["role"]],
        "act": row["act"].upper(),
        "status": row["status"].upper(),
        "waitingFor": [seats[each] for each in row["seats"] or ()],
    }
    if cited:
        clause = WORDS["clauses"][row["clause"]]
        told["clause"] = {"title": clause["title"], "cite": clause["cite"]}
    return told


def past(row: Row) -> dict[str, Any]:
    """A line of the ledger; the texts that lie beside it are put where their digests stand."""
    record = orjson.loads(row["record"])
    kept = {tuple(path): orjson.loads(value) for path, value in row["kept"] or ()}
    content, said = record.get("content") or {}, WORDS["said"]
    turns = content.get("turns") or ()
    decided = {"agree": "agreed", "reject": "rejected", "return": "returned"}
    code = decided.get(turns[0].get("decision") or "", row["event"]) if turns else row["event"]
    texts = (kept.get(("content", each)) for each in ("comment", "reason"))
    status = record.get("status")
    return {
        "position": row["seq"],
        "event": row["event"],
        "sentence": said.get(code, said["other"]),
        "at": moment(row["at"]),
        "by": {"name": kept[("name",)]} if record.get("person") else None,
        "status": status and status.upper(),
        "round": record.get("round"),
        "comment": next((text for text in texts if text), None),
        "turns": [
            {
                "title": WORDS["roles"][turn["role"]],
                "decision": turn["decision"].upper() if turn.get("decision") else None,
            }
            for turn in turns
        ],
        "clauses": [
            {name: WORDS["clauses"][each][name] for name in ("title", "cite")}
            for each in record.get("clauses") or ()
        ],
    }


SCREENS = {"query Inbox": inbox, "query Reque": one}


async def asked(request: Request) -> Response:
    body = orjson.loads(await request.body())
    screen = SCREENS[body["query"][:11]]
    try:
        told = claims(request.headers.get("authorization", ""))
        async with request.app.state.pool.acquire() as connection:
            wall = told["institution"].replace("'", "")
            await connection.execute(f"begin read only; set local guiju.institution = '{wall}'")
            try:
                viewer = await signed_in(connection, told, datetime.now(OFFICE_TIME))
                answer = await screen(connection, viewer, body["variables"])
            finally:
                await connection.execute("commit")
    except NotSignedIn:
        return Response(status_code=401)
    return Response(orjson.dumps({"data": answer}), media_type="application/json")


@asynccontextmanager
async def connected(app: Starlette) -> AsyncIterator[None]:
    app.state.pool = await asyncpg.create_pool(
        os.environ["DATABASE_URL"], min_size=1, max_size=10, init=prepare, reset=leave_as_it_is,
        server_settings=SERVED,
    )  # fmt: skip
    yield
    await app.state.pool.close()


async def prepare(connection: Any) -> None:
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", format="binary",
        encoder=lambda value: b"\x01" + orjson.dumps(value),
        decoder=lambda raw: orjson.loads(raw[1:]),
    )  # fmt: skip


async def leave_as_it_is(_: Any) -> None:
    """Every transaction sets what it needs."""


def main() -> None:
    """Serve until a signal says stop."""
    WORDS.update(orjson.loads(Path(os.environ["WORDS"]).read_bytes()))
    app = Starlette(routes=[Route("/graphql", asked, methods=["POST"])], lifespan=connected)
    uvicorn.run(
        app, port=int(os.environ["PORT"]), log_config=None, access_log=False, loop="uvloop",
        http="httptools",
    )  # fmt: skip


if __name__ == "__main__":
    main()
