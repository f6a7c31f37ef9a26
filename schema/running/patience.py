"""HTTP for clients in time: a head that does not arrive ends its connection."""

from asyncio import AbstractEventLoop, BaseTransport, TimerHandle
from dataclasses import dataclass
from typing import Any

import orjson
import structlog
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from domain.messages import ZH
from schema.ground.errors import sentence

log = structlog.get_logger()

HEAD = (
    b"HTTP/1.1 408 Request Timeout\r\ncontent-type: application/json\r\n"
    b"connection: close\r\ncontent-length: %d\r\n\r\n%s"
)


@dataclass(eq=False)
class Together:
    """A transport that sends the head of an answer with what follows it at once, if anything does.

    The kernel, the network and the client would take it up by itself otherwise.
    """

    transport: Any
    loop: AbstractEventLoop
    head: bytes = b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.transport, name)

    def write(self, data: bytes) -> None:
        if self.head:
            self.transport.writelines((self.head, data))
            self.head = b""
        elif data.startswith(b"HTTP/"):
            self.head = data
            self.loop.call_soon(self._send)
        else:
            self.transport.write(data)

    def close(self) -> None:
        self._send()
        self.transport.close()

    def _send(self) -> None:
        if self.head:
            self.transport.write(self.head)
            self.head = b""


class Impatient(HttpToolsProtocol):
    """Waits for the first byte of a connection, and for the rest of each head, only so long."""

    def __init__(self, *given: Any, patience: float, **more: Any) -> None:
        super().__init__(*given, **more)
        self.patience = patience
        self.deadline: TimerHandle | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(Together(transport, self.loop))  # type: ignore[arg-type]
        self._wait()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._wait()

    def on_headers_complete(self) -> None:
        self._wait_no_more()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self.deadline is None:
            self.deadline = self.loop.call_later(self.patience, self._give_up)

    def _wait_no_more(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None

    def _give_up(self) -> None:
        log.info("client_too_slow", address=self.client[0] if self.client else "")
        code = "CLIENT_TOO_SLOW"
        said = sentence(code, {"seconds": f"{self.patience:g}"}, ZH)
        body = orjson.dumps({"errors": [{"message": said, "extensions": {"code": code}}]})
        if self.scope is not None:
            self.transport.write(HEAD % (len(body), body))
        self.transport.close()
