"""What an institution signs with a key of its own, so that others can check it without the server.

The private keys lie sealed in the database; a new one is made where none is sealed by the server's
newest key, so that `guiju rotate-keys` gives every institution another. Public keys stay.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import structlog
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

from domain.ledger import SignedHead, read_head
from domain.tables import PLATFORM
from resolvers.ground.database import Transaction, statement
from resolvers.ground.ledger import HEAD, INSTITUTIONS, append, hold
from resolvers.ground.sealing import Unreadable, opened, sealed

log = structlog.get_logger()

WAY = "Ed25519"
KEYS = statement("""
  select id, public, sealed, at from signing_keys where institution_id = :institution
  order by at desc, id""")
KEEP_KEY = statement("""
  insert into signing_keys (institution_id, id, public, sealed, at)
  values (:institution, :id, :public, :sealed, :at)""")
KEEP_HEAD = statement("""
  insert into signed_heads (institution_id, day, line, digest, signature)
  values (:institution, :day, :line, :digest, :signature) on conflict do nothing returning day""")
HEADS = """
  select institution_id as institution, day, line, digest, signature from signed_heads
  where institution_id = :institution """
SIGNED_SINCE = statement(f"{HEADS} and day >= :since order by day")
COVERING = statement(f"{HEADS} and line >= :line order by line, day limit 1")


class Unproven(Exception):
    """A file that does not say what it said when it was signed, or is none: sentences."""


def sign(content: bytes, key: OKPKey) -> str:
    """The signature of these bytes: a JWS without its content."""
    head = {"alg": WAY, "kid": key.kid}
    return jws.detach_content(jws.serialize_compact(head, content, key, algorithms=[WAY]))


def is_signed(content: bytes, signature: str, keys: KeySet) -> bool:
    """Whether one of these keys signed exactly this, and the signature is written as it was."""
    try:
        jws.deserialize_compact(signature, keys, algorithms=[WAY], payload=content)
        last = signature.rpartition(".")[2]
        plain = urlsafe_b64encode(urlsafe_b64decode(f"{last}==")).decode().rstrip("=")
    except (JoseError, ValueError):
        return False
    return plain == last


@dataclass(frozen=True)
class Frame:
    """What stands around content and signature in a file, byte for byte."""

    before: bytes
    between: bytes
    after: bytes


JSON_FRAME = Frame(b'{"receipt": ', b', "signature": "', b'"}\n')
PAGE_FRAME = Frame(b"<!doctype html>\n", b"<!-- signature: ", b" -->\n")


def framed(content: bytes, key: OKPKey, frame: Frame) -> bytes:
    """A file that says by whom it was signed."""
    return b"".join(
        (frame.before, content, frame.between, sign(content, key).encode(), frame.after)
    )


def unwrapped(file: bytes, keys: KeySet) -> tuple[bytes, str]:
    """What was signed in a file, and the id of the key.

    Raises: Unproven: none of the keys signed it, or a byte of it was changed.
    """
    for frame in (JSON_FRAME, PAGE_FRAME):
        if file.startswith(frame.before) and file.endswith(frame.after):
            content, _, rest = file.removeprefix(frame.before).rpartition(frame.between)
            signature = rest.removesuffix(frame.after).decode("latin-1")
            if is_signed(content, signature, keys):
                return content, str(jws.extract_compact(signature.encode()).headers()["kid"])
    raise Unproven("It is not what was signed, or none of these keys signed it.")


def keys_of(content: bytes) -> KeySet:
    """The public keys of a file: a JWK Set, or a key alone. Raises: Unproven: it holds none."""
    try:
        told = json.loads(content)
        return KeySet.import_key_set(told if "keys" in told else {"keys": [told]})
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        raise Unproven("The file of keys is no JWK Set: `guiju signing-keys` writes one.") from None


async def key_of(transaction: Transaction, secrets: tuple[bytes, ...], now: datetime) -> OKPKey:
    """The key with which the transaction's institution signs now, made where there is none."""
    institution = transaction.institution
    name = f"signing {institution}".encode()
    for locked in (False, True):
        if locked:
            await hold(transaction, institution)
        for row in await transaction.rows(KEYS, institution=institution):
            with suppress(Unreadable):
                content = opened(secrets[:1], name, row["sealed"])
                return OKPKey.import_key(json.loads(content))
    made = OKPKey.generate_key("Ed25519", auto_kid=True)
    await transaction.rows(
        KEEP_KEY,
        institution=institution,
        id=made.kid,
        public=json.dumps(made.as_dict(private=False)),
        sealed=sealed(secrets, name, json.dumps(made.as_dict(private=True)).encode()),
        at=now,
    )
    await append(transaction, institution, "signing_key_made", now, {"code": made.kid})
    return made


async def sign_head(transaction: Transaction, secrets: tuple[bytes, ...], now: datetime) -> None:
    """Sign the last line of the institution's chain, once a day; the log takes it outside too."""
    institution = transaction.institution
    key = await key_of(transaction, secrets, now)
    last = await transaction.row(HEAD, institution=institution)
    if last is None:
        return
    head = SignedHead(institution, now.date(), last["seq"], last["hash"].hex())
    head = replace(head, signature=sign(head.signed, key))
    if await transaction.rows(KEEP_HEAD, **vars(head)):
        log.info("head_signed", **head.written)


async def covering(transaction: Transaction, institution: str, line: int) -> SignedHead | None:
    """The first signed head that covers a line."""
    found = await transaction.rows_of(institution, COVERING, institution=institution, line=line)
    return SignedHead(**found[0]) if found else None


@dataclass(frozen=True)
class Heads:
    """What lies outside the host: public keys by institution, and the heads that they signed."""

    keys: Mapping[str, list[dict[str, Any]]]
    heads: tuple[SignedHead, ...]

    @property
    def written(self) -> str:
        return json.dumps(
            {
                "keys": {each: {"keys": keys} for each, keys in self.keys.items()},
                "heads": [each.written for each in self.heads],
            },
            indent=1,
        )


async def all_heads(transaction: Transaction, since: date) -> Heads:
    """The heads of every institution that were signed since."""
    await transaction.act_as(PLATFORM)
    keys, heads = {}, []
    for row in await transaction.rows(INSTITUTIONS):
        of = row["institution_id"]
        keys[of] = [
            json.loads(row["public"]) for row in await transaction.rows_of(of, KEYS, institution=of)
        ]
        found = await transaction.rows_of(of, SIGNED_SINCE, institution=of, since=since)
        heads += [SignedHead(**each) for each in found]
    return Heads(keys, tuple(heads))


def heads_in(content: bytes) -> tuple[SignedHead, ...]:
    """The heads of a file that `guiju heads` wrote, each proven by its signature.

    Raises: Unproven: it is no such file, or heads of it are not what was signed, all of them named.
    """
    try:
        told = json.loads(content)
        keys = {
            of: KeySet.import_key_set(each) for of, each in told["keys"].items() if each["keys"]
        }
        heads = tuple(map(read_head, told["heads"]))
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        raise Unproven("The file of heads is not one that `guiju heads` wrote.") from None
    if false := [*_false(heads, keys)]:
        raise Unproven("\n".join(false))
    return heads


def _false(heads: tuple[SignedHead, ...], keys: Mapping[str, KeySet]) -> Iterator[str]:
    for each in heads:
        of = keys.get(each.institution)
        if of is None or not is_signed(each.signed, each.signature, of):
            yield f"{each.institution}, line {each.line}: the head of {each.day} was not signed so."
