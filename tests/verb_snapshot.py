"""Every row that acts on requests may change, as it stands between two acts."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from domain.tables import metadata
from tests.databases import counting
from tests.office import Api

GATE = ("sessions", "sign_in_attempts", "sign_in_addresses")
STANDS = frozenset(
    {
        *("institutions", "institution_superiors", "units", "seats", "accounts"),
        *("calendar_days", "ledger", "ledger_heads", "ledger_values", *GATE),
        *(name for name in metadata.tables if name.startswith(("rulebook_", "regulation"))),
    }
)
"""Tables of the office itself: no act on a request writes them, or they are never emptied."""
PASSING = tuple(table for table in reversed(metadata.sorted_tables) if table.name not in STANDS)

COUNTS = counting(
    name for name in metadata.tables if name not in GATE and not name.startswith("rulebook_")
)
STATE = """
select 'requests' as kind, to_jsonb(r) - 'search' as row from requests r
union all select 'steps', to_jsonb(t) from steps t
union all select 'waiting', to_jsonb(w) from waiting w
union all select 'absences', to_jsonb(a) from absences a
union all select 'loans', to_jsonb(d) from delegations d
union all select 'cases', to_jsonb(k) from cases k
union all select 'readers', to_jsonb(c) from circulation_readers c
union all select 'numbers', to_jsonb(n) from request_numbers n
union all select 'heads', jsonb_build_object('institution', h.institution_id, 'seq', h.seq,
                                             'hash', encode(h.hash, 'hex')) from ledger_heads h"""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Snapshot:
    """Every row that acts on requests may change, as it stands between two acts."""

    requests: Mapping[str, Row]
    steps: Mapping[str, Row]
    waiting: tuple[Row, ...]
    absences: tuple[Row, ...]
    numbers: tuple[Row, ...]
    loans: tuple[Row, ...]
    readers: tuple[Row, ...]
    cases: tuple[Row, ...]
    heads: Mapping[str, tuple[int, str]]
    counts: Mapping[str, int]

    @cached_property
    def asked(self) -> list[Row]:
        """The requests in the order in which people would name them."""
        return sorted(self.requests.values(), key=lambda row: (row["created_at"], row["id"]))

    @cached_property
    def turns(self) -> list[Row]:
        """The steps of the rounds that run, request by request."""
        rounds: dict[str, list[Row]] = defaultdict(list)
        for step in self.steps.values():
            rounds[step["request_id"]].append(step)
        return [
            step
            for request in self.asked
            for step in sorted(rounds[request["id"]], key=lambda each: each["position"])
            if step["round"] == request["round"]
        ]

    @cached_property
    def open(self) -> list[Row]:
        return [step for step in self.turns if step["status"] == "open"]

    def lines(self, institution: str) -> int:
        """How long an institution's ledger is."""
        return self.heads.get(institution, (0, ""))[0]

    def request_of(self, step: Row) -> Row:
        return self.requests[step["request_id"]]


NOTHING = Snapshot({}, {}, (), (), (), (), (), (), {}, {})


async def read(api: Api) -> Snapshot:
    """Everything as it stands now."""
    found: dict[str, list[Any]] = defaultdict(list)
    for kind, row in await api.rows(STATE):
        found[kind].append(row)
    return Snapshot(
        requests={row["id"]: row for row in found["requests"]},
        steps={row["id"]: row for row in found["steps"]},
        waiting=tuple(found["waiting"]),
        absences=tuple(found["absences"]),
        numbers=tuple(found["numbers"]),
        loans=tuple(sorted(found["loans"], key=lambda row: row["id"])),
        readers=tuple(
            sorted(found["readers"], key=lambda row: (row["circulation_id"], row["position"]))
        ),
        cases=tuple(sorted(found["cases"], key=lambda row: row["id"])),
        heads={row["institution"]: (row["seq"], row["hash"]) for row in found["heads"]},
        counts=dict((await api.rows(COUNTS))[0]),
    )
