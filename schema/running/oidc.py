"""Signing in by an office's identity provider: there and back, in the browser."""

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from domain.errors import Refused
from resolvers.ground import providers
from resolvers.ground.addresses import caller
from resolvers.ground.connections import INSTITUTION
from resolvers.ground.context import Context
from resolvers.ground.sign_in import sign_in_as
from schema.running.bodies import failed
from schema.running.headers import language_of

COOKIE = "guiju_oidc"
KEPT_BY_NOBODY = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


async def start(request: Request) -> Response:
    """To the provider; what must come back goes along in a cookie."""
    context, institution = _context(request), request.path_params["institution"]
    try:
        address, kept = await providers.start(context.services, _known(institution), context.now)
    except Refused as refused:
        return _refused(request, refused)
    response = RedirectResponse(address, 303, headers=KEPT_BY_NOBODY)
    response.set_cookie(
        COOKIE,
        kept,
        max_age=int(providers.LASTS.total_seconds()),
        path=f"/oidc/{institution}",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return response


async def callback(request: Request) -> Response:
    """Back from the provider: a session, whose refresh the page behind it takes."""
    context, institution = _context(request), request.path_params["institution"]
    try:
        account, provider = await providers.finish(
            context.services,
            _known(institution),
            request.cookies.get(COOKIE, ""),
            request.query_params,
            context.now,
        )
        signed = await sign_in_as(context, institution, account)
    except Refused as refused:
        response = _refused(request, refused)
    else:
        there = provider["returns_to"]
        response = (
            RedirectResponse(f"{there}#refresh={signed.refresh}", 303, headers=KEPT_BY_NOBODY)
            if there
            else JSONResponse({"refreshToken": signed.refresh}, headers=KEPT_BY_NOBODY)
        )
    response.delete_cookie(COOKIE, path=f"/oidc/{institution}")
    return response


def _known(institution: str) -> str:
    if not INSTITUTION.fullmatch(institution):
        raise Refused("NO_PROVIDER")
    return institution


def _context(request: Request) -> Context:
    state = request.app.state
    forwarded = request.headers.getlist("x-forwarded-for")
    host = request.client.host if request.client else ""
    return Context(state.services, address=caller(host, forwarded, state.trusted_proxies))


def _refused(request: Request, refused: Refused) -> Response:
    language = language_of(request.headers.get("accept-language", ""))
    status = 404 if refused.code == "NO_PROVIDER" else 403
    return failed(refused.code, status, language)


def routes() -> list[BaseRoute]:
    return [
        Route("/oidc/{institution}/start", start, methods=["GET"]),
        Route("/oidc/{institution}/callback", callback, methods=["GET"]),
    ]
