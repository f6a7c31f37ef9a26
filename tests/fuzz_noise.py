"""HTTP that no honest client sends: wrong bodies, headers, methods and documents."""

import asyncio
import json
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from tests.fuzz_calls import Call

JSON = "application/json"
ASKED = b'{"query": "{ viewer { name } }"}'
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW")
PATHS = (
    "/graphql",
    "/graphql/",
    "/",
    "/healthz",
    "/readyz",
    "/metrics",
    "/graphql/%00",
    "/%2e%2e/x",
)
TYPES = (
    *(JSON, f"{JSON}; charset=utf-16", f"{JSON}; charset=\u00e9", "text/plain", "", "x", "/"),
    *("application/graphql", "application/xml", "application/x-www-form-urlencoded"),
    *("multipart/form-data", "multipart/form-data; boundary=x", "multipart/mixed; boundary="),
    *("application/graphql-response+json", "multipart/form-data; boundary=" + "x" * 300),
)
BODIES = (
    *(b"", b"{", b"null", b"0", b'"x"', b"[]", b"[[]]", b"{}", b"\x00", b"\xff\xfe", ASKED[:-1]),
    *(b'{"query": null}', b'{"query": 1}', b'{"query": []}', b'{"query": {}}', b'{"query": ""}'),
    *(b'{"query": "\\ud800"}', b'{"query": "{ \\u0000 }"}', b'{"query": "{ viewer { name } }', ),
    *(b'{"query": "{ viewer { name } }", "variables": %s}' % each
      for each in (b"[]", b"1", b'"x"', b'{"": 1}', b"null", b"true", b'{"a": 1e999}')),
    *(b'{"query": "{ viewer { name } }", "operationName": %s}' % each
      for each in (b"1", b'"x"', b'""', b"null", b"[]")),
    *(b'{"query": "{ viewer { name } }", "extensions": %s}' % each
      for each in (b"1", b'"x"', b"null", b'{"persistedQuery": {"version": 1}}')),
    *(b"[" * 100_000, b'{"a":' * 100_000, b"[%s]" % b", ".join([ASKED] * 50), ASKED * 2),
    *(b'{"query": "%s"}' % (b"{" * 4_000), b'{"query": "%s"}' % (b"x" * 2_400_000)),
    *(b" " * 2_600_000, b'{"query": "{ viewer { name } }", "variables": {"a": %s1%s}}'
      % (b"[" * 900, b"]" * 900), b"1" * 100_000, b'{"query": 1e99999}'),
    b'--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{}\r\n--x--\r\n',
    b'--x\r\ncontent-disposition: form-data; name="map"\r\n\r\n[\r\n--x',
)  # fmt: skip
HEADERS: tuple[dict[str, str], ...] = (
    *({"authorization": each} for each in (
        *("Bearer", "Bearer ", "Bearer x", "Basic eDp4", "Bearer a.b.c", "bearer " + "x" * 9_000),
        *("Bearer eyJhbGciOiJub25lIn0.e30.", "Bearer eyJhbGciOiJIUzI1NiJ9.W10.x", "Bearer \u00e9"),
    )),
    *({"accept": each} for each in ("text/html", "image/png", "*/*", "", "x", "a/b;q=x," * 200)),
    *({"accept-language": each} for each in ("", "en;q=x", "," * 5_000, "\u00e9", "zh-Hant-x")),
    *({"x-forwarded-for": each} for each in ("", "::1", "x" * 500, "1.1.1.1, " * 200)),
    {"content-encoding": "gzip"}, {"accept-encoding": "br;q=0"}, {"expect": "100-continue"},
    {"origin": "null"}, {"x-huge": "x" * 60_000}, {"upgrade": "websocket", "connection": "upgrade"},
    {f"x-{number}": "x" for number in range(200)}, {"host": "\u00e9"}, {"cookie": "=;" * 3_000},
    {"transfer-encoding": "x"}, {"transfer-encoding": "chunked"}, {"sec-websocket-key": "x"},
    *({"content-length": each} for each in ("1", "-1", "x", "99999", "1, 2", "9" * 30, "")),
)  # fmt: skip
UNFINISHED = {"content-length", "transfer-encoding", "expect", "upgrade"}
BOMB = "fragment f0 on Person { name } " + " ".join(
    f"fragment f{n} on Person {{ ...f{n - 1} ...f{n - 1} }}" for n in range(1, 30)
)
DOCUMENTS = (
    *("{", "}", "{ }", "query", "query Q", "#", "\ufeff", "{ viewer }", "{ viewer { nothing } }"),
    *("query A { __typename } query B { __typename }", "fragment f on Person { name }", "{ ...f }"),
    *("{ ...f } fragment f on Query { ...f }", "subscription { x }", "mutation { __typename }"),
    "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }",
    *("type X { x: Int }", "{ viewer @skip(if: true) { name } }", "{ viewer @x { name } }"),
    *("{ viewer @include(if: \"x\") { name } }", "query ($a: X!) { viewer { name } }"),
    *("query ($a: Int = \"x\") { inbox(first: $a) { totalCount } }", "{ inbox(first: $a) { x } }"),
    *("query ($a: [[[[Int]]]]) { __typename }", "{ viewer { name name: account } }"),
    *("{ viewer { ...f29 } } " + BOMB, "{ " + "viewer { " * 200 + "name" + " }" * 200 + " }"),
    *("{ " + " ".join(f"a{n}: __typename" for n in range(1_500)) + " }", "{ " + "{" * 2_000),
    *("{ " + " ".join(f"a{n}: viewer {{ name }}" for n in range(31)) + " }", "@" * 5_000),
    *("{ viewer " + "@skip(if: false) " * 900 + "{ name } }", "query (" + "$a: Int " * 1_500 + ")"),
    *("{ inbox(first: " + "9" * 4_000 + ") { totalCount } }", "{ inbox(first: " + "[" * 1_000),
    *('{ people(text: "' + "\\u{10ffff}" * 1_000 + '") { edges { cursor } } }', '{ x(a: """'),
    "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
    "{ " + " ".join(f"a{n}: __schema {{ types {{ name }} }}" for n in range(200)) + " }",
    "{ __type(name: \"Query\") { fields { name args { name type { name ofType { name } } } } } }",
)  # fmt: skip


@dataclass(frozen=True)
class Noise:
    """One request as it goes over the line."""

    method: str = "POST"
    path: str = "/graphql"
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": JSON})
    content: bytes = ASKED
    account: str | None = None

    @property
    def field(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def query(self) -> str:
        told = {name: value[:80] for name, value in self.headers.items()}
        return f"{self.field} {told} {self.content[:300]!r} ({len(self.content)} bytes)"

    @property
    def variables(self) -> None:
        return None

    async def over(self, origin: str, usual: dict[str, str]) -> tuple[int, bytes]:
        """Sent byte by byte as it is, which no client's library would do: status and body."""
        host, _, port = origin.removeprefix("http://").partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        framed = {"host": host, "content-length": str(len(self.content)), "connection": "close"}
        told = "".join(
            f"{name}: {value}\r\n" for name, value in (framed | usual | self.headers).items()
        )
        try:
            writer.write(
                f"{self.method} {self.path} HTTP/1.1\r\n{told}\r\n".encode() + self.content
            )
            with suppress(ConnectionError, TimeoutError):
                # Where the head promises what never comes, nobody owes an answer.
                promised = UNFINISHED.isdisjoint(self.headers)
                answer = await asyncio.wait_for(reader.read(), 60 if promised else 0.3)
                head, _, body = answer.partition(b"\r\n\r\n")
                return int(head.split(b" ")[1]) if head else 0, body
            return 0, b""
        finally:
            writer.close()

    def body(self) -> bytes:
        return self.content

    def smaller(self) -> Iterator["Noise"]:
        plain = Noise(account=self.account)
        for name in ("method", "path", "headers", "content"):
            if getattr(self, name) != getattr(plain, name):
                yield replace(self, **{name: getattr(plain, name)})
        if len(self.content) > 8:
            yield replace(self, content=self.content[: len(self.content) // 2])


def noise(chance: random.Random, call: Call) -> Noise:
    """A request with something wrong in it, sometimes around a call."""
    quiet = Noise(account=call.account)
    body = call.body()
    cut = chance.randrange(len(body))
    byte = bytes([chance.randrange(256)])
    made: tuple[Callable[[], Noise], ...] = (
        lambda: replace(quiet, content=chance.choice(BODIES)),
        lambda: replace(quiet, content=document(chance.choice(DOCUMENTS))),
        lambda: replace(quiet, content=body[:cut]),
        lambda: replace(quiet, content=body[:cut] + byte + body[cut + 1 :]),
        lambda: replace(quiet, headers={"content-type": JSON} | chance.choice(HEADERS)),
        lambda: replace(quiet, headers=typed(chance), content=chance.choice(BODIES)),
        lambda: replace(quiet, headers=typed(chance)),
        lambda: replace(quiet, method=chance.choice(METHODS), path=chance.choice(PATHS)),
        lambda: Noise("GET", f"/graphql?query={'%00' * chance.randrange(9)}", {}, b""),
        lambda: Noise("GET", "/graphql?query={viewer{name}}&variables=x&extensions={", {}, b""),
    )
    return chance.choice(made)()


def typed(chance: random.Random) -> dict[str, str]:
    return {"content-type": chance.choice(TYPES)}


def document(text: str, **more: Any) -> bytes:
    return json.dumps({"query": text, **more}).encode()
