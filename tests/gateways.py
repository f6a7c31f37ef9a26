"""An office's gateway and its mail server on the loopback: what they are told, how they fail."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import h11


@dataclass
class Gateway:
    """What was posted here; `status` is what it answers, and None hangs up."""

    url: str = ""
    status: int | None = 204
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)


@asynccontextmanager
async def gateway() -> AsyncIterator[Gateway]:
    told = Gateway()

    async def answered(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h11.Connection(h11.SERVER)
        body, head = b"", {}
        while not isinstance(event := connection.next_event(), h11.EndOfMessage):
            if event is h11.NEED_DATA:
                connection.receive_data(await reader.read(65536))
            elif isinstance(event, h11.Request):
                head = {name.decode(): value.decode() for name, value in event.headers}
            elif isinstance(event, h11.Data):
                body += bytes(event.data)
        if told.status is not None:
            told.headers.append(head)
            told.bodies.append(body)
            closing = [("connection", "close"), ("location", "http://127.0.0.1:1/")]
            answer = h11.Response(status_code=told.status, headers=closing)
            writer.write(connection.send(answer) or b"")
            writer.write(connection.send(h11.EndOfMessage()) or b"")
        writer.close()

    async with await asyncio.start_server(answered, "127.0.0.1", 0) as server:
        told.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
        yield told


@asynccontextmanager
async def mail() -> AsyncIterator[tuple[str, list[str]]]:
    """Its address, and the letters that it takes."""
    letters: list[str] = []

    async def served(reader: asyncio.StreamReader, writer: Any) -> None:
        writer.write(b"220 ready\r\n")
        while line := (await reader.readline()).decode().strip():
            word = line[:4].upper()
            if word == "DATA":
                writer.write(b"354 go on\r\n")
                letters.append((await reader.readuntil(b"\r\n.\r\n")).decode())
            writer.write(b"221 bye\r\n" if word == "QUIT" else b"250 ok\r\n")
        writer.close()

    async with await asyncio.start_server(served, "127.0.0.1", 0) as server:
        yield f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}", letters
