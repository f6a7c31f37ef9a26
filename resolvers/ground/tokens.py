"""Tokens: who a request comes from, signed. Only the database says whether its session stands."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import OctKey

from domain.errors import NotSignedIn, TokenExpired
from resolvers.ground.keys import key_of

ALGORITHM = "HS256"
MOST_KEPT = 4096
"""Tokens that are decoded once; one that is malformed or forged is never kept."""


@dataclass(frozen=True)
class Claims:
    institution: str
    person: UUID
    session: UUID


def issue(claims: Claims, expires_at: datetime, secret: bytes) -> str:
    return _signed(claims, secret, exp=int(expires_at.timestamp()))


def issue_refresh(claims: Claims, number: int, secret: bytes) -> str:
    """The text that gives the session its next token: one at a time counts, by its number."""
    return _signed(claims, secret, refresh=number)


def _signed(claims: Claims, secret: bytes, **more: int) -> str:
    content = {
        "iss": "guiju",
        "sub": str(claims.person),
        "institution": claims.institution,
        "jti": str(claims.session),
        **more,
    }
    return jwt.encode({"alg": ALGORITHM}, content, OctKey.import_key(secret))


def read(token: str, now: datetime, secrets: tuple[bytes, ...]) -> Claims:
    """What the token says that one of these keys signed.

    Raises: NotSignedIn: it is malformed or forged; TokenExpired: it is genuine, and too old.
    """
    claims, expires = _decoded(token, secrets)
    if expires <= now.timestamp():
        raise TokenExpired
    return claims


def session_of(token: str, secrets: tuple[bytes, ...]) -> UUID | None:
    """Whose session a token is of, however old it is; none if it is none of ours."""
    try:
        return _decoded(token, secrets)[0].session
    except NotSignedIn:
        return None


def read_refresh(text: str, secrets: tuple[bytes, ...]) -> tuple[Claims, int]:
    """Whose session a refresh is for, and its number.

    Raises: NotSignedIn: none of these keys signed it, or it is no refresh.
    """
    claims, content = _content(text, secrets)
    if not isinstance(number := content.get("refresh"), int):
        raise NotSignedIn
    return claims, number


@lru_cache(MOST_KEPT)
def _decoded(token: str, secrets: tuple[bytes, ...]) -> tuple[Claims, float]:
    """What a genuine token says, and when it expires: a client sends the same one all day."""
    claims, content = _content(token, secrets)
    if not isinstance(expires := content.get("exp"), int):
        raise NotSignedIn
    return claims, expires


def _content(token: str, secrets: tuple[bytes, ...]) -> tuple[Claims, dict[str, Any]]:
    try:
        content = verified(token, secrets)
        return Claims(
            content["institution"], key_of(content["sub"]), key_of(content["jti"])
        ), content
    except (JoseError, KeyError, ValueError, TypeError) as malformed:
        raise NotSignedIn from malformed


def verified(token: str, secrets: tuple[bytes, ...]) -> dict[str, Any]:
    """What one of these keys signed. Raises: JoseError, ValueError: none of them did."""
    *newer, oldest = secrets
    for secret in newer:
        with suppress(BadSignatureError):
            return jwt.decode(token, OctKey.import_key(secret), algorithms=[ALGORITHM]).claims
    return jwt.decode(token, OctKey.import_key(oldest), algorithms=[ALGORITHM]).claims
