"""The application in this process, asked by whoever is named, as a client would."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import uuid4

import httpx
from starlette.applications import Starlette

from resolvers.running.services import office_now
from resolvers.running.settings import Settings
from schema.app import create

OFFICE = "hrss-bureau"
SECRET = "a secret of the bench alone, no one else's"  # noqa: S105  # its database is thrown away
SIGN_IN = """mutation ($account: String!, $password: String!) {
  signIn(input: {account: $account, password: $password}) {
    ... on SignedIn { token } ... on Refusal { code } } }"""
Asked = dict[str, Any]


class Desk:
    """Where people of the office ask; each signs in when first heard of."""

    def __init__(self, http: httpx.AsyncClient, app: Starlette) -> None:
        self.http = http
        self.app = app
        self.tokens: dict[str, str] = {}

    def key(self) -> str:
        """An idempotency key that was not given before."""
        return f"bench-{uuid4()}"

    async def answer(self, role: str, query: str, variables: Asked | None = None) -> Asked:
        """The whole answer of an operation, errors included."""
        headers = {"authorization": f"Bearer {await self.token(role)}"}
        body = {"query": query, "variables": variables or {}}
        answer: Asked = (await self.http.post("/graphql", json=body, headers=headers)).json()
        return answer

    async def one(self, role: str, query: str, variables: Asked | None = None) -> Any:
        """What the one field of an operation says.

        Raises:
            RuntimeError: it was refused.

        """
        answer = await self.answer(role, query, variables)
        [value] = (answer.get("data") or {"none": None}).values()
        if "errors" in answer or (isinstance(value, dict) and "code" in value):
            raise RuntimeError(f"{role} was refused: {answer}")
        return value

    async def token(self, role: str) -> str:
        if role not in self.tokens:
            given = {"account": f"{role}@{OFFICE}", "password": "guiju"}
            answer = await self.http.post("/graphql", json={"query": SIGN_IN, "variables": given})
            self.tokens[role] = answer.json()["data"]["signIn"]["token"]
        return self.tokens[role]


@asynccontextmanager
async def desk(url: str, now: Callable[[], datetime] = office_now) -> AsyncIterator[Desk]:
    """A desk over the database at this address, of the role that serves."""
    settings = Settings(database_url=url, given_token_secret=SECRET, worker=False)  # type: ignore[call-arg]
    app = create(settings, now=now)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office") as http,
    ):
        yield Desk(http, app)
