"""A signal ends everything within its time, at whatever moment of its life it meets the server."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

from resolvers.running.postgres_process import family, lives, postmaster
from resolvers.running.settings import CHECKOUT
from schema.running.stopping import LONGEST
from tests.test_serve import command, database_of, end, served
from tests.waiting import PATIENCE, soon

MOMENTS = 7
HANGING = """
import asyncio, subprocess, sys, time
from pathlib import Path
from schema.running import stopping

stopping.LONGEST = 1.0

async def hang():
    stopping.Stop(Path(sys.argv[1]))
    child = subprocess.Popen(["sleep", "600"], start_new_session=True)
    print(child.pid, flush=True)
    time.sleep(600)

asyncio.run(hang())
"""


def gone(prepared: Path) -> bool:
    """Whether no process works for this directory any more."""
    ours = [
        each
        for each in psutil.process_iter(["cmdline"])
        if any(str(prepared) in part for part in each.info["cmdline"] or ())
    ]
    return postmaster(prepared / "postgres") is None and not ours


def test_at_any_moment_of_the_start_a_signal_leaves_nothing_running(prepared: Path) -> None:
    with command(DATA_DIR=str(prepared)) as process:
        began = time.monotonic()
        assert any("ready" in line for line in process.stdout)
        whole = time.monotonic() - began
        process.terminate()
        assert process.wait(PATIENCE) == 0
    for part in range(MOMENTS):
        number = (signal.SIGTERM, signal.SIGINT)[part % 2]
        with command(DATA_DIR=str(prepared)) as process:
            time.sleep(whole * part / MOMENTS)
            process.send_signal(number)
            process.send_signal(number)
            try:
                # By force it ends a moment after that.
                process.wait(2 * LONGEST)
            finally:
                end(process)
            assert process.returncode in {0, 1, 130, -number}
        soon(lambda: gone(prepared))


def test_a_database_that_does_not_listen_is_ended_all_the_same(prepared: Path) -> None:
    with served(DATA_DIR=str(prepared)) as server:
        for process in family(database_of(prepared)):
            process.suspend()
        server.process.terminate()
        server.process.wait(2 * LONGEST)
        soon(lambda: gone(prepared))


def test_what_hangs_is_ended_by_force_with_all_that_it_started(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HANGING, tmp_path], cwd=CHECKOUT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        child = psutil.Process(int(process.stdout.readline()))
        process.terminate()
        assert process.wait(PATIENCE) == 1
        assert "by force" in process.stderr.read()
    soon(lambda: not lives(child.pid))
