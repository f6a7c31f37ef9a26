"""The page of a one-time link: opening it spends nothing, its button sets the password.

It is plain HTML without a script. The link's secret stands in the address and in the form, and is
neither kept nor sent on: programs that look at links before people do change nothing.
"""

from html import escape
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from domain.errors import Problem, Refused
from domain.messages import EN, say
from resolvers.ground import one_time_links
from schema.ground.errors import sentence
from schema.ground.markup import Markup, element, joined, words
from schema.running.asked import context_of
from schema.running.headers import language_asked

LONGEST = 4_000
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


async def show(request: Request) -> Response:
    """The form, whatever the link: whether it serves is told when it is used."""
    return _page(request, _form(request, request.path_params["link"]))


async def spend(request: Request) -> Response:
    """Set the password, or tell why not, with the form again."""
    body = await request.body()
    given = parse_qs(body[:LONGEST].decode(errors="replace")) if len(body) <= LONGEST else {}
    link, password, again = (given.get(name, [""])[0] for name in ("link", "password", "again"))
    if password != again:
        return _page(request, _form(request, link, _said(request, "differ")), 400)
    context = context_of(request)
    try:
        account = await one_time_links.spend(context, link, password)
    except Refused as refused:
        problems = refused.problems or (Problem(refused.code, details=refused.details),)
        told = " ".join(sentence(e.code, e.details, context.language) for e in problems)
        return _page(request, _form(request, link, told), 400)
    finally:
        await context.close()
    told = joined(_said(request, "done"), " ", element("strong", account))
    return _page(request, element("p", told, role="status"))


def _said(request: Request, word: str) -> str:
    return say(language_asked(request), words()[f"welcome.{word}"])


def _form(request: Request, link: str, problem: str = "") -> Markup:
    def field(name: str) -> Markup:
        put = f'<input type="password" name="{name}" autocomplete="new-password" required>'
        return element("p", element("label", _said(request, name), " ", Markup(put)))

    return element(
        "form",
        Markup(f'<input type="hidden" name="link" value="{escape(link)}">'),
        element("p", problem, role="alert") if problem else "",
        field("password"),
        field("again"),
        element("button", _said(request, "set"), type="submit"),
        element("p", _said(request, "once")),
        method="post",
        action="/welcome",
    )


def _page(request: Request, inside: Markup, status: int = 200) -> Response:
    title = _said(request, "title")
    head = joined(
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width">'),
        element("title", title),
    )
    body = element("main", element("h1", title), inside)
    language = "en" if language_asked(request) == EN else "zh-CN"
    html = element("html", element("head", head), element("body", body), lang=language)
    return HTMLResponse(f"<!doctype html>\n{html}\n", status, headers=HEADERS)


def routes() -> list[BaseRoute]:
    return [
        Route("/welcome/{link}", show, methods=["GET"]),
        Route("/welcome", spend, methods=["POST"]),
    ]
