"""Start everything in order, serve, and stop everything in reverse."""

import asyncio
import gc
import json
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial

import sqlalchemy.exc
import uvicorn
import uvloop

from migrations.upgrade import migrate, pending
from resolvers import logs, postgres
from resolvers.roles import NO_ANSWER, Unfit, refuse_an_owner, serving_role
from resolvers.settings import Settings

PATIENCE_WITH_CLIENTS = 5

OwnersAct = Callable[[str | None], Awaitable[None]]

ALIVE = "{ __typename }"
SIGN_IN = (
    'mutation { signIn(input: {account: "staff@hrss-bureau", password: "guiju"}) '
    "{ ... on SignedIn { token viewer { name } } } }"
)

READY = """
规矩 Guiju is ready ({seconds:.1f} s): {address}
{accounts}
{editor}sk from another terminal:

  curl -s {address} \\
    -H 'content-type: application/json' \\
    -d '{question}'

Ctrl-C stops the server{and_database}.
"""

ACCOUNTS = """
Who can sign in, each with the password guiju:

  staff@hrss-bureau    section_chief@hrss-bureau    deputy_in_charge@hrss-bureau
  director@hrss-bureau office_clerk@hrss-bureau     policy_admin@hrss-bureau
  and so in every office: <role>@<institution>, e.g. staff@township-government; platform_admin
"""


class PortTaken(Exception):
    """Somebody else listens there: a sentence for the operator."""


def serve(settings: Settings) -> None:
    """Serve until a signal says stop."""
    logs.configure(readable=sys.stderr.isatty() and not settings.production)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(settings, time.monotonic()))


async def _serve(settings: Settings, began: float) -> None:
    stop = Stop()
    with closing(_listener(settings)) as listener, database(settings) as (served, owner_url):
        await bring_up_to_date(served, owner_url)
        if served.demo:
            await load_demo(owner_url)
        from schema.app import create
        from schema.patience import Impatient

        server = uvicorn.Server(
            uvicorn.Config(
                create(served),
                http=partial(Impatient, patience=settings.client_timeout),  # type: ignore[arg-type]
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,  # whose forwarded address counts, our own setting says
                timeout_graceful_shutdown=PATIENCE_WITH_CLIENTS,
            )
        )
        stop.server = server
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        # uvicorn offers a flag, not an event.
        while not server.started and not serving.done():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        if server.started:
            gc.collect()
            gc.freeze()
            say(_ready(settings, listener, time.monotonic() - began))
        await serving
        say("Stopping …")
    say("Stopped.")


def work(settings: Settings) -> None:
    """Run the worker alone until a signal says stop."""
    logs.configure(readable=sys.stderr.isatty() and not settings.production)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_work(settings))


async def _work(settings: Settings) -> None:
    from resolvers import worker
    from resolvers.services import opened

    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with database(settings, join=True) as (served, _):
        await bring_up_to_date(served, None)
        async with opened(served) as services:
            say("The worker is ready.")
            await worker.work(services, str(served.database_url), stop)
    say("Stopped.")


class Stop:
    """What a signal does: end the start, or ask the server to finish; nothing more after that."""

    def __init__(self) -> None:
        self.server: uvicorn.Server | None = None
        self.task = asyncio.current_task()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            # nohup wants the server to outlive its terminal.
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                asyncio.get_running_loop().add_signal_handler(number, self.now)

    def now(self) -> None:
        if self.server is not None:
            self.server.should_exit = True
        elif self.task is not None:
            self.task.cancel()


@contextmanager
def database(settings: Settings, *, join: bool = False) -> Iterator[tuple[Settings, str | None]]:
    """The settings with a database that runs, and its owner's address where that is known."""
    if not settings.embedded:
        yield settings, settings.owner_database_url
        return
    say(f"Starting PostgreSQL, data in {settings.data_dir} …")
    with postgres.running(settings.data_dir, join=join) as embedded:
        yield settings.model_copy(update={"database_url": embedded.app_url}), embedded.owner_url


async def bring_up_to_date(settings: Settings, owner_url: str | None) -> None:
    """Migrate where the owner's address is given, and refuse what must not be served."""
    app_url = str(settings.database_url)
    role = await serving_role(app_url)
    if owner_url is not None:
        say("Bringing the tables up to date …")
        try:
            await migrate(owner_url, role.name)
        except (*NO_ANSWER, sqlalchemy.exc.DBAPIError) as error:
            raise Unfit(f"The owner could not migrate the database: {error}") from error
    if await pending(app_url):
        raise Unfit(
            "The database's tables are not those of this version. Give GUIJU_OWNER_DATABASE_URL "
            "beside GUIJU_DATABASE_URL, or run `guiju migrate` with both."
        )
    await refuse_an_owner(app_url)


async def load_demo(owner_url: str | None) -> None:
    if owner_url is None:
        say("The demo offices are the owner's to load: left as they are.")
        return
    from resolvers import demo

    say("Loading the demo offices …")
    await demo.load(owner_url)


def say(text: str) -> None:
    print(text, flush=True)


def _listener(settings: Settings) -> socket.socket:
    """Take the port before anything else starts, so that a taken one is said at once."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise PortTaken(
            f"Cannot serve on {settings.host} port {settings.port}: {error.strerror}. "
            "Choose another with PORT=."
        ) from None
    return listener


def _ready(settings: Settings, listener: socket.socket, seconds: float) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return READY.format(
        seconds=seconds,
        address=f"http://{host}:{listener.getsockname()[1]}/graphql",
        editor="A" if settings.production else "Open it in a browser, or a",
        question=json.dumps({"query": SIGN_IN if settings.demo else ALIVE}),
        accounts=ACCOUNTS if settings.demo else "",
        and_database=" and its database" if settings.embedded else "",
    )
