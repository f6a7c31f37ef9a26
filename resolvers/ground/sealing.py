"""Small secrets sealed with the key that the database does not have, and read again."""

import hashlib
import hmac
from contextlib import suppress

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

WAY = {"alg": "dir", "enc": "A256GCM"}


class Unreadable(Exception):
    """It was sealed with a key that is forgotten, or is no seal."""


def sealed(secrets: tuple[bytes, ...], name: bytes, content: bytes) -> str:
    """The content as a text that only the newest key opens, under this name alone."""
    return jwe.encrypt_compact(WAY, content, _key(secrets[0], name))


def opened(secrets: tuple[bytes, ...], name: bytes, text: str) -> bytes:
    """What was sealed under this name. Raises: Unreadable: none of the keys opens it."""
    for secret in secrets:
        with suppress(JoseError):
            return jwe.decrypt_compact(text, _key(secret, name)).plaintext or b""
    raise Unreadable


def _key(secret: bytes, name: bytes) -> OctKey:
    return OctKey.import_key(hmac.new(secret, name, hashlib.sha256).digest())
