"""The vehicles of the demo offices, as their archive has them."""

import csv
from datetime import UTC, datetime
from typing import Any

from resolvers.demo.offices import FILES, id_of

ENTERED = datetime(2026, 1, 1, tzinfo=UTC)


def vehicles_of(institution: str) -> list[dict[str, Any]]:
    """The rows of an office's archive; none where it has no vehicle."""
    with (FILES / "vehicles.csv").open(encoding="utf-8", newline="") as file:
        lines = [row for row in csv.DictReader(file) if row.pop("institution") == institution]
    return [
        {
            **line,
            "id": id_of("vehicle", institution, line["plate"]),
            "state": "kept",
            "version": 1,
            "entered_at": ENTERED,
        }
        for line in lines
    ]
