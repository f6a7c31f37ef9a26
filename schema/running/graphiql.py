"""The query editor, offline: one page and its assets from the package, nothing from elsewhere."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Route

ASSETS = Path(__file__).parent / "graphiql"
SERVED = frozenset(path.name for path in ASSETS.iterdir() if path.suffix in {".js", ".css"})

# Even a script that crept in could reach nothing but this server; the editor styles itself inline.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src data:; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)

PAGE = (ASSETS / "index.html").read_text(encoding="utf-8")


def wanted(request: Request) -> bool:
    """Whether a person's browser asks for a page, rather than a program for an answer."""
    return (
        request.method == "GET"
        and "query" not in request.query_params
        and "text/html" in request.headers.get("accept", "")
    )


def page() -> Response:
    return HTMLResponse(PAGE, headers={"Content-Security-Policy": POLICY, "Vary": "Accept"})


async def asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in SERVED:
        return Response(status_code=404)
    return FileResponse(
        ASSETS / name, headers={"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    )


def routes() -> list[BaseRoute]:
    """What the page loads; mounted only where the editor is served."""
    return [Route("/graphql/assets/{name}", asset, methods=["GET"])]
