"""Files by their links: what was exported or printed, to whoever bears the link while it lasts."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from domain.errors import Refused
from resolvers.records.exports import opened
from schema.requests.printed import POLICY
from schema.running.bodies import failed
from schema.running.headers import language_asked, token_of

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
