"""The page for administrators: static files from the package, which ask the API as anybody may."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.staticfiles import StaticFiles

FILES = StaticFiles(directory=Path(__file__).parent / "admin")

# Scripts and styles are files of ours, and no text becomes markup.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


async def page(request: Request) -> Response:
    """A file of the page; the page itself where none is named."""
    response = await FILES.get_response(
        request.path_params.get("name", "index.html"), request.scope
    )
    response.headers.update(HEADERS)
    return response


def routes() -> list[BaseRoute]:
    return [Route("/admin", page), Route("/admin/{name}", page)]
