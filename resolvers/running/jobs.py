"""Jobs for the worker, put into its queue in the transaction that wants them done.

The queue knows the database's clock; each job also says the moment that it is for, by ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from pgqueuer.adapters.persistence.qb import QueryQueueBuilder
from pgqueuer.domain.settings import DBSettings
from pgqueuer.domain.types import Channel

from resolvers.ground.database import Statement, Transaction

NAMES = DBSettings(
    prefix="",
    db_schema=None,
    channel=Channel("ch_pgqueuer"),
    function="fn_pgqueuer_changed",
    statistics_table="pgqueuer_statistics",
    queue_status_type="pgqueuer_status",
    queue_table="pgqueuer",
    queue_table_log="pgqueuer_log",
    trigger="tg_pgqueuer_changed",
    schedules_table="pgqueuer_schedules",
)
"""The names that the migration gave, whatever the environment says."""

ENQUEUE = Statement(
    QueryQueueBuilder(settings=NAMES).build_enqueue_query("skip"),
    ("priority", "entrypoint", "payload", "execute_after", "dedupe_key", "headers"),
)


@dataclass(frozen=True)
class Job:
    """Something to look at, at a moment; `key` names it, so that it waits once only."""

    entrypoint: str
    institution: str
    at: datetime
    key: str
    about: Mapping[str, Any]

    @property
    def dedupe_key(self) -> str:
        """It waits once only under this."""
        return f"{self.entrypoint}:{self.institution}:{self.key}"

    @property
    def payload(self) -> bytes:
        said = {**self.about, "institution": self.institution, "at": self.at}
        return orjson.dumps(said, default=str)


async def enqueue(transaction: Transaction, jobs: Sequence[Job], now: datetime) -> None:
    """Put jobs into the queue, in one statement; one that waits there already is left alone."""
    if not jobs:
        return
    await transaction.rows(
        ENQUEUE,
        priority=[0 for _ in jobs],
        entrypoint=[job.entrypoint for job in jobs],
        payload=[job.payload for job in jobs],
        execute_after=[job.at - now for job in jobs],
        dedupe_key=[job.dedupe_key for job in jobs],
        headers=[None for _ in jobs],
    )
