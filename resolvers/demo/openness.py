"""The catalogue of openness of the demo offices, as they list what is to be public."""

import csv
from datetime import UTC, datetime
from typing import Any

from resolvers.demo.offices import FILES, id_of

ENTERED = datetime(2026, 1, 1, tzinfo=UTC)


def items_of(institution: str) -> list[dict[str, Any]]:
    """The rows of an office's catalogue; none where it has none."""
    with (FILES / "openness.csv").open(encoding="utf-8", newline="") as file:
        lines = [row for row in csv.DictReader(file) if row.pop("institution") == institution]
    return [
        {
            **line,
            "rhythm": line["rhythm"] or None,
            "on_board": True,
            "other_forms": "",
            "responsible_unit_id": id_of("unit", institution, unit),
            "id": id_of("openness item", institution, line["name"]),
            "state": "kept",
            "version": 1,
            "entered_at": ENTERED,
        }
        for line in lines
        for unit in [line.pop("unit")]
    ]
