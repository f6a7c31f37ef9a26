"""The stores of the demo offices: their cards, and what was there when the year began."""

import csv
from datetime import UTC, date, datetime
from typing import Any

from domain.approval.forms import write_form
from domain.areas.supplies.store import SupplyClass, SupplyItem
from resolvers.demo.offices import FILES, Office, id_of

BEGUN, ENTERED = date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)
Row = dict[str, Any]


def cards_of(office: Office) -> list[Row]:
    """The cards of an office's items; none where it keeps no store."""
    return [
        {
            **{name: line[name] for name in ("name", "item_class", "counted_in")},
            "id": id_of("supply", office.institution, line["name"]),
            "state": "kept",
            "version": 1,
            "entered_at": ENTERED,
        }
        for line in _lines(office)
    ]


def moves_of(office: Office) -> list[Row]:
    """That each of them was put on its card."""
    return [
        {
            "thing_id": id_of("supply", office.institution, line["name"]),
            "version": 1,
            "thing": "supplies.item",
            "move": "entered",
            "to_name": "",
            "said": "",
            "card": write_form(_card(line)),
            "role": line["keeper"],
            "by_id": _keeper(office, line).id,
            "by_name": _keeper(office, line).name,
            "at": ENTERED,
        }
        for line in _lines(office)
    ]


def openings_of(office: Office) -> list[Row]:
    """What was there of each."""
    return [
        {
            "id": id_of("supply opening", office.institution, line["name"]),
            "item_id": id_of("supply", office.institution, line["name"]),
            "item_class": line["item_class"],
            "quantity": int(line["there"]),
            "opened_on": BEGUN,
            "void": False,
            "why": "",
            "recorded_by": _keeper(office, line).id,
            "recorded_by_name": _keeper(office, line).name,
            "recorded_at": ENTERED,
        }
        for line in _lines(office)
    ]


def _card(line: Row) -> SupplyItem:
    of = SupplyClass(line["item_class"])
    return SupplyItem(name=line["name"], item_class=of, counted_in=line["counted_in"])


def _keeper(office: Office, line: Row) -> Any:
    return office.accounts[office.account(line["keeper"])]


def _lines(office: Office) -> list[Row]:
    with (FILES / "supplies.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["institution"] == office.institution]
