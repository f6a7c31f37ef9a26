"""The line to a fuzzed server: what is sent, what comes back, how soon, and what the log tells."""

import re
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx
import orjson

from tests.fuzz_calls import Call
from tests.fuzz_noise import Noise

SLOW, SLOW_HEALTH = 2.0, 0.5
OURS = re.compile(r'/(?:schema|resolvers|domain|policies)/\S+", line \d+, in \w+')
REQUEST_ID = re.compile(r"[0-9a-f]{32}")

Sent = Call | Noise


@dataclass(frozen=True)
class Answer:
    """What came back, and how long it took."""

    seconds: float
    status: int = 0
    body: Any = None
    failure: str = ""

    @property
    def codes(self) -> Counter[str]:
        errors = self.body.get("errors") if isinstance(self.body, dict) else None
        return Counter((error.get("extensions") or {}).get("code", "") for error in errors or ())

    def faults(self) -> list[str]:
        """What must never come back."""
        found = []
        if self.status >= 500:
            found.append(f"HTTP {self.status}")
        if self.failure:
            found.append(self.failure)
        if self.codes["INTERNAL"]:
            found.append("INTERNAL")
        if self.seconds > SLOW:
            found.append("slow")
        return found


@dataclass
class Line:
    """The way to the server: tokens by account, and what its log says of a failure."""

    origin: str
    tokens: dict[str, str] = field(default_factory=dict)
    log: Path | None = None
    server: int = 0
    flying: dict[int, tuple[float, Sent]] = field(default_factory=dict)

    async def send(self, client: httpx.AsyncClient, call: Sent) -> Answer:
        headers = {"content-type": "application/json"}
        if call.account:
            headers["authorization"] = f"Bearer {self.tokens[call.account]}"
        began, waited = time.monotonic(), self.starved()
        self.flying[id(call)] = began, call
        status, content, failure = 0, b"", ""
        try:
            if isinstance(call, Noise):
                status, content = await call.over(self.origin, headers)
            else:
                got = await client.post(
                    f"{self.origin}/graphql", content=call.body(), headers=headers
                )
                status, content = got.status_code, got.content
        except (OSError, TimeoutError, httpx.TransportError) as error:
            failure = type(error).__name__
        del self.flying[id(call)]
        seconds = time.monotonic() - began - (self.starved() - waited)
        try:
            body = orjson.loads(content)
        except ValueError:
            body = None
        return Answer(seconds, status, body, failure)

    def starved(self) -> float:
        """How long the server's threads and whoever asks have stood ready without a core."""
        # A password is hashed beside the loop, in a thread that waits for itself.
        threads = Path("/proc").glob(f"{self.server}/task/*/schedstat")
        told = (*threads, Path("/proc/thread-self/schedstat"))
        return sum(int(each.read_text().split()[1]) / 1e9 for each in told if each.exists())

    def cause(self, answer: Answer) -> str:
        """The exception and the last line of ours that the log tells of this answer."""
        errors = answer.body.get("errors", ()) if isinstance(answer.body, dict) else ()
        named = REQUEST_ID.search(" ".join(str(error.get("message")) for error in errors))
        if not named or self.log is None:
            return ""
        for line in reversed(self.log.read_text(errors="replace").splitlines()[-400:]):
            if named[0] in line and '"exception"' in line:
                told = str(orjson.loads(line)["exception"])
                ours = OURS.findall(told)
                return f"{told.splitlines()[-1][:200]} at {ours[-1] if ours else '?'}"
        return ""


class Monitor(Thread):
    """Asks /healthz all the while, from outside the loop that sends the calls."""

    def __init__(self, line: Line) -> None:
        super().__init__(daemon=True)
        self.line, self.over, self.worst = line, Event(), 0.0
        self.slow: list[tuple[float, list[Sent]]] = []

    def run(self) -> None:
        while not self.over.wait(0.1):
            began, waited = time.monotonic(), self.line.starved()
            try:
                with urllib.request.urlopen(f"{self.line.origin}/healthz", timeout=60) as got:
                    got.read()
                seconds = time.monotonic() - began - (self.line.starved() - waited)
            except OSError:
                seconds = float("inf")
            self.worst = max(self.worst, seconds)
            if seconds > SLOW_HEALTH:
                self.slow.append((seconds, [call for _, call in sorted(
                    self.line.flying.values(), key=lambda flight: flight[0])]))  # fmt: skip
