"""The ASGI application: `uvicorn --factory schema.app:served`, or any other ASGI server."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Any

import orjson
from cross_web import HTTPException
from graphql import print_schema
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse
from strawberry.http.streaming import SSETransport
from strawberry.schema import BaseSchema
from strawberry.subscriptions import GRAPHQL_SSE_PROTOCOL
from strawberry.types.execution import ExecutionResult, PreExecutionError

from domain.errors import Refused
from resolvers.ground.connections import StoreUnavailable
from resolvers.ground.context import Context
from resolvers.running import logs, memory
from resolvers.running import settings as environment
from resolvers.running.roles import Unfit
from resolvers.running.services import office_now, opened, read_ahead
from resolvers.running.settings import Settings
from resolvers.running.worker import work
from schema.ground.errors import STORE_UNAVAILABLE, told
from schema.root import schema
from schema.running import admin, doubled, graphiql, oidc, uploads, welcome
from schema.running.asked import context_of
from schema.running.bodies import FILES, BoundedBody, failed, unread
from schema.running.documents import answered, read
from schema.running.headers import (
    GRAPHQL_RESPONSE,
    epoch_of,
    language_asked,
    media_type,
    wants_events,
)
from schema.running.probes import RETRY_AFTER, healthz, metrics, readyz

ALIVE = "{ __typename }"


@cache
def sdl() -> str:
    """The schema as schema.graphql holds it."""
    return print_schema(schema._schema) + "\n"  # noqa: SLF001


class Streamed(SSETransport):
    """One answer after another, for those who would not rather have one alone."""

    def accepts(self, accept: str) -> bool:
        return wants_events(accept)


class Endpoint(GraphQL[Context, None]):
    """Gives every operation its context, and every answer its bytes."""

    stream_transport_classes_by_protocol = MappingProxyType({GRAPHQL_SSE_PROTOCOL: Streamed})

    def __init__(self, served: BaseSchema, *, by_get: bool) -> None:
        super().__init__(
            served,
            graphql_ide=None,
            subscription_protocols=(GRAPHQL_SSE_PROTOCOL,),
            allow_queries_via_get=by_get,
        )

    async def _usual(self, request: Request) -> Response | None:
        """The answer of what clients send all day; nothing of what the library is to look into."""
        headers = request.headers
        accepted = headers.get("accept", "")
        plain = headers.get("content-type") == JSONResponse.media_type
        if request.method != "POST" or not plain or wants_events(accepted):
            return None
        call = self.parse_json(await request.body())
        result = await answered(call, await self.get_context(request, Response()), schema)
        if result is None:
            return None
        told = ExecutionResult(result.data, result.errors)
        return self._response(await self.process_result(request, told), media_type(accepted))

    async def get_context(
        self,
        request: Request | WebSocket,
        response: Response | WebSocket,  # noqa: ARG002
    ) -> Context:
        context: Context | None = request.scope.get("context")
        if context is None:
            context = request.scope["context"] = context_of(request)
            context.seen = epoch_of(request.headers.get("x-guiju-epoch", ""))
        return context

    async def get_sub_response(self, request: Request | WebSocket) -> Response:
        response = await super().get_sub_response(request)
        response.media_type = media_type(request.headers.get("accept", ""))
        return response

    async def process_result(
        self, request: Request, result: ExecutionResult
    ) -> GraphQLHTTPResponse:
        for error in result.errors or ():
            told(error, request.scope["context"])
        answer = await super().process_result(request, result)
        if isinstance(result, PreExecutionError):
            # What was never run has no data, not even none.
            del answer["data"]
        epoch = request.scope["context"].epoch
        return answer if epoch is None else {**answer, "extensions": {"epoch": epoch}}

    def create_response(
        self, response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse], sub_response: Response
    ) -> Response:
        return self._response(response_data, str(sub_response.media_type))

    def _response(
        self, response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse], kind: str
    ) -> Response:
        said = {"content-type": f"{kind}; charset=utf-8"}
        response = Response(self.encode_json(response_data), headers=said)
        if "data" not in response_data and kind == GRAPHQL_RESPONSE:
            response.status_code = 400
        listed = response_data if isinstance(response_data, list) else [response_data]
        errors: list[Any] = [error for answer in listed for error in answer.get("errors") or ()]
        if any(error["extensions"]["code"] == STORE_UNAVAILABLE for error in errors):
            response.status_code = 503
            response.headers["retry-after"] = RETRY_AFTER
        return response

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if not scope["app"].state.settings.production and graphiql.wanted(request):
            await graphiql.page()(scope, receive, send)
            return
        try:
            response = await self._usual(request) or await self.run(request)
        except HTTPException as refused:
            response = unread(refused.reason, refused.status_code, language_asked(request))
        except Refused as refused:
            response = doubled.told(refused, language_asked(request))
        finally:
            if context := scope.get("context"):
                await context.close()
        await response(scope, receive, send)

    def parse_json(self, data: str | bytes) -> Any:
        found = super().parse_json(data)
        if isinstance(data, bytes) and not isinstance(found, dict | list):
            raise HTTPException(400, "The body must be a JSON object")
        return found

    def decode_json(self, data: str | bytes) -> object:
        # Refuses what is nested too deeply, no UTF-8 or half a character, as the standard asks.
        found: object = orjson.loads(data)
        doubled.must_not_double(data)
        return found

    def encode_json(self, data: object) -> str | bytes:
        return orjson.dumps(data, default=str)


async def unavailable(request: Request, _: Exception) -> Response:
    """The database was lost before there was an answer."""
    response = failed(STORE_UNAVAILABLE, 503, language_asked(request))
    response.headers["retry-after"] = RETRY_AFTER
    return response


async def broken(request: Request, _: Exception) -> Response:
    """A fault of ours, which is logged: the client is told its number, and in JSON as ever."""
    asked = request.scope.get("request_id", "")
    return failed("INTERNAL", 500, language_asked(request), request_id=asked)


def served() -> ASGIApp:
    """The application as the environment sets it, on a database that `guiju migrate` prepared."""
    try:
        settings = environment.read()
    except environment.Malformed as error:
        raise SystemExit("\n".join(error.sentences)) from None
    if settings.embedded:
        raise SystemExit(
            "Give GUIJU_DATABASE_URL: `guiju serve` alone starts a database of its own."
        )
    logs.configure(readable=logs.is_read(production=settings.production))
    return _checked(settled(create(settings)), settings)


def _checked(app: ASGIApp, settings: Settings) -> ASGIApp:
    """Starts on a database that may be served; says otherwise why not, in a sentence."""
    from schema.running.preparing import bring_up_to_date

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            try:
                await bring_up_to_date(settings, None)
                settings.token_secrets()
            except (Unfit, OSError) as error:
                await receive()
                await send({"type": "lifespan.startup.failed", "message": str(error)})
                return
        await app(scope, receive, send)

    return asgi


def settled(app: Starlette) -> ASGIApp:
    """The application, which has read what people ask for first before it says that it serves."""

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        async def telling(message: Message) -> None:
            if message["type"] == "lifespan.startup.complete":
                read(ALIVE, schema._schema, closed=app.state.settings.production)  # noqa: SLF001
                await read_ahead(app.state.services)
                memory.settle()
            await send(message)

        await app(scope, receive, telling if scope["type"] == "lifespan" else send)

    return asgi


def create(settings: Settings, now: Callable[[], datetime] = office_now) -> Starlette:
    """The application on an up-to-date database, with its worker. Tests set the clock."""

    @asynccontextmanager
    async def serving(app: Starlette) -> AsyncIterator[None]:
        async with opened(settings, now) as services:
            app.state.services = services
            stop = asyncio.Event()
            worker = settings.worker and asyncio.create_task(
                work(services, str(settings.directly.database_url), stop)
            )
            yield
            stop.set()
            if worker:
                await worker

    app = Starlette(
        routes=[
            Route("/graphql", Endpoint(schema, by_get=not settings.production)),
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/metrics", metrics),
            *([] if settings.production else graphiql.routes()),
            *admin.routes(),
            *uploads.routes(),
            *oidc.routes(),
            *welcome.routes(),
            *uploads.ROUTES,
        ],
        middleware=_middleware(settings),
        exception_handlers={StoreUnavailable: unavailable, Exception: broken},
        lifespan=serving,
    )
    app.state.settings = settings
    app.state.trusted_proxies = settings.trusted_proxies
    return app


class Smaller(GZipMiddleware):
    """Sends answers small, and files as they are: a range of one counts its own bytes."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_file = scope["type"] == "http" and scope["path"].startswith(FILES)
        await (self.app if is_file else super().__call__)(scope, receive, send)


def _middleware(settings: Settings) -> list[Middleware]:
    """Pages of other sites are let in by setting alone; answers are sent small where that pays."""
    others = Middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=["GET", "POST", "PUT", "HEAD"],
        allow_headers=[
            *("authorization", "content-type", "accept-language", "content-range", "range"),
            "x-guiju-epoch",
        ],
        expose_headers=["upload-offset", "upload-length", "content-range", "content-disposition"],
        max_age=7200,
    )
    small = Middleware(Smaller, minimum_size=1_000, compresslevel=4)
    bounded = Middleware(BoundedBody, patience=settings.client_timeout)
    return [*([others] if settings.cors_origins else []), small, bounded]
