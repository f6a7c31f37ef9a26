"""A small load: so many clients on kept connections ask one after another, for so many seconds."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from time import perf_counter

import orjson

HEAD = (
    "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
    "authorization: Bearer {token}\r\n{more}content-length: {length}\r\n\r\n"
)
LENGTH = b"content-length:"


@dataclass(frozen=True)
class Question:
    """One operation, and whose token it is asked with; `encoding` is what may come back."""

    query: str
    token: str
    variables: Mapping[str, object] = field(default_factory=dict)
    path: str = "/graphql"
    encoding: str = ""

    @property
    def wire(self) -> bytes:
        body = orjson.dumps({"query": self.query, "variables": self.variables})
        more = f"accept-encoding: {self.encoding}\r\n" if self.encoding else ""
        head = HEAD.format(path=self.path, token=self.token, more=more, length=len(body))
        return head.encode() + body


@dataclass(frozen=True)
class Load:
    """How long each answer took, in seconds, and how long all of them together."""

    took: tuple[float, ...]
    seconds: float
    failed: int = 0

    @property
    def rate(self) -> float:
        return len(self.took) / self.seconds

    def percentile(self, part: float) -> float:
        ordered = sorted(self.took)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


class Line:
    """One kept connection: a question, then its answer."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def to(cls, port: int) -> "Line":
        return cls(*await asyncio.open_connection("127.0.0.1", port, limit=1 << 22))

    async def ask(self, wire: bytes) -> tuple[int, bytes]:
        """The status and the body of the answer."""
        self.writer.write(wire)
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        at = head.index(LENGTH) + len(LENGTH)
        length = int(head[at : head.index(b"\r\n", at)])
        return int(head[9:12]), await self.reader.readexactly(length)

    async def close(self) -> None:
        self.writer.close()
        await self.writer.wait_closed()


def refused(status: int, body: bytes) -> bool:
    """Whether an answer is none: not as asked, with errors, or a refusal."""
    return status != 200 or b'"errors":' in body[:300] or b'"code":' in body[:300]


async def load(
    port: int, wires: Iterator[bytes], *, clients: int, seconds: float, most: int = 1 << 30
) -> Load:
    """The load of these questions, at most so many of them."""
    took: list[float] = []
    failed = 0
    begun = perf_counter()

    async def client() -> None:
        nonlocal failed
        line = await Line.to(port)
        while perf_counter() - begun < seconds and len(took) < most:
            wire = next(wires, None)
            if wire is None:
                break
            at = perf_counter()
            failed += refused(*await line.ask(wire))
            took.append(perf_counter() - at)
        await line.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    return Load(tuple(took), perf_counter() - begun, failed)


async def answer(port: int, question: Question) -> bytes:
    """The body of one answer.

    Raises:
        RuntimeError: it was refused.

    """
    line = await Line.to(port)
    try:
        status, body = await line.ask(question.wire)
    finally:
        await line.close()
    if not question.encoding and refused(status, body):
        raise RuntimeError(f"{question.query[:60]} … was refused: {body[:400].decode()}")
    return body
