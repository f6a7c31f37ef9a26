"""PostgreSQL's own programs for one database: the right version, and no password in a command."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit, urlunsplit

from resolvers.running.postgres_account import Unavailable, account

DEBIAN = Path("/usr/lib/postgresql")
NUMBER = re.compile(rb"\d+")


@dataclass(frozen=True)
class Programs:
    """The programs of a directory, for the database of an address."""

    directory: Path
    url: str

    def run(self, program: str, *arguments: str, output: IO[bytes] | None = None) -> None:
        """Run one to its end. Raises: Unavailable: it failed, and says why."""
        parts = urlsplit(self.url)
        environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
        if parts.password is not None:
            environment["PGPASSWORD"] = unquote(parts.password)
        named = parts.netloc.replace(f":{parts.password}@", "@", 1)
        where = f"--dbname={urlunsplit(parts._replace(netloc=named))}"
        done = subprocess.run(
            [self.directory / program, where, *arguments],
            stdin=subprocess.DEVNULL, stdout=output or subprocess.DEVNULL, stderr=subprocess.PIPE,
            env=environment, check=False,
        )  # fmt: skip
        if done.returncode:
            raise Unavailable(f"{program} failed: {done.stderr.decode(errors='replace').strip()}")


def programs(url: str, version: int) -> Programs:
    """The oldest that know a server of this version: newer ones write what it cannot read.

    Raises: Unavailable: there are none.
    """
    on_path = shutil.which("pg_dump")
    places = [*DEBIAN.glob("*/bin"), *([Path(on_path).parent] if on_path else [])]
    places.append(account().programs)
    versions = {place: made_for(place) for place in places if (place / "pg_dump").exists()}
    fitting = [place for place, made in versions.items() if made >= version]
    if not fitting:
        raise Unavailable(f"pg_dump {version} or later is missing: install the server's client.")
    return Programs(min(fitting, key=versions.__getitem__), url)


def made_for(place: Path) -> int:
    """The version of the programs in a directory, or 0 where they do not run."""
    try:
        said = subprocess.run([place / "pg_dump", "--version"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = NUMBER.search(said.stdout)
    return int(found[0]) if found else 0
