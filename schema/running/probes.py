"""What those who watch over a server ask: does it live, does its database answer, its figures."""

import asyncio
from hmac import compare_digest

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from domain.errors import Refused
from domain.tables import PLATFORM
from resolvers.ground.connections import StoreUnavailable
from resolvers.ground.database import statement
from resolvers.running.services import Services
from resolvers.running.settings import Settings
from schema.ground.errors import STORE_UNAVAILABLE
from schema.running.headers import token_of

ALIVE = statement("select 1")
ANSWERS_WITHIN = 3.0
RETRY_AFTER = "2"
"""Seconds, as a header says them."""


async def healthz(_: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("ok")


async def readyz(request: Request) -> Response:
    """The database answers too."""
    services: Services = request.app.state.services
    try:
        async with (
            asyncio.timeout(ANSWERS_WITHIN),
            services.database.transaction(PLATFORM, read_only=True) as transaction,
        ):
            await transaction.value(ALIVE)
    except (StoreUnavailable, Refused, TimeoutError):
        said = {"ready": False, "reason": STORE_UNAVAILABLE}
        return JSONResponse(said, 503, {"retry-after": RETRY_AFTER})
    return JSONResponse({"ready": True})


async def metrics(request: Request) -> Response:
    """Counters for Prometheus: in production for those alone who know the token that is set."""
    settings: Settings = request.app.state.settings
    token = settings.metrics_token
    if token is None and settings.production:
        return PlainTextResponse("set GUIJU_METRICS_TOKEN to read them", 404)
    given = token_of(request.headers.get("authorization", "")) or ""
    if token and not compare_digest(token.get_secret_value().encode(), given.encode()):
        return PlainTextResponse("", 401, {"www-authenticate": "Bearer"})
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
