"""Signing in by an office's identity provider: there and back, in the browser."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from domain.errors import Refused
from resolvers.ground import providers
from resolvers.ground.connections import INSTITUTION
from resolvers.ground.sign_in import sign_in_as
from schema.running.asked import context_of
from schema.running.bodies import failed
from schema.running.headers import language_asked

COOKIE = "guiju_oidc"
KEPT_BY_NOBODY = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


async def start(request: Request) -> Response:
    """To the provider; what must come back goes along in a cookie."""
    context, institution = context_of(request), request.path_params["institution"]
    try:
        provider = await providers.provider_of(context.services, _known(institution))
        address, kept = await providers.start(context.services, provider, context.now)
    except Refused as refused:
        return _refused(request, refused)
    response = RedirectResponse(address, 303, headers=KEPT_BY_NOBODY)
    response.set_cookie(
        COOKIE,
        kept,
        max_age=int(providers.LASTS.total_seconds()),
        path=f"/oidc/{institution}",
        secure=provider["callback"].startswith("https:"),
        httponly=True,
        samesite="lax",
    )
    return response


async def callback(request: Request) -> Response:
    """Back from the provider: the office's page is told a refresh, or why there is none."""
    context, institution = context_of(request), request.path_params["institution"]
    brought, given = request.cookies.get(COOKIE, ""), request.query_params
    there = ""
    try:
        provider = await providers.provider_of(context.services, _known(institution))
        there = provider["returns_to"]
        account = await providers.finish(context.services, provider, brought, given, context.now)
        told = {"refresh": (await sign_in_as(context, institution, account)).refresh}
    except Refused as refused:
        if not there:
            return _refused(request, refused)
        told = {"error": refused.code}
    response: Response = JSONResponse(told, headers=KEPT_BY_NOBODY)
    if there:
        response = RedirectResponse(f"{there}#{urlencode(told)}", 303, headers=KEPT_BY_NOBODY)
    response.delete_cookie(COOKIE, path=f"/oidc/{institution}")
    return response


def _known(institution: str) -> str:
    if not INSTITUTION.fullmatch(institution):
        raise Refused("NO_PROVIDER")
    return institution


def _refused(request: Request, refused: Refused) -> Response:
    status = 404 if refused.code == "NO_PROVIDER" else 403
    return failed(refused.code, status, language_asked(request))


def routes() -> list[BaseRoute]:
    return [
        Route("/oidc/{institution}/start", start, methods=["GET"]),
        Route("/oidc/{institution}/callback", callback, methods=["GET"]),
    ]
