"""What servers that know nothing of rulebooks are told at their start: titles, clauses, labels."""

from pathlib import Path
from typing import Any

import orjson

from benchmarks.asking import OFFICE, SECRET
from benchmarks.floor_statements import STATEMENTS
from policies import loading
from policies.messages import MESSAGES


def words() -> dict[str, Any]:
    """The office's words in Chinese, by their codes."""
    book = loading.shipped(OFFICE)
    clauses: dict[str, dict[str, str]] = {}
    for line in book.register.values():
        cite = line.clause.partition("/")[2]
        said = {"title": line.title, "cite": cite, "summary": line.summary}
        clauses.setdefault(line.clause, said)
    return {
        "secret": SECRET,
        "statements": STATEMENTS,
        "clauses": clauses,
        "roles": {code: role.label.zh for code, role in book.vocabulary.roles.items()},
        "kinds": {code: kind.label.zh for code, kind in book.vocabulary.kinds.items()},
        "said": {
            code.removeprefix("DID_").lower(): message.zh
            for code, message in MESSAGES.items()
            if code.startswith("DID_")
        },
    }


def write(file: Path) -> Path:
    file.write_bytes(orjson.dumps(words()))
    return file
