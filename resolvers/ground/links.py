"""Links that open one file for a short time: which, of whose office, in whose session; signed.

A link is no token: neither is taken for the other.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from domain.errors import Refused
from resolvers.ground.tokens import ALGORITHM, verified


@dataclass(frozen=True)
class Link:
    """What is opened, by its kind and key, and the session that asked for it."""

    kind: str
    institution: str
    key: UUID
    session: UUID


def issue(link: Link, expires_at: datetime, secret: bytes) -> str:
    content = {
        "opens": link.kind,
        "institution": link.institution,
        "key": str(link.key),
        "session": str(link.session),
        "exp": int(expires_at.timestamp()),
    }
    return jwt.encode({"alg": ALGORITHM}, content, OctKey.import_key(secret))


def read(token: str, kind: str, now: datetime, secrets: tuple[bytes, ...]) -> Link:
    """What a link opens that one of these keys signed.

    Raises: Refused: it is forged, cut short, of another kind, or its time is over.
    """
    try:
        content = verified(token, secrets)
        link = Link(
            content["opens"], content["institution"], UUID(content["key"]), UUID(content["session"])
        )
        if link.kind == kind and content["exp"] > now.timestamp():
            return link
    except (JoseError, KeyError, ValueError, TypeError):
        pass
    raise Refused("LINK_OVER")
