"""A server and a worker of our own, as an operator would start them, and killed without warning."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from resolvers.running import postgres
from resolvers.running.settings import CHECKOUT, EXPECTED
from tests.waiting import PATIENCE, free_port

SERVER, BOTH, DATABASE = "the server", "the server and its database", "the database"
AT_WORK = "The worker is ready."
KILLED = (SERVER, BOTH, DATABASE)


@dataclass
class Processes:
    """The server and the worker, as an operator would start them, on a port and place of ours."""

    place: Path
    port: int
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def postmaster(self) -> psutil.Process:
        return psutil.Process(int(self._pid_file()[0]))

    def database(self, role: str) -> str:
        return f"postgresql://{role}@/{postgres.DATABASE}?host={self._pid_file()[4]}"

    def _pid_file(self) -> list[str]:
        return (self.place / "postgres" / "postmaster.pid").read_text().splitlines()

    def start(self) -> float:
        """Everything, until it is ready; how long that took."""
        began = time.monotonic()
        self._command("serve", "--demo")
        self.ready()
        at_work = self.log().count(AT_WORK)
        self._command("work")
        # One that meets no database when it starts ends, as it must: it is killed at work.
        while self.log().count(AT_WORK) == at_work:
            assert time.monotonic() < began + PATIENCE, self.log()[-4000:]
            time.sleep(0.05)
        return time.monotonic() - began

    def ready(self) -> float:
        """Until the server that runs says that its database answers; how long that took."""
        began = time.monotonic()
        while time.monotonic() < began + PATIENCE:
            assert all(process.poll() is None for process in self.running), self.log()[-4000:]
            with suppress(OSError), urllib.request.urlopen(f"{self.origin}/readyz", timeout=5):
                break
            time.sleep(0.05)
        return time.monotonic() - began

    def _command(self, *words: str) -> subprocess.Popen[bytes]:
        inherited = {name: value for name, value in os.environ.items() if name not in EXPECTED}
        with (self.place.with_suffix(".log")).open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "schema", *words], stdout=log, stderr=log, cwd=CHECKOUT,
                env=inherited | {"PORT": str(self.port), "DATA_DIR": str(self.place)},
            )  # fmt: skip
        self.running.append(process)
        return process

    def kill(self, killed: str) -> None:
        """Without warning: the server and its worker, the database, or all of them."""
        postmaster = self.postmaster
        if killed != DATABASE:
            for process in self.running:
                process.kill()
        if killed != SERVER:
            orphans = postmaster.children(recursive=True)
            postmaster.kill()
            psutil.wait_procs(orphans, timeout=PATIENCE)
        if killed != DATABASE:
            for process in self.running:
                process.wait()
            self.running.clear()

    def stop(self) -> None:
        for process in self.running:
            process.send_signal(signal.SIGTERM)
        for process in self.running:
            process.wait(PATIENCE)
        self.running.clear()

    def log(self) -> str:
        return self.place.with_suffix(".log").read_text(errors="replace")


@contextmanager
def processes() -> Iterator[Processes]:
    """A directory and a port of our own; whatever runs is stopped in the end."""
    parent = Path(tempfile.mkdtemp(prefix="guiju-crashes-"))
    parent.chmod(0o711)
    place = parent / "data"
    place.mkdir(mode=0o711)
    own = Processes(place, free_port())
    try:
        yield own
    finally:
        try:
            own.stop()
        finally:
            for process in own.running:
                process.kill()
            shutil.rmtree(parent, ignore_errors=True)
