"""Who asks by a request over HTTP, in which language and from where."""

from starlette.requests import Request
from starlette.websockets import WebSocket

from resolvers.ground.addresses import caller
from resolvers.ground.context import Context
from schema.running.headers import language_asked, token_of, wants_events


def context_of(request: Request | WebSocket) -> Context:
    """The context of whatever is asked; whoever made it closes it."""
    return Context(
        request.app.state.services,
        token=token_of(request.headers.get("authorization", "")),
        language=language_asked(request),
        address=caller(
            request.client.host if request.client else "",
            request.headers.getlist("x-forwarded-for"),
            request.app.state.trusted_proxies,
        ),
        request_id=request.scope.get("request_id", ""),
        streams=wants_events(request.headers.get("accept", "")),
    )
