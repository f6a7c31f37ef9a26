"""An office's identity provider, by OpenID Connect: asked with a code, PKCE, state and nonce.

It says who somebody is; which account that is, the office knows, and none is ever made by it. What
is asked of it goes to one address that was looked up then, as webhooks do.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from importlib.util import find_spec
from secrets import compare_digest, token_urlsafe
from typing import Any
from urllib.parse import quote_plus, urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from domain.errors import Refused
from resolvers.ground.database import statement
from resolvers.ground.sealing import Unreadable, opened, sealed
from resolvers.running.services import Services

INSTALLED = find_spec("authlib") is not None
LASTS = timedelta(minutes=10)
"""How long somebody may take at the provider."""
KEPT_FOR = timedelta(hours=1)
SKEW = 60
"""Seconds by which the provider's clock may differ."""
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
STARTED = b"oidc started"

Ask = Callable[..., Awaitable[dict[str, Any]]]
"""Asks an address, posts what is named, and raises with the code that is said."""

PROVIDER = statement("select * from identity_providers where institution_id = :institution")


@dataclass(frozen=True)
class Started:
    """What whoever comes back must bring along: sealed into a cookie, and kept nowhere."""

    institution: str
    state: str
    nonce: str
    verifier: str
    until: float


@dataclass(frozen=True)
class Described:
    """What a provider says of itself, and its keys."""

    endpoints: Mapping[str, Any]
    keys: KeySet
    at: datetime


@dataclass
class Known:
    """The providers that this process asked before, by issuer."""

    described: dict[str, Described] = field(default_factory=dict)


KNOWN = Known()


async def provider_of(services: Services, institution: str) -> Mapping[str, Any]:
    """The provider of an institution. Raises: Refused: NO_PROVIDER."""
    async with services.database.transaction(institution, read_only=True) as transaction:
        found: Mapping[str, Any] | None = await transaction.row(PROVIDER, institution=institution)
    if found is None or not INSTALLED:
        raise Refused("NO_PROVIDER")
    return found


async def start(services: Services, provider: Mapping[str, Any], now: datetime) -> tuple[str, str]:
    """Where somebody who wants to sign in is sent, and what they bring back, sealed.

    Raises: Refused: PROVIDER_SILENT.
    """
    from authlib.oauth2.rfc7636 import create_s256_code_challenge

    from resolvers.ground.provider_calls import asking

    state, nonce, verifier = (token_urlsafe(32) for _ in range(3))
    started = Started(provider["institution_id"], state, nonce, verifier, (now + LASTS).timestamp())
    async with asking(services.outside) as ask:
        described = await _described(ask, provider["issuer"], now)
    asked = {
        "response_type": "code",
        "scope": "openid profile email",
        "client_id": provider["client_id"],
        "redirect_uri": provider["callback"],
        "state": started.state,
        "nonce": started.nonce,
        "code_challenge": create_s256_code_challenge(started.verifier),
        "code_challenge_method": "S256",
    }
    there = described.endpoints["authorization_endpoint"]
    address = f"{there}{'&' if '?' in there else '?'}{urlencode(asked)}"
    kept = json.dumps(asdict(started)).encode()
    return address, sealed(services.secrets, STARTED, kept)


async def finish(
    services: Services,
    provider: Mapping[str, Any],
    brought: str,
    given: Mapping[str, str],
    now: datetime,
) -> str:
    """The account of whoever comes back.

    Raises: Refused: PROVIDER_SILENT, PROVIDER_STATE where it was not begun here or too long ago,
    PROVIDER_REFUSED where the provider or what it says is at fault.
    """
    institution = provider["institution_id"]
    try:
        started = Started(**json.loads(opened(services.secrets, STARTED, brought)))
    except (Unreadable, ValueError, TypeError):
        raise Refused("PROVIDER_STATE") from None
    same = compare_digest(started.state.encode(), given.get("state", "").encode())
    if not same or started.institution != institution or started.until <= now.timestamp():
        raise Refused("PROVIDER_STATE")
    if "code" not in given:
        raise Refused("PROVIDER_REFUSED")
    from resolvers.ground.provider_calls import asking

    async with asking(services.outside) as ask:
        described = await _described(ask, provider["issuer"], now)
        secret = _secret(services, institution, provider)
        told = await _exchanged(ask, described, provider, secret, given["code"], started)
        token = str(told.get("id_token", ""))
        try:
            content = _read(token, described.keys)
        except Refused:
            # It may have changed its keys since they were fetched.
            described = await _described(ask, provider["issuer"], now, anew=True)
            content = _read(token, described.keys)
    _must_be_ours(content, provider, started, told, now)
    claimed = content.claims.get(provider["claim"])
    unsure = provider["claim"] == "email" and content.claims.get("email_verified") is not True
    if not isinstance(claimed, str) or not claimed.strip() or unsure:
        raise Refused("PROVIDER_REFUSED")
    plain = claimed.strip().removesuffix(f"@{institution}")
    return f"{plain}@{institution}"


def name_of_secret(institution: str) -> bytes:
    return b"oidc client " + institution.encode()


def _secret(services: Services, institution: str, provider: Mapping[str, Any]) -> str:
    try:
        kept = provider["sealed_secret"]
        return opened(services.secrets, name_of_secret(institution), kept).decode()
    except Unreadable:
        raise Refused("NO_PROVIDER") from None


async def _described(ask: Ask, issuer: str, now: datetime, *, anew: bool = False) -> Described:
    known = KNOWN.described.get(issuer)
    if known and not anew and known.at + KEPT_FOR > now:
        return known
    endpoints = await ask(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if endpoints.get("issuer") != issuer or not all(
        isinstance(endpoints.get(name), str) for name in wanted
    ):
        raise Refused("PROVIDER_SILENT")
    try:
        keys = KeySet.import_key_set(await ask(endpoints["jwks_uri"]))  # type: ignore[arg-type]
    except (JoseError, ValueError, KeyError, TypeError):
        raise Refused("PROVIDER_SILENT") from None
    KNOWN.described[issuer] = Described(endpoints, keys, now)
    return KNOWN.described[issuer]


async def _exchanged(
    ask: Ask,
    described: Described,
    provider: Mapping[str, Any],
    secret: str,
    code: str,
    started: Started,
) -> Mapping[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": provider["callback"],
        "code_verifier": started.verifier,
        "client_id": provider["client_id"],
    }
    methods = described.endpoints.get("token_endpoint_auth_methods_supported")
    by_form = methods and "client_secret_basic" not in methods
    pair = quote_plus(provider["client_id"]), quote_plus(secret)
    proof = {"data": {**form, "client_secret": secret}} if by_form else {"data": form, "auth": pair}
    endpoint = described.endpoints["token_endpoint"]
    return await ask(endpoint, "PROVIDER_REFUSED", **proof)


def _read(token: str, keys: KeySet) -> jwt.Token:
    try:
        return jwt.decode(token, keys, algorithms=ALGORITHMS)
    except (JoseError, ValueError):
        raise Refused("PROVIDER_REFUSED") from None


def _must_be_ours(
    content: jwt.Token,
    provider: Mapping[str, Any],
    started: Started,
    told: Mapping[str, Any],
    now: datetime,
) -> None:
    """Raises: Refused where it is of another issuer, for another client or call, or too old."""
    from authlib.oidc.core import CodeIDToken

    wanted: Any = {
        "iss": {"essential": True, "value": provider["issuer"]},
        "aud": {"essential": True, "value": provider["client_id"]},
    }
    params = {"nonce": started.nonce, "client_id": provider["client_id"]}
    params["access_token"] = str(told.get("access_token", ""))
    try:
        said = CodeIDToken(content.claims, content.header, wanted, params)
        said.validate(now=int(now.timestamp()), leeway=SKEW)
    except (JoseError, ValueError, TypeError):
        raise Refused("PROVIDER_REFUSED") from None
