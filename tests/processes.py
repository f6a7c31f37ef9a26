"""The command in a process of its own, forked off one that has read the code: to start is cheap."""

import multiprocessing
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from resolvers.running.settings import CHECKOUT
from schema.__main__ import main
from tests.waiting import PATIENCE

READY = multiprocessing.get_context("forkserver")
READY.set_forkserver_preload(["schema.__main__", "schema.running.alone", "resolvers.demo"])


def ran(words: tuple[str, ...], environment: Mapping[str, str]) -> tuple[int, str]:
    """How `guiju <words>` ends in this environment, and what it says of mistakes."""
    with TemporaryDirectory() as place:
        told = Path(place) / "told"
        process = READY.Process(target=_run, args=(words, dict(environment), told))
        process.start()
        process.join(PATIENCE)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(words)
        return process.exitcode, told.read_text(encoding="utf-8")


def _run(words: tuple[str, ...], environment: dict[str, str], told: Path) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(CHECKOUT)
    with told.open("wb") as file, Path(os.devnull).open("wb") as nowhere:
        os.dup2(file.fileno(), 2)
        os.dup2(nowhere.fileno(), 1)
    sys.argv = ["guiju", *words]
    main()
