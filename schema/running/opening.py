"""What a command begins with: the port and the database, before the code that serves is read."""

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from resolvers.running import postgres
from resolvers.running.settings import Settings

PATIENCE_WITH_CLIENTS = 5
CONNECTIONS_EACH, SPARE_CONNECTIONS = 13, 87
"""What a process may take of the embedded database, and what is left for the owner and commands."""


class PortTaken(Exception):
    """Somebody else listens there: a sentence for the operator."""


def say(text: str) -> None:
    print(text, flush=True)


def report(complaints: list[str], otherwise: str) -> None:
    """Say what was done, or every complaint; the command fails with any."""
    if complaints:
        print("\n".join(complaints), file=sys.stderr)
        raise SystemExit(1)
    say(otherwise)


def listener(settings: Settings) -> socket.socket:
    """Take the port before anything else starts, so that a taken one is said at once."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        raise PortTaken(
            f"Cannot serve on {settings.host} port {settings.port}: {error.strerror}. "
            "Choose another with PORT=."
        ) from None
    return listening


@contextmanager
def database(
    settings: Settings, stopping: threading.Event, *, join: bool = False, make: bool = True
) -> Iterator[tuple[Settings, str | None]]:
    """The settings with a database that runs, and its owner's address where that is known."""
    if not settings.embedded:
        yield settings, settings.owner_database_url
        return
    if make:
        say(f"Starting PostgreSQL, data in {settings.data_dir} …")
    connections = SPARE_CONNECTIONS + CONNECTIONS_EACH * settings.processes
    with postgres.running(
        settings.data_dir, join=join, make=make, ended=stopping, max_connections=str(connections)
    ) as embedded:
        yield settings.model_copy(update={"database_url": embedded.app_url}), embedded.owner_url


def uvicorn_settings(settings: Settings) -> dict[str, Any]:
    """How a process serves, whether alone or one of several."""
    from schema.running.patience import Impatient

    return {
        "http": partial(Impatient, patience=settings.client_timeout),
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,  # whose forwarded address counts, our own setting says
        "timeout_graceful_shutdown": PATIENCE_WITH_CLIENTS,
    }
