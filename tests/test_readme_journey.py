"""The journey of the README as it is written: an office moves in, somebody asks for leave."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from resolvers.running.settings import CHECKOUT, EXPECTED
from tests.waiting import free_port

BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
UNTIL_IT_SERVES = "until curl -sf http://127.0.0.1:8000/readyz >&2; do sleep 0.2; done"
LEAVES = "kill %1; wait"


@pytest.mark.skipif(shutil.which("curl") is None, reason="the README asks for curl")
def test_the_office_of_the_readme_moves_in_and_somebody_goes_on_leave(prepared: Path) -> None:
    blocks = BLOCK.findall((CHECKOUT / "README.md").read_text(encoding="utf-8"))
    ask = next(each for each in blocks if each.startswith("ask()"))
    first = next(at for at, each in enumerate(blocks) if "institution create" in each)
    serve, *then = blocks[first : first + 5]
    port = free_port()
    script = "\n".join(("set -m", ask, serve, UNTIL_IT_SERVES, *then, LEAVES))
    script = script.replace("127.0.0.1:8000", f"127.0.0.1:{port}")
    script = script.replace("/srv/guiju", str(prepared))
    script = script.replace(".venv/bin/guiju", f"{CHECKOUT}/.venv/bin/guiju")
    inherited = {name: value for name, value in os.environ.items() if name not in EXPECTED}
    done = subprocess.run(
        ["bash", "-c", script],
        capture_output=True, text=True, cwd=prepared, timeout=600, check=False,
        env={**inherited, "PORT": str(port)},
    )  # fmt: skip
    told = done.stdout[done.stdout.rindex("submitLeaveSick") :]
    assert re.findall(r'"(\w+)",\s+"dueOn": "20', told) == ["LENT"], (told, done.stderr)
    assert re.findall(r'"status": "(\w+)"', told)[:8] == [
        *("PENDING", "OPEN", "WAITING", "WAITING"),
        *("PENDING", "DONE", "OPEN", "WAITING"),
    ], (done.stdout, done.stderr)
