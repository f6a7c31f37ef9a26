"""Papers that go with a form, attached under the names by which clauses demand them."""

import json
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from policies import loading
from resolvers.ground import tokens
from schema.ground.ids import global_id

FILE = "file:"
"""What stands before a file's name is turned into a confirmed upload of whoever sends it."""

CONFIRMED = """insert into files (institution_id, id, owner_id, name, size, sha256, received,
  begun_at, confirmed_at) values ($1, $2, $3, $4, 1000, $5, $5, $6, $6) on conflict do nothing"""


def file(name: str, paper: str | None = None) -> dict[str, str]:
    """One attachment, of a name of its own."""
    return {"upload": FILE + name} | ({"paper": paper} if paper else {})


def papers(*names: str) -> list[dict[str, str]]:
    """A file for each name."""
    return [file(f"{name}.pdf", name) for name in names]


def sum_of(name: str) -> str:
    """The SHA-256 of a file: what it holds goes by its name."""
    return sha256(name.encode()).hexdigest()


@cache
def demanded(institution: str, kind: str) -> list[dict[str, str]]:
    """A file for each paper that some clause of an office demands of a kind."""
    documents = [each for each in loading.shipped(institution).documents if each.kind == kind]
    return papers(*dict.fromkeys(name for each in documents for name in each.documents))


async def with_files(api: Any, variables: Any, token: str | None) -> Any:
    """The variables, each file in them a confirmed upload of whoever sends them."""
    if token is None or FILE not in json.dumps(variables, default=str):
        return variables
    sender = tokens.read(token, api.now, api.services.secrets)
    made, names = uploaded(variables, sender.person)
    async with api.uploading:
        for key, name in names.items():
            await api.run(
                CONFIRMED, sender.institution, key, sender.person, name, sum_of(name), api.now
            )
    return made


def uploaded(variables: Any, person: UUID) -> tuple[Any, dict[UUID, str]]:
    """The variables with ids for files, the same for a call that is repeated; and their names."""
    names: dict[UUID, str] = {}
    key = str(next(_keys(variables), ""))

    def walk(value: Any, place: str) -> Any:
        if isinstance(value, str) and value.startswith(FILE):
            made = uuid5(person, f"{key}{place}{value}")
            names[made] = value.removeprefix(FILE)
            return global_id("Upload", made)
        if isinstance(value, dict):
            return {name: walk(each, f"{place}.{name}") for name, each in value.items()}
        if isinstance(value, list | tuple):
            return [walk(each, f"{place}.{at}") for at, each in enumerate(value)]
        return value

    return walk(variables, ""), names


def _keys(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from (each for name, each in value.items() if name == "idempotencyKey")
        for each in value.values():
            yield from _keys(each)
