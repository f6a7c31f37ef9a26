"""An office's identity provider in the API."""

from typing import Annotated

import strawberry

from resolvers.office import identity
from schema.ground.acts import acts
from schema.ground.fields import Info, query
from schema.office.administering import Administered, administered
from schema.office.units import MANAGED


@strawberry.type
class IdentityProvider:
    """Where people sign in by OpenID Connect, from `/oidc/<institution>/start` on."""

    issuer: Annotated[str, "As its discovery says."]
    client_id: Annotated[str, "What this server is called there."]
    claim: Annotated[str, "Which of its claims names an account here."]
    callback: Annotated[str, "The redirect address that is registered there."]
    returns_to: Annotated[
        str,
        "Where the browser goes then, with `#refresh=…` for `refreshSession`, or"
        " `#error=…`, a code; if empty, it is answered in JSON.",
    ]


async def identity_provider(info: Info) -> IdentityProvider | None:
    """The provider of the viewer's institution, if there is one."""
    found = await identity.mine(info.context)
    return IdentityProvider(**{name: found[name] for name in identity.TOLD}) if found else None


async def set_identity_provider(
    info: Info,
    issuer: Annotated[str, "https, and public or named by the operator."],
    client_id: Annotated[str, "What this server is called there."],
    client_secret: Annotated[str, "Kept sealed, and never told."],
    callback: Annotated[str, "https://…/oidc/<institution>/callback, as it is registered there."],
    claim: Annotated[
        str, "Which claim names an account here: the whole, or what stands before the @."
    ] = "preferred_username",
    returns_to: Annotated[str, "Where the browser goes then; empty for JSON."] = "",
) -> Administered:
    """Have people sign in by an identity provider too; a second person must confirm it."""
    given = {
        "issuer": issuer,
        "client_id": client_id,
        "sealed_secret": identity.sealed_for(info.context, client_secret),
        "callback": callback,
        "claim": claim,
        "returns_to": returns_to,
    }
    return await administered(info, "set_provider", given)


async def drop_identity_provider(info: Info) -> Administered:
    """Have nobody sign in by the identity provider any more."""
    return await administered(info, "drop_provider", {})


FIELDS = (
    query(identity_provider, MANAGED["permission"]),
    *acts(set_identity_provider, drop_identity_provider, **MANAGED),
)
