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

from domain.errors import NotSignedIn

ALGORITHM = "HS256"
MOST_KEPT = 4096
"""Tokens that are decoded once; one that is malformed or forged is never kept."""


@dataclass(frozen=True)
class Claims:
    institution: str
    person: UUID
    session: UUID


def issue(claims: Claims, expires_at: datetime, secret: bytes) -> str:
    content = {
        "iss": "guiju",
        "sub": str(claims.person),
        "institution": claims.institution,
        "jti": str(claims.session),
        "exp": int(expires_at.timestamp()),
    }
    return jwt.encode({"alg": ALGORITHM}, content, OctKey.import_key(secret))


def read(token: str, now: datetime, secrets: tuple[bytes, ...]) -> Claims:
    """What the token says that one of these keys signed.

    Raises:
        NotSignedIn: it is malformed, forged or expired.

    """
    claims, expires = _decoded(token, secrets)
    if expires <= now.timestamp():
        raise NotSignedIn
    return claims


@lru_cache(MOST_KEPT)
def _decoded(token: str, secrets: tuple[bytes, ...]) -> tuple[Claims, float]:
    """What a genuine token says, and when it expires: a client sends the same one all day."""
    try:
        content = verified(token, secrets)
        claims = Claims(content["institution"], UUID(content["sub"]), UUID(content["jti"]))
        return claims, float(content["exp"])
    except (JoseError, KeyError, ValueError, TypeError) as malformed:
        raise NotSignedIn from malformed


def verified(token: str, secrets: tuple[bytes, ...]) -> dict[str, Any]:
    """What one of these keys signed. Raises: JoseError, ValueError: none of them did."""
    *newer, oldest = secrets
    for secret in newer:
        with suppress(BadSignatureError):
            return jwt.decode(token, OctKey.import_key(secret), algorithms=[ALGORITHM]).claims
    return jwt.decode(token, OctKey.import_key(oldest), algorithms=[ALGORITHM]).claims
