"""What the operator decides, read once from the environment and checked before anything starts."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from resolvers.ground.addresses import Network
from resolvers.ground.patience import Patience

CHECKOUT = Path(__file__).resolve().parents[2]
KEYS = "token-secret"
"""The file of the data directory that holds the keys, a line each, the newest first."""
ROOT_HOME = Path("/var/lib/guiju")
"""Where data lies when root serves: PostgreSQL refuses root, and homes are closed to others."""

EXPECTED = {
    "GUIJU_DATABASE_URL": "an address like postgresql://user:password@host:5432/database",
    "GUIJU_OWNER_DATABASE_URL": "an address like postgresql://user:password@host:5432/database",
    "GUIJU_DIRECT_DATABASE_URL": "an address like postgresql://user:password@host:5432/database",
    "GUIJU_BACKUP_DATABASE_URL": "an address like postgresql://user:password@host:5432/database",
    "GUIJU_PGBOUNCER": "true or false",
    "PORT": "a whole number from 0 to 65535",
    "DATA_DIR": "a directory",
    "GUIJU_HOST": "a host name or an address",
    "GUIJU_MODE": "development or production",
    "GUIJU_DEMO": "true or false",
    "GUIJU_WORKER": "true or false",
    "GUIJU_PROCESSES": "a whole number from 1 to 32",
    "GUIJU_COMPILED": "true or false",
    "GUIJU_TOKEN_SECRET": "a text of at least 32 characters",
    "GUIJU_FORMER_TOKEN_SECRET": "a text of at least 32 characters",
    "GUIJU_TRUSTED_PROXIES": "addresses or networks like 10.0.0.2 or 10.0.0.0/8, between commas",
    "GUIJU_METRICS_TOKEN": "a text of at least 32 characters",
    "GUIJU_FILES_URL": "an address like s3://bucket/folder",
    "GUIJU_GATEWAYS": "addresses or networks like 10.0.0.2 or 10.0.0.0/8, between commas",
    "GUIJU_LINK": "an address like https://office.example/requests/{number}, or with {id}",
    "GUIJU_SMTP_URL": "an address like smtp://user:password@host:587, or smtps://host",
    "GUIJU_MAIL_FROM": "an address like guiju@office.example",
    "GUIJU_CORS_ORIGINS": "origins like https://office.example, between commas",
}

EXPECTED |= dict.fromkeys(
    ("GUIJU_STATEMENT_TIMEOUT", "GUIJU_LOCK_TIMEOUT", "GUIJU_IDLE_TIMEOUT", "GUIJU_POOL_TIMEOUT",
     "GUIJU_CLIENT_TIMEOUT"),
    "seconds, from 0.1 to 3600",
)  # fmt: skip

EXPECTED |= dict.fromkeys(
    ("GUIJU_FILES_RESERVE", "GUIJU_FILES_PER_PERSON", "GUIJU_FILES_PER_OFFICE"),
    "megabytes, a whole number from 0",
)


class Mode(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Malformed(Exception):
    """Settings that cannot be meant: one sentence for each."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def default_data_dir() -> Path:
    """`.data` beside the code; for root a directory of this checkout's own under /var/lib."""
    home = CHECKOUT if (CHECKOUT / "pyproject.toml").exists() else Path.cwd()
    if os.geteuid() != 0:
        return home / ".data"
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:8]
    return ROOT_HOME / f"{home.name}-{digest}"


MOST_KEYS = 4
"""Keys that are kept beside one another; the oldest is forgotten."""

Seconds = Annotated[float, Field(ge=0.1, le=3600, allow_inf_nan=False)]
"""How long something is waited for."""


Megabytes = Annotated[int, Field(ge=0, le=1 << 30)]


Origin = Annotated[str, Field(pattern=r"^https?://[^/\s?#@]+$")]
"""A site whose pages may ask from a browser."""


MAIL = r"^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$"


@dataclass(frozen=True)
class Outside:
    """How people are reached outside: by links, mail, and gateways that need not be public."""

    link: str | None = None
    smtp_url: str | None = None
    sender: str | None = None
    inner: tuple[Network, ...] = ()


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_ignore_empty=True, extra="ignore", frozen=True, populate_by_name=True
    )

    database_url: str | None = Field(None, alias="GUIJU_DATABASE_URL", repr=False)
    owner_database_url: str | None = Field(None, alias="GUIJU_OWNER_DATABASE_URL", repr=False)
    direct_database_url: str | None = Field(None, alias="GUIJU_DIRECT_DATABASE_URL", repr=False)
    backup_database_url: str | None = Field(None, alias="GUIJU_BACKUP_DATABASE_URL", repr=False)
    pgbouncer: bool = Field(False, alias="GUIJU_PGBOUNCER")
    host: str = Field("127.0.0.1", alias="GUIJU_HOST", min_length=1)
    port: int = Field(8000, alias="PORT", ge=0, le=65535)
    data_dir: Path = Field(default_factory=default_data_dir, alias="DATA_DIR")
    mode: Mode = Field(Mode.DEVELOPMENT, alias="GUIJU_MODE")
    demo: bool = Field(False, alias="GUIJU_DEMO")
    worker: bool = Field(True, alias="GUIJU_WORKER")
    processes: int = Field(1, alias="GUIJU_PROCESSES", ge=1, le=32)
    compiled: bool = Field(True, alias="GUIJU_COMPILED")
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode] = Field(
        (), alias="GUIJU_TRUSTED_PROXIES"
    )
    gateways: Annotated[tuple[Network, ...], NoDecode] = Field((), alias="GUIJU_GATEWAYS")
    link: str | None = Field(None, alias="GUIJU_LINK", pattern=r"^https?://\S*\{(id|number)\}\S*$")
    smtp_url: str | None = Field(None, alias="GUIJU_SMTP_URL", pattern=r"^smtps?://[^\s/]+/?$")
    mail_from: str | None = Field(None, alias="GUIJU_MAIL_FROM", pattern=MAIL)
    statement_timeout: Seconds = Field(10, alias="GUIJU_STATEMENT_TIMEOUT")
    lock_timeout: Seconds = Field(5, alias="GUIJU_LOCK_TIMEOUT")
    idle_timeout: Seconds = Field(30, alias="GUIJU_IDLE_TIMEOUT")
    pool_timeout: Seconds = Field(10, alias="GUIJU_POOL_TIMEOUT")
    client_timeout: Seconds = Field(20, alias="GUIJU_CLIENT_TIMEOUT")
    given_token_secret: SecretStr | None = Field(None, alias="GUIJU_TOKEN_SECRET", min_length=32)
    former_token_secret: SecretStr | None = Field(
        None, alias="GUIJU_FORMER_TOKEN_SECRET", min_length=32
    )

    metrics_token: SecretStr | None = Field(None, alias="GUIJU_METRICS_TOKEN", min_length=32)
    files_url: str | None = Field(None, alias="GUIJU_FILES_URL", pattern=r"^[a-z0-9]+://.+")
    files_reserve: Megabytes = Field(512, alias="GUIJU_FILES_RESERVE")
    files_per_person: Megabytes = Field(4_096, alias="GUIJU_FILES_PER_PERSON")
    files_per_office: Megabytes = Field(204_800, alias="GUIJU_FILES_PER_OFFICE")
    cors_origins: Annotated[tuple[Origin, ...], NoDecode] = Field((), alias="GUIJU_CORS_ORIGINS")

    @property
    def patience(self) -> Patience:
        """How long the database is waited for."""
        return Patience(
            self.statement_timeout, self.lock_timeout, self.idle_timeout, self.pool_timeout
        )

    @property
    def outside(self) -> Outside:
        return Outside(self.link, self.smtp_url, self.mail_from, self.gateways)

    @property
    def production(self) -> bool:
        return self.mode is Mode.PRODUCTION

    @property
    def embedded(self) -> bool:
        return self.database_url is None

    @property
    def directly(self) -> "Settings":
        """The same past a pooler: for the worker, the rulebooks and the commands."""
        past = self.direct_database_url or self.database_url
        return self.model_copy(update={"database_url": past, "pgbouncer": False})

    @field_validator(
        "database_url", "owner_database_url", "direct_database_url", "backup_database_url"
    )
    @classmethod
    def _names_a_database(cls, url: str | None) -> str | None:
        if url is None:
            return None
        parts = urlsplit(url)
        if parts.scheme not in {"postgresql", "postgres", "postgresql+asyncpg"}:
            raise ValueError("no PostgreSQL address")
        if not parts.path.strip("/"):
            raise ValueError("names no database")
        return f"postgresql://{url.split('://', 1)[1]}"

    @field_validator("trusted_proxies", "gateways", mode="before")
    @classmethod
    def _names_networks(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        return tuple(ip_network(each.strip(), strict=False) for each in given.split(","))

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _names_origins(cls, given: Any) -> Any:
        return [each.strip() for each in given.split(",")] if isinstance(given, str) else given

    @field_validator("data_dir")
    @classmethod
    def _is_a_directory(cls, path: Path) -> Path:
        path = path.expanduser().absolute()
        if path.exists() and not path.is_dir():
            raise ValueError("is a file")
        return path

    @model_validator(mode="after")
    def _go_together(self) -> "Settings":
        if self.owner_database_url is not None and self.database_url is None:
            raise ValueError(
                "GUIJU_OWNER_DATABASE_URL needs GUIJU_DATABASE_URL beside it: "
                "the owner migrates, another role serves."
            )
        if self.pgbouncer and (self.database_url is None or self.direct_database_url is None):
            raise ValueError(
                "GUIJU_PGBOUNCER needs GUIJU_DATABASE_URL, which leads to PgBouncer, and "
                "GUIJU_DIRECT_DATABASE_URL, which leads past it, for the worker and the rulebooks."
            )
        if self.production and self.demo:
            raise ValueError(
                "The demo offices have well-known passwords: not with GUIJU_MODE=production."
            )
        return self

    def token_secrets(self) -> list[str]:
        """The key that signs tokens, then former ones: given, or made and kept in `data_dir`."""
        if self.given_token_secret is None:
            return kept_secret(self.data_dir / KEYS).split()
        given = (self.given_token_secret, self.former_token_secret)
        return [each.get_secret_value() for each in given if each is not None]


def read(**chosen: Any) -> Settings:
    """The environment's settings, with what a command's options say instead."""
    try:
        return Settings(**chosen)
    except ValidationError as error:
        raise Malformed([_sentence(problem) for problem in error.errors()]) from None


def rotate_keys(data_dir: Path) -> int:
    """Put a new key before those that sign now, and say how many there are.

    What the former ones signed holds while it has not expired; a sealed ballot stays readable.
    """
    keys = [secrets.token_hex(32), *kept_secret(data_dir / KEYS).split()][:MOST_KEYS]
    draft = data_dir / f"{KEYS}.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
        new.write("\n".join(keys))
        new.flush()
        os.fsync(new.fileno())
    draft.replace(data_dir / KEYS)
    return len(keys)


def kept_secret(file: Path) -> str:
    """A secret that is made once; of two processes that start together, the first one's counts."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as new:
            new.write(secrets.token_hex(32))
        try:
            file.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text()


def _sentence(problem: Any) -> str:
    if not problem["loc"]:
        return str(problem["msg"]).removeprefix("Value error, ")
    name = str(problem["loc"][0])
    # An address may hold a password: its value is not repeated.
    shown = "" if name.endswith(("URL", "SECRET", "TOKEN")) else f", not {str(problem['input'])!r}"
    return f"{name} must be {EXPECTED[name]}{shown}."
