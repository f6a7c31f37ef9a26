"""Peers on Node, installed into a folder of the bench's own: pinned, and from no other place."""

import shutil
import subprocess
from base64 import b64decode
from pathlib import Path
from typing import Any

import asyncpg

from benchmarks.contenders import CHECKOUT, Contender
from benchmarks.documents import INBOX, OF_TABLES
from benchmarks.floor_statements import FUNCTIONS
from benchmarks.load import Question
from benchmarks.stage import Stage
from benchmarks.stories import READER

SOURCE = Path(__file__).parent / "peers"
PLACE = CHECKOUT / ".bench" / "peers"
MERCURIUS, POSTGRAPHILE = "mercurius + JIT", "PostGraphile 5"
DOCUMENTS = {MERCURIUS: INBOX, POSTGRAPHILE: OF_TABLES}


class NoPeers(Exception):
    """They cannot be installed here; it says why."""


def install() -> None:
    """Put the peers in their place, unless they are there as the lock says.

    Raises:
        NoPeers: Node or npm is missing, or the registry does not answer.

    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise NoPeers("Node 20 or later, with npm, is not installed")
    PLACE.mkdir(parents=True, exist_ok=True)
    lock = PLACE / "package-lock.json"
    there = (PLACE / "node_modules").exists() and lock.exists()
    same = there and lock.read_bytes() == (SOURCE / lock.name).read_bytes()
    for file in SOURCE.iterdir():
        shutil.copy(file, PLACE)
    if not same:
        shutil.rmtree(PLACE / "node_modules", ignore_errors=True)
        command = [npm, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=PLACE, capture_output=True, text=True, check=False)
        if done.returncode:
            lock.unlink()
            raise NoPeers(f"npm ci failed: {done.stderr.strip()[-300:]}")


async def contenders(stage: Stage) -> list[Contender]:
    """Both, on a database that has the functions that PostGraphile is asked by."""
    connection = await asyncpg.connect(stage.superuser)
    await connection.execute(FUNCTIONS)
    await connection.close()
    surroundings = {
        "DATABASE_URL": stage.database.app_url,
        "WORDS": str(stage.directory / "words.json"),
        "NODE_ENV": "production",
        "GRAPHILE_ENV": "production",
    }
    return [
        Contender(name, ("node", file), surroundings, Question(query, stage.tokens[READER]), PLACE)
        for (name, query), file in zip(
            DOCUMENTS.items(), ("mercurius.js", "postgraphile.js"), strict=True
        )
    ]


def of_tables(answer: Any) -> Any:
    """PostGraphile's answer by what both say: it gives codes for titles and no summaries."""
    inbox = answer["data"]["inbox"]
    return _common(
        inbox,
        [
            {
                "id": node["request"]["rowId"],
                "number": node["request"]["number"],
                "kind": node["request"]["kind"].upper().replace(".", "_"),
                "status": node["request"]["status"].upper(),
                "unit": node["request"]["unitName"],
                "applicant": node["request"]["applicantName"],
                "step": node["stepId"],
                "steps": [
                    _turn(
                        turn,
                        [
                            (
                                seat["unitByInstitutionIdAndUnitId"]["name"],
                                [holder["name"] for holder in seat["heldList"]],
                            )
                            for seat in turn["awaitedList"]
                        ],
                    )
                    for turn in node["request"]["turnsList"]
                ],
            }
            for node in inbox["nodes"]
        ],
    )


def of_screen(answer: Any) -> Any:
    """The server's answer by what PostGraphile says as well."""
    inbox = answer["data"]["inbox"]
    return _common(
        inbox,
        [
            {
                "id": _key(edge["node"]["id"]),
                "number": edge["node"]["number"],
                "kind": edge["node"]["kind"],
                "status": edge["node"]["status"],
                "unit": edge["node"]["unit"],
                "applicant": edge["node"]["applicant"]["name"],
                "step": _key(edge["step"]["id"]),
                "steps": [
                    _turn(
                        turn,
                        [
                            (seat["unit"], [holder["name"] for holder in seat["holders"]])
                            for seat in turn["waitingFor"]
                        ],
                    )
                    for turn in edge["node"]["steps"]
                ],
            }
            for edge in inbox["edges"]
        ],
    )


def _common(inbox: Any, lines: list[dict[str, Any]]) -> dict[str, Any]:
    more = inbox["pageInfo"]["hasNextPage"]
    return {"total": inbox["totalCount"], "more": more, "lines": lines}


def _turn(turn: Any, waits_for: list[tuple[str, list[str]]]) -> list[Any]:
    return [turn["act"].upper(), turn["status"].upper(), sorted(waits_for)]


def _key(opaque: str) -> str:
    return b64decode(opaque).decode().rpartition(":")[2]
