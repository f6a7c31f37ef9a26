"""Tokens: who a request comes from, signed. Only the database says whether its session stands."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from domain.errors import NotSignedIn

ALGORITHM = "HS256"


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


def read(token: str, now: datetime, secret: bytes) -> Claims:
    """What the token says.

    Raises:
        NotSignedIn: it is malformed, forged or expired.

    """
    try:
        content = jwt.decode(token, OctKey.import_key(secret), algorithms=[ALGORITHM]).claims
        expired = content["exp"] <= now.timestamp()
        claims = Claims(content["institution"], UUID(content["sub"]), UUID(content["jti"]))
    except (JoseError, KeyError, ValueError, TypeError) as malformed:
        raise NotSignedIn from malformed
    if expired:
        raise NotSignedIn
    return claims
