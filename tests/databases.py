"""Databases beside one another on the server of a run, and which of their tables hang together."""

from collections.abc import Iterable
from dataclasses import astuple
from functools import cache

import asyncpg

from domain import CASE_KINDS
from domain.tables import metadata
from resolvers.running import postgres

SPARE = "spare"
"""A database of the demo offices beside the one that all tests write to."""


WORKING_TABLES = (
    *("handled", "request_words", "request_counts"),
    *("requests", "steps", "waiting", "absences", "answers", "request_numbers"),
    "files",
    *("sign_in_attempts", "sign_in_addresses", "sessions", "exports", "sign_in_links"),
    *("second_factors", "recovery_codes", "identity_providers"),
)
"""What requests and signing in leave behind; the ledger stays, for it is never emptied."""

SAID_TABLES = (
    *("notices", "notice_reads", "copies", "circulations", "circulation_readers"),
    *("urgings", "comments", "delegations", "administrative_acts"),
    *(
        "rulebook_replays",
        "rulebook_drafts",
        "requests_not_routed",
        "corrections_asked",
        "record_holds",
    ),
    *("channels", "deliveries", "mail_addresses"),
)
"""What goes on beside the decisions, and what people are told of."""

RUNNING_TABLES = (
    *("clocks", "clock_changes", "cadence_records", "cadence_notices"),
    *("pgqueuer", "pgqueuer_log", *{kind.table.name for kind in CASE_KINDS}),
)
"""What runs, what was done of duties, and the queue."""


def replaced(database: postgres.Database, name: str) -> postgres.Database:
    """The addresses of another database of the same server."""
    urls = (each.replace(f"/{postgres.DATABASE}?", f"/{name}?") for each in astuple(database))
    return postgres.Database(*urls)


async def copied(database: postgres.Database, name: str, of: str = postgres.DATABASE) -> None:
    """Put a copy of a database, which nobody may use meanwhile, beside it."""
    server = replaced(database, "postgres").owner_url.replace(postgres.OWNER, "postgres")
    connection = await asyncpg.connect(server)
    template = f"template {of} owner {postgres.OWNER}"
    await connection.execute(f"create database {name} {template}")
    await connection.close()


def counting(tables: Iterable[str]) -> str:
    """How many rows each has; of files those of some record, for tests upload as they go."""
    attached = {"files": "where record is not null"}
    # One after the other: for a union PostgreSQL starts processes, which cost the most.
    return "select " + ", ".join(
        f"(select count(*) from {name} {attached.get(name, '')}) as {name}" for name in tables
    )


@cache
def with_those(tables: tuple[str, ...]) -> tuple[str, ...]:
    """These tables and, however far, whichever refer to them."""
    found = dict.fromkeys(tables)
    for each in metadata.sorted_tables:
        if any(key.column.table.name in found for key in each.foreign_keys):
            found[each.name] = None
    return tuple(found)
