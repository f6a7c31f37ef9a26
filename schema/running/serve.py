"""Start everything in order, serve, and stop everything in reverse."""

import asyncio
import gc
import json
import socket
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import TypeVar

import uvicorn
import uvloop

from migrations.upgrade import migrate, pending
from resolvers.running import logs, postgres
from resolvers.running.roles import NO_ANSWER_WRAPPED, Unfit, refuse_an_owner, serving_role, why
from resolvers.running.settings import Settings
from schema.running.stopping import Stop

PATIENCE_WITH_CLIENTS = 5

T = TypeVar("T")
OwnersAct = Callable[[str | None], Awaitable[None]]
Alone = Callable[[Settings, str | None], Awaitable[T]]

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
    stop = Stop(settings.data_dir)
    with (
        closing(_listener(settings)) as listener,
        database(settings, stop.asked) as (served, owner_url),
    ):
        await bring_up_to_date(served, owner_url)
        served.token_secret()  # a directory that cannot keep it is said here, not amid the start
        if served.demo:
            await load_demo(owner_url)
        from schema.app import create
        from schema.running.patience import Impatient

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
        # The watchdog hears too; uvicorn's own ear would hear for it alone.
        server.handle_exit = stop.heard  # type: ignore[method-assign, assignment]
        stop.act = lambda: setattr(server, "should_exit", True)
        # From here on the server ends itself: an end of this task that was asked for comes before.
        await asyncio.sleep(0)
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
    from resolvers.running import worker
    from resolvers.running.services import opened

    stop, enough = Stop(settings.data_dir), asyncio.Event()
    with database(settings, stop.asked, join=True, make=False) as (served, _):
        await bring_up_to_date(served, None)
        async with opened(served) as services:
            stop.act = enough.set
            say("The worker is ready.")
            await worker.work(services, str(served.database_url), enough)
    say("Stopped.")


def alone(settings: Settings, act: Alone[T], *, make: bool = False) -> T:
    """Do one thing on the database of these settings, and no more once a signal says stop."""

    async def doing() -> T:
        stop = Stop(settings.data_dir)
        with database(settings, stop.asked, join=True, make=make) as (served, owner_url):
            return await act(served, owner_url)

    return asyncio.run(doing())


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
    with postgres.running(settings.data_dir, join=join, make=make, ended=stopping) as embedded:
        yield settings.model_copy(update={"database_url": embedded.app_url}), embedded.owner_url


async def bring_up_to_date(settings: Settings, owner_url: str | None) -> None:
    """Migrate where the owner's address is given, and refuse what must not be served."""
    app_url = str(settings.database_url)
    role = await serving_role(app_url)
    if owner_url is not None:
        say("Bringing the tables up to date …")
        try:
            await migrate(owner_url, role.name)
        except NO_ANSWER_WRAPPED as error:
            raise Unfit(f"The owner could not migrate the database: {why(error)}.") from error
    await must_be_of_this_version(app_url)
    await refuse_an_owner(app_url)


async def must_be_of_this_version(url: str) -> None:
    """Raises: Unfit: the tables are not, or not only, those that this code knows."""
    try:
        behind = await pending(url)
    except NO_ANSWER_WRAPPED as error:
        raise Unfit(f"The database cannot be read: {why(error)}.") from error
    if behind:
        raise Unfit(
            "The database's tables are not those of this version. Give GUIJU_OWNER_DATABASE_URL "
            "beside GUIJU_DATABASE_URL, or run `guiju migrate` with both."
        )


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
