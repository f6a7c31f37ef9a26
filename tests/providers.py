"""An identity provider on the loopback: it vouches for whom it is told to, rightly or wrongly."""

import asyncio
import base64
import hashlib
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import h11
from joserfc import jwt
from joserfc.jwk import ECKey

CLIENT, SECRET = "guiju", "s e:cret"


@dataclass
class Provider:
    """Whom it vouches for in its `claims`; what it says falsely is `tampered`."""

    url: str = ""
    now: Callable[[], float] = time.time
    claims: dict[str, Any] = field(default_factory=dict)
    tampered: dict[str, Any] = field(default_factory=dict)
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one"}))
    published: ECKey | None = None
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def authorize(self, address: str) -> str:
        """What a browser that is sent here comes back with: the address that it is sent to."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def answer(self, path: str, head: dict[str, str], body: bytes) -> tuple[int, Any]:
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
            }
        if path == "/keys":
            return 200, {"keys": [(self.published or self.key).as_dict(private=False)]}
        given = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        asked = self.codes.pop(given.get("code", ""), None)
        pair = base64.b64decode(head["authorization"].removeprefix("Basic ")).decode()
        digest = hashlib.sha256(given["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        right = asked and (pair, given["redirect_uri"], challenge) == (
            f"{CLIENT}:s+e%3Acret",
            asked["redirect_uri"],
            asked["code_challenge"],
        )
        if not asked or not right:
            return 400, {"error": "invalid_grant"}
        at = int(self.now())
        said = {"iss": self.url, "aud": CLIENT, "sub": "7", "iat": at, "exp": at + 300}
        content = {**said, "nonce": asked["nonce"], **self.claims, **self.tampered}
        kid = self.key.as_dict()["kid"]
        token = jwt.encode({"alg": "ES256", "kid": kid}, content, self.key)
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": token}


@asynccontextmanager
async def provider() -> AsyncIterator[Provider]:
    told = Provider()

    async def answered(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h11.Connection(h11.SERVER)
        path, head, body = "", dict[str, str](), b""
        while not isinstance(event := connection.next_event(), h11.EndOfMessage):
            if event is h11.NEED_DATA:
                connection.receive_data(await reader.read(65536))
            elif isinstance(event, h11.Request):
                path = event.target.decode()
                head = {name.decode(): value.decode() for name, value in event.headers}
            elif isinstance(event, h11.Data):
                body += bytes(event.data)
        status, said = told.answer(path, head, body)
        closing = [("connection", "close")]
        writer.write(connection.send(h11.Response(status_code=status, headers=closing)) or b"")
        writer.write(connection.send(h11.Data(json.dumps(said).encode())) or b"")
        writer.write(connection.send(h11.EndOfMessage()) or b"")
        writer.close()

    async with await asyncio.start_server(answered, "127.0.0.1", 0) as server:
        told.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield told
