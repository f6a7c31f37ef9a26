"""Figures that a reader of the texts wrote down: penalties, terms, limits, votes, stages."""

import csv
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from domain.shapes.asking import read_measures, speaking
from domain.shapes.cadences import Cadence
from domain.shapes.clocks import term
from domain.shapes.eligibility import reasons, spoken_of
from domain.shapes.ladders import consequences
from domain.shapes.next_due import next_term
from domain.shapes.paths import passage
from domain.shapes.quotas import is_kept
from domain.shapes.votes import Ballot, for_matter, outcome
from domain.time.calendar import calendar_of, national_days
from domain.time.moments import OFFICE_TIME
from policies import loading
from resolvers.rules.shapes import known_to
from schema.time.deadlines import speaking_of, timed

WRITTEN = Path(__file__).with_name("read_figures.csv")
CALENDAR = calendar_of(national_days())
NOW = datetime(2026, 3, 2, 9, tzinfo=OFFICE_TIME)
SAID = {True: "yes", False: "no", None: "open"}


def shapes_of(institution: str) -> Any:
    return loading.shipped(institution).shapes


def follows(institution: str, clause: str, said: Mapping[str, Any]) -> str:
    """Each consequence as `type` or `type:amount`, sorted."""
    ladders = shapes_of(institution).ladders
    rows, measures = asked(institution, ladders, clause, said)
    found = consequences(speaking(rows, measures), measures, ladders)
    shown = (
        each.rung.type if each.amount is None else f"{each.rung.type}:{each.amount.normalize():f}"
        for each in found
    )
    return " ".join(sorted(shown)) or "-"


def due(institution: str, clause: str, said: Mapping[str, Any]) -> str:
    """Each clock, or what recurs by the clause, with its end."""
    told = {name: value for name, value in said.items() if name != "start"}
    rows, measures = asked(institution, timed(shapes_of(institution)), clause, told)
    start = datetime.fromisoformat(said["start"]).replace(tzinfo=OFFICE_TIME)
    found = (
        (row.id, (next_term if isinstance(row, Cadence) else term)(row, start, CALENDAR).due)
        for row in speaking_of(rows, measures)
    )
    return " ".join(f"{row}={end.replace(tzinfo=None).isoformat()}" for row, end in found)


def stage(institution: str, path: str, said: Mapping[str, Any]) -> str:
    """Whether a stage of a process may be taken."""
    told = {name: value for name, value in said.items() if name not in ("from", "take")}
    rows = [row for row in shapes_of(institution).paths if row.id == path]
    measures = read_measures(told, known_to(loading.shipped(institution), rows), rows)
    found = passage(rows, said["from"], said["take"], measures, CALENDAR, now=NOW)
    return SAID[found.taken is not None]


def quota(institution: str, clause: str, said: Mapping[str, Any]) -> str:
    rows, measures = asked(institution, shapes_of(institution).quotas, clause, said)
    judged = [row for row in rows if row.when.holds(measures) and row.measure in measures]
    return SAID[all(is_kept(row, measures) for row in judged)] if judged else "none"


def eligible(institution: str, clause: str, said: Mapping[str, Any]) -> str:
    rows, measures = asked(institution, shapes_of(institution).eligibility, clause, said)
    return SAID[not reasons(spoken_of(rows, measures), measures)]


def vote(institution: str, body: str, said: Mapping[str, Any]) -> str:
    """Whether enough have come, and whether it is carried."""
    counts = {name: int(value) for name, value in said.items() if name != "matter"}
    votes = for_matter(shapes_of(institution).votes, body, said.get("matter"))
    found = outcome(votes, Ballot(**counts))
    return f"{SAID[found.quorate]} {SAID[found.passed]}"


def asked(institution: str, every: Any, clause: str, said: Mapping[str, Any]) -> tuple[Any, Any]:
    rows = [row for row in every if row.clause == clause]
    assert rows, (institution, clause)
    return rows, read_measures(said, known_to(loading.shipped(institution), rows), rows)


ASKED: Mapping[str, Callable[[str, str, Mapping[str, Any]], str]] = {
    "follows": follows, "due": due, "quota": quota, "eligible": eligible, "vote": vote,
    "stage": stage,
}  # fmt: skip


def written(institution: str) -> Iterator[Mapping[str, str]]:
    with WRITTEN.open(encoding="utf-8", newline="") as lines:
        yield from (row for row in csv.DictReader(lines) if row["institution"] == institution)


def found(row: Mapping[str, str]) -> str:
    said = dict(each.split("=") for each in row["measures"].split())
    stated = {name: {"true": True, "false": False}.get(each, each) for name, each in said.items()}
    return ASKED[row["asked"]](row["institution"], row["clause"], stated)


@pytest.mark.parametrize("institution", loading.institutions())
def test_every_figure_is_the_one_that_a_reader_of_the_text_wrote_down(institution):
    other = [(row, got) for row in written(institution) if (got := found(row)) != row["found"]]
    assert other == []
