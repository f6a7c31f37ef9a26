"""What the headers of a request say: the token, the language, and how the answer should come."""

from starlette.responses import JSONResponse

from domain.messages import EN, ZH

GRAPHQL_RESPONSE = "application/graphql-response+json"


def media_type(accepted: str) -> str:
    """How a client wants its answer; as plain JSON where it does not say."""
    wanted = {part.partition(";")[0].strip().lower() for part in accepted.split(",")}
    return GRAPHQL_RESPONSE if GRAPHQL_RESPONSE in wanted else JSONResponse.media_type


def token_of(header: str) -> str | None:
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token else None


def language_of(header: str) -> str:
    """English where it is preferred to Chinese; Chinese otherwise."""
    for part in header.lower().split(","):
        wanted = part.split(";")[0].strip()
        if wanted.startswith("zh"):
            return ZH
        if wanted.startswith("en"):
            return EN
    return ZH
