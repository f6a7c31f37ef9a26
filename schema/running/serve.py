"""Start everything in order, serve, and stop everything in reverse."""

import asyncio
import json
import os
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import uvloop

from resolvers.running import logs, memory
from resolvers.running.settings import Settings
from schema.running.opening import database, listener, say
from schema.running.stopping import Stop

ALONE, SEVERAL = "schema.running.alone", "schema.running.processes"
"""What serves: this process, or several that it watches."""

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
The page for administrators: {server}/admin
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


def serve(settings: Settings) -> None:
    """Serve until a signal says stop."""
    memory.begin()
    logs.configure(readable=logs.is_read(production=settings.production))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    stop = Stop(settings.data_dir)
    with closing(listener(settings)) as listening, ExitStack() as stack:
        with ThreadPoolExecutor(1) as aside:
            starting = aside.submit(stack.enter_context, database(settings, stop.asked))
            # Read while the database starts, which takes as long.
            wanted = SEVERAL if settings.processes > 1 else ALONE
            serving, preparing = await modules(wanted, "schema.running.preparing")
            # What preparing leaves behind is garbage; the code stays.
            memory.settle()
        served, owner_url = starting.result()
        if owner_url and await preparing.is_behind(owner_url):
            command = "demo" if served.demo else "migrate"
            await _at_first(command, str(served.directly.database_url), owner_url)
        await preparing.bring_up_to_date(served, owner_url)
        served.token_secrets()  # a directory that cannot keep it is said here, not amid the start
        if served.demo:
            await preparing.load_demo(owner_url)
        port = listening.getsockname()[1]  # a signal may have closed it by the time it is told
        await serving.serving(served, listening, stop, lambda: say(_ready(settings, port)))
        say("Stopping …")
    say("Stopped.")


async def _at_first(command: str, url: str, owner_url: str) -> None:
    """Prepare the tables in a process of its own: none of what that takes stays in a server.

    What fails there is tried and told here.
    """
    say("Preparing the tables …")
    addresses = {"GUIJU_DATABASE_URL": url, "GUIJU_OWNER_DATABASE_URL": owner_url}
    preparing = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schema", command),
        env=os.environ | addresses,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await preparing.wait()
    finally:
        if preparing.returncode is None:
            preparing.kill()


async def modules(*names: str) -> list[Any]:
    """Modules, read in a thread of their own: a signal meanwhile is heard, and waits for none.

    This thread may import nothing until they are there.
    """
    loop = asyncio.get_running_loop()
    read: asyncio.Future[list[Any]] = loop.create_future()

    def told(found: list[Any], error: Exception | None) -> None:
        if read.cancelled():
            return
        if error is None:
            read.set_result(found)
        else:
            read.set_exception(error)

    def import_them() -> None:
        found, failure = [], None
        try:
            found = [import_module(name) for name in names]
        except Exception as error:  # noqa: BLE001  # whoever waits for them is told
            failure = error
        with suppress(RuntimeError):
            # The loop is closed where a signal ended the start.
            loop.call_soon_threadsafe(told, found, failure)

    threading.Thread(target=import_them, daemon=True).start()
    return await read


def work(settings: Settings) -> None:
    """Run the worker alone until a signal says stop."""
    logs.configure(readable=logs.is_read(production=settings.production))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_work(settings))


async def _work(settings: Settings) -> None:
    from resolvers.running import worker
    from resolvers.running.services import opened
    from schema.running.preparing import bring_up_to_date

    stop, enough = Stop(settings.data_dir), asyncio.Event()
    with database(settings.directly, stop.asked, join=True, make=False) as (served, _):
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
        with database(settings.directly, stop.asked, join=True, make=make) as (served, owner_url):
            return await act(served, owner_url)

    return asyncio.run(doing())


def _ready(settings: Settings, port: int) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    server = f"http://{host}:{port}"
    return READY.format(
        seconds=_alive(),
        server=server,
        address=f"{server}/graphql",
        editor="A" if settings.production else "Open it in a browser, or a",
        question=json.dumps({"query": SIGN_IN if settings.demo else ALIVE}),
        accounts=ACCOUNTS if settings.demo else "",
        and_database=" and its database" if settings.embedded else "",
    )


def _alive() -> float:
    """The seconds since the process began, its own reading of the code included."""
    began = Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19]
    return time.clock_gettime(time.CLOCK_BOOTTIME) - int(began) / os.sysconf("SC_CLK_TCK")
