"""The commands that prove: chains against signed heads, and what an institution has signed."""

import json
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from resolvers.running import settings as environment
from resolvers.running.settings import Settings
from schema.running import serve as serving
from schema.running.opening import say

if TYPE_CHECKING:
    from resolvers.ground.database import Transaction

T = TypeVar("T")


def verify_ledger(
    heads: Annotated[
        Path | None, typer.Option(help="What `guiju heads` wrote: proves against it too.")
    ] = None,
) -> None:
    """Recompute every chain of the ledger, and compare every value beside it with its digest."""
    from resolvers.ground.evidence import Unproven, heads_in
    from resolvers.ground.ledger import check_all

    signed = heads_in(heads.read_bytes()) if heads else ()
    found = _reading(lambda transaction: check_all(transaction, signed))
    for (institution, clause), number in sorted(found.destroyed.items()):
        say(f"{institution}: {number} values destroyed under {clause}.")
    for institution, (first, last) in found.unproven.items() if heads else ():
        say(f"{institution}: no head covers lines {first} to {last} yet; they are unproven.")
    if found.complaints:
        raise Unproven("\n".join(found.complaints))
    say("Every chain of the ledger is whole.")


def heads(
    file: Annotated[Path, typer.Argument(help="The file to write, to be kept elsewhere.")],
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Those from this day on alone.")
    ] = None,
) -> None:
    """Write the signed heads of every chain, and the public keys that prove them."""
    from resolvers.ground.evidence import all_heads

    first = since.date() if since else date.min
    found = _reading(lambda transaction: all_heads(transaction, first))
    file.write_text(found.written, encoding="utf-8")
    say(f"{file} is written: {len(found.heads)} heads.")


def signing_keys(
    institution: Annotated[str, typer.Argument(help="Its code: hrss-bureau.")],
) -> None:
    """Print the public keys that an institution signs or signed with, as a JWK Set."""
    from resolvers.ground.evidence import Unproven, all_heads

    found = _reading(lambda transaction: all_heads(transaction, date.max)).keys.get(institution)
    if not found:
        raise Unproven(f"{institution} has no key yet: the first day's job makes one.")
    say(json.dumps({"keys": found}, indent=1))


def verify_receipt(
    file: Annotated[Path, typer.Argument(help="A receipt, as JSON or as a page.")],
    key: Annotated[Path, typer.Option(help="The public keys: `guiju signing-keys` writes them.")],
) -> None:
    """Prove a receipt by the public keys alone: no database, no server."""
    from resolvers.ground.evidence import keys_of, unwrapped

    _, by = unwrapped(file.read_bytes(), keys_of(key.read_bytes()))
    say(f"{file} is what was signed, by the key {by}.")


def _reading(act: "Callable[[Transaction], Awaitable[T]]") -> T:
    """Read the database as it is at one moment, whoever serves it meanwhile."""
    from resolvers.ground.ledger import at_one_moment
    from schema.running.preparing import must_be_of_this_version

    async def reading(served: Settings, owner_url: str | None) -> T:
        url = owner_url or str(served.database_url)
        await must_be_of_this_version(url)
        return await at_one_moment(url, act)

    return serving.alone(environment.read(), reading)
