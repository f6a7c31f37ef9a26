"""The commands by which an operator keeps what the office depends on."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from resolvers.running import postgres
from resolvers.running import settings as environment
from resolvers.running.settings import Settings
from schema.running import serve as serving
from schema.running.opening import say

if TYPE_CHECKING:
    from resolvers.ground.ledger import Checked
    from resolvers.running.backup import Manifest

Keys = Annotated[Path | None, typer.Option(help="Where the keys go, or lie: apart from the rest.")]
Without = Annotated[bool, typer.Option("--without-keys", help="Leave the keys to somebody else.")]


def backup(
    place: Annotated[Path, typer.Argument(help="The directory that holds the backups.")],
    keys: Keys = None,
    without_keys: Without = False,
) -> None:
    """Back up database, files, keys and settings while the server serves."""
    from migrations import standing
    from resolvers.running import backup as backups
    from resolvers.running.roles import Unfit
    from resolvers.running.services import office_now
    from schema.running.preparing import must_be_of_this_version

    _must_choose(keys, without_keys)
    settings = environment.read()
    [revision] = standing.heads()
    if keys is not None and keys.resolve().is_relative_to(place.resolve()):
        raise backups.Broken(f"The keys must lie apart from the backup, not in {place}.")
    if not settings.embedded and settings.backup_database_url is None:
        raise Unfit("Give GUIJU_BACKUP_DATABASE_URL: a role with BYPASSRLS and pg_read_all_data.")

    async def taking(served: Settings, owner_url: str | None) -> tuple[Path, "Manifest"]:
        await must_be_of_this_version(str(served.database_url))
        superuser = str(owner_url).replace(postgres.OWNER, "postgres", 1)
        url = superuser if settings.embedded else str(settings.backup_database_url)
        return await backups.take(settings, url, place, keys, office_now(), revision)

    made, manifest = serving.alone(settings, taking)
    size = sum(part.size for part in manifest.parts)
    say(f"{made} is written: {len(manifest.parts)} parts, {size} bytes.")


def restore(
    place: Annotated[Path, typer.Argument(help="The backup: a directory guiju-….")],
    keys: Keys = None,
    without_keys: Without = False,
) -> None:
    """Bring a backup into an empty database, and verify it whole."""
    from migrations import standing
    from resolvers.ground.ledger import checked
    from resolvers.running import backup as backups
    from resolvers.running.roles import Unfit
    from schema.running.preparing import bring_up_to_date

    _must_choose(keys, without_keys)
    settings = environment.read()
    manifest = backups.proven(place, keys, standing.known())
    if not settings.embedded and settings.owner_database_url is None:
        raise Unfit("Only the owner may do this: give GUIJU_OWNER_DATABASE_URL too.")

    async def restoring(served: Settings, owner_url: str | None) -> "Checked":
        await backups.restore(settings, str(owner_url), place, keys)
        await bring_up_to_date(served, owner_url)
        return await checked(str(owner_url))

    found = serving.alone(settings, restoring, make=True)
    if found.complaints:
        raise backups.Broken("\n".join(found.complaints))
    say(f"The backup of {manifest.made} is restored; every chain of the ledger is whole.")


def rotate_keys() -> None:
    """Make a new key for tokens and links; what the former ones signed holds until it expires."""
    from resolvers.running.roles import Unfit

    settings = environment.read()
    if settings.given_token_secret is not None:
        raise Unfit(
            "Give a new GUIJU_TOKEN_SECRET, and the one of now as GUIJU_FORMER_TOKEN_SECRET."
        )
    number = environment.rotate_keys(settings.data_dir)
    say(f"A new key signs once the servers are started again; {number} are kept.")


def _must_choose(keys: Path | None, without: bool) -> None:
    if (keys is None) is not without:
        raise typer.BadParameter("name a directory by --keys, or say --without-keys")
