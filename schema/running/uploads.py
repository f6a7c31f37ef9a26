"""Files over HTTP: bytes sent to an upload from where it broke off, and links that open one."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from domain.errors import NotAllowed, NotSignedIn, Refused
from domain.records.files import KINDS, MEGABYTE, ending_of
from resolvers.files import opening, uploads
from resolvers.ground.context import Context
from resolvers.records.exports import opened
from schema.records.files import DOOR, OPENED, UPLOADS
from schema.requests.printed import POLICY
from schema.running.asked import context_of
from schema.running.bodies import failed
from schema.running.headers import language_asked, token_of

WRITTEN_AT_ONCE = MEGABYTE
SENT = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})")
WANTED = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
STATUS = {
    "NOT_SIGNED_IN": 401,
    "NOT_ALLOWED": 403,
    **dict.fromkeys(("UPLOAD_OFFSET", "UPLOAD_IN_HAND", "UPLOAD_CONFIRMED"), 409),
    "UPLOAD_SIZE_DIFFERS": 413,
    "INVALID_RANGE": 416,
    "STORAGE_FULL": 507,
}
"""Of a refusal by its code; of what is not there, or not the viewer's to see, 404."""

Answers = Callable[[Request, Context], Awaitable[Response]]


def answering(answers: Answers) -> Callable[[Request], Awaitable[Response]]:
    """An address whose refusals are told as any other, by code and sentence."""

    async def answer(request: Request) -> Response:
        context = context_of(request)
        try:
            return await answers(request, context)
        except NotSignedIn:
            code, details = "NOT_SIGNED_IN", dict[str, Any]()
        except NotAllowed:
            code, details = "NOT_ALLOWED", {}
        except Refused as refused:
            said: Any = refused.problems[0] if refused.problems else refused
            code, details = said.code, dict(said.details)
        finally:
            await context.close()
        response = failed(code, STATUS.get(code, 404), context.language, **details)
        if "offset" in details:
            response.headers["upload-offset"] = str(details["offset"])
        if request.method == "PUT":
            # What is left of the body would be taken for the next request.
            response.headers["connection"] = "close"
        return response

    return answer


async def upload(request: Request, context: Context) -> Response:
    """PUT appends bytes to an upload of one's own; HEAD tells how many have come."""
    try:
        key = UUID(request.path_params["upload"])
    except ValueError:
        raise Refused("UPLOAD_NOT_FOUND") from None
    async with context.write(DOOR):
        row = await uploads.mine(context, key)
    files, place = context.services.files, uploads.place_of(row)
    if request.method == "PUT":
        if row["confirmed_at"]:
            raise Refused("UPLOAD_CONFIRMED")
        first, last = _sent(request, row["size"])
        files.must_have_room(last - first)
        with files.receiving(place, first) as opened:
            await _write(request, opened, last - first)
    came = row["size"] if row["confirmed_at"] else files.received(place)
    headers = {"upload-offset": str(came), "upload-length": str(row["size"])}
    return Response(status_code=204, headers={**headers, "cache-control": "no-store"})


def _sent(request: Request, size: int) -> tuple[int, int]:
    """From which byte on the body comes, and where it may end at most.

    Raises: Refused: it would not fit into the file that was announced.
    """
    length = request.headers.get("content-length", "")
    stated = request.headers.get("content-range")
    first, last = 0, size
    if stated is not None:
        found = SENT.fullmatch(stated)
        if found is None or not int(found[1]) <= int(found[2]) < int(found[3]):
            raise Refused("INVALID_RANGE")
        first, last, whole = int(found[1]), int(found[2]) + 1, int(found[3])
        if whole != size:
            raise Refused("UPLOAD_SIZE_DIFFERS", size=size)
    if length.isdigit() and first + int(length) > last:
        raise Refused("UPLOAD_SIZE_DIFFERS", size=size)
    return first, last


async def _write(request: Request, opened: int, most: int) -> None:
    """Take in a body, a piece at a time; of one that breaks off, what has come.

    Raises: Refused: more comes than was announced.
    """
    waiting, written = bytearray(), 0
    try:
        async for chunk in request.stream():
            written += len(chunk)
            if written > most:
                raise Refused("UPLOAD_SIZE_DIFFERS", size=most)
            waiting += chunk
            if len(waiting) >= WRITTEN_AT_ONCE:
                await asyncio.to_thread(_write_all, opened, bytes(waiting))
                waiting.clear()
    except ClientDisconnect:
        _write_all(opened, bytes(waiting))
        raise
    await asyncio.to_thread(_write_all, opened, bytes(waiting))


def _write_all(opened: int, said: bytes) -> None:
    while said:
        said = said[os.write(opened, said) :]


async def link(request: Request, context: Context) -> Response:
    """What a link opens, in the session that asked for it: the file, or a range of it."""
    await context.read(DOOR)
    row = await opening.linked(context, request.path_params["link"])
    size, kind = row["size"], KINDS[ending_of(row["name"])]
    headers = {
        "content-type": kind.media_type,
        "content-disposition": f"attachment; filename*=UTF-8''{quote(row['name'], safe='')}",
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
        "content-security-policy": "sandbox; default-src 'none'",
        "accept-ranges": "bytes",
        "etag": f'"{row["sha256"]}"',
    }
    first, last = _wanted(request.headers.get("range"), size)
    status = 200
    if (first, last) != (0, size):
        status, headers["content-range"] = 206, f"bytes {first}-{last - 1}/{size}"
    headers["content-length"] = str(last - first)
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    body = context.services.files.kept.read(uploads.place_of(row), first, last - first)
    try:
        begin = await anext(body)
    except FileNotFoundError:
        raise Refused("CONTENT_MISSING") from None
    return StreamingResponse(_whole(begin, body), status, headers)


async def _whole(begin: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield begin
    async for each in rest:
        yield each


def _wanted(stated: str | None, size: int) -> tuple[int, int]:
    """The first byte that is asked for and the one behind the last; all where none is named.

    Raises: Refused: the file has none of these.
    """
    found = WANTED.fullmatch(stated or "")
    if found is None or not (found[1] or found[2]):
        return 0, size
    if not found[1]:
        first, last = max(0, size - int(found[2])), size
    else:
        first, last = int(found[1]), min(size, int(found[2]) + 1 if found[2] else size)
    if first >= last:
        raise Refused("INVALID_RANGE")
    return first, last


ROUTES = [
    Route(f"{UPLOADS}/{{upload}}", answering(upload), methods=["PUT", "HEAD"]),
    Route(f"{OPENED}/{{link}}", answering(link), methods=["GET"]),
]
"""Beside GraphQL: a body is streamed to the disk, and a file from it."""


KEPT_BY_NOBODY = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": f"{POLICY}; sandbox; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


async def export(request: Request) -> Response:
    """A page to print is shown, everything else saved under its name."""
    try:
        bearer = token_of(request.headers.get("authorization", ""))
        file = await opened(request.app.state.services, request.path_params["token"], bearer or "")
    except Refused as refused:
        return failed(refused.code, 404, language_asked(request))
    shown = "inline" if file["media_type"].startswith("text/html") else "attachment"
    named = f"{shown}; filename*=UTF-8''{quote(file['name'])}"
    headers = {**KEPT_BY_NOBODY, "Content-Disposition": named}
    return Response(file["content"], media_type=file["media_type"], headers=headers)


def routes() -> list[BaseRoute]:
    return [Route("/files/exports/{token}", export, methods=["GET"])]
