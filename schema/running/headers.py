"""What the headers of a request say: the token, the language, and how the answer should come."""

import re
from collections.abc import Mapping
from functools import lru_cache

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse

from domain.errors import Refused
from domain.messages import EN, ZH

GRAPHQL_RESPONSE = "application/graphql-response+json"
EVENTS = "text/event-stream"
HEADERS_KEPT = 128
"""So many headers are read once: a client sends the same ones all day."""
EPOCH = re.compile(r"[0-9]{1,9}")
QUALITY = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")


def media_type(accepted: str) -> str:
    """How a client wants its answer; as plain JSON where it does not say, or likes that better."""
    wanted = _weights(accepted)
    standard, plain = (wanted.get(each, 0) for each in (GRAPHQL_RESPONSE, JSONResponse.media_type))
    return GRAPHQL_RESPONSE if standard and standard >= plain else JSONResponse.media_type


def wants_events(accepted: str) -> bool:
    """Whether a client wants one answer after another, and would not rather have one alone."""
    wanted = _weights(accepted)
    others = (wanted.get(each, 0) for each in (GRAPHQL_RESPONSE, JSONResponse.media_type))
    return wanted.get(EVENTS, 0) > max(others)


def token_of(header: str) -> str | None:
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token else None


def epoch_of(header: str) -> int:
    """How often its office's rules had changed when the client was answered last; 0: unknown.

    Raises: Refused: NOT_AN_EPOCH.
    """
    if not header:
        return 0
    if not EPOCH.fullmatch(header):
        raise Refused("NOT_AN_EPOCH")
    return int(header)


def language_asked(of: HTTPConnection) -> str:
    """English where who asks prefers it to Chinese; Chinese otherwise."""
    wanted = _weights(of.headers.get("accept-language", ""))
    for name in sorted(wanted, key=lambda name: -wanted[name]):
        language = {"zh": ZH, "en": EN}.get(name.partition("-")[0])
        if language and wanted[name]:
            return language
    return ZH


@lru_cache(HEADERS_KEPT)
def _weights(header: str) -> Mapping[str, float]:
    """What a header prefers, each with how much; in full where that cannot be read."""
    found: dict[str, float] = {}
    for part in header.lower().split(","):
        name, *parameters = (each.strip() for each in part.split(";"))
        given = next((each[2:] for each in parameters if each.startswith("q=")), "1")
        found.setdefault(name, float(given) if QUALITY.fullmatch(given) else 1.0)
    return found
