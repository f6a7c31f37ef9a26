"""Bodies of requests: neither larger nor slower than an honest one, and what refuses them."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import structlog
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from schema.ground.errors import sentence
from schema.running.headers import language_asked

log = structlog.get_logger()

LARGEST_BODY = 2_500_000
MOST_DROPPED, DROPPED_WITHIN = 20 * LARGEST_BODY, 5.0
"""Of a body that is too large so much is still taken in, in so many seconds, and forgotten."""


FILES = "/files/"
"""Where files come in and go out, as they are."""

UNREAD = {
    "Unable to parse request body as JSON": "NOT_JSON",
    "The body must be a JSON object": "NOT_ONE_CALL",
    "Batching is not enabled": "NOT_ONE_CALL",
    "The GraphQL operation's `query` must be a string or null, if provided.": "NOT_ONE_CALL",
    "The GraphQL operation's `variables` must be an object or null, if provided.": "NOT_ONE_CALL",
    "The GraphQL operation's `extensions` must be an object or null, if provided.": "NOT_ONE_CALL",
    "No GraphQL query found in the request": "NO_QUERY",
    "Can't get GraphQL operation type": "NO_OPERATION",
    "Unsupported content type": "NOT_SENT_AS_JSON",
    "GraphQL only supports GET and POST requests.": "NOT_BY_POST",
    **{
        f"{each} are not allowed when using GET": "NOT_BY_POST" for each in ("queries", "mutations")
    },
}
"""What the reasons of the libraries that read a request are in our words."""


def unread(reason: str, status: int, language: str) -> JSONResponse:
    """The refusal of an HTTP request that is no question, which says why."""
    code = "UNKNOWN_OPERATION" if reason.startswith("Unknown operation named") else "INVALID_HTTP"
    response = failed(
        "INVALID_HTTP", status, language, because=UNREAD.get(reason, code), why=reason
    )
    if status == 405:
        response.headers["allow"] = "GET, POST"
    return response


def failed(code: str, status: int, language: str, **details: Any) -> JSONResponse:
    error = {"message": sentence(code, details, language), "extensions": {"code": code}}
    return JSONResponse({"errors": [error]}, status)


@dataclass
class BoundedBody:
    """Refuses what is too large to read or too slow to come, and names every request."""

    app: ASGIApp
    patience: float

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["request_id"] = uuid4().hex
        read, whole = 0, False
        until = asyncio.get_running_loop().time() + self.patience

        # A file is as large as was announced, and may take as long as it does not pause.
        is_file = scope["path"].startswith(FILES) and scope["method"] == "PUT"

        async def bounded() -> Message:
            nonlocal read, whole, until
            if is_file:
                until = asyncio.get_running_loop().time() + self.patience
            try:
                async with asyncio.timeout_at(None if whole else until):
                    message = await receive()
            except TimeoutError:
                raise TooSlow from None
            whole = not message.get("more_body", False)
            read += len(message.get("body", b""))
            if read > LARGEST_BODY and not is_file:
                raise TooLarge
            return message

        try:
            await self.app(scope, bounded, send)
        except ClientDisconnect:
            log.info("client_left", request_id=scope["request_id"])
        except (TooLarge, TooSlow) as unread:
            language = language_asked(HTTPConnection(scope))
            if isinstance(unread, TooSlow):
                seconds = f"{self.patience:g}"
                response = failed("CLIENT_TOO_SLOW", 408, language, seconds=seconds)
            else:
                response = failed("REQUEST_TOO_LARGE", 413, language, limit=LARGEST_BODY)
                await _dropped(receive)
            # What is left of the body would be taken for the next request.
            response.headers["connection"] = "close"
            await response(scope, receive, send)


async def _dropped(receive: Receive) -> None:
    """Take in the rest: who writes on to a line that is closed never hears why."""
    read, more = 0, True
    with suppress(TimeoutError):
        async with asyncio.timeout(DROPPED_WITHIN):
            while more and read < MOST_DROPPED:
                message = await receive()
                read += len(message.get("body", b""))
                more = message.get("more_body", False)


class TooSlow(Exception):
    """The body did not come within the time that any honest client needs."""


class TooLarge(Exception):
    """The body is larger than any honest request."""
