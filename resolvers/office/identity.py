"""Where an office's people sign in beside passwords: said by two administrators, never by one."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from domain.errors import Problem, at_fault, must_be_none
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.gateways import NotAllowed, reached
from resolvers.ground.providers import INSTALLED, PROVIDER, name_of_secret
from resolvers.ground.sealing import sealed
from resolvers.office.outcomes import Outcome, sentence

KEEP = statement("""
  insert into identity_providers (institution_id, issuer, client_id, sealed_secret, claim,
                                  callback, returns_to, by_id, at)
  values (:institution, :issuer, :client_id, :sealed_secret, :claim, :callback, :returns_to,
          :by, :now)
  on conflict (institution_id) do update set
    (issuer, client_id, sealed_secret, claim, callback, returns_to, by_id, at)
    = (excluded.issuer, excluded.client_id, excluded.sealed_secret, excluded.claim,
       excluded.callback, excluded.returns_to, excluded.by_id, excluded.at)""")
DROP = statement("delete from identity_providers where institution_id = :institution")
TOLD = ("issuer", "client_id", "claim", "callback", "returns_to")


async def mine(context: Context) -> Mapping[str, Any] | None:
    return await context.row(PROVIDER)


def sealed_for(context: Context, client_secret: str) -> str:
    """A client's secret as it is kept, in what waits for a second person too."""
    name = name_of_secret(context.viewer.institution)
    return sealed(context.services.secrets, name, client_secret.encode())


async def set_provider(context: Context, given: Mapping[str, Any], by: UUID) -> Outcome:
    """Have people sign in there too: whoever keeps it can be anybody here, so two must say so.

    Raises: Refused: naming what cannot be; NO_OIDC where the server was installed without it.
    """
    if not INSTALLED:
        raise at_fault("NO_OIDC", "input", "issuer")
    problems = [
        Problem("REQUIRED", ("input", name))
        for name, key in (("clientId", "client_id"), ("claim", "claim"))
        if not given[key].strip()
    ]
    try:
        await reached(given["issuer"], context.services.outside.inner)
    except NotAllowed:
        problems.append(Problem("NOT_A_GATEWAY", ("input", "issuer")))
    path = f"/oidc/{context.viewer.institution}/callback"
    if not _is_ours(given["callback"]) or urlsplit(given["callback"]).path != path:
        problems.append(Problem("NOT_A_CALLBACK", ("input", "callback"), details={"path": path}))
    if given["returns_to"] and not _is_ours(given["returns_to"]):
        problems.append(Problem("NOT_AN_ADDRESS", ("input", "returnsTo")))
    must_be_none(problems)
    told = {name: given[name].strip() for name in TOLD}
    kept = {**told, "sealed_secret": given["sealed_secret"]}
    await context.rows(KEEP, **kept, by=by, now=context.now)
    await _record(context, "provider_set", by, {"issuer": told["issuer"]})
    living = await context.rulebook()
    return Outcome(sentence(living, "SAID_PROVIDER", {"issuer": told["issuer"]}), weighty=True)


async def drop_provider(context: Context, given: Mapping[str, Any], by: UUID) -> Outcome:  # noqa: ARG001
    """Have nobody sign in there any more."""
    await context.rows(DROP)
    await _record(context, "provider_dropped", by, {})
    return Outcome(sentence(await context.rulebook(), "SAID_NO_PROVIDER", {}))


def _is_ours(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in ("https", "http") and bool(parts.hostname) and not parts.fragment


async def _record(context: Context, event: str, by: UUID, more: Mapping[str, Any]) -> None:
    me = context.viewer.person
    await context.record(event, {"person": me.id, "name": me.name, "asked_by": by, **more})
