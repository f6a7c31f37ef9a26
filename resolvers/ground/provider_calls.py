"""Calls to an identity provider; whoever has none never loads what makes them."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import httpx

from domain.errors import Refused
from resolvers.ground.gateways import NotAllowed, reached
from resolvers.ground.providers import Ask
from resolvers.running.settings import Outside

PATIENCE = 5.0
MOST_BYTES = 1_000_000


class Reached(httpx.AsyncHTTPTransport):
    """Asks the one address that a name leads to, and only where that may be asked."""

    def __init__(self, outside: Outside) -> None:
        super().__init__()
        self.outside = outside

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        gateway = await reached(str(request.url), self.outside.inner)
        request.extensions["sni_hostname"] = gateway.host
        request.url = request.url.copy_with(host=gateway.address)
        return await super().handle_async_request(request)


@asynccontextmanager
async def asking(outside: Outside) -> AsyncIterator[Ask]:
    """What asks a provider, on connections that are closed behind it."""
    async with httpx.AsyncClient(
        transport=Reached(outside), timeout=PATIENCE, follow_redirects=False, trust_env=False
    ) as client:
        yield partial(_asked, client)


async def _asked(
    client: httpx.AsyncClient, url: str, at_fault: str = "PROVIDER_SILENT", **posted: Any
) -> dict[str, Any]:
    try:
        async with client.stream("POST" if posted else "GET", url, **posted) as answer:
            content = b""
            async for part in answer.aiter_bytes():
                content += part
                if len(content) > MOST_BYTES:
                    raise Refused("PROVIDER_SILENT")
        told = json.loads(content)
    except (httpx.HTTPError, NotAllowed, httpx.InvalidURL, ValueError):
        raise Refused("PROVIDER_SILENT") from None
    if answer.status_code != httpx.codes.OK or not isinstance(told, dict):
        raise Refused(at_fault)
    return told
