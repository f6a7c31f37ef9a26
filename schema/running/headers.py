"""What the headers of a request say: the token, the language, and how the answer should come."""

import re
from functools import lru_cache

from starlette.responses import JSONResponse

from domain.messages import EN, ZH

GRAPHQL_RESPONSE = "application/graphql-response+json"
HEADERS_KEPT = 128
"""So many headers are read once: a client sends the same ones all day."""
QUALITY = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")


@lru_cache(HEADERS_KEPT)
def media_type(accepted: str) -> str:
    """How a client wants its answer; as plain JSON where it does not say, or likes that better."""
    wanted = _weights(accepted)
    standard, plain = (wanted.get(each, 0) for each in (GRAPHQL_RESPONSE, JSONResponse.media_type))
    return GRAPHQL_RESPONSE if standard and standard >= plain else JSONResponse.media_type


def token_of(header: str) -> str | None:
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token else None


@lru_cache(HEADERS_KEPT)
def language_of(header: str) -> str:
    """English where it is preferred to Chinese; Chinese otherwise."""
    wanted = _weights(header)
    for name in sorted(wanted, key=lambda name: -wanted[name]):
        language = {"zh": ZH, "en": EN}.get(name.partition("-")[0])
        if language and wanted[name]:
            return language
    return ZH


def _weights(header: str) -> dict[str, float]:
    """What a header prefers, each with how much; in full where that cannot be read."""
    found: dict[str, float] = {}
    for part in header.lower().split(","):
        name, *parameters = (each.strip() for each in part.split(";"))
        given = next((each[2:] for each in parameters if each.startswith("q=")), "1")
        found.setdefault(name, float(given) if QUALITY.fullmatch(given) else 1.0)
    return found
